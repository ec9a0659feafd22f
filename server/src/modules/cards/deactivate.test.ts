import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openTill, sell, type Till } from '../../../test/till.ts';

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

const unknown = { id: 'card_01jd000000e008000000000000' };
const why = { reason: 'sold by mistake' };

test('an activation is undone before first use: the payment goes back and the card can be sold again', async () => {
  const card = await till.card();
  await till.merchant.post('/v1/verifications', { code: card.code, pin: card.pin });
  const before = await till.total('tender');
  const undone = await till.does(card, 'deactivate', why);
  expect(undone).toMatchObject({ cardId: card.id, state: 'printed', balance: 0, validUntil: null });
  expect((await till.total('tender')) - before).toBe(10_000);
  expect(await till.shown(card)).toMatchObject({ state: 'printed', balance: 0, soldStoreId: null });
  await till.refuses('card_not_active', () => till.ask(card, 'deactivate', why));
});

test('a card sold anew elsewhere may be taken back there too, to the last cent', async () => {
  const salePrice = [{ faceValue: 10_000, salePrice: 9_000 }];
  const shop = await openTill(bench, { salePrice });
  const card = await shop.blank();
  for (const storeId of [shop.storeId, shop.otherStoreId, shop.storeId]) {
    const sold = await sell(shop, [card], 9_000, { storeId });
    expect(sold.body, sold.text).toMatchObject({ activated: 1 });
    expect(await shop.balanceOf(card)).toBe(10_000);
    await shop.does(card, 'deactivate', why);
    expect(await shop.total('tender')).toBe(0);
    expect(await shop.total('sale_difference')).toBe(0);
    expect(await shop.total('card')).toBe(0);
  }
});

test('a card that was used stays sold, even if all of it was given back', async () => {
  const card = await till.card();
  const redemption = await till.paid(card, 1);
  await till.refuses('card_used', () => till.ask(card, 'deactivate', why));
  await till.merchant.post(`/v1/redemptions/${redemption}/refunds`, { amount: 1, reason: 'back' });
  await till.refuses('card_used', () => till.ask(card, 'deactivate', why));
});

test('a card that was reloaded or adjusted stays sold: nothing is left on an unsold card', async () => {
  const reloaded = await till.card();
  const payment = { tender: 'cash', amount: 500, reference: 'R2' };
  await till.does(reloaded, 'reload', { amount: 500, storeId: till.storeId, payment });
  await till.refuses('card_used', () => till.ask(reloaded, 'deactivate', why));
  const adjusted = await till.card();
  await till.does(adjusted, 'adjust', { amount: 500, reason: 'sorry' });
  await till.refuses('card_used', () => till.ask(adjusted, 'deactivate', why));
  await till.does(adjusted, 'adjust', { amount: -500, reason: 'not so sorry' });
  await till.refuses('card_used', () => till.ask(adjusted, 'deactivate', why));
});

test('what took another card’s place was never sold, and keeps what is on it', async () => {
  const card = await till.card();
  const { cardId } = await till.does(card, 'replace', {});
  await till.refuses('card_replaced', () => till.ask(card, 'deactivate', why));
  await till.refuses('card_used', () => till.ask({ id: String(cardId) }, 'deactivate', why));
});

test('a hold keeps a card sold while it stands, and no longer', async () => {
  const card = await till.card();
  await till.held(card, 100, { expiresIn: 60 });
  await till.refuses('card_held', () => till.ask(card, 'deactivate', why));
  bench.time.now = new Date(bench.time.now.getTime() + 60_000);
  expect(await till.does(card, 'deactivate', why)).toMatchObject({ state: 'printed' });
});

test('a card that is frozen, void or unknown is refused for what it is', async () => {
  const card = await till.card();
  await till.does(card, 'freeze', { reason: 'lost' });
  await till.refuses('card_frozen', () => till.ask(card, 'deactivate', why));
  await till.does(card, 'void', { reason: 'gone' });
  await till.refuses('card_voided', () => till.ask(card, 'deactivate', why));
  await till.refuses('card_not_found', () => till.ask(unknown, 'deactivate', why));
  await till.refuses('invalid_request', () => till.ask(card, 'deactivate', {}), { field: 'reason' });
});

test('a clerk undoes the sales of their own store only', async () => {
  const card = await till.card();
  const clerk = await till.key({ role: 'clerk', storeIds: [till.otherStoreId] });
  await till.refuses('store_out_of_scope', () => clerk.post(`/v1/cards/${card.id}/deactivate`, why));
});
