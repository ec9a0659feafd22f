import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { pointsTill } from '../../../test/points.ts';
import { first, madeBy, openTill, type Till } from '../../../test/till.ts';
import { peopleOf, type TestMember } from '../../../test/wallet.ts';
import { decodeId } from '../../kernel/id.ts';

let bench: TestBench;
let till: Till;
let member: TestMember;
let checkout: ReturnType<typeof pointsTill>;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  till = await openTill(bench);
  member = await peopleOf(bench, till, '137').member();
  checkout = pointsTill(bench, till.merchant.id);
});

const idOf = (prefix: string, text: string) => decodeId(prefix, text) ?? '';
const scheme = {
  earn: { points: 1, amount: 100 },
  spend: { points: 100, worth: 100, billPpm: 500_000 },
  transfer: true,
};
const setScheme = (more: object = {}) => till.merchant.post('/v1/points-schemes', { ...scheme, ...more });
const buy = (paid: number, more: object = {}) =>
  checkout.buy({
    memberId: idOf('mem', member.id),
    storeId: idOf('store', till.storeId),
    paid: BigInt(paid),
    ...more,
  });
const spend = (points: number, bill = 1_000_000) =>
  checkout.spend({ memberId: idOf('mem', member.id), points: BigInt(points), bill: BigInt(bill) });
type Purse = { usable: number; pending: number; owed: number; worth: number; lots: { points: number }[] };
const purse = async (id = member.id) => (await till.merchant.get<Purse>(`/v1/members/${id}/points`)).body;
const adjust = (points: number, key?: string) =>
  till.merchant.post(`/v1/members/${member.id}/points/adjustments`, { points, reason: 'sorry' }, key);
const giftWith = async (points: number, pieces: number) => {
  const id = madeBy(
    await till.merchant.post('/v1/gift-items', { name: { zh: '保温杯', en: 'Flask' }, points }),
  );
  const stock = { storeId: till.storeId, pieces, reason: 'delivery' };
  expect((await till.merchant.post(`/v1/gift-items/${id}/stock`, stock)).status).toBe(201);
  return id;
};
const takeGift = (giftId: string, more: object = {}, key?: string) =>
  till.merchant.post<{ id: string; state: string }>(
    '/v1/gift-orders',
    { memberId: member.id, giftId, storeId: till.storeId, ...more },
    key,
  );
const later = (days: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + days * 86_400_000);
};

test('without rules nothing is earned and points pay nothing', async () => {
  expect(await buy(10_000)).toEqual({ earned: 0, lot: null });
  expect((await spend(100)).refused).toBe('points_not_spendable');
});

test('points are earned, pay a part of a bill in whole steps, and are worth what the rules say', async () => {
  await setScheme();
  expect((await buy(55_555)).earned).toBe(555);
  expect(await purse()).toMatchObject({ usable: 555, pending: 0, owed: 0, worth: 500 });
  expect((await spend(150)).refused).toBe('points_step');
  expect((await spend(600)).refused).toBe('insufficient_points');
  expect(await spend(300, 500)).toMatchObject({
    refused: 'points_over_share',
    next: '200 points are the most.',
  });
  expect((await spend(200, 500)).worth).toBe(200);
  expect((await purse()).usable).toBe(355);
  expect(await till.total('points')).toBe(355);
});

test('points wait until goods cannot come back, and lapse with their quarter', async () => {
  bench.time.now = new Date('2027-02-01T02:00:00Z');
  await setScheme({ pendingDays: 7, ends: { with: 'quarter', later: 0 } });
  await buy(30_000);
  expect(await purse()).toMatchObject({ usable: 0, pending: 300 });
  expect(await spend(100)).toMatchObject({
    refused: 'insufficient_points',
    detail: '0 can be spent, 300 more later.',
  });
  later(8);
  expect(await purse()).toMatchObject({ usable: 300, pending: 0 });
  bench.time.now = new Date('2027-03-31T15:59:59Z');
  expect((await spend(100)).worth).toBe(100);
  bench.time.now = new Date('2027-03-31T16:00:00Z');
  expect((await spend(100)).refused).toBe('insufficient_points');
  await bench.runJobs('points.lapse');
  expect(await till.total('points')).toBe(0);
  const { body } = await till.merchant.get<{ items: { type: string; points: number }[] }>(
    `/v1/members/${member.id}/points/history`,
  );
  expect(body.items.map(({ type, points }) => [type, points])).toEqual([
    ['points.lapsed', -200],
    ['test.spent', -100],
    ['test.bought', 300],
  ]);
});

test('a return takes back what was earned; what was spent already is owed, and the next points pay it', async () => {
  await setScheme();
  const { earned, lot } = await buy(30_000);
  await spend(200);
  const back = (before: number, now: number) =>
    checkout.giveBack({
      memberId: idOf('mem', member.id),
      earned: BigInt(earned),
      lot,
      parts: [],
      total: 30_000n,
      before: BigInt(before),
      now: BigInt(now),
    });
  expect(await back(0, 10_001)).toMatchObject({ taken: 100, owed: 0 });
  expect(await back(10_001, 19_999)).toMatchObject({ taken: 200, owed: 200 });
  expect(await purse()).toMatchObject({ usable: 0, owed: 200 });
  expect((await buy(15_000)).earned).toBe(150);
  expect(await purse()).toMatchObject({ usable: 0, owed: 50 });
  await buy(10_000);
  expect(await purse()).toMatchObject({ usable: 50, owed: 0 });
});

test('points that paid come back into the lot they came from, in parts that sum to the whole', async () => {
  bench.time.now = new Date('2027-05-02T02:00:00Z');
  await setScheme({ ends: { with: 'month', later: 0 } });
  await buy(10_000);
  await setScheme({ ends: { with: 'never', later: 0 } });
  await buy(20_000);
  const paid = await spend(300);
  expect(paid.parts.map(({ points }) => points)).toEqual([100, 200]);
  const back = (before: number, now: number) =>
    checkout.giveBack({
      memberId: idOf('mem', member.id),
      earned: 0n,
      lot: null,
      parts: paid.parts.map(({ detail, points }) => ({ detail, points: BigInt(points) })),
      total: 7n,
      before: BigInt(before),
      now: BigInt(now),
    });
  expect((await back(0, 5)).given).toBe(214);
  expect((await purse()).lots.map(({ points }) => points)).toEqual([14, 200]);
  // What came from the month's lot comes back after its end with the term of points earned now.
  bench.time.now = new Date('2027-06-02T02:00:00Z');
  expect((await back(5, 2)).given).toBe(86);
  expect((await purse()).usable).toBe(286);
});

test('of a hundred payments at once no more go through than there are points for', async () => {
  await setScheme();
  await buy(100_000);
  const all = await Promise.all(Array.from({ length: 100 }, () => spend(100)));
  expect(all.filter(({ refused }) => refused === undefined)).toHaveLength(10);
  expect(await purse()).toMatchObject({ usable: 0 });
});

test('an adjustment has a reason, is done once under its key, and takes no more than there is', async () => {
  await setScheme();
  expect((await adjust(500, 'once')).body).toMatchObject({ usable: 500 });
  expect((await adjust(500, 'once')).body).toMatchObject({ usable: 500 });
  expect((await purse()).usable).toBe(500);
  await till.refuses('insufficient_points', () => adjust(-501), { field: 'points' });
  expect((await adjust(-500)).body).toMatchObject({ usable: 0 });
});

test('points pass to another member where the rules let them, with the end that they had', async () => {
  await setScheme({ ends: { with: 'year', later: 0 } });
  await adjust(300);
  const other = await peopleOf(bench, till, '136').member();
  const give = (points: number, toMemberId = other.id) =>
    till.merchant.post(`/v1/members/${member.id}/points/transfers`, { toMemberId, points });
  await till.refuses('points_to_self', () => give(1, member.id), { field: 'toMemberId' });
  await till.refuses('insufficient_points', () => give(301), { field: 'points' });
  const before = await purse();
  expect((await give(300)).status).toBe(201);
  expect((await purse(other.id)).lots).toEqual(before.lots);
  await setScheme({ transfer: false });
  await till.refuses('points_transfer_off', () => give(1));
});

test('a gift takes points and a piece together, once under its key; a piece too few refuses it', async () => {
  await setScheme();
  await adjust(1_000);
  const gift = await giftWith(300, 2);
  expect((await takeGift(gift, {}, 'same')).body).toMatchObject({ state: 'handed', points: 300 });
  expect((await takeGift(gift, {}, 'same')).body).toMatchObject({ state: 'handed', points: 300 });
  await till.refuses('out_of_stock', () => takeGift(gift, { quantity: 2 }), { field: 'quantity' });
  await till.refuses('out_of_stock', () => takeGift(gift, { storeId: till.otherStoreId }));
  await till.refuses('insufficient_points', () => takeGift(gift, { quantity: 3 }));
  expect((await purse()).usable).toBe(700);
  await till.merchant.patch(`/v1/gift-items/${gift}`, { state: 'resting' });
  await till.refuses('gift_item_resting', () => takeGift(gift), { field: 'giftId' });
  const nowhere = 'gft_01jd3v0000e008000000000zyd';
  await till.refuses('gift_item_not_found', () => takeGift(nowhere), { field: 'giftId' });
});

test('stock never goes below nothing, however many take the last pieces at once', async () => {
  await setScheme();
  await adjust(100_000);
  const gift = await giftWith(10, 7);
  const replies = await Promise.all(Array.from({ length: 100 }, () => takeGift(gift)));
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(7);
  expect(await till.total('gift_stock')).toBe(0);
  expect((await purse()).usable).toBe(100_000 - 70);
  const out = { storeId: till.storeId, pieces: -1, reason: 'lost' };
  await till.refuses('out_of_stock', () => till.merchant.post(`/v1/gift-items/${gift}/stock`, out));
});

test('a gift that a member takes on the phone waits in the store; it is handed over once, or given up', async () => {
  await setScheme();
  await adjust(1_000);
  const gift = await giftWith(300, 5);
  const key = () => ({ 'idempotency-key': crypto.randomUUID() });
  const asked = { giftId: gift, storeId: till.storeId };
  const order = async () => (await member.phone.post<{ id: string }>('/gift-orders', asked, key())).body.id;
  const [one, two] = [await order(), await order()];
  expect(await till.total('gift_stock')).toBe(3);
  const verb = (id: string, word: string) => till.merchant.post(`/v1/gift-orders/${id}/${word}`, {});
  expect((await verb(one, 'hand-over')).body).toMatchObject({ state: 'handed' });
  await till.refuses('gift_order_ended', () => verb(one, 'hand-over'));
  await till.refuses('gift_order_ended', () => verb(one, 'cancel'));
  expect((await member.phone.post(`/gift-orders/${two}/cancel`, {}, key())).body).toMatchObject({
    state: 'cancelled',
  });
  expect((await purse()).usable).toBe(700);
  expect(await till.total('gift_stock')).toBe(4);
  await till.refuses('gift_order_not_found', () => verb('gor_01jd3v0000e008000000000zyd', 'cancel'));
  const stranger = await peopleOf(bench, till, '135').member();
  const three = await order();
  expect((await stranger.phone.post(`/gift-orders/${three}/cancel`, {}, key())).body).toMatchObject({
    code: 'gift_order_not_found',
  });
  const mine = await member.phone.get<{ items: { id: string }[] }>('/gift-orders');
  expect(mine.body.items.map(({ id }) => id).toSorted()).toEqual([one, two, three].toSorted());
  expect((await member.phone.get('/points')).body).toMatchObject({ usable: 400 });
  const clerk = await till.key({ role: 'clerk', storeIds: [till.otherStoreId] });
  await till.refuses('store_out_of_scope', () => clerk.post(`/v1/gift-orders/${three}/hand-over`, {}));
  await till.refuses('store_out_of_scope', () =>
    clerk.post('/v1/gift-orders', { ...asked, memberId: member.id }),
  );
  expect((await clerk.get<{ items: unknown[] }>('/v1/gift-orders')).body.items).toEqual([]);
});

test('rules begin later or now, name what exists, and are not laid down for the past', async () => {
  const rule = { kind: 'each', points: 5 };
  const nowhere = { store: 'store_01jd3v0000e008000000000zyd', product: 'prd_01jd3v0000e008000000000zyd' };
  await till.refuses('product_not_found', () =>
    setScheme({ rules: [{ ...rule, productId: nowhere.product }] }),
  );
  await till.refuses('store_not_found', () => setScheme({ rules: [{ ...rule, storeId: nowhere.store }] }));
  await till.refuses('terms_in_the_past', () => setScheme({ from: '2026-01-01' }), { field: 'from' });
  await setScheme();
  await setScheme({ earn: { points: 9, amount: 100 }, from: '2099-01-01' });
  expect((await buy(10_000)).earned).toBe(100);
  const { body } = await till.merchant.get<{ items: { number: number }[] }>('/v1/points-schemes');
  expect(body.items.map(({ number }) => number)).toEqual([2, 1]);
});

test('a member of another merchant has no points here', async () => {
  const other = await openTill(bench);
  const reply = await other.merchant.get(`/v1/members/${member.id}/points`);
  expect(reply.body).toMatchObject({ code: 'member_not_found' });
  const adjusted = await other.merchant.post(`/v1/members/${member.id}/points/adjustments`, {
    points: 1,
    reason: 'x',
  });
  expect(adjusted.body).toMatchObject({ code: 'member_not_found' });
  expect(first([await purse()])).toMatchObject({ usable: 0 });
});
