import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openTill, sell, type Till } from '../../../../test/till.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench, { salePrice: [{ faceValue: 1_000, salePrice: 900 }] });
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Quote = {
  readonly amount: number;
  readonly currency: string;
  readonly cards: readonly { readonly serial: string; readonly salePrice: number }[];
  readonly rejected: readonly { readonly index: number; readonly reason: string }[];
};

test('somebody limited to a store is told what a range of unsold cards costs, and it is what activation takes', async () => {
  const cards = await till.issue(4, 1_000);
  const [one, two] = cards;
  const last = cards.at(-1);
  if (!one || !two || !last) throw new Error('no cards');
  await sell(till, [two], 900);
  const clerk = await till.key({ role: 'clerk', storeIds: [till.otherStoreId] });
  const range = { from: one.serial, to: last.serial };
  const asked = { range, storeId: till.otherStoreId };
  const before = await till.total('tender');
  const { body, text } = await clerk.post<Quote>('/v1/activation-quotes', asked);
  expect(body, text).toMatchObject({
    amount: 2_700,
    currency: 'CNY',
    rejected: [{ index: 1, serial: two.serial, reason: 'card_already_active' }],
  });
  expect(body.cards.map(({ serial }) => serial)).toEqual(
    cards.filter((card) => card !== two).map(({ serial }) => serial),
  );
  expect(JSON.stringify(body)).not.toContain(one.code);
  expect(await till.total('tender')).toBe(before);
  const payment = { tender: 'cash', amount: body.amount, reference: 'Q1' };
  const list = body.cards.map(({ serial }) => ({ serial }));
  const sold = await clerk.post('/v1/cards/activate', {
    cards: list,
    storeId: till.otherStoreId,
    payment,
    allOrNone: true,
  });
  expect(sold.body, sold.text).toMatchObject({ activated: 3, amount: 2_700, unapplied: 0 });
});

test('a quote is for a store of the asker, that is open, and by serial numbers alone', async () => {
  const card = await till.blank();
  const clerk = await till.key({ role: 'clerk', storeIds: [till.storeId] });
  const ask = (body: object) => () => clerk.post('/v1/activation-quotes', body);
  const cards = [{ serial: card.serial }];
  await till.refuses('store_out_of_scope', ask({ cards, storeId: till.otherStoreId }));
  await till.refuses('invalid_request', ask({ cards: [{ code: card.code }], storeId: till.storeId }));
  await till.refuses('invalid_request', ask({ storeId: till.storeId }), { field: 'cards' });
  const reader = await till.key({ permissions: ['cards.read'] });
  await till.refuses('permission_denied', () =>
    reader.post('/v1/activation-quotes', { cards, storeId: till.storeId }),
  );
  const other = await openTill(bench);
  const foreign = await other.merchant.post<Quote>('/v1/activation-quotes', {
    cards,
    storeId: other.storeId,
  });
  expect(foreign.body).toMatchObject({ amount: 0, cards: [] });
});

test('cards of two currencies have no one price', async () => {
  const card = await till.blank();
  const { body: dollars } = await till.merchant.post<{ id: string }>('/v1/card-programs', {
    kind: 'gift',
    name: { zh: '美元卡', en: 'Dollars' },
    currency: 'USD',
    range: { min: 1, max: 1_000, step: 1 },
    validity: { type: 'none' },
    pin: false,
    bearer: true,
    reloadable: false,
    transferable: false,
  });
  await till.merchant.post('/v1/card-batches', { programId: dollars.id, quantity: 1, faceValue: 700 });
  await bench.runJobs('batches.generate');
  const { body } = await till.merchant.get<{ items: { serial: string }[] }>(
    `/v1/cards?programId=${dollars.id}`,
  );
  const cards = [{ serial: card.serial }, ...body.items.map(({ serial }) => ({ serial }))];
  expect(cards).toHaveLength(2);
  await till.refuses(
    'currency_mismatch',
    () => till.merchant.post('/v1/activation-quotes', { cards, storeId: till.storeId }),
    { field: 'cards' },
  );
});
