import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openTill, type Till } from '../../../test/till.ts';

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

test('a balance is corrected both ways at the merchant’s own cost or gain, with a reason', async () => {
  const card = await till.card();
  const given = await till.does(card, 'adjust', { amount: 700, reason: 'late delivery' });
  expect(given).toMatchObject({ cardId: card.id, amount: 700, balance: 10_700, currency: 'CNY' });
  expect(await till.total('adjustment')).toBe(-700);
  const taken = await till.does(card, 'adjust', { amount: -1_200, reason: 'typing error' });
  expect(taken).toMatchObject({ amount: -1_200, balance: 9_500 });
  expect(await till.total('adjustment')).toBe(500);
  const { body } = await till.merchant.get<{ items: unknown[] }>(`/v1/cards/${card.id}/activities`);
  expect(body.items.slice(0, 2)).toMatchObject([
    { type: 'card.adjusted', amount: -1_200, details: { reason: 'typing error', balance: 9_500 } },
    { type: 'card.adjusted', amount: 700, details: { reason: 'late delivery', balance: 10_700 } },
  ]);
});

test('what the merchant gave is spent first, and the merchant owes it to the store', async () => {
  const shop = await openTill(bench);
  const card = await shop.card();
  await shop.does(card, 'adjust', { amount: 700, reason: 'goodwill' });
  await shop.paid(card, 700, { storeId: shop.otherStoreId });
  const { body } = await shop.merchant.get(`/v1/stores/${shop.otherStoreId}/settlement`);
  expect(body).toMatchObject({ counterparts: [{ storeId: null, owed: 700, owes: 0 }] });
  expect(await shop.total('clearing')).toBe(0);
});

test('no more is taken than is there and free', async () => {
  const card = await till.card();
  await till.refuses(
    'insufficient_balance',
    () => till.ask(card, 'adjust', { amount: -10_001, reason: 'r' }),
    {
      field: 'amount',
    },
  );
  await till.held(card, 4_000);
  await till.refuses('insufficient_balance', () => till.ask(card, 'adjust', { amount: -6_001, reason: 'r' }));
  await till.does(card, 'adjust', { amount: -6_000, reason: 'r' });
});

test('an adjustment by nothing, without a reason or of an absurd amount is refused', async () => {
  const card = await till.card();
  const ask = (body: Record<string, unknown>) => () => till.ask(card, 'adjust', body);
  await till.refuses('invalid_request', ask({ amount: 0, reason: 'r' }), { field: 'amount' });
  await till.refuses('invalid_request', ask({ amount: 1 }), { field: 'reason' });
  await till.refuses('invalid_request', ask({ amount: -1e15 - 1, reason: 'r' }), { field: 'amount' });
});

test('a card that is not in use, or unknown, is not adjusted', async () => {
  const [blank, frozen, dead] = [await till.blank(), await till.card(), await till.card()];
  const ask = (id: string) => () => till.ask({ id }, 'adjust', { amount: 1, reason: 'r' });
  await till.does(frozen, 'freeze', { reason: 'lost' });
  await till.does(dead, 'void', { reason: 'gone' });
  await till.refuses('card_not_active', ask(blank.id));
  await till.refuses('card_frozen', ask(frozen.id));
  await till.refuses('card_voided', ask(dead.id));
  await till.refuses('card_not_found', ask('card_01jd000000e008000000000000'));
});

test('a ceiling holds for giving and for taking', async () => {
  const card = await till.card();
  const finance = await till.key({ role: 'finance', ceilings: { 'cards.adjust': 100 } });
  for (const amount of [101, -101]) {
    const ask = () => finance.post(`/v1/cards/${card.id}/adjust`, { amount, reason: 'r' });
    await till.refuses('amount_over_ceiling', ask, { field: 'amount' });
  }
});

test('a card that a refund has brought above its limit can be corrected downwards, not upwards', async () => {
  const shop = await openTill(bench, { balanceMax: 1_000_000 });
  const card = await shop.card(1_000_000);
  const redemption = await shop.paid(card, 4_000);
  const payment = { tender: 'cash', amount: 4_000, reference: 'till' };
  await shop.does(card, 'reload', { amount: 4_000, storeId: shop.storeId, payment });
  await shop.merchant.post(`/v1/redemptions/${redemption}/refunds`, { amount: 4_000, reason: 'back' });
  expect((await shop.shown(card)).balance).toBe(1_004_000);
  await shop.refuses('balance_limit_exceeded', () => shop.ask(card, 'adjust', { amount: 1, reason: 'gift' }));
  const taken = await shop.does(card, 'adjust', { amount: -500, reason: 'count' });
  expect(taken).toMatchObject({ balance: 1_003_500 });
});
