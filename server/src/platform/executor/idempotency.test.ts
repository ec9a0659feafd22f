import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../../../test/harness.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { type CardInHand, openShop, type Shop } from '../../../test/shop.ts';

// Idempotency keys as a client meets them: through HTTP, over PostgreSQL.

let bench: TestBench;
let shop: Shop;
let cards: CardInHand[];
beforeAll(async () => {
  bench = await openBench();
  shop = await openShop(bench);
  cards = await shop.sell(12, 10_000);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

function take(): CardInHand {
  const card = cards.pop();
  if (!card) throw new Error('no card is left');
  return card;
}

let references = 0;
const redemption = (card: CardInHand, amount: number, more: object = {}) => ({
  code: card.code,
  pin: card.pin,
  amount,
  currency: 'CNY',
  storeId: shop.storeId,
  reference: `I${references++}`,
  ...more,
});

test('a key seen again gives the same bytes, and nothing happens', async () => {
  const card = take();
  const body = redemption(card, 1_000);
  const key = randomUUID();
  const first = await shop.merchant.post('/v1/redemptions', body, key);
  expect(first.status, first.text).toBe(201);
  expect(first.headers['idempotent-replayed']).toBeUndefined();
  for (let n = 0; n < 3; n++) {
    const again = await shop.merchant.post('/v1/redemptions', body, key);
    expect(again.status).toBe(201);
    expect(again.text).toBe(first.text);
    expect(again.headers['idempotent-replayed']).toBe('true');
  }
  expect(await shop.balanceOf(card)).toBe(9_000);
});

test('a key seen with another body, or for another verb, is refused and moves nothing', async () => {
  const card = take();
  const body = redemption(card, 1_000);
  const key = randomUUID();
  await shop.merchant.post('/v1/redemptions', body, key);
  const others = [
    shop.merchant.post('/v1/redemptions', { ...body, amount: 1_001 }, key),
    shop.merchant.post('/v1/redemptions', { ...body, reference: 'another' }, key),
    shop.merchant.post('/v1/redemptions', { ...body, pin: '00000000' }, key),
    shop.merchant.post('/v1/holds', body, key),
  ];
  for (const other of await Promise.all(others)) {
    expect(other.status).toBe(422);
    expect(other.body.code).toBe('idempotency_key_reused');
  }
  expect(await shop.balanceOf(card)).toBe(9_000);
});

test('the same key fifty times at once has one effect and one answer', async () => {
  const card = take();
  const body = redemption(card, 100);
  const key = randomUUID();
  const replies = await Promise.all(
    Array.from({ length: 50 }, () => shop.merchant.post('/v1/redemptions', body, key)),
  );
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
  expect(replies.filter(({ headers }) => headers['idempotent-replayed'] === undefined)).toHaveLength(1);
  expect(await shop.balanceOf(card)).toBe(9_900);
});

test('one key with fifty different bodies at once lets one of them through', async () => {
  const card = take();
  const key = randomUUID();
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, n) => shop.merchant.post('/v1/redemptions', redemption(card, n + 1), key)),
  );
  const through = replies.filter(({ status }) => status === 201);
  expect(through).toHaveLength(1);
  expect(new Set(replies.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(
    new Set(['idempotency_key_reused']),
  );
  expect(await shop.balanceOf(card)).toBe(10_000 - Number(through[0]?.body.amount));
});

test('a refusal is not remembered under its key: the retry after topping up succeeds', async () => {
  const card = take();
  const body = redemption(card, 10_500);
  const key = randomUUID();
  expect((await shop.merchant.post('/v1/redemptions', body, key)).body.code).toBe('insufficient_balance');
  const reload = {
    amount: 1_000,
    storeId: shop.storeId,
    payment: { tender: 'cash', amount: 1_000, reference: 'R' },
  };
  expect((await shop.merchant.post(`/v1/cards/${card.id}/reload`, reload)).status).toBe(201);
  const retried = await shop.merchant.post('/v1/redemptions', body, key);
  expect(retried.status, retried.text).toBe(201);
  expect(await shop.balanceOf(card)).toBe(500);
});

test('a wrong PIN, which is counted, does not use its key up', async () => {
  const card = take();
  const body = redemption(card, 100);
  const key = randomUUID();
  const wrong = card.pin === '00000000' ? '11111111' : '00000000';
  expect((await shop.merchant.post('/v1/redemptions', { ...body, pin: wrong }, key)).body.code).toBe(
    'pin_wrong',
  );
  expect((await shop.merchant.post('/v1/redemptions', body, key)).status).toBe(201);
});

test('a key holds across processes, at once too, and in a process started later', async () => {
  const card = take();
  const body = redemption(card, 100);
  const key = randomUUID();
  const second = await bench.another();
  const there: Client = second.client(shop.merchant.apiKey);
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, n) => (n % 2 ? there : shop.merchant).post('/v1/redemptions', body, key)),
  );
  await second.close();
  const later = await bench.another();
  replies.push(await later.client(shop.merchant.apiKey).post('/v1/redemptions', body, key));
  await later.close();
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
  expect(await shop.balanceOf(card)).toBe(9_900);
});

test('new secrets are shown again to a retry under the same key, and are the same', async () => {
  const card = take();
  const key = randomUUID();
  const first = await shop.merchant.post(`/v1/cards/${card.id}/transfer`, {}, key);
  expect(first.status, first.text).toBe(201);
  const again = await shop.merchant.post(`/v1/cards/${card.id}/transfer`, {}, key);
  expect(again.text).toBe(first.text);
  expect(again.headers['idempotent-replayed']).toBe('true');
});

test('what moves value asks for a key, and takes only visible ASCII', async () => {
  const body = redemption(take(), 100);
  const without = await shop.merchant.post('/v1/redemptions', body, null);
  expect([without.status, without.body.code]).toEqual([400, 'idempotency_key_required']);
  for (const key of ['', 'with space', 'x'.repeat(256)]) {
    const reply = await shop.merchant.post('/v1/redemptions', body, key);
    expect([reply.status, reply.body.code]).toEqual([400, 'invalid_request']);
  }
});

test('a key that was revoked meanwhile is not answered a replay', async () => {
  const made = await shop.merchant.post<{ id: string; key: string }>('/v1/api-keys', {
    kind: 'secret',
    name: 'Till',
    role: 'clerk',
  });
  expect(made.status, made.text).toBe(201);
  const till = bench.client(made.body.key);
  const body = redemption(take(), 100);
  const key = randomUUID();
  expect((await till.post('/v1/redemptions', body, key)).status).toBe(201);
  await shop.merchant.post(`/v1/api-keys/${made.body.id}/revoke`);
  expect((await till.post('/v1/redemptions', body, key)).status).toBe(401);
});
