import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { fillCards, listQueries } from '../../../../test/manyCards.ts';
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
  await fillCards(owner, { merchantId: till.merchant.id, cards: cardsMany });
  await bench.runJobs('cards.keepList');
});
afterAll(async () => {
  await owner.close();
  await bench.close();
});

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
  for (const query of listQueries({ ...till, rare }, cardsMany)) {
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
