import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openTill, type Till } from '../../../../test/till.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

const clerkOf = (storeId: string) => till.key({ role: 'clerk', storeIds: [storeId] });
const pagesOf = ({ id }: { readonly id: string }) => [`/v1/cards/${id}`, `/v1/cards/${id}/activities`];

test('a card is read by the stores that sold it; to others, and before it is sold, it is beyond their scope', async () => {
  const sold = await till.card();
  const stock = await till.blank();
  const [here, elsewhere] = [await clerkOf(till.storeId), await clerkOf(till.otherStoreId)];
  for (const path of pagesOf(sold)) {
    expect((await here.get(path)).status).toBe(200);
    await till.refuses('store_out_of_scope', () => elsewhere.get(path));
  }
  for (const path of pagesOf(stock)) {
    await till.refuses('store_out_of_scope', () => here.get(path));
    expect((await till.merchant.get(path)).status).toBe(200);
  }
});

test('whoever was just given the code of a card may read it, they alone, and for a quarter of an hour', async () => {
  const card = await till.card();
  const [elsewhere, another] = [await clerkOf(till.otherStoreId), await clerkOf(till.otherStoreId)];
  const { code, pin } = card;
  const seen = await elsewhere.post('/v1/verifications', { code, pin, storeId: till.otherStoreId });
  expect(seen.status, seen.text).toBe(200);
  const path = `/v1/cards/${card.id}/activities`;
  bench.time.now = new Date(bench.time.now.getTime() + 15 * 60_000);
  expect((await elsewhere.get(path)).status).toBe(200);
  await till.refuses('store_out_of_scope', () => another.get(path));
  bench.time.now = new Date(bench.time.now.getTime() + 1);
  await till.refuses('store_out_of_scope', () => elsewhere.get(path));
});

test('a wrong PIN opens no card', async () => {
  const card = await till.card();
  const elsewhere = await clerkOf(till.otherStoreId);
  const wrong = card.pin === '00000000' ? '11111111' : '00000000';
  const asked = { code: card.code, pin: wrong, storeId: till.otherStoreId };
  expect((await elsewhere.post('/v1/verifications', asked)).status).toBeGreaterThanOrEqual(400);
  await till.refuses('store_out_of_scope', () => elsewhere.get(`/v1/cards/${card.id}`));
});
