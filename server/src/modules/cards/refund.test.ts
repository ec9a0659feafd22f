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

const back = (redemption: string, amount: number) => () =>
  till.merchant.post<{ id: string }>(`/v1/redemptions/${redemption}/refunds`, { amount, reason: 'returned' });

test('what was paid goes back in parts, each shown on the card, and never beyond', async () => {
  const card = await till.card();
  const redemption = await till.paid(card, 3_000);
  const one = await back(redemption, 1_000)();
  expect(one.status, one.text).toBe(201);
  expect(one.body).toMatchObject({
    redemptionId: redemption,
    cardId: card.id,
    balance: 8_000,
    refunded: 1_000,
  });
  await till.refuses('refund_exceeds_redemption', back(redemption, 2_001), { field: 'amount' });
  expect((await back(redemption, 2_000)()).body).toMatchObject({ balance: 10_000, refunded: 3_000 });
  await till.refuses('refund_exceeds_redemption', back(redemption, 1), { field: 'amount' });
});

test('a refund of a payment across lots restores each lot, and the stores owe each other nothing', async () => {
  const card = await till.card(10_000);
  // The oldest lot pays first, and what is opened in one millisecond has no order.
  bench.time.now = new Date(bench.time.now.getTime() + 1_000);
  const payment = { tender: 'cash', amount: 4_000, reference: 'R2' };
  await till.does(card, 'reload', { amount: 4_000, storeId: till.otherStoreId, payment });
  await till.does(card, 'adjust', { amount: 1_000, reason: 'goodwill' });
  const before = await lotsOf(card.id);
  expect(before.map(({ balance }) => balance)).toEqual([1_000, 4_000, 10_000]);
  const redemption = await till.paid(card, 13_000, { storeId: till.otherStoreId });
  expect(await netOf(till.otherStoreId)).toBe(11_000);
  expect(await netOf(till.storeId)).toBe(-10_000);
  expect(await till.total('clearing')).toBe(0);
  await back(redemption, 5_000)();
  await back(redemption, 8_000)();
  expect(await lotsOf(card.id)).toEqual(before);
  for (const storeId of [till.storeId, till.otherStoreId]) {
    expect(await netOf(storeId)).toBe(0);
    expect(await till.total('revenue', storeId)).toBe(0);
  }
});

test('what a replaced card paid goes back to the card in its place', async () => {
  const card = await till.card();
  const redemption = await till.paid(card, 10_000);
  const heir = await till.does(card, 'replace', {});
  const last = await till.does({ id: String(heir.cardId) }, 'replace', {});
  expect((await back(redemption, 600)()).body).toMatchObject({ cardId: last.cardId, balance: 600 });
  expect(await till.shown(card)).toMatchObject({ state: 'replaced', balance: 0 });
});

test('however often a card was replaced, its refund finds the card in its place', async () => {
  const card = await till.card();
  const redemption = await till.paid(card, 10_000);
  let id = card.id;
  for (let n = 0; n < 15; n++) id = String((await till.does({ id }, 'replace', {})).cardId);
  const elsewhere = await bench.another();
  const client = elsewhere.client(till.merchant.apiKey);
  const refund = await client.post(`/v1/redemptions/${redemption}/refunds`, {
    amount: 7,
    reason: 'returned',
  });
  await elsewhere.close();
  expect(refund.body, refund.text).toMatchObject({ cardId: id, balance: 7 });
});

test('a part that was given on stays with who has it: the refund goes to the card that paid', async () => {
  const card = await till.card();
  const redemption = await till.paid(card, 1_000);
  await till.does(card, 'transfer', { amount: 8_000 });
  expect((await back(redemption, 1_000)()).body).toMatchObject({ cardId: card.id, balance: 2_000 });
});

test('a frozen or expired card takes a refund and still pays nothing', async () => {
  const card = await till.card();
  const redemption = await till.paid(card, 1_000);
  await till.does(card, 'freeze', { reason: 'lost' });
  expect((await back(redemption, 1_000)()).body).toMatchObject({ balance: 10_000 });
  await till.refuses('card_frozen', () => till.pay(card, 1));
});

test('a void card takes no refund, and staff are told what to do', async () => {
  const card = await till.card();
  const redemption = await till.paid(card, 1_000);
  await till.does(card, 'void', { reason: 'gone' });
  const { body } = await till.refuses('card_voided', back(redemption, 1));
  expect(body.next).toBe('Refund by other means.');
});

test('a redemption that was reversed is not refunded', async () => {
  const card = await till.card();
  const redemption = await till.paid(card, 1_000, { reference: 'order-r' });
  await till.merchant.post('/v1/reversals', { reference: 'order-r', storeId: till.storeId });
  await till.refuses('redemption_reversed', back(redemption, 1));
});

test('an id of no redemption, of another kind or of another merchant is not found', async () => {
  const card = await till.card();
  const redemption = await till.paid(card, 1_000);
  const activation = await till.merchant.get<{ items: { id: string }[] }>(`/v1/cards/${card.id}/activities`);
  const asRedemption = `red_${activation.body.items.at(-1)?.id.slice(4)}`;
  await till.refuses('redemption_not_found', back(asRedemption, 1));
  await till.refuses('redemption_not_found', back('red_01jd000000e008000000000000', 1));
  await till.refuses('invalid_request', back(card.id, 1), { field: 'id' });
  const other = await openTill(bench);
  const refund = { amount: 1, reason: 'mine' };
  await other.refuses('redemption_not_found', () =>
    other.merchant.post(`/v1/redemptions/${redemption}/refunds`, refund),
  );
});

test('a key gives back what its own stores took, up to its ceiling', async () => {
  const redemption = await till.paid(await till.card(), 1_000);
  const terms = { role: 'clerk', ceilings: { 'cards.refund': 500 } };
  const here = await till.key({ ...terms, storeIds: [till.storeId] });
  const there = await till.key({ ...terms, storeIds: [till.otherStoreId] });
  const path = `/v1/redemptions/${redemption}/refunds`;
  await till.refuses('amount_over_ceiling', () => here.post(path, { amount: 501, reason: 'r' }), {
    field: 'amount',
  });
  await till.refuses('store_out_of_scope', () => there.post(path, { amount: 1, reason: 'r' }));
  expect((await here.post(path, { amount: 500, reason: 'r' })).status).toBe(201);
});

type Lot = { readonly id: string; readonly balance: number };
async function lotsOf(ownerId: string): Promise<Lot[]> {
  const path = `/v1/ledger/accounts?purpose=card&ownerId=${ownerId}`;
  const { items } = (await till.merchant.get<{ items: Lot[] }>(path)).body;
  return items.map(({ id, balance }) => ({ id, balance })).sort((a, b) => a.balance - b.balance);
}

async function netOf(storeId: string): Promise<number> {
  const path = `/v1/stores/${storeId}/settlement`;
  const { totals } = (await till.merchant.get<{ totals: { net: number }[] }>(path)).body;
  return totals.reduce((sum, { net }) => sum + net, 0);
}
