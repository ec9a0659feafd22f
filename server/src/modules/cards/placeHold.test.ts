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

const later = (seconds: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + seconds * 1_000);
};

test('a hold reserves: the rest can be spent, the reserved cannot', async () => {
  const card = await till.card();
  const hold = await till.hold(card, 6_000, { reference: 'h-1' });
  expect(hold.status, hold.text).toBe(201);
  expect(hold.body).toMatchObject({
    cardId: card.id,
    state: 'open',
    amount: 6_000,
    available: 4_000,
    reference: 'h-1',
    storeId: till.storeId,
  });
  expect(await till.shown(card)).toMatchObject({
    state: 'held',
    balance: 10_000,
    held: 6_000,
    available: 4_000,
  });
  await till.refuses('insufficient_balance', () => till.pay(card, 4_001), { field: 'amount' });
  await till.refuses('insufficient_balance', () => till.hold(card, 4_001), { field: 'amount' });
  await till.refuses('insufficient_balance', () => till.ask(card, 'adjust', { amount: -4_001, reason: 'r' }));
  await till.paid(card, 4_000);
});

test('a hold lasts 15 minutes unless said otherwise, and ends by itself at that instant, job or no job', async () => {
  const card = await till.card();
  const hold = await till.hold(card, 10_000);
  const end = new Date(bench.time.now.getTime() + 900_000);
  expect(hold.body).toMatchObject({ expiresAt: end.toISOString() });
  bench.time.now = new Date(end.getTime() - 1);
  await till.refuses('insufficient_balance', () => till.pay(card, 1));
  expect(await till.shown(card)).toMatchObject({ state: 'held', available: 0 });
  bench.time.now = end;
  expect(await till.shown(card)).toMatchObject({ state: 'active', held: 0, available: 10_000 });
  await till.refuses('hold_ended', () => till.merchant.post(`/v1/holds/${hold.body.id}/capture`));
  await till.paid(card, 10_000);
});

test('a hold past its time blocks no verb that only a standing one would', async () => {
  const cards = [await till.card(), await till.card(), await till.card()];
  for (const card of cards) await till.held(card, 10_000, { expiresIn: 5 });
  const [one, two, three] = cards;
  if (!one || !two || !three) throw new Error('no cards');
  await till.refuses('card_held', () => till.ask(one, 'transfer'));
  await till.refuses('card_held', () => till.ask(two, 'void', { reason: 'r' }));
  later(5);
  await till.does(one, 'transfer');
  await till.does(two, 'void', { reason: 'r' });
  await till.does(three, 'adjust', { amount: -10_000, reason: 'r' });
});

test('the job notes what time has ended, once, and the books stay as they are', async () => {
  const card = await till.card();
  const hold = await till.held(card, 500, { expiresIn: 5 });
  later(5);
  await bench.runJobs('cards.endLapsedHolds');
  await bench.runJobs('cards.endLapsedHolds');
  const { body } = await till.merchant.get<{ items: { type: string }[] }>(`/v1/cards/${card.id}/activities`);
  expect(body.items.map(({ type }) => type)).toEqual(['hold.expired', 'hold.placed', 'card.activated']);
  expect(await till.shown(card)).toMatchObject({ state: 'active', available: 10_000 });
  await till.refuses('hold_ended', () => till.merchant.post(`/v1/holds/${hold}/release`));
});

test('a hold may last a second or a week, and nothing beyond', async () => {
  const card = await till.card();
  for (const expiresIn of [0, 604_801, 1.5, '900']) {
    await till.refuses('invalid_request', () => till.hold(card, 1, { expiresIn }));
  }
  await till.held(card, 1, { expiresIn: 1 });
  await till.held(card, 1, { expiresIn: 604_800 });
});

test('one reference holds once in a store', async () => {
  const card = await till.card();
  await till.held(card, 1, { reference: 'h-2' });
  await till.refuses('duplicate_reference', () => till.hold(card, 1, { reference: 'h-2' }), {
    field: 'reference',
  });
  await till.refuses('duplicate_reference', () => till.pay(card, 1, { reference: 'h-2' }), {
    field: 'reference',
  });
});

test('what a payment would be refused for, a hold is refused for too', async () => {
  const [card, blank] = [await till.card(), await till.blank()];
  const unknown = 'store_01jd000000e008000000000000';
  await till.refuses('store_not_found', () => till.hold(card, 1, { storeId: unknown }), { field: 'storeId' });
  await till.refuses('currency_mismatch', () => till.hold(card, 1, { currency: 'USD' }), {
    field: 'currency',
  });
  await till.refuses('pin_wrong', () => till.hold({ ...card, pin: wrongPin(card.pin) }, 1), {
    field: 'pin',
    logged: true,
  });
  await till.does(card, 'freeze', { reason: 'lost' });
  await till.refuses('card_frozen', () => till.hold(card, 1));
  await till.refuses('card_not_active', () => till.hold(blank, 1));
  const clerk = await till.key({ role: 'clerk', storeIds: [till.storeId], ceilings: { 'cards.hold': 5 } });
  const body = { code: card.code, pin: card.pin, currency: 'CNY', reference: 'h-3' };
  const ask = (more: object) => () => clerk.post('/v1/holds', { ...body, ...more });
  await till.refuses('amount_over_ceiling', ask({ amount: 6, storeId: till.storeId }), { field: 'amount' });
  await till.refuses('store_out_of_scope', ask({ amount: 5, storeId: till.otherStoreId }), {
    field: 'storeId',
  });
});

const wrongPin = (pin: string) => (pin.startsWith('0') ? '1' : '0') + pin.slice(1);
