import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { payment } from '../../../test/racing.ts';
import { openShop } from '../../../test/shop.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

test('what is loaded on a card that was taken back and sold again ends with the card, not with its first sale', async () => {
  const shop = await openShop(bench, { validity: { type: 'after', count: 30, unit: 'days' } });
  const { merchant, storeId, otherStoreId } = shop;
  const [card] = await shop.sell(1, 10_000);
  if (!card) throw new Error('no card');
  await merchant.post(`/v1/cards/${card.id}/deactivate`, { reason: 'wrong card' });
  const inDays = (days: number) => new Date(bench.time.now.getTime() + days * 86_400_000);
  bench.time.now = inDays(20);
  const cash = (amount: number) => ({ tender: 'cash', amount, reference: 'again' });
  const again = await merchant.post('/v1/cards/activate', {
    cards: [{ serial: card.serial }],
    storeId: otherStoreId,
    payment: cash(10_000),
  });
  expect(again.body, again.text).toMatchObject({ activated: 1 });
  // The store that sold it first loads it, after the end that the first sale had given it.
  const loaded = await merchant.post(`/v1/cards/${card.id}/reload`, {
    amount: 500,
    storeId,
    payment: cash(500),
  });
  expect(loaded.status, loaded.text).toBe(201);
  bench.time.now = inDays(20);
  const paid = await merchant.post('/v1/redemptions', payment(card, storeId, 10_500));
  expect(paid.status, paid.text).toBe(201);
});
