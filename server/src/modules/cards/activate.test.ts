import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { first, openTill, sell, type Till } from '../../../test/till.ts';

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

const payment = (amount: number) => ({ tender: 'cash', amount, reference: 'R9' });

test('one card is sold by its code: it is worth its face value, and the till holds the payment', async () => {
  const card = await till.blank(5_000);
  const before = await till.total('tender');
  const sold = await till.merchant.post('/v1/cards/activate', {
    cards: [{ code: card.code.toLowerCase().replaceAll('-', ' ') }],
    storeId: till.storeId,
    payment: payment(5_000),
  });
  expect(sold.body, sold.text).toMatchObject({
    activated: 1,
    rejected: [],
    amount: 5_000,
    unapplied: 0,
    cards: [{ cardId: card.id, serial: card.serial }],
  });
  expect(await till.shown(card)).toMatchObject({
    state: 'active',
    balance: 5_000,
    soldStoreId: till.storeId,
    activatedAt: bench.time.now.toISOString(),
  });
  expect((await till.total('tender')) - before).toBe(-5_000);
  const history = await till.merchant.get<{ items: unknown[] }>(`/v1/cards/${card.id}/activities`);
  expect(history.body.items).toMatchObject([
    {
      type: 'card.activated',
      storeId: till.storeId,
      amount: 5_000,
      details: { tender: 'cash', paymentReference: 'R9', salePrice: 5_000 },
    },
  ]);
});

test('a range is sold under one payment, and what cannot be sold is reported and not charged', async () => {
  const cards = await till.issue(5, 1_000);
  const [one, two] = cards;
  if (!one || !two) throw new Error('no cards');
  await sell(till, [two], 1_000);
  const last = Number(cards.at(-1)?.serial);
  const sold = await till.merchant.post('/v1/cards/activate', {
    range: { from: one.serial, to: String(last + 1) },
    storeId: till.storeId,
    payment: payment(6_000),
  });
  expect(sold.body, sold.text).toMatchObject({
    activated: 4,
    rejected: [
      { index: 1, serial: two.serial, reason: 'card_already_active' },
      { index: 5, serial: String(last + 1).padStart(10, '0'), reason: 'card_not_found' },
    ],
    amount: 4_000,
    unapplied: 2_000,
  });
  expect(await till.balanceOf(one)).toBe(1_000);
  expect(await till.balanceOf(two)).toBe(1_000);
});

test('a list of all or none activates none where one cannot be, and says which', async () => {
  const [good, dead] = await till.issue(2, 1_000);
  if (!good || !dead) throw new Error('no cards');
  await till.does(dead, 'void', { reason: 'lost in the post' });
  const before = await till.total('tender');
  const sold = await sell(till, [good, dead], 1_000, { allOrNone: true });
  expect(sold.body).toMatchObject({
    activated: 0,
    rejected: [{ index: 1, serial: dead.serial, reason: 'card_voided' }],
    amount: 0,
    unapplied: 2_000,
  });
  expect(await till.shown(good)).toMatchObject({ state: 'printed', balance: 0 });
  expect(await till.total('tender')).toBe(before);
});

test('each name that leads to no card that can be sold has its reason', async () => {
  const card = await till.card();
  const heir = await till.card();
  await till.does(heir, 'replace', { reason: 'scratched' });
  const wrong = card.code.slice(0, -1) + (card.code.endsWith('A') ? 'B' : 'A');
  const sold = await till.merchant.post<{ rejected: { reason: string }[] }>('/v1/cards/activate', {
    cards: [
      { code: wrong },
      { code: '000000000000000000' },
      { serial: '0' },
      { serial: '999999999' },
      { code: card.code },
      { serial: heir.serial },
      { serial: heir.serial },
    ],
    storeId: till.storeId,
    payment: payment(10_000),
  });
  expect(sold.body.rejected.map(({ reason }) => reason)).toEqual([
    'check_character_wrong',
    'card_not_found',
    'card_not_found',
    'card_not_found',
    'card_already_active',
    'card_replaced',
    'card_already_active',
  ]);
});

test('a payment that is not what the cards cost is refused', async () => {
  const card = await till.blank();
  const pay = (amount: number) => () => sell(till, [card], amount);
  await till.refuses('payment_mismatch', pay(9_999), { field: 'payment.amount' });
  await till.refuses('payment_mismatch', pay(10_001), { field: 'payment.amount' });
  await till.refuses('invalid_request', pay(0), { field: 'payment.amount' });
});

test('a request that names no cards, or too many, is refused', async () => {
  const ask = (more: object) => () =>
    till.merchant.post('/v1/cards/activate', { storeId: till.storeId, payment: payment(1), ...more });
  await till.refuses('invalid_request', ask({}), { field: 'cards' });
  await till.refuses('invalid_request', ask({ cards: [] }), { field: 'cards' });
  await till.refuses('invalid_request', ask({ range: { from: '2', to: '1' } }), { field: 'range.to' });
  await till.refuses('invalid_request', ask({ range: { from: '1', to: '10001' } }), { field: 'range.to' });
  const both = { cards: [{ serial: '1' }], range: { from: '1', to: '2' } };
  await till.refuses('invalid_request', ask(both), { field: 'cards' });
});

test('a store that is unknown or closed sells nothing', async () => {
  const card = await till.blank();
  const { body } = await till.merchant.post<{ id: string }>('/v1/stores', { code: 'S9', name: 'Shut' });
  await till.merchant.patch(`/v1/stores/${body.id}`, { state: 'closed' });
  await till.refuses('store_closed', () => sell(till, [card], 10_000, { storeId: body.id }), {
    field: 'storeId',
  });
  const unknown = 'store_01jd000000e008000000000000';
  await till.refuses('store_not_found', () => sell(till, [card], 10_000, { storeId: unknown }), {
    field: 'storeId',
  });
});

test('a key sells in its own stores and up to its ceiling', async () => {
  const card = await till.blank();
  const clerk = await till.key({
    role: 'clerk',
    storeIds: [till.storeId],
    ceilings: { 'cards.activate': 9_999 },
  });
  const shop = { ...till, merchant: { ...till.merchant, ...clerk } };
  await till.refuses('amount_over_ceiling', () => sell(shop, [card], 10_000), { field: 'amount' });
  const elsewhere = { storeId: till.otherStoreId };
  await till.refuses('store_out_of_scope', () => sell(shop, [card], 10_000, elsewhere), { field: 'storeId' });
});

test('a retry under the same key sells once and is answered the same', async () => {
  const card = await till.blank();
  const body = { cards: [{ serial: card.serial }], storeId: till.storeId, payment: payment(10_000) };
  const [once, again] = [
    await till.merchant.post('/v1/cards/activate', body, 'sale-1'),
    await till.merchant.post('/v1/cards/activate', body, 'sale-1'),
  ];
  expect(again.text).toBe(once.text);
  expect(again.headers['idempotent-replayed']).toBe('true');
  const other = { ...body, payment: payment(10_001) };
  await till.refuses('idempotency_key_reused', () =>
    till.merchant.post('/v1/cards/activate', other, 'sale-1'),
  );
  await till.refuses('idempotency_key_required', () => till.merchant.post('/v1/cards/activate', body, null));
});

test('a registered card is sold to its holder, who is shown', async () => {
  const registered = await openTill(bench, { bearer: false });
  const card = await registered.blank();
  const { serial } = card;
  const refused = await sell(registered, [card], 10_000);
  expect(refused.body).toMatchObject({ activated: 0, rejected: [{ serial, reason: 'holder_required' }] });
  const sold = await sell(registered, [card], 10_000, { cards: [{ serial, holder: 'C-17' }] });
  expect(sold.body, sold.text).toMatchObject({ activated: 1 });
  expect(await registered.shown(card)).toMatchObject({ holder: 'C-17', balance: 10_000 });
});

test('a card sold below or above its face value is worth its face value; the difference is the merchant’s', async () => {
  const salePrice = [
    { faceValue: 10_000, salePrice: 9_500 },
    { faceValue: 20_000, salePrice: 20_300 },
  ];
  const dealer = await openTill(bench, { salePrice });
  const cheap = await dealer.blank(10_000);
  await till.refuses('payment_mismatch', () => sell(dealer, [cheap], 10_000), { field: 'payment.amount' });
  const dear = first(await dealer.issue(1, 20_000));
  expect((await sell(dealer, [cheap], 9_500)).body).toMatchObject({ activated: 1 });
  expect(await dealer.total('sale_difference')).toBe(-500);
  expect((await sell(dealer, [dear], 20_300)).body).toMatchObject({ activated: 1 });
  expect(await dealer.balanceOf(cheap)).toBe(10_000);
  expect(await dealer.balanceOf(dear)).toBe(20_000);
  expect(await dealer.total('sale_difference')).toBe(-200);
  expect(await dealer.total('tender')).toBe(-29_800);
});

test('cards of two currencies are not sold under one payment', async () => {
  const yuan = await till.blank();
  const terms = { name: 'Dollar card', currency: 'USD', denominations: [10_000] };
  const program = await till.merchant.post<{ id: string }>('/v1/card-programs', terms);
  const order = { programId: program.body.id, quantity: 1, faceValue: 10_000 };
  const batch = await till.merchant.post<{ firstSerial: string }>('/v1/card-batches', order);
  await bench.runJobs('batches.generate');
  const cards = [{ serial: yuan.serial }, { serial: batch.body.firstSerial }];
  await till.refuses('currency_mismatch', () => sell(till, [yuan], 20_000, { cards }), { field: 'cards' });
});

test('a card is sold on the terms that it was made under, whatever became of the program', async () => {
  const salePrice = [{ faceValue: 10_000, salePrice: 9_000 }];
  const shop = await openTill(bench, { salePrice, reloadable: false });
  const card = await shop.blank();
  const edit = { salePrice: [], reloadable: true, validity: { type: 'after', count: 1, unit: 'days' } };
  const edited = await shop.merchant.patch(`/v1/card-programs/${shop.programId}`, edit);
  expect(edited.body, edited.text).toMatchObject({ version: 2 });
  expect((await sell(shop, [card], 9_000)).body).toMatchObject({ activated: 1 });
  expect(await shop.shown(card)).toMatchObject({ programVersion: 1, validUntil: null });
  const more = { amount: 1, storeId: shop.storeId, payment: payment(1) };
  await shop.refuses('not_reloadable', () => shop.ask(card, 'reload', more));
});
