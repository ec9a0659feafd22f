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

const paid = (amount: number, more: object = {}) => ({
  amount,
  storeId: till.storeId,
  payment: { tender: 'cash', amount, reference: 'R2' },
  ...more,
});

test('a card is reloaded against a payment of as much, at any store', async () => {
  const card = await till.card();
  const reloaded = await till.does(card, 'reload', paid(2_500, { storeId: till.otherStoreId }));
  expect(reloaded).toMatchObject({
    cardId: card.id,
    amount: 2_500,
    balance: 12_500,
    storeId: till.otherStoreId,
  });
  expect(await till.total('tender', till.otherStoreId)).toBe(-2_500);
  expect(await till.shown(card)).toMatchObject({ state: 'active', balance: 12_500, loaded: 12_500 });
});

test('money loaded at two stores is spent across both lots, and the clearing of the stores nets to zero', async () => {
  const shop = await openTill(bench);
  const card = await shop.card();
  bench.time.now = new Date(bench.time.now.getTime() + 1_000);
  await shop.does(card, 'reload', { ...paid(5_000), storeId: shop.otherStoreId });
  const third = await shop.merchant.post<{ id: string }>('/v1/stores', { code: 'S3', name: 'Third' });
  await shop.paid(card, 12_000, { storeId: third.body.id });
  const settlement = (id: string) => shop.merchant.get(`/v1/stores/${id}/settlement`);
  expect((await settlement(third.body.id)).body).toMatchObject({
    totals: [{ owed: 12_000, owes: 0, net: 12_000 }],
    counterparts: expect.arrayContaining([
      expect.objectContaining({ storeId: shop.storeId, net: 10_000 }),
      expect.objectContaining({ storeId: shop.otherStoreId, net: 2_000 }),
    ]),
  });
  expect((await settlement(shop.storeId)).body).toMatchObject({ totals: [{ net: -10_000 }] });
  expect((await settlement(shop.otherStoreId)).body).toMatchObject({ totals: [{ net: -2_000 }] });
  expect(await shop.total('clearing')).toBe(0);
});

test('a payment that is not the amount is refused', async () => {
  const card = await till.card();
  const payment = { tender: 'cash', amount: 2_499, reference: 'R2' };
  await till.refuses('payment_mismatch', () => till.ask(card, 'reload', paid(2_500, { payment })), {
    field: 'payment.amount',
  });
});

test('a card holds no more than its terms allow', async () => {
  const shop = await openTill(bench, { balanceMax: 1_000_000 });
  const card = await shop.card();
  const at = { storeId: shop.storeId };
  await shop.refuses('balance_limit_exceeded', () => shop.ask(card, 'reload', { ...paid(990_001), ...at }), {
    field: 'amount',
  });
  await shop.refuses(
    'balance_limit_exceeded',
    () => shop.ask(card, 'adjust', { amount: 990_001, reason: 'r' }),
    {
      field: 'amount',
    },
  );
  await shop.does(card, 'reload', { ...paid(990_000), ...at });
});

test('no card holds more than 10^15, and no till', async () => {
  const card = await till.card();
  await till.refuses('balance_limit_exceeded', () => till.ask(card, 'reload', paid(1e15)));
});

test('a card that may not be reloaded, or is not in use, is refused', async () => {
  const shop = await openTill(bench, { reloadable: false });
  const fixed = await shop.card();
  await shop.refuses('not_reloadable', () =>
    shop.ask(fixed, 'reload', { ...paid(1), storeId: shop.storeId }),
  );
  const blank = await till.blank();
  await till.refuses('card_not_active', () => till.ask(blank, 'reload', paid(1)));
  const frozen = await till.card();
  await till.does(frozen, 'freeze', { reason: 'lost' });
  await till.refuses('card_frozen', () => till.ask(frozen, 'reload', paid(1)));
  await till.refuses('card_not_found', () =>
    till.ask({ id: 'card_01jd000000e008000000000000' }, 'reload', paid(1)),
  );
});

test('a store that is unknown, closed or not the key’s own, and an amount above its ceiling, are refused', async () => {
  const card = await till.card();
  const shut = await till.merchant.post<{ id: string }>('/v1/stores', { code: 'S9', name: 'Shut' });
  await till.merchant.patch(`/v1/stores/${shut.body.id}`, { state: 'closed' });
  const at = (storeId: string) => () => till.ask(card, 'reload', paid(1, { storeId }));
  await till.refuses('store_closed', at(shut.body.id), { field: 'storeId' });
  await till.refuses('store_not_found', at('store_01jd000000e008000000000000'), { field: 'storeId' });
  const clerk = await till.key({ role: 'clerk', storeIds: [till.storeId], ceilings: { 'cards.reload': 10 } });
  const ask = (body: object) => () => clerk.post(`/v1/cards/${card.id}/reload`, body);
  await till.refuses('amount_over_ceiling', ask(paid(11)), { field: 'amount' });
  await till.refuses('store_out_of_scope', ask(paid(10, { storeId: till.otherStoreId })), {
    field: 'storeId',
  });
});
