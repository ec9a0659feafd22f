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

test('a card pays wholly or in part, and the answer says what is left', async () => {
  const card = await till.card();
  const part = await till.pay(card, 2_500, { reference: 'order-1' });
  expect(part.status, part.text).toBe(201);
  expect(part.body).toEqual({
    id: part.body.id,
    cardId: card.id,
    amount: 2_500,
    balance: 7_500,
    currency: 'CNY',
    storeId: till.storeId,
    reference: 'order-1',
    createdAt: bench.time.now.toISOString(),
  });
  expect(await till.shown(card)).toMatchObject({ state: 'partially_used' });
  expect((await till.pay(card, 7_500)).body).toMatchObject({ balance: 0 });
  expect(await till.shown(card)).toMatchObject({ state: 'used_up', balance: 0 });
  await till.refuses('insufficient_balance', () => till.pay(card, 1), { field: 'amount' });
});

test('one cent more than is on it is refused', async () => {
  const card = await till.card();
  await till.refuses('insufficient_balance', () => till.pay(card, 10_001), { field: 'amount' });
  expect((await till.pay(card, 10_000)).status).toBe(201);
});

test('one reference pays once in a store, whatever the key; another store has its own', async () => {
  const [one, two] = [await till.card(), await till.card()];
  await till.paid(one, 100, { reference: 'order-2' });
  await till.refuses('duplicate_reference', () => till.pay(one, 100, { reference: 'order-2' }), {
    field: 'reference',
  });
  await till.refuses('duplicate_reference', () => till.hold(two, 100, { reference: 'order-2' }), {
    field: 'reference',
  });
  await till.paid(two, 100, { reference: 'order-2', storeId: till.otherStoreId });
});

test('a retry under the same key pays once; the same key for another payment is refused', async () => {
  const { code, pin } = await till.card();
  const { storeId } = till;
  const body = { code, pin, amount: 100, currency: 'CNY', storeId, reference: 'order-3' };
  const pay = (more: object) => till.merchant.post('/v1/redemptions', { ...body, ...more }, 'key-3');
  const once = await pay({});
  const again = await pay({});
  expect([again.status, again.text]).toEqual([201, once.text]);
  await till.refuses('idempotency_key_reused', () => pay({ amount: 101 }));
});

test('a refusal is not remembered under its key: what was put right goes through', async () => {
  const { id, code, pin } = await till.card();
  const { storeId } = till;
  const body = { code, pin, amount: 10_500, currency: 'CNY', storeId, reference: 'order-4' };
  const pay = () => till.merchant.post('/v1/redemptions', body, 'key-4');
  await till.refuses('insufficient_balance', pay);
  await till.does({ id }, 'adjust', { amount: 500, reason: 'goodwill' });
  expect((await pay()).body).toMatchObject({ amount: 10_500, balance: 0 });
});

test('another currency, an unknown store or a closed one is refused', async () => {
  const card = await till.card();
  await till.refuses('currency_mismatch', () => till.pay(card, 1, { currency: 'USD' }), {
    field: 'currency',
  });
  const unknown = 'store_01jd000000e008000000000000';
  await till.refuses('store_not_found', () => till.pay(card, 1, { storeId: unknown }), { field: 'storeId' });
  const { body } = await till.merchant.post<{ id: string }>('/v1/stores', { code: 'S9', name: 'Shut' });
  await till.merchant.patch(`/v1/stores/${body.id}`, { state: 'closed' });
  await till.refuses('store_closed', () => till.pay(card, 1, { storeId: body.id }), { field: 'storeId' });
});

test('a key takes payment in its own stores and up to its ceiling', async () => {
  const { code, pin } = await till.card();
  const clerk = await till.key({
    role: 'clerk',
    storeIds: [till.storeId],
    ceilings: { 'cards.redeem': 100 },
  });
  const pay = (amount: number, storeId: string) => () =>
    clerk.post('/v1/redemptions', { code, pin, amount, currency: 'CNY', storeId, reference: `${amount}` });
  await till.refuses('amount_over_ceiling', pay(101, till.storeId), { field: 'amount' });
  await till.refuses('store_out_of_scope', pay(100, till.otherStoreId), { field: 'storeId' });
  expect((await pay(100, till.storeId)()).status).toBe(201);
});

test('a card that is not in use pays nothing, and staff are told why', async () => {
  const [blank, frozen, dead, old] = [
    await till.blank(),
    await till.card(),
    await till.card(),
    await till.card(),
  ];
  await till.does(frozen, 'freeze', { reason: 'lost' });
  await till.does(dead, 'void', { reason: 'stolen' });
  await till.does(old, 'replace', {});
  await till.refuses('card_not_active', () => till.pay(blank, 1));
  await till.refuses('card_frozen', () => till.pay(frozen, 1));
  await till.refuses('card_voided', () => till.pay(dead, 1));
  await till.refuses('card_replaced', () => till.pay(old, 1));
});

test('only the stores that the terms name take the card: those of a region, as it is now', async () => {
  const shop = await openTill(bench);
  for (const name of ['north', 'south']) await shop.merchant.post('/v1/regions', { code: name, name });
  const stores = { type: 'regions', regions: ['north'] };
  expect((await shop.merchant.patch(`/v1/card-programs/${shop.programId}`, { stores })).status).toBe(200);
  const card = await shop.card();
  await shop.refuses('store_not_accepting', () => shop.pay(card, 1), { field: 'storeId' });
  const later = await shop.merchant.post<{ id: string }>('/v1/stores', {
    code: 'N',
    name: 'N',
    region: 'north',
  });
  await shop.paid(card, 1, { storeId: later.body.id });
  await shop.merchant.patch(`/v1/stores/${later.body.id}`, { region: 'south' });
  await shop.refuses('store_not_accepting', () => shop.pay(card, 1, { storeId: later.body.id }));
});

test('only the stores that the terms name take the card: those of a list', async () => {
  const shop = await openTill(bench);
  const edit = { stores: { type: 'list', storeIds: [shop.otherStoreId] } };
  expect((await shop.merchant.patch(`/v1/card-programs/${shop.programId}`, edit)).status).toBe(200);
  const card = await shop.card();
  await shop.refuses('store_not_accepting', () => shop.pay(card, 1), { field: 'storeId' });
  await shop.paid(card, 1, { storeId: shop.otherStoreId });
});

test('a card for all stores is taken by one that opened after it was sold', async () => {
  const card = await till.card();
  const later = await till.merchant.post<{ id: string }>('/v1/stores', { code: 'L', name: 'Later' });
  await till.paid(card, 1, { storeId: later.body.id });
});

test('a card without a PIN pays by its code alone', async () => {
  const shop = await openTill(bench, { pin: false });
  const card = await shop.card();
  expect(card.pin).toBe('');
  await shop.paid(card, 1);
});
