import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { fillCards, listQueries } from '../../../../test/manyCards.ts';
import { connectAsOwner, type Owner } from '../../../../test/owner.ts';
import { openTill, type Till } from '../../../../test/till.ts';
import { rowsTouched, stopAutovacuum } from '../../../../test/touched.ts';

// Forty thousand cards, of which each filter finds few or all. A page touches rows by the hundred, whichever is asked for:
// what is counted is rows, not time, so that it is the same on every machine.

const cardsMany = 40_000;

const schemas = ['ledger', 'cards'];

let bench: TestBench;
let owner: Owner;
let till: Till;
let rare: string;
beforeAll(async () => {
  bench = await openBench();
  owner = await connectAsOwner(bench.ownerUrl);
  await stopAutovacuum(owner, schemas);
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

const touched = () => rowsTouched(bench, owner, schemas);

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
