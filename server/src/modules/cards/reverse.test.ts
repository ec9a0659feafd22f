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

const reverse = (reference: string, key?: string) =>
  till.merchant.post('/v1/reversals', { reference, storeId: till.storeId }, key);

test('a payment that was never answered is undone by its reference, whole', async () => {
  const card = await till.card();
  const redemption = await till.paid(card, 3_000, { reference: 'v-1' });
  const reversed = await reverse('v-1');
  expect(reversed.status, reversed.text).toBe(201);
  expect(reversed.body).toMatchObject({
    status: 'reversed',
    reference: 'v-1',
    storeId: till.storeId,
    amount: 3_000,
    redemptionId: redemption,
    cardId: card.id,
    balance: 10_000,
  });
  expect(await till.balanceOf(card)).toBe(10_000);
});

test('a reversal asked for twice is done once and answered with the same bytes, whatever the key', async () => {
  const card = await till.card();
  await till.paid(card, 3_000, { reference: 'v-2' });
  const once = await reverse('v-2', 'k-1');
  const answers = [await reverse('v-2', 'k-1'), await reverse('v-2', 'k-2'), await reverse('v-2')];
  expect(answers.map(({ status, text }) => [status, text])).toEqual(Array(3).fill([201, once.text]));
  expect(await till.balanceOf(card)).toBe(10_000);
});

test('what was refunded before is not given back again', async () => {
  const card = await till.card();
  const redemption = await till.paid(card, 3_000, { reference: 'v-3' });
  await till.merchant.post(`/v1/redemptions/${redemption}/refunds`, { amount: 1_000, reason: 'part' });
  expect((await reverse('v-3')).body).toMatchObject({ amount: 2_000, balance: 10_000 });
  const whole = await till.paid(card, 3_000, { reference: 'v-4' });
  await till.merchant.post(`/v1/redemptions/${whole}/refunds`, { amount: 3_000, reason: 'all' });
  expect((await reverse('v-4')).body).toMatchObject({ amount: 0, balance: 10_000 });
});

test('a reversal that comes before its payment wins: the late payment is refused', async () => {
  const card = await till.card();
  const nothing = await reverse('v-5');
  expect(nothing.body, nothing.text).toMatchObject({
    status: 'nothing_to_reverse',
    amount: 0,
    redemptionId: null,
    cardId: null,
  });
  await till.refuses('duplicate_reference', () => till.pay(card, 1, { reference: 'v-5' }), {
    field: 'reference',
  });
  await till.refuses('duplicate_reference', () => till.hold(card, 1, { reference: 'v-5' }), {
    field: 'reference',
  });
  expect((await reverse('v-5')).text).toBe(nothing.text);
});

test('a hold is reversed by its reference: it lets go, and cannot be captured', async () => {
  const card = await till.card();
  const hold = await till.held(card, 4_000, { reference: 'v-6' });
  const once = await reverse('v-6');
  expect(once.body).toMatchObject({ status: 'reversed', amount: 4_000, cardId: card.id, balance: 10_000 });
  expect(await till.shown(card)).toMatchObject({ held: 0, available: 10_000 });
  await till.refuses('hold_ended', () => till.merchant.post(`/v1/holds/${hold}/capture`));
  expect((await reverse('v-6')).text).toBe(once.text);
});

test('a captured hold is reversed by the reference of the hold, to the cent', async () => {
  const card = await till.card();
  const hold = await till.held(card, 4_000, { reference: 'v-7', storeId: till.storeId });
  await till.merchant.post(`/v1/holds/${hold}/capture`, { amount: 2_500 });
  const once = await reverse('v-7');
  expect(once.body).toMatchObject({ status: 'reversed', amount: 2_500, balance: 10_000 });
  expect((await reverse('v-7')).text).toBe(once.text);
});

test('a hold that has ended already needs no reversal, and says so the same each time', async () => {
  const card = await till.card();
  const released = await till.held(card, 10, { reference: 'v-8' });
  await till.merchant.post(`/v1/holds/${released}/release`);
  await till.held(card, 10, { reference: 'v-9', expiresIn: 1 });
  bench.time.now = new Date(bench.time.now.getTime() + 1_000);
  for (const [reference, amount] of [
    ['v-8', 0],
    ['v-9', 10],
  ] as const) {
    const once = await reverse(reference);
    expect(once.body, once.text).toMatchObject({ status: 'reversed', amount });
    expect((await reverse(reference)).text).toBe(once.text);
  }
  expect(await till.shown(card)).toMatchObject({ balance: 10_000, available: 10_000 });
});

test('a reference is a store’s own: another store reverses nothing by it', async () => {
  const card = await till.card();
  await till.paid(card, 3_000, { reference: 'v-10', storeId: till.otherStoreId });
  expect((await reverse('v-10')).body).toMatchObject({ status: 'nothing_to_reverse' });
  expect(await till.balanceOf(card)).toBe(7_000);
});

test('what a card paid before it was void is not reversed to it', async () => {
  const card = await till.card();
  await till.paid(card, 3_000, { reference: 'v-11' });
  await till.does(card, 'void', { reason: 'gone' });
  await till.refuses('card_voided', () => reverse('v-11'));
});

test('a store that is unknown, or not the key’s own, is refused', async () => {
  const ask = (client: Pick<Till['merchant'], 'post'>, storeId: string) => () =>
    client.post('/v1/reversals', { reference: 'v-12', storeId });
  const unknown = 'store_01jd000000e008000000000000';
  await till.refuses('store_not_found', ask(till.merchant, unknown), { field: 'storeId' });
  const clerk = await till.key({ role: 'clerk', storeIds: [till.storeId] });
  await till.refuses('store_out_of_scope', ask(clerk, till.otherStoreId), { field: 'storeId' });
});
