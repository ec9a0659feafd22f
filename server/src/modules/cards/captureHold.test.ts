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

const capture =
  (hold: string, body: object = {}) =>
  () =>
    till.merchant.post<{ id: string }>(`/v1/holds/${hold}/capture`, body);

test('a hold is captured whole: the store has what was held, and the payment can be refunded', async () => {
  const card = await till.card();
  const before = await till.total('revenue', till.storeId);
  const hold = await till.held(card, 6_000, { reference: 'c-1' });
  const captured = await capture(hold)();
  expect(captured.status, captured.text).toBe(201);
  expect(captured.body).toMatchObject({
    holdId: hold,
    cardId: card.id,
    amount: 6_000,
    released: 0,
    balance: 4_000,
    storeId: till.storeId,
    reference: 'c-1',
  });
  expect((await till.total('revenue', till.storeId)) - before).toBe(6_000);
  expect(await till.shown(card)).toMatchObject({ state: 'partially_used', held: 0, available: 4_000 });
  const refund = { amount: 6_000, reason: 'returned' };
  const refunded = await till.merchant.post(`/v1/redemptions/${captured.body.id}/refunds`, refund);
  expect(refunded.body, refunded.text).toMatchObject({ balance: 10_000 });
});

test('part is captured and the rest is let go of; a hold is captured once', async () => {
  const card = await till.card();
  const hold = await till.held(card, 6_000);
  await till.refuses('capture_exceeds_hold', capture(hold, { amount: 6_001 }), { field: 'amount' });
  expect((await capture(hold, { amount: 2_000 })()).body).toMatchObject({ released: 4_000, balance: 8_000 });
  await till.refuses('hold_ended', capture(hold, { amount: 1 }));
  await till.refuses('hold_ended', capture(hold));
  await till.paid(card, 8_000);
});

test('what was held before the card expired is captured after', async () => {
  const shop = await openTill(bench, { validity: { type: 'after', count: 1, unit: 'days' } });
  const card = await shop.card();
  const hold = await shop.held(card, 6_000, { expiresIn: 604_800 });
  bench.time.now = new Date(bench.time.now.getTime() + 3 * 86_400_000);
  await shop.refuses('card_expired', () => shop.pay(card, 1));
  const captured = await shop.merchant.post(`/v1/holds/${hold}/capture`);
  expect(captured.body, captured.text).toMatchObject({ amount: 6_000, balance: 4_000 });
});

test('a frozen card pays no hold until it is unfrozen', async () => {
  const card = await till.card();
  const hold = await till.held(card, 6_000);
  await till.does(card, 'freeze', { reason: 'lost' });
  await till.refuses('card_frozen', capture(hold));
  await till.does(card, 'unfreeze', { reason: 'found' });
  expect((await capture(hold)()).status).toBe(201);
});

test('a hold placed at another store leaves that store owed by the one that sold the card', async () => {
  const shop = await openTill(bench);
  const hold = await shop.held(await shop.card(), 6_000, { storeId: shop.otherStoreId });
  const nets = async () => {
    const owed = async (id: string) =>
      (await shop.merchant.get<{ totals: { net: number }[] }>(`/v1/stores/${id}/settlement`)).body.totals[0]
        ?.net ?? 0;
    return [await owed(shop.storeId), await owed(shop.otherStoreId)];
  };
  expect(await nets()).toEqual([0, 0]);
  await shop.merchant.post(`/v1/holds/${hold}/capture`, { amount: 5_000 });
  expect(await nets()).toEqual([-5_000, 5_000]);
  expect(await shop.total('clearing')).toBe(0);
});

test('a key captures for its own stores, up to its ceiling, also where no amount is named', async () => {
  const hold = await till.held(await till.card(), 6_000);
  const terms = { role: 'clerk', ceilings: { 'cards.hold': 5_999 } };
  const here = await till.key({ ...terms, storeIds: [till.storeId] });
  const there = await till.key({ ...terms, storeIds: [till.otherStoreId] });
  await till.refuses('amount_over_ceiling', () => here.post(`/v1/holds/${hold}/capture`), {
    field: 'amount',
  });
  await till.refuses('store_out_of_scope', () => there.post(`/v1/holds/${hold}/capture`));
  expect((await here.post(`/v1/holds/${hold}/capture`, { amount: 5_999 })).status).toBe(201);
});

test('a hold that is unknown or another merchant’s is not found', async () => {
  const hold = await till.held(await till.card(), 1);
  const other = await openTill(bench);
  await other.refuses('hold_not_found', () => other.merchant.post(`/v1/holds/${hold}/capture`));
  await till.refuses('hold_not_found', capture('hold_01jd000000e008000000000000'));
  await till.refuses('invalid_request', capture('red_01jd000000e008000000000000'), { field: 'id' });
});
