import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openShop } from '../../../test/shop.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

test('a gift card goes from issue to settlement and the books close to the last cent', async () => {
  const shop = await openShop(bench);
  const { merchant, storeId, otherStoreId } = shop;
  const [card] = await shop.sell(1, 10_000);
  if (!card) throw new Error('no card');

  const seen = await merchant.post('/v1/verifications', { code: card.code, pin: card.pin, storeId });
  expect(seen.status, seen.text).toBe(200);
  expect(seen.body).toMatchObject({ state: 'active', balance: 10_000, currency: 'CNY', validUntil: null });

  const paid = await merchant.post<{ id: string }>('/v1/redemptions', {
    code: card.code,
    pin: card.pin,
    amount: 2_500,
    currency: 'CNY',
    storeId: otherStoreId,
    reference: 'T1',
  });
  expect(paid.status, paid.text).toBe(201);
  expect(paid.body).toMatchObject({ amount: 2_500, balance: 7_500, reference: 'T1', storeId: otherStoreId });

  const refund = await merchant.post(`/v1/redemptions/${paid.body.id}/refunds`, {
    amount: 500,
    reason: 'returned',
  });
  expect(refund.status, refund.text).toBe(201);
  expect(refund.body).toMatchObject({ amount: 500, balance: 8_000 });

  const owed = await merchant.get(`/v1/stores/${otherStoreId}/settlement`);
  expect(owed.body, owed.text).toMatchObject({
    counterparts: [{ storeId, owed: 2_000 + 500, owes: 500, net: 2_000 }],
  });

  const books = await merchant.get('/v1/ledger/trial-balance');
  expect(books.body).toMatchObject({ balanced: true, assets: [{ asset: 'CNY', difference: 0 }] });

  const history = await merchant.get<{ items: { type: string }[] }>(`/v1/cards/${card.id}/activities`);
  expect(history.body.items.map(({ type }) => type)).toEqual([
    'card.refunded',
    'card.redeemed',
    'card.verified',
    'card.activated',
  ]);
  expect(bench.errors).toEqual([]);
});
