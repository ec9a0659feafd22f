import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { renewed } from '../../../test/keys.ts';
import { openTill, rowsOf, type Till } from '../../../test/till.ts';
import { keysOf } from '../../platform/config/keys.ts';
import { read } from '../../platform/db/read.ts';
import { verifyWhole } from '../ledger/index.ts';

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

type Made = {
  readonly cardId: string;
  readonly code: string;
  readonly pin: string;
  readonly [more: string]: unknown;
};
const give = async (
  card: { readonly id: string },
  verb: 'transfer' | 'replace',
  body: object = {},
  key?: string,
) => {
  const reply = await till.merchant.post<Made>(`/v1/cards/${card.id}/${verb}`, body, key);
  expect(reply.status, reply.text).toBe(201);
  return reply;
};
test('a card given on has a new code and PIN; the old ones are dead and nothing is lost', async () => {
  const card = await till.card();
  await till.paid(card, 1_000);
  const { body: heir } = await give(card, 'transfer', { holder: 'C-2', reason: 'a present' });
  expect(heir).toMatchObject({ predecessorId: card.id, balance: 9_000 });
  expect(heir.code).not.toBe(card.code);
  expect(heir.pin).toMatch(/^\d{8}$/);
  expect(heir.pin).not.toBe(card.pin);
  await till.refuses('card_replaced', () => till.pay(card, 1));
  await till.refuses('pin_wrong', () => till.pay({ code: heir.code, pin: card.pin }, 1), { logged: true });
  await till.refuses('pin_wrong', () => till.pay({ code: card.code, pin: heir.pin }, 1), { logged: true });
  expect((await till.pay(heir, 9_000)).body).toMatchObject({ cardId: heir.cardId, balance: 0 });
  expect(await till.shown(card)).toMatchObject({ state: 'replaced', balance: 0, replacedBy: heir.cardId });
  expect(await till.shown({ id: heir.cardId })).toMatchObject({
    replaces: card.id,
    holder: 'C-2',
    batchId: null,
  });
});

test('part of a card is given on, and the rest stays under the old code', async () => {
  const card = await till.card();
  const { body: heir } = await give(card, 'transfer', { amount: 2_500 });
  expect(heir.balance).toBe(2_500);
  expect(await till.shown(card)).toMatchObject({ state: 'partially_used', balance: 7_500, replacedBy: null });
  await till.refuses('insufficient_balance', () => till.pay(heir, 2_501), { field: 'amount' });
  await till.paid(card, 7_500);
  await till.paid(heir, 2_500);
});

test('a card keeps its lots, its end and what stores owe when it is given on', async () => {
  const shop = await openTill(bench, { validity: { type: 'after', count: 1, unit: 'years' } });
  const card = await shop.card();
  const before = await shop.shown(card);
  const heir = await shop.does(card, 'transfer');
  const shown = await shop.shown({ id: String(heir.cardId) });
  expect(shown.validUntil).toBe(before.validUntil);
  await shop.paid({ code: String(heir.code), pin: String(heir.pin) }, 600, { storeId: shop.otherStoreId });
  const { body } = await shop.merchant.get(`/v1/stores/${shop.otherStoreId}/settlement`);
  expect(body).toMatchObject({ counterparts: [{ storeId: shop.storeId, owed: 600 }] });
});

test('a retry under the same key shows the same secrets, for a day; another key finds the card gone', async () => {
  const card = await till.card();
  const once = await give(card, 'transfer', {}, 'give-1');
  expect((await give(card, 'transfer', {}, 'give-1')).body).toEqual(once.body);
  const elsewhere = await bench.another();
  const again = await elsewhere
    .client(till.merchant.apiKey)
    .post(`/v1/cards/${card.id}/transfer`, {}, 'give-1');
  await elsewhere.close();
  expect(again.body).toEqual(once.body);
  bench.time.now = new Date(bench.time.now.getTime() + 24 * 3_600_000 + 1);
  expect((await give(card, 'transfer', {}, 'give-1')).body).toEqual({ ...once.body, code: null, pin: null });
  await till.refuses('card_replaced', () => till.ask(card, 'transfer'));
  await till.refuses('idempotency_key_reused', () =>
    till.merchant.post(`/v1/cards/${card.id}/replace`, {}, 'give-1'),
  );
});

test('after the keys were renewed a retry is still answered as before, and what is new is made under the new ones', async () => {
  const [card, other] = [await till.card(), await till.card()];
  const once = await give(card, 'transfer', {}, 'rotate-1');
  const order = { code: other.code, pin: other.pin, amount: 100, currency: 'CNY', storeId: till.storeId };
  const paid = await till.merchant.post('/v1/redemptions', { ...order, reference: 'RO-1' }, 'rotate-2');
  expect(paid.status).toBe(201);

  const keys = renewed(bench.runtime.keys, 'code', 'pin', 'seal', 'chain');
  const later = await bench.another(undefined, keys);
  const client = later.client(till.merchant.apiKey);
  const again = await client.post<Made>(`/v1/cards/${card.id}/transfer`, {}, 'rotate-1');
  expect(again.body).toEqual(once.body);
  expect((await client.post('/v1/redemptions', { ...order, reference: 'RO-1' }, 'rotate-2')).body).toEqual(
    paid.body,
  );
  const another = await client.post('/v1/redemptions', { ...order, reference: 'RO-2' }, 'rotate-2');
  expect(another.body, 'another request is still told from a retry').toMatchObject({
    code: 'idempotency_key_reused',
  });
  const pays = ({ code, pin }: Made, n: number) =>
    client.post('/v1/redemptions', { ...order, code, pin, reference: `RO-3-${n}` });
  expect(await pays(again.body, 1)).toMatchObject({ status: 201, body: { cardId: once.body.cardId } });

  const heir = await client.post<Made>(`/v1/cards/${other.id}/transfer`, {}, 'rotate-3');
  expect((await client.post<Made>(`/v1/cards/${other.id}/transfer`, {}, 'rotate-3')).body).toEqual(heir.body);
  expect(await pays(heir.body, 2)).toMatchObject({ status: 201, body: { cardId: heir.body.cardId } });
  await later.close();
  const book = { merchantId: till.merchant.id, chainKeys: keysOf(keys.chain) };
  const whole = await read(bench.runtime.readers, book.merchantId, (db) => verifyWhole(db, book, undefined));
  expect(whole?.findings).toEqual([]);
});

test('nothing in the database holds a code or a PIN that was shown', async () => {
  const card = await till.card();
  const { body: heir } = await give(card, 'transfer');
  await till.paid(heir, 1);
  const { body: last } = await give({ id: heir.cardId }, 'replace');
  const secrets = [card, heir, last].flatMap(({ code, pin }) => [code, code.replaceAll('-', ''), pin]);
  const columns = await rowsOf(
    bench,
    `select table_schema as s, table_name as t, column_name as c from information_schema.columns
     where table_schema in ('platform', 'ledger', 'merchants', 'people', 'programs', 'cards', 'batches', 'clearing')
       and data_type in ('text', 'bytea', 'jsonb', 'json', 'character varying', 'ARRAY')`,
  );
  expect(columns.length).toBeGreaterThan(30);
  for (const { s, t, c } of columns) {
    const [found] = await rowsOf(
      bench,
      `select count(*)::int as n from ${s}.${t} x, unnest($1::text[]) as secret
       where position(secret in x.${c}::text) > 0 or position(encode(secret::bytea, 'hex') in x.${c}::text) > 0`,
      [secrets],
    );
    expect(found, `${s}.${t}.${c}`).toEqual({ n: 0 });
  }
});

test('a registered card is given on to a named holder', async () => {
  const shop = await openTill(bench, { bearer: false });
  const card = await shop.blank();
  const payment = { tender: 'cash', amount: 10_000, reference: 'R' };
  const cards = [{ serial: card.serial, holder: 'C-1' }];
  await shop.merchant.post('/v1/cards/activate', { cards, storeId: shop.storeId, payment });
  await shop.refuses('holder_required', () => shop.ask(card, 'transfer'), { field: 'holder' });
  const heir = await shop.does(card, 'transfer', { holder: 'C-2' });
  expect(await shop.shown({ id: String(heir.cardId) })).toMatchObject({ holder: 'C-2' });
});

test('a lost card is replaced while frozen: its balance moves, and the finder of the old one has nothing', async () => {
  const card = await till.card();
  await till.does(card, 'freeze', { reason: 'left in a taxi', cause: 'lost' });
  const { body: heir } = await give(card, 'replace', { reason: 'lost' });
  expect(heir).toMatchObject({ balance: 10_000, predecessorId: card.id });
  await till.refuses('card_replaced', () => till.pay(card, 1));
  await till.paid(heir, 10_000);
  const { body } = await till.merchant.get<{ items: { type: string }[] }>(`/v1/cards/${card.id}/activities`);
  expect(body.items.map(({ type }) => type)).toEqual(['card.replaced', 'card.frozen', 'card.activated']);
});

test('a card is replaced with all that is on it: another amount is refused', async () => {
  const card = await till.card();
  for (const amount of [9_999, 10_001]) {
    await till.refuses('invalid_request', () => till.ask(card, 'replace', { amount }), { field: 'amount' });
  }
  expect((await give(card, 'replace', { amount: 10_000 })).body.balance).toBe(10_000);
});

test('a card frozen for risk is neither replaced nor given on', async () => {
  const card = await till.card();
  await till.does(card, 'freeze', { reason: 'odd', cause: 'risk' });
  await till.refuses('card_frozen', () => till.ask(card, 'replace'));
  await till.refuses('card_frozen', () => till.ask(card, 'transfer'));
});

test('an empty card can be replaced and not given on', async () => {
  const card = await till.card();
  await till.paid(card, 10_000);
  await till.refuses('insufficient_balance', () => till.ask(card, 'transfer'));
  expect((await give(card, 'replace')).body.balance).toBe(0);
});

test('a card that may not be given on, is held, or has less on it, is refused', async () => {
  const shop = await openTill(bench, { transferable: false });
  const fixed = await shop.card();
  await shop.refuses('not_transferable', () => shop.ask(fixed, 'transfer'));
  expect((await shop.does(fixed, 'replace')).balance).toBe(10_000);
  const card = await till.card();
  await till.refuses('insufficient_balance', () => till.ask(card, 'transfer', { amount: 10_001 }), {
    field: 'amount',
  });
  await till.held(card, 1);
  await till.refuses('card_held', () => till.ask(card, 'transfer'));
  await till.refuses('card_held', () => till.ask(card, 'replace'));
});

test('a card that is unsold or unknown has no heir', async () => {
  const blank = await till.blank();
  for (const verb of ['transfer', 'replace'] as const) {
    await till.refuses('card_not_active', () => till.ask(blank, verb));
    await till.refuses('card_not_found', () => till.ask({ id: 'card_01jd000000e008000000000000' }, verb));
    await till.refuses('idempotency_key_required', () =>
      till.merchant.post(`/v1/cards/${blank.id}/${verb}`, {}, null),
    );
  }
});
