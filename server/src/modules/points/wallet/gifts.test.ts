import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { madeBy, openTill, type Till } from '../../../../test/till.ts';
import { peopleOf } from '../../../../test/wallet.ts';

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

async function gift(zh: string, points: number, stores: readonly string[]): Promise<string> {
  const id = madeBy(await till.merchant.post('/v1/gift-items', { name: { zh }, points }));
  for (const storeId of stores) {
    const stocked = { storeId, pieces: 1, reason: 'delivery' };
    expect((await till.merchant.post(`/v1/gift-items/${id}/stock`, stocked)).status).toBe(201);
  }
  return id;
}

test('a member sees what is offered and where there is one now, and what they took by name', async () => {
  const member = await peopleOf(bench, till, '1366').member();
  await till.merchant.post('/v1/points-schemes', { earn: { points: 1, amount: 100 } });
  await till.merchant.post(`/v1/members/${member.id}/points/adjustments`, { points: 500, reason: 'hello' });
  const mug = await gift('马克杯', 200, [till.storeId, till.otherStoreId]);
  const gone = await gift('雨伞', 300, []);
  const resting = await gift('帆布袋', 100, [till.storeId]);
  await till.merchant.patch(`/v1/gift-items/${resting}`, { state: 'resting' });
  // Made in one moment of the test's clock, they are in no order.
  const offered = async () => {
    const { items } = (await member.phone.get<{ items: { points: number }[] }>('/gift-items')).body;
    return items.toSorted((one, other) => other.points - one.points);
  };
  expect(await offered()).toEqual([
    { id: gone, name: { zh: '雨伞', en: null }, points: 300, stores: [] },
    {
      id: mug,
      name: { zh: '马克杯', en: null },
      points: 200,
      stores: expect.arrayContaining([
        { id: till.storeId, name: 'First' },
        { id: till.otherStoreId, name: 'Second' },
      ]),
    },
  ]);
  const asked = { giftId: mug, storeId: till.otherStoreId };
  const key = { 'idempotency-key': 'mug' };
  expect((await member.phone.post('/gift-orders', asked, key)).status).toBe(201);
  expect((await offered()).at(-1)).toMatchObject({ stores: [{ id: till.storeId }] });
  const { items } = (await member.phone.get<{ items: object[] }>('/gift-orders')).body;
  expect(items).toMatchObject([{ gift: { zh: '马克杯' }, store: 'Second', points: 200, state: 'waiting' }]);
});
