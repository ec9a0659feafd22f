import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { connectAsOwner, type Owner } from '../../../test/owner.ts';
import { type CardInHand, openShop, type Shop } from '../../../test/shop.ts';
import { flushCounts, onEach, stopAutovacuum } from '../../../test/touched.ts';
import { refreshStatistics } from '../db/statistics.ts';

// A statement that is prepared while its table is empty keeps the plan that it got then. So: from an empty database,
// every hot statement once; then thousands of rows; then the plans that are still in the connections.

// Of the hot tables those that this test fills; a plan over a handful of rows may walk through them.
const hotTables = ['activity', 'posting', 'account', 'card'];

let bench: TestBench;
let owner: Owner;
let shop: Shop;
beforeAll(async () => {
  bench = await openBench();
  owner = await connectAsOwner(bench.ownerUrl);
  await stopAutovacuum(owner, ['ledger', 'cards']);
  shop = await openShop(bench);
});
afterAll(async () => {
  await owner.close();
  await bench.close();
});

let references = 0;
const payment = (card: CardInHand, storeId: string) => ({
  code: card.code,
  pin: card.pin,
  amount: 10,
  currency: 'CNY',
  storeId,
  reference: `P${references++}`,
});

/** Every verb of the till on one card, at the store that did not sell it. */
async function everyVerb(card: CardInHand): Promise<void> {
  const { merchant, otherStoreId } = shop;
  type Id = { readonly id: string };
  const redeemed = await merchant.post<Id>('/v1/redemptions', payment(card, otherStoreId));
  const held = await merchant.post<Id>('/v1/holds', payment(card, otherStoreId));
  const last = payment(card, otherStoreId);
  const replies = [
    redeemed,
    held,
    await merchant.post('/v1/verifications', { code: card.code, pin: card.pin }),
    await merchant.post(`/v1/redemptions/${redeemed.body.id}/refunds`, { amount: 5, reason: 'back' }),
    await merchant.post(`/v1/redemptions/${redeemed.body.id}/refunds`, { amount: 5, reason: 'back' }),
    await merchant.post(`/v1/holds/${held.body.id}/capture`, { amount: 5 }),
    await merchant.post('/v1/redemptions', last),
    await merchant.post('/v1/reversals', { reference: last.reference, storeId: otherStoreId }),
  ];
  for (const { status, text } of replies) expect(status, text).toBeLessThan(300);
}

type Node = { readonly [key: string]: unknown; readonly Plans?: readonly Node[] };

/** What in a plan reads a hot table otherwise than by an index on more than the merchant. */
function slowScans(node: Node): string[] {
  const relation = String(node['Relation Name'] ?? '');
  const below = (node.Plans ?? []).flatMap(slowScans);
  if (!hotTables.includes(relation) || node['Node Type'] === 'ModifyTable') return below;
  const condition = `${node['Index Cond'] ?? ''}${(node.Plans ?? []).map((plan) => plan['Index Cond'] ?? '').join()}`;
  const narrow = condition.includes('merchant_id') && condition.includes(' AND ');
  // All keys gone through for each of the rows: as slow as the square of a batch.
  const isSquare = condition.includes('= ANY') && condition.includes('= v.');
  return narrow && !isSquare ? below : [`${node['Node Type']} on ${relation} (${condition})`, ...below];
}

/** Of the plans that the connections keep: those that are slow, and how many there are. */
async function keptPlans(): Promise<{ readonly slow: readonly string[]; readonly explained: number }> {
  const slow: string[] = [];
  let explained = 0;
  await onEach(bench.runtime.writers, async (client) => {
    await client.query('begin');
    const prepared = await client.query<{ name: string; arguments: string; generic: boolean }>(
      `select name, array_to_string(array_fill('null'::text, array[greatest(cardinality(parameter_types), 1)]), ', ')
         as arguments, custom_plans = 0 as generic
       from pg_prepared_statements
       where statement ~* '^\\s*(select|insert|update|with)' and cardinality(parameter_types) > 0`,
    );
    for (const { name, arguments: given, generic } of prepared.rows) {
      expect(generic, `${name} is planned once`).toBe(true);
      const text = `explain (format json) execute "${name}"(${given})`;
      const { rows } = await client.query<{ 'QUERY PLAN': readonly { Plan: Node }[] }>(text);
      for (const scan of slowScans(rows[0]?.['QUERY PLAN'][0]?.Plan ?? {})) slow.push(`${name}: ${scan}`);
      explained++;
    }
    await client.query('rollback');
  });
  return { slow, explained };
}

test('plans made over empty tables still use their indexes when the tables are full', async () => {
  const [first] = await shop.sell(1);
  if (!first) throw new Error('no card');
  await everyVerb(first);
  const bulk = await shop.sell(3_000);
  await Promise.all(bulk.map((card) => shop.merchant.post('/v1/redemptions', payment(card, shop.storeId))));

  const { slow, explained } = await keptPlans();
  expect(slow).toEqual([]);
  expect(explained).toBeGreaterThan(12);

  // And in the doing: how many rows the server really touches for a redemption.
  const before = await touched();
  const some = bulk.slice(0, 100);
  for (const card of some) await shop.merchant.post('/v1/redemptions', payment(card, shop.storeId));
  const after = await touched();
  expect((await keptPlans()).slow).toEqual([]);
  for (const table of hotTables) {
    const scans = Number(after.get(table)?.seq_scan) - Number(before.get(table)?.seq_scan);
    const rows = Number(after.get(table)?.rows) - Number(before.get(table)?.rows);
    expect(scans, `sequential scans of ${table}`).toBe(0);
    expect(rows / some.length, `rows of ${table} for one redemption`).toBeLessThan(8);
  }
  expect(bench.errors).toEqual([]);
});

async function touched(): Promise<Map<string, Record<string, unknown>>> {
  await flushCounts(bench, owner);
  const rows = await owner.rows(
    `select relname, coalesce(seq_scan, 0) as seq_scan, coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0) as rows
     from pg_stat_user_tables where schemaname in ('ledger', 'cards')`,
  );
  return new Map(rows.map((row) => [String(row.relname), row]));
}

test('a table that was analyzed before its rows were committed is analyzed again once they are', async () => {
  const estimated = async () =>
    Number(
      (await owner.rows(`select reltuples from pg_class where oid = 'programs.version'::regclass`))[0]
        ?.reltuples,
    );
  await owner.rows('begin');
  await owner.rows(`insert into programs.version select (v).* from (
    select jsonb_populate_record(v, jsonb_build_object('id', gen_random_uuid(), 'version', n)) as v
    from programs.version v, generate_series(1000, 3000) n) as copied`);
  await bench.runtime.writers.query(refreshStatistics.text);
  await owner.rows('commit');
  expect(await estimated()).toBeLessThan(100);
  // The server hears of committed rows when its process gets round to it.
  await owner.rows('select pg_stat_force_next_flush()');
  await bench.runtime.writers.query(refreshStatistics.text);
  expect(await estimated()).toBeGreaterThan(2_000);
});
