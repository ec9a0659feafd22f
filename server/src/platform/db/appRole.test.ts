import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { loadKeys } from '../config/keys.ts';
import { startCluster } from '../postgres/cluster.ts';
import { appRoleName, durabilityFaults, ensureAppRole, ensureDatabase } from './appRole.ts';
import { openPool } from './connection.ts';
import { migrate } from './migrate.ts';

let bench: TestBench;
let service: pg.Client;
beforeAll(async () => {
  bench = await openBench();
  await bench.merchant();
  service = new pg.Client({ connectionString: bench.appUrl });
  await service.connect();
  // Even while it names all merchants.
  await service.query(`select set_config('scrip.merchant_id', '*', false)`);
});
afterAll(async () => {
  await service.end();
  await bench.close();
});

const forbidden = [
  `update ledger.activity set details = 'x'`,
  'delete from ledger.activity',
  'truncate ledger.activity',
  'update ledger.posting set amount = 1',
  'delete from ledger.posting',
  'truncate ledger.posting cascade',
  'delete from ledger.journal',
  'delete from ledger.account',
  'delete from ledger.hold',
  'truncate ledger.account cascade',
  'drop table ledger.posting',
  'drop schema ledger cascade',
  'alter table ledger.account drop constraint account_floor',
  'alter table ledger.activity disable row level security',
  'drop policy one_merchant on ledger.activity',
  'create table ledger.mine (id int)',
  'create table public.mine (id int)',
  `create function public.mine() returns int language sql as 'select 1'`,
  'set session_replication_role = replica',
  'alter system set fsync = off',
  'set role scrip_owner',
  'create role another superuser',
  `insert into platform.migration (name, digest) values ('9999', 'x')`,
];

test.each(forbidden)("the service's login may not: %s", async (sql) => {
  await expect(service.query(sql)).rejects.toMatchObject({
    message: expect.stringMatching(/permission denied|must be owner|must have|does not exist/),
  });
});

test('processes that start at once do not trip over each other while they make database, schema and login', async () => {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const adminUrl = inject('adminUrl');
  const { appPassword } = loadKeys(inject('keyFile'));
  const ownerUrl = adminUrl.replace(/\/postgres(\?|$)/, `/${name}$1`);
  const start = async () => {
    await ensureDatabase(adminUrl, name);
    const { total } = await migrate(ownerUrl);
    return { total, url: await ensureAppRole(ownerUrl, appPassword) };
  };
  const started = await Promise.all(Array.from({ length: 6 }, start));
  expect(new Set(started.map(({ url }) => url)).size).toBe(1);
  const owner = new pg.Client({ connectionString: adminUrl });
  await owner.connect();
  await owner.query(`drop database ${name}`);
  await owner.query(`drop role ${appRoleName(name)}`);
  await owner.end();
});

test("the service's login owns nothing, and is no superuser", async () => {
  const { rows } = await service.query<{ owned: number; dangerous: boolean }>(
    `select (select count(*)::int from pg_class where relowner = r.oid) + (select count(*)::int from pg_proc where proowner = r.oid)
       + (select count(*)::int from pg_namespace where nspowner = r.oid) as owned,
       r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication as dangerous
     from pg_roles r where r.rolname = current_user`,
  );
  expect(rows).toEqual([{ owned: 0, dangerous: false }]);
});

test('a login that named no merchant sees none, one that named another sees not this', async () => {
  const count = async () =>
    (await service.query('select count(*)::int as n from ledger.activity')).rows[0]?.n;
  expect(await count()).toBeGreaterThan(0);
  await service.query(
    `select set_config('scrip.merchant_id', '01900000-0000-7000-8000-00000000dead', false)`,
  );
  expect(await count()).toBe(0);
  await service.query(`select set_config('scrip.merchant_id', '', false)`);
  expect(await count()).toBe(0);
  await service.query(`select set_config('scrip.merchant_id', '*', false)`);
});

test('a server that may forget what it has confirmed is called unsafe, by the setting that makes it so', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'scrip-unsafe-'));
  const cluster = await startCluster({ dataDir, password: 'p'.repeat(32) });
  const owner = new pg.Client({ connectionString: cluster.url('postgres') });
  await owner.connect();
  await owner.query(`create role service login password 'service'`);
  const url = new URL(cluster.url('postgres'));
  url.username = 'service';
  url.password = 'service';
  const faults = async () => {
    const pool = openPool({ url: url.toString(), applicationName: 'test', plans: 'kept' }, 1);
    try {
      return await durabilityFaults(pool);
    } finally {
      await pool.end();
    }
  };
  try {
    expect(await faults()).toEqual([]);
    for (const name of ['fsync', 'full_page_writes', 'synchronous_commit']) {
      await owner.query(`alter system set ${name} = off`);
      await owner.query('select pg_reload_conf()');
      await expect.poll(faults).toEqual([`${name} is off`]);
      await owner.query(`alter system reset ${name}`);
      await owner.query('select pg_reload_conf()');
      await expect.poll(faults).toEqual([]);
    }
    await owner.query('create table public.mine (id int)');
    await owner.query('alter table public.mine owner to service');
    await owner.query('alter role service superuser');
    expect(await faults()).toEqual(['the service logs in as a superuser', "the service's login owns tables"]);
  } finally {
    await owner.end();
    await cluster.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
