import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { renewed } from '../../../test/keys.ts';
import { openPhone } from '../../../test/phone.ts';
import { openTill, type Till } from '../../../test/till.ts';
import { cardsOf, claim, offer, peopleOf, type TestHolder, type TestMember } from '../../../test/wallet.ts';

let bench: TestBench;
let till: Till;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
  people = peopleOf(bench, till, '1361');
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

test('a gift moves what is on the card to whoever claims it, and the old code and PIN are dead', async () => {
  const giver = await people.holder();
  const friend = await people.member();
  await till.paid(giver.card, 1_000);
  const { token, id } = await offer(giver);
  const [shown] = (await giver.phone.get<{ items: unknown[] }>('/cards')).body.items;
  expect(shown).toMatchObject({ gift: { id }, allowed: { give: { ok: false, reason: 'gift_open' } } });
  const seen = await friend.phone.post('/gifts/preview', { token });
  expect(seen.body).toMatchObject({ program: { zh: '礼品卡' }, balance: 9_000, currency: 'CNY' });
  const got = await claim(friend, token);
  expect(got.status, got.text).toBe(201);
  expect(got.body).toMatchObject({ balance: 9_000 });
  expect(await cardsOf(giver)).toEqual([]);
  expect(await cardsOf(friend)).toMatchObject([{ id: got.body.cardId, balance: 9_000 }]);
  await till.refuses('card_replaced', () => till.pay(giver.card, 1));
  const given = await giver.phone.get<{ items: unknown[] }>('/gifts');
  expect(given.body.items).toMatchObject([{ id, state: 'claimed' }]);
  const code = await friend.phone.post<{ code: string }>(`/cards/${got.body.cardId}/payment-code`);
  await till.paid({ code: code.body.code, pin: '' }, 9_000);
});

test('claimed by many at once, a gift goes to one', async () => {
  const giver = await people.holder();
  const friends: TestMember[] = [];
  while (friends.length < 6) friends.push(await people.member());
  const { token } = await offer(giver);
  const replies = await Promise.all(friends.map((friend) => claim(friend, token)));
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
  const rest = replies.filter(({ status }) => status !== 201);
  expect(new Set(rest.map(({ body }) => body.code))).toEqual(new Set(['gift_not_found']));
  const held = await Promise.all(friends.map(cardsOf));
  expect(held.flat().map(({ balance }) => balance)).toEqual([10_000]);
});

test('a claim that is sent again under its key is answered as before; another’s key is another claim', async () => {
  const giver = await people.holder();
  const [friend, other] = [await people.member(), await people.member()];
  const { token } = await offer(giver);
  const first = await claim(friend, token, 'my-key');
  const again = await claim(friend, token, 'my-key');
  expect(again.text).toBe(first.text);
  expect((await claim(other, token, 'my-key')).body).toMatchObject({ code: 'gift_not_found' });
  const keyless = await other.phone.post('/gifts/claim', { token });
  expect(keyless.body.code).toBe('idempotency_key_required');
});

test('a claim that is sent again after the keys were turned is answered as before', async () => {
  const giver = await people.holder();
  const friend = await people.member();
  const { token } = await offer(giver);
  const first = await claim(friend, token, 'turned');
  expect(first.status, first.text).toBe(201);
  const later = await bench.another(undefined, renewed(bench.runtime.keys, 'lookup', 'seal'));
  const phone = await openPhone({ ...bench, app: later.app }, till.merchant, '203.0.113.77');
  phone.cookie = friend.phone.cookie;
  expect((await claim({ phone }, token, 'turned')).text).toBe(first.text);
  const { body } = await claim({ phone }, 'A'.repeat(43), 'turned');
  expect(body, 'another claim is still told from a retry').toMatchObject({ code: 'idempotency_key_reused' });
  await later.close();
});

test('a gift is taken back before it is claimed, not after, and by its giver alone', async () => {
  const giver = await people.holder();
  const friend = await people.member();
  const first = await offer(giver);
  expect((await giver.phone.post(`/cards/${giver.card.id}/gift`)).body.code).toBe('gift_open');
  expect((await friend.phone.post(`/gifts/${first.id}/take-back`)).body.code).toBe('gift_not_found');
  expect((await giver.phone.post(`/gifts/${first.id}/take-back`)).status).toBe(200);
  expect((await giver.phone.post(`/gifts/${first.id}/take-back`)).body.code).toBe('gift_not_found');
  expect((await claim(friend, first.token)).body).toMatchObject({ code: 'gift_not_found' });
  const second = await offer(giver);
  expect((await claim(giver, second.token)).body).toMatchObject({ code: 'gift_own' });
  expect((await claim(friend, second.token)).status).toBe(201);
  expect((await giver.phone.post(`/gifts/${second.id}/take-back`)).body.code).toBe('gift_not_found');
});

test('taken back and claimed at once, one of both happens', async () => {
  for (let n = 0; n < 5; n++) {
    const giver = await people.holder();
    const friend = await people.member();
    const { id, token } = await offer(giver);
    const [got, back] = await Promise.all([claim(friend, token), giver.phone.post(`/gifts/${id}/take-back`)]);
    expect([got.status === 201, back.status === 200].filter(Boolean)).toHaveLength(1);
    const both = [...(await cardsOf(giver)), ...(await cardsOf(friend))];
    expect(both.map(({ balance }) => balance)).toEqual([10_000]);
  }
});

test('a gift that nobody claims in its time stays with its giver, who may offer it anew', async () => {
  const giver = await people.holder();
  const friend = await people.member();
  const { token } = await offer(giver, { days: 1 });
  bench.time.now = new Date(bench.time.now.getTime() + 86_400_000);
  expect((await claim(friend, token)).body).toMatchObject({ code: 'gift_not_found' });
  const given = await giver.phone.get<{ items: unknown[] }>('/gifts');
  expect(given.body.items).toMatchObject([{ state: 'expired' }]);
  await offer(giver);
});

test('what cannot be transferred cannot be given: an empty card, or one with a hold', async () => {
  const empty = await people.holder();
  await till.paid(empty.card, 10_000);
  const refusalOf = async ({ phone, card }: TestHolder) =>
    (await phone.post(`/cards/${card.id}/gift`)).body.code;
  expect(await refusalOf(empty)).toBe('insufficient_balance');
  const held = await people.holder();
  await till.held(held.card, 1);
  expect(await refusalOf(held)).toBe('card_held');
  const spent = await people.holder();
  const friend = await people.member();
  const { token } = await offer(spent);
  await till.paid(spent.card, 10_000);
  expect((await claim(friend, token)).body).toMatchObject({ code: 'insufficient_balance' });
});
