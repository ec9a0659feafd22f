import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backupCluster } from './backup.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { restoreBackup } from './restore.ts';
import { contentOf, tarEntries, tarHeader, tarPadding } from './tar.ts';

const PASSWORD = 'correct horse battery staple';
const home = mkdtempSync(join(tmpdir(), 'scrip-backup-'));
const keyFile = join(home, 'keys.json');
const backup = join(home, 'backup.tar.zst');
let cluster: Cluster;

beforeAll(async () => {
  writeFileSync(keyFile, 'the keys');
  cluster = await start('data');
});

afterAll(async () => {
  await cluster.stop();
  rmSync(home, { recursive: true, force: true });
});

function start(name: string): Promise<Cluster> {
  return startCluster({ dataDir: join(home, name), password: PASSWORD, durable: false });
}

async function connect(to: Cluster): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: to.url('postgres') });
  await client.connect();
  return client;
}

/** Writes rows 1, 2, 3, … with growing and shrinking tables beside them until told to stop; answers what was acknowledged. */
function keepWriting(client: pg.Client) {
  const state = { acknowledged: 0, goesOn: true };
  const finished = (async () => {
    while (state.goesOn) {
      const n = state.acknowledged + 1;
      await client.query("insert into written (n, filler) values ($1, repeat('x', 500))", [n]);
      if (n % 50 === 0) await client.query('update moved set v = v + 1');
      if (n % 100 === 0)
        await client.query('drop table if exists passing; create table passing as select * from moved');
      if (n % 150 === 0) await client.query('checkpoint');
      state.acknowledged = n;
    }
  })();
  return { state, finished };
}

test('a backup under writes, restored elsewhere, starts and holds every row acknowledged before it began', async () => {
  const client = await connect(cluster);
  await client.query(
    "create table moved as select n, 0 as v, repeat('y', 200) as filler from generate_series(1, 50000) n",
  );
  await client.query('create table written (n int primary key, filler text not null)');
  const writing = keepWriting(client);
  const seen: number[] = [];
  let before = 0;
  const manifest = await backupCluster(cluster, join(home, 'data'), keyFile, backup, (done, total) => {
    before ||= writing.state.acknowledged;
    seen.push(done / total);
  });
  const after = writing.state.acknowledged;
  writing.state.goesOn = false;
  await writing.finished;
  await client.end();
  expect(after).toBeGreaterThan(before);
  expect(seen.every((share, i) => share <= 1 && share >= 0 && (i === 0 || share > 0))).toBe(true);
  expect(manifest).toMatchObject({ format: 1, keyFile, serverMajor: 18 });

  expect(await restoreBackup(backup, join(home, 'restored'))).toEqual(manifest);
  const marks = JSON.parse(readFileSync(join(home, 'restored', 'restored.json'), 'utf8'));
  expect(marks.backupTakenAt).toBe(manifest.takenAt);
  const restored = await start('restored');
  const reader = await connect(restored);
  const { rows } = await reader.query('select count(*)::int as count, max(n) as max from written');
  expect(rows[0].count).toBe(rows[0].max);
  expect(rows[0].max).toBeGreaterThanOrEqual(before);
  // Every page is read, so a torn one would fail its checksum; one update touched all rows of this table or none.
  const moved = await reader.query(
    'select count(*)::int as count, count(distinct v)::int as versions from moved',
  );
  expect(moved.rows).toEqual([{ count: 50_000, versions: 1 }]);
  await reader.query('create extension amcheck');
  await reader.query("select bt_index_check('written_pkey', true)");
  await reader.query('insert into written (n, filler) select max(n) + 1, $1 from written', ['after']);
  await reader.end();
  await restored.stop();
  const again = await start('restored');
  await again.stop();
}, 60_000);

test('the keys are not in a backup, nor is a file left when the backup fails', async () => {
  await expect(backupCluster(cluster, join(home, 'data'), keyFile, backup)).rejects.toThrow(/exists already/);
  const missing = join(home, 'no-keys.json');
  const target = join(home, 'other.tar.zst');
  await expect(backupCluster(cluster, join(home, 'data'), missing, target)).rejects.toThrow(/ENOENT/);
  expect(readdirSync(home).filter((name) => name.startsWith('other'))).toEqual([]);
  const names = readdirSync(join(home, 'restored'), { recursive: true });
  expect(names.filter((name) => String(name).includes('keys'))).toEqual([]);
});

test('a folder in use is not restored over', async () => {
  await expect(restoreBackup(backup, join(home, 'restored'))).rejects.toThrow(/is not empty \(.*postgres/);
});

test('a backup cut short leaves no database behind', async () => {
  truncateSync(backup, 2_000_000);
  await expect(restoreBackup(backup, join(home, 'cut'))).rejects.toThrow();
  expect(existsSync(join(home, 'cut', 'postgres'))).toBe(false);
});

test('an archive is read back as it was written, and a damaged one is refused', async () => {
  const body = Buffer.from('some text');
  const archive = Buffer.concat([tarHeader('a/b', body.length, new Date(0)), body, tarPadding(body.length)]);
  async function* oneByOne(bytes: Buffer) {
    for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
  }
  const read = async (bytes: Buffer) => {
    const texts: string[] = [];
    for await (const entry of tarEntries(oneByOne(bytes))) {
      texts.push(`${entry.name}: ${await contentOf(entry.body)}`);
    }
    return texts;
  };
  expect(await read(Buffer.concat([archive, Buffer.alloc(1024)]))).toEqual(['a/b: some text']);
  await expect(read(archive)).rejects.toThrow(/cut short/);
  archive.write('c');
  await expect(read(archive)).rejects.toThrow(/damaged/);
});
