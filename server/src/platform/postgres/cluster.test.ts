import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { type Cluster, startCluster } from './cluster.ts';
import { anyoneWorksIn, identityOf, until } from './processes.ts';

const PASSWORD = 'correct horse battery staple';
const AS_ROOT = process.getuid?.() === 0;

const undo: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  while (undo.length > 0) await undo.pop()?.();
});

/** A folder of its own for one test; whatever still runs in it at the end is stopped. */
function folder(name = 'scrip-postgres-'): string {
  const path = mkdtempSync(join(tmpdir(), name));
  undo.push(async () => {
    if (existsSync(join(path, 'postgres', 'postmaster.pid'))) await (await start(path)).stop();
    rmSync(path, { recursive: true, force: true });
  });
  return path;
}

function start(dataDir: string, more: { readonly password?: string; readonly durable?: boolean } = {}) {
  return startCluster({ dataDir, password: PASSWORD, durable: false, ...more });
}

async function sql<Row extends pg.QueryResultRow>(cluster: Cluster, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: cluster.url('postgres') });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Another Node process that starts the cluster, says what it got, and stays until it is killed or its input ends. */
async function otherProcess(
  dataDir: string,
): Promise<{ process: ChildProcess; owned: boolean; port: number }> {
  const code = `
    const { startCluster } = await import(${JSON.stringify(new URL('./cluster.ts', import.meta.url).href)});
    const cluster = await startCluster(${JSON.stringify({ dataDir, password: PASSWORD, durable: false })});
    console.log(JSON.stringify({ owned: cluster.owned, port: cluster.port }));
    process.stdin.resume().on('end', () => cluster.stop());`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  undo.push(() => void child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  return { process: child, ...JSON.parse(String(line)) };
}

function serverPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

test('a fresh folder gets a durable server with checksums, UTC and scram for everyone', async () => {
  const cluster = await start(folder(), { durable: true });
  const settings = ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'timezone', 'jit'];
  const [row] = await sql(
    cluster,
    `select ${settings.map((name) => `current_setting('${name}') ${name}`).join()}`,
  );
  expect(row).toEqual({
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    data_checksums: 'on',
    timezone: 'UTC',
    jit: 'off',
  });
  const methods = await sql(cluster, 'select distinct auth_method from pg_hba_file_rules');
  expect(methods).toEqual([{ auth_method: 'scram-sha-256' }]);
  const [locale] = await sql(
    cluster,
    "select datlocprovider, datlocale from pg_database where datname = 'template1'",
  );
  expect(locale).toEqual({ datlocprovider: 'b', datlocale: 'C.UTF-8' });
  await cluster.stop();
});

test('data outlive a stop, and the last stop leaves no process behind', async () => {
  const dataDir = folder();
  const first = await start(dataDir);
  await sql(first, 'create table kept as select 1 as one');
  await first.stop();
  await first.stop();
  expect(anyoneWorksIn(join(dataDir, 'postgres'))).toBe(false);
  const second = await start(dataDir);
  expect(await sql(second, 'select one from kept')).toEqual([{ one: 1 }]);
  await second.stop();
});

test('whoever comes second joins the running server and leaves it running', async () => {
  const dataDir = folder();
  const [service, command] = [await start(dataDir), await start(dataDir)];
  expect([service.owned, command.owned]).toEqual([true, false]);
  await command.stop();
  expect(await sql(service, 'select 1 as one')).toEqual([{ one: 1 }]);
  await service.stop();
});

test('a service that stops first does not pull the database away under a command', async () => {
  const dataDir = folder();
  const [service, command] = [await start(dataDir), await start(dataDir)];
  await service.stop();
  expect(await sql(command, 'select 1 as one')).toEqual([{ one: 1 }]);
  await command.stop();
  expect(anyoneWorksIn(join(dataDir, 'postgres'))).toBe(false);
});

test('processes that start at once end with one server', async () => {
  const dataDir = folder();
  const [a, b, c] = await Promise.all([otherProcess(dataDir), otherProcess(dataDir), start(dataDir)]);
  expect([a.owned, b.owned, c.owned].filter(Boolean)).toHaveLength(1);
  expect(await sql(c, 'select 1 as one')).toEqual([{ one: 1 }]);
  for (const other of [a, b]) {
    other.process.stdin?.end();
    await once(other.process, 'exit');
  }
  await c.stop();
  expect(anyoneWorksIn(join(dataDir, 'postgres'))).toBe(false);
});

test('a server whose Node process was killed is adopted, with its data, and then owned', async () => {
  const dataDir = folder();
  const first = await otherProcess(dataDir);
  const pid = serverPid(dataDir);
  first.process.kill('SIGKILL');
  await once(first.process, 'exit');
  expect(identityOf(pid)).toBeDefined();
  const next = await start(dataDir);
  expect(next.owned).toBe(true);
  expect(serverPid(dataDir)).toBe(pid);
  await next.stop();
  expect(identityOf(pid)).toBeUndefined();
});

test('an orphan that runs without durability is not adopted by a durable start', async () => {
  const dataDir = folder();
  const first = await otherProcess(dataDir);
  first.process.kill('SIGKILL');
  await once(first.process, 'exit');
  const next = await start(dataDir, { durable: true });
  expect(await sql(next, 'show fsync')).toEqual([{ fsync: 'on' }]);
  await next.stop();
});

test('every acknowledged row is there after the server was killed under writes', async () => {
  const dataDir = folder();
  const first = await start(dataDir, { durable: true });
  await sql(first, 'create table written (n int primary key)');
  const client = new pg.Client({ connectionString: first.url('postgres') });
  client.on('error', () => undefined);
  await client.connect();
  const pid = serverPid(dataDir);
  let acknowledged = 0;
  const writing = (async () => {
    for (let n = 1; ; n += 1) {
      await client.query('insert into written (n) values ($1)', [n]);
      acknowledged = n;
      if (n === 300) process.kill(pid, 'SIGKILL');
    }
  })();
  await expect(writing).rejects.toThrow();
  await client.end();
  const next = await start(dataDir, { durable: true });
  const rows = await sql<{ n: number }>(next, 'select count(*)::int as n from written');
  expect(rows[0]?.n).toBeGreaterThanOrEqual(acknowledged);
  expect(acknowledged).toBeGreaterThanOrEqual(300);
  await next.stop();
  await first.stop();
});

test.each([
  { listens: 'on a socket', below: '' },
  { listens: 'on the loopback address', below: 'a-rather-long-name-for-a-folder'.repeat(3) },
])(
  'a server $listens that was killed is started again where its users know it, by one of them',
  async ({ below }) => {
    const dataDir = join(folder(), below);
    mkdirSync(dataDir, { recursive: true });
    const [one, other] = [await start(dataDir), await start(dataDir)];
    expect(await one.revive()).toBe(false);
    await sql(one, 'create table kept (n int); insert into kept values (1)');
    process.kill(
      Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
      'SIGKILL',
    );
    expect(await until(10_000, async () => (await one.revive()) || undefined)).toBe(true);
    expect(await other.revive()).toBe(false);
    expect(await sql(other, 'select n from kept')).toEqual([{ n: 1 }]);
    await one.stop();
    await other.stop();
    expect(await other.revive()).toBe(false);
    expect(anyoneWorksIn(join(dataDir, 'postgres'))).toBe(false);
  },
);

test('a lock file whose process number went to somebody else does not keep the server down', async () => {
  const dataDir = folder();
  const first = await start(dataDir);
  const path = join(dataDir, 'postgres', 'postmaster.pid');
  const lines = readFileSync(path, 'utf8').split('\n');
  await first.stop();
  // A process of the database's own account, as after a restart of a container, where numbers are low and come again.
  const { uid, gid } = statSync(join(dataDir, 'postgres'));
  const squatter = spawn('/bin/sh', ['-c', 'read -r line'], { stdio: 'pipe', cwd: '/', uid, gid });
  undo.push(() => void squatter.kill('SIGKILL'));
  writeFileSync(path, [String(squatter.pid), ...lines.slice(1)].join('\n'), { mode: 0o600 });
  if (AS_ROOT) (await import('node:fs')).chownSync(path, uid, gid);
  const next = await start(dataDir);
  expect(await sql(next, 'select 1 as one')).toEqual([{ one: 1 }]);
  await next.stop();
});

test.runIf(AS_ROOT)('started by root, the database runs as an unprivileged account', async () => {
  const dataDir = folder();
  const cluster = await start(dataDir);
  expect(statSync(`/proc/${serverPid(dataDir)}`).uid).not.toBe(0);
  expect(readFileSync(`/proc/${serverPid(dataDir)}/status`, 'utf8')).toMatch(/^CapEff:\s+0+$/m);
  await cluster.stop();
});

test.runIf(AS_ROOT)(
  'below a folder that only root may enter it runs so, too, and that folder stays closed',
  async () => {
    const closed = folder();
    chmodSync(closed, 0o700);
    const dataDir = join(closed, 'data');
    const cluster = await start(dataDir);
    undo.push(() => cluster.stop());
    expect(statSync(`/proc/${serverPid(dataDir)}`).uid).not.toBe(0);
    expect(statSync(closed).mode & 0o777).toBe(0o700);
    await sql(cluster, 'create table t as select n from generate_series(1, 10000) n');
    await sql(cluster, 'select pg_reload_conf()');
    expect(await sql(cluster, 'select count(*)::int as n from t')).toEqual([{ n: 10_000 }]);
    await cluster.stop();
    const again = await start(dataDir);
    await again.stop();
  },
);

test('two folders side by side have servers of their own', async () => {
  const clusters = [await start(folder()), await start(folder())];
  for (const [n, cluster] of clusters.entries()) await sql(cluster, `create table mine as select ${n} as n`);
  for (const [n, cluster] of clusters.entries())
    expect(await sql(cluster, 'select n from mine')).toEqual([{ n }]);
  for (const cluster of clusters) await cluster.stop();
});

test('a folder whose path is too long for a socket is served on the loopback address', async () => {
  const dataDir = join(folder(), 'a-rather-long-name-for-a-folder'.repeat(3));
  mkdirSync(dataDir);
  const cluster = await start(dataDir);
  expect(cluster.host).toBe('127.0.0.1');
  const joined = await start(dataDir);
  expect(joined.port).toBe(cluster.port);
  await expect(start(dataDir, { password: 'another' })).rejects.toThrow(/password of this key file/);
  await joined.stop();
  await cluster.stop();
});

test('a folder that holds something else is left alone', async () => {
  const dataDir = folder();
  mkdirSync(join(dataDir, 'postgres'));
  writeFileSync(join(dataDir, 'postgres', 'letter.txt'), 'dear reader');
  await expect(start(dataDir)).rejects.toThrow(/is no PostgreSQL data folder/);
  expect(readFileSync(join(dataDir, 'postgres', 'letter.txt'), 'utf8')).toBe('dear reader');
});

test('a start cut short while the data were made is made good by the next one', async () => {
  const dataDir = folder();
  mkdirSync(join(dataDir, 'postgres.new'));
  writeFileSync(join(dataDir, 'postgres.new', 'PG_VERSION'), '18\n');
  const cluster = await start(dataDir);
  expect(await until(0, () => (existsSync(join(dataDir, 'postgres.new')) ? undefined : true))).toBe(true);
  await cluster.stop();
});
