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

type Receipt = { readonly id: string; readonly token: string; readonly [more: string]: unknown };
type Entry = { readonly id: string; readonly type: string };
const receipt = (id: string) => till.merchant.get<Receipt>(`/v1/receipts/${id.replace(/^[a-z]+_/, 'act_')}`);
const shown = (token: string, merchantId = till.merchant.merchantId) =>
  bench.client('').get(`/v1/public/${merchantId}/receipts/${token}`);
const entries = async (cardId: string) =>
  (await till.merchant.get<{ items: Entry[] }>(`/v1/cards/${cardId}/activities`)).body.items;

test('a redemption’s receipt has all that is printed, in the merchant’s own time', async () => {
  const card = await till.card();
  const id = await till.paid(card, 1_250, { reference: 'order-9' });
  expect((await receipt(id)).body).toEqual({
    id: id.replace('red_', 'act_'),
    kind: 'redemption',
    merchantName: 'Test',
    store: { code: 'S1', name: 'First' },
    occurredAt: '2026-11-22T04:00:00.000Z',
    localTime: '2026-11-22 12:00:00',
    timezone: 'Asia/Shanghai',
    maskedCode: `••••••-••••••-••${card.code.slice(-4)}`,
    currency: 'CNY',
    amount: 1_250,
    paid: null,
    item: null,
    validThrough: null,
    balance: 8_750,
    bonus: null,
    tender: null,
    reference: 'order-9',
    actorName: 'Owner',
    token: expect.stringMatching(/^[\w-]{43}$/),
  });
});

test('there are receipts of sales, reloads, refunds, reversals and holds, and of nothing else', async () => {
  const card = await till.card();
  const { storeId } = till;
  await till.does(card, 'reload', {
    amount: 500,
    storeId,
    payment: { tender: 'card', amount: 500, reference: 'R' },
  });
  const red = await till.paid(card, 1_000);
  await till.merchant.post(`/v1/redemptions/${red}/refunds`, { amount: 300, reason: 'r' });
  await till.paid(card, 200, { reference: 'back' });
  await till.merchant.post('/v1/reversals', { reference: 'back', storeId });
  await till.held(card, 400);
  await till.does(card, 'freeze', { reason: 'r' });
  const kinds: unknown[] = [];
  for (const { id, type } of await entries(card.id)) {
    const { status, body } = await receipt(id);
    if (type === 'card.frozen') expect([status, body.code]).toEqual([404, 'receipt_not_found']);
    else kinds.push([body.kind, body.amount, body.balance, body.tender]);
  }
  expect(kinds).toEqual([
    ['hold', 400, null, null],
    ['reversal', 200, 9_800, null],
    ['redemption', 200, 9_600, null],
    ['refund', 300, 9_800, null],
    ['redemption', 1_000, 9_500, null],
    ['reload', 500, 10_500, 'card'],
    ['sale', 10_000, 10_000, 'cash'],
  ]);
});

test('whoever has the word on the paper sees what is on the paper, and not who served', async () => {
  const card = await till.card();
  const { body } = await receipt(await till.paid(card, 100));
  const { id, token, actorName, ...paper } = body;
  const open = await shown(token);
  expect([open.status, open.body]).toEqual([200, paper]);
  expect(actorName).toBe('Owner');
  for (const secret of [id, card.id, card.code, card.pin, card.serial, 'Owner'])
    expect(open.text).not.toContain(secret);
});

test('a word is the same each time, and no two receipts have one', async () => {
  const card = await till.card();
  const [one, other] = [await till.paid(card, 100), await till.paid(card, 100)];
  expect((await receipt(one)).body.token).toBe((await receipt(one)).body.token);
  expect((await receipt(one)).body.token).not.toBe((await receipt(other)).body.token);
});

test('a word changed anywhere, one of another merchant, and one that was made up are one answer', async () => {
  const stranger = await bench.merchant();
  const { token } = (await receipt(await till.paid(await till.card(), 100))).body;
  const texts = new Set<string>();
  for (let at = 0; at < token.length; at++) {
    const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
    const reply = await shown(changed);
    expect(reply.status, String(at)).toBe(404);
    texts.add(reply.text);
  }
  for (const reply of [await shown(token, stranger.merchantId), await shown('A'.repeat(43))])
    texts.add(reply.text);
  expect([...texts].map((text) => JSON.parse(text).code)).toEqual(['receipt_not_found']);
});

test('a receipt of another store is not for a key that is limited; nor one under a false time for anybody', async () => {
  const id = (await till.paid(await till.card(), 100)).replace('red_', 'act_');
  const limited = await till.key({ role: 'owner', storeIds: [till.otherStoreId] });
  expect((await limited.get(`/v1/receipts/${id}`)).body.code).toBe('store_out_of_scope');
  expect((await receipt(id.replace('act_0', 'act_1'))).body.code).toBe('receipt_not_found');
});
