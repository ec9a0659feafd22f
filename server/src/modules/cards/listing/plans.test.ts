import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { connectAsOwner, type Owner } from '../../../../test/owner.ts';
import { openTill, type Till } from '../../../../test/till.ts';

// Forty thousand cards, of which each filter finds few or all. A page touches rows by the hundred, whichever is asked for:
// what is counted is rows, not time, so that it is the same on every machine.

const cardsMany = 40_000;

let bench: TestBench;
let owner: Owner;
let till: Till;
let rare: string;
beforeAll(async () => {
  bench = await openBench();
  owner = await connectAsOwner(bench.ownerUrl);
  till = await openTill(bench);
  const program = await till.merchant.post<{ id: string }>('/v1/card-programs', {
    kind: 'gift',
    name: { zh: '少', en: 'Rare' },
    currency: 'CNY',
    range: { min: 1, max: 1_000, step: 1 },
    validity: { type: 'none' },
    pin: true,
    bearer: true,
    reloadable: true,
    transferable: true,
  });
  rare = program.body.id;
  await fill();
});
afterAll(async () => {
  await owner.close();
  await bench.close();
});

/** Cards as sales would leave them; every thousandth is something special, the last tenth is not sold. */
async function fill(): Promise<void> {
  const { id } = till.merchant;
  await owner.rows(
    `insert into cards.card (merchant_id, id, version_id, serial, code_hash, key_version, draw, last4, face_value, state, loaded,
       activated_at, sold_store_id, valid_until, holder)
     select '${id}', gen_random_uuid(), v.id, n, sha256(n::text::bytea), 1, 0, lpad((n % 10000)::text, 4, '0'), 100,
       case when n > ${cardsMany * 0.9} then 'generated' when n % 1000 = 999 then 'frozen' else 'active' end, 100,
       case when n <= ${cardsMany * 0.9} then timestamptz '2026-01-01' + n * interval '1 minute' end,
       case when n <= ${cardsMany * 0.9} then s.id end,
       case when n <= ${cardsMany * 0.9} then timestamptz '2027-01-01' + n * interval '1 minute' end,
       case when n % 1000 = 7 then 'H' || n end
     from generate_series(1, ${cardsMany}) n
     join (select id, row_number() over (order by created_at, id) - 1 as at from programs.version where merchant_id = '${id}') v
       on v.at = (n % 1000 = 5)::int
     join (select id, row_number() over (order by code) - 1 as at from merchants.store where merchant_id = '${id}') s
       on s.at = (n % 1000 = 6)::int`,
  );
  await owner.rows(
    `insert into ledger.account (merchant_id, id, owner_id, purpose, detail, asset, balance, floor)
     select merchant_id, gen_random_uuid(), id, 'card', 'principal|' || sold_store_id, 'CNY',
       case when serial % 1000 = 8 then 0 when serial % 1000 = 9 then serial % 100 else 100 end, 0
     from cards.card where merchant_id = '${id}' and state <> 'generated' and serial > 0`,
  );
  await owner.rows(
    `insert into cards.standing (merchant_id, serial, card_id, stage, balance, held, currency, pin_locked, store_id, activated_at,
       valid_until, holder)
     select c.merchant_id, c.serial, c.id,
       case when c.state = 'frozen' then 'frozen' when a.balance = 0 then 'used_up' when a.balance < 100 then 'partially_used' else 'active' end,
       a.balance, 0, 'CNY', false, c.sold_store_id, c.activated_at, c.valid_until, c.holder
     from cards.card c join ledger.account a on a.merchant_id = c.merchant_id and a.owner_id = c.id where c.merchant_id = '${id}'`,
  );
  await bench.runJobs('cards.keepList');
  for (const table of ['cards.card', 'cards.standing', 'ledger.account'])
    await owner.rows(`analyze ${table}`);
}

/** All connections of the readers, so that none has counts that are not yet told. */
async function flush(): Promise<void> {
  const { readers } = bench.runtime;
  const clients: pg.PoolClient[] = [];
  for (let n = 0; n < readers.totalCount; n++) clients.push(await readers.connect());
  for (const client of clients) {
    await client.query('select pg_stat_force_next_flush()');
    client.release();
  }
}

async function touched(): Promise<number> {
  await flush();
  const [row] = await owner.rows(
    `select (select coalesce(sum(idx_tup_fetch), 0) + coalesce(sum(seq_tup_read), 0) from pg_stat_user_tables
        where schemaname in ('ledger', 'cards'))
      + (select coalesce(sum(idx_tup_read), 0) from pg_stat_user_indexes where schemaname in ('ledger', 'cards')) as rows`,
  );
  return Number(row?.rows);
}

test('a page of any filter, order and direction touches rows by the hundred, not by how many cards there are', async () => {
  const { storeId, otherStoreId, programId } = till;
  const queries = [
    '',
    'serial=777',
    'serialPrefix=00000399',
    'last4=1234',
    ...[
      'active',
      'used_up',
      'partially_used',
      'frozen',
      'voided',
      'held',
      'expired',
      'generated',
      'printed',
    ].map((state) => `state=${state}`),
    `programId=${programId}`,
    `programId=${rare}`,
    `programId=${rare}&sort=-serial`,
    `storeId=${storeId}`,
    `storeId=${otherStoreId}`,
    'balanceMin=1&balanceMax=50',
    'balanceMin=100',
    'sort=balance',
    'sort=-balance',
    'sort=activatedAt&cursor=n~1767300000000~100',
    'activatedFrom=2026-01-25T00:00:00Z',
    'activatedTo=2026-01-01T03:00:00Z',
    'validFrom=2027-01-25T00:00:00Z&sort=-validUntil',
    'validTo=2027-01-01T03:00:00Z',
    'holder=H7007',
    'sort=balance&cursor=n~100~20000',
    'cursor=n~30000~30000',
    'cursor=p~30000~30000',
    `storeId=${storeId}&state=frozen`,
    `programId=${rare}&state=active`,
  ];
  for (const query of queries) {
    const before = await touched();
    const reply = await till.merchant.get(`/v1/cards?${query}`);
    expect(reply.status, reply.text).toBe(200);
    // Whether a batch was released stands with the batch, so the stock that is not sold is gone through for it.
    const most = /generated|printed/.test(query) ? 0.3 * cardsMany : 2_500;
    expect((await touched()) - before, query).toBeLessThan(most);
  }
  expect(bench.errors).toEqual([]);
});

test('a count stops where it is told to', async () => {
  const before = await touched();
  expect((await till.merchant.get('/v1/cards/count?state=active')).body).toEqual({
    count: 10_000,
    exact: false,
  });
  expect((await touched()) - before).toBeLessThan(45_000);
});
