import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { mergingAt } from '../../../test/merging.ts';
import { lastCode } from '../../../test/phone.ts';
import { madeBy, openTill, rowsOf, type Till } from '../../../test/till.ts';
import { cardsOf, peopleOf, type TestHolder, type TestMember } from '../../../test/wallet.ts';
import { decodeId } from '../../kernel/id.ts';

let bench: TestBench;
let till: Till;
let at: ReturnType<typeof mergingAt>;
let people: ReturnType<typeof peopleOf>;
let one: TestHolder;
let other: TestMember;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  bench.time.now = new Date('2026-03-10T10:00:00+08:00');
  till = await openTill(bench);
  at = mergingAt(bench, till);
  people = peopleOf(bench, till, '131');
  one = await people.holder();
  other = await people.member();
});
const later = (days: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + days * 86_400_000);
};
const merged = async (from: TestMember, into: TestMember) => {
  const reply = await at.merge(from, into);
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
};

test('what is shown before is what happens, to the cent: lots, points, cards and tags go over, and nothing is left', async () => {
  await at.scheme();
  const steps = [{ from: 10_000, bonus: 900 }];
  const body = { name: 'Gift', steps, instalments: 3, validity: { type: 'after', count: 90, unit: 'days' } };
  madeBy(await till.merchant.post('/v1/bonus-rules', body));
  await at.topUp(one, 10_000);
  await at.topUp(one, 500, { storeId: till.otherStoreId });
  await at.topUp(other, 10_000);
  await at.buy(one, 1_234);
  await at.buy(other, 300);
  await till.merchant.patch(`/v1/members/${one.id}`, { tags: ['vip', 'tea'], name: '张三' });
  await till.merchant.patch(`/v1/members/${other.id}`, { tags: ['tea'] });
  const before = { one: await at.balance(one), other: await at.balance(other) };
  const points = { one: await at.points(one), other: await at.points(other) };

  const shown = await at.preview(one, other);
  expect(shown.status, shown.text).toBe(200);
  expect(shown.body).toMatchObject({
    against: [],
    from: { balance: before.one, points: { usable: points.one.usable }, cards: 1, person: { name: '张三' } },
    into: { balance: before.other, cards: 0 },
    topUps: 2,
    cards: [{ id: one.card.id }],
  });
  expect(shown.body.lots.reduce((sum, lot) => sum + lot.balance, 0)).toBe(
    before.one.total + before.one.later,
  );
  const done = await merged(one, other);
  expect(done).toMatchObject({ id: one.id, mergedIntoId: other.id, topUps: 2, cards: 1 });
  expect(await at.balance(other)).toEqual(shown.body.after.balance);
  expect(await at.balance(other)).toEqual({
    principal: before.one.principal + before.other.principal,
    bonus: before.one.bonus + before.other.bonus,
    later: before.one.later + before.other.later,
    total: before.one.total + before.other.total,
  });
  expect(await at.points(other)).toMatchObject({ usable: points.one.usable + points.other.usable });
  expect((await till.merchant.get(`/v1/members/${other.id}`)).body).toMatchObject({ tags: ['tea', 'vip'] });
  expect((await cardsOf(other)).map(({ id }) => id)).toEqual([one.card.id]);
  const id = decodeId('mem', one.id);
  const left = await rowsOf(
    bench,
    `select 1 from ledger.account a where a.owner_id = $1 and a.purpose in ('wallet', 'points')
     and (a.balance <> 0 or a.state <> 'closed')`,
    [id],
  );
  expect(left).toEqual([]);
  await at.isWhole();
});

test('of who was merged an id is left that says where they went, their phone is out, and their number finds nobody', async () => {
  await merged(one, other);
  const gone = await till.merchant.get(`/v1/members/${one.id}`);
  expect([gone.status, gone.body]).toMatchObject([
    410,
    { code: 'member_merged', next: `Ask for ${other.id}.` },
  ]);
  expect((await till.merchant.get(`/v1/members/${one.id}/heir`)).body).toMatchObject({
    mergedIntoId: other.id,
  });
  expect((await till.merchant.get(`/v1/wallets/${one.id}`)).body.code).toBe('member_merged');
  expect((await till.merchant.get(`/v1/members/${other.id}/heir`)).body.code).toBe('member_not_merged');
  expect((await one.phone.get('/me')).body.code).toBe('not_signed_in');
  expect((await other.phone.get('/me')).status).toBe(200);
  const [row] = await rowsOf(
    bench,
    `select m.state, m.phone_hash, m.sealed_phone, m.sealed_name, m.sealed_birthday, m.sealed_fields, m.tags
     from members.member m where m.id = $1`,
    [decodeId('mem', one.id)],
  );
  expect(row).toEqual({
    ...{ state: 'merged', phone_hash: null, sealed_phone: null, sealed_name: null },
    ...{ sealed_birthday: null, sealed_fields: null, tags: [] },
  });
  await bench.runJobs('members.tellLeftNumbers');
  await bench.runJobs('notices.send');
  type Notice = { event: string; memberId: string };
  const { body } = await till.merchant.get<{ items: Notice[] }>('/v1/notices');
  const told = body.items.filter(({ event }) => event === 'member_merged');
  expect(told.map(({ memberId }) => memberId)).toEqual([one.id]);
});

test('the old number is anybody’s: who signs in by it is somebody new, and the merged one is not found by it', async () => {
  const phone = '13100000001';
  await merged(one, other);
  const found = await till.merchant.get<{ items: unknown[] }>(`/v1/members?phone=${phone}`);
  expect(found.body.items).toEqual([]);
  later(1);
  expect((await one.phone.post('/sign-in', { phone })).status).toBe(202);
  const code = await lastCode(bench, till.merchant);
  const entered = await one.phone.post('/sessions', { phone, code, consent: { textVersion: 1 } });
  expect(entered.status, entered.text).toBe(201);
  expect([one.id, other.id]).not.toContain(entered.body.id);
});

test('a top-up goes back to who paid it, as much as was left of that very one, also after it has gone over twice', async () => {
  const third = await people.member();
  const mine = (
    await at.topUp(one, 5_000, { payment: { tender: 'bank_card', amount: 5_000, reference: 'C' } })
  ).body;
  // The newer one would be told to have it, were the two on one lot.
  later(1);
  const theirs = (await at.topUp(other, 8_000)).body;
  await at.buy(one, 1_000);
  await at.buy(other, 8_000);
  await merged(one, other);
  await merged(other, third);
  expect(await at.quotes(third)).toMatchObject([
    { topUpId: mine.id, refund: 4_000, principal: 4_000, tender: 'bank_card' },
  ]);
  expect((await at.refundTopUp(theirs.id, 4_000)).body.code).toBe('top_up_used_up');
  expect((await at.refundTopUp(mine.id, 4_000)).body.code).toBe('payer_mismatch');
  const back = await at.refundTopUp(mine.id, 4_000, 'bank_card');
  expect(back.status, back.text).toBe(201);
  expect(await at.balance(third)).toMatchObject({ total: 0 });
  await at.isWhole();
});

test('a purchase from before is refunded to the one who stays: each lot as it paid, points and settlement with it', async () => {
  await at.scheme();
  madeBy(
    await till.merchant.post('/v1/bonus-rules', {
      name: 'Gift',
      steps: [{ from: 4_000, bonus: 1_000 }],
      validity: { type: 'after', count: 10, unit: 'days' },
    }),
  );
  await at.topUp(one, 4_000);
  const bought = madeBy(await at.buy(one, 4_500));
  const third = await people.member();
  await merged(one, other);
  await merged(other, third);
  const half = await at.refundPurchase(bought, 2_250);
  expect(half.status, half.text).toBe(201);
  expect(half.body.pointsTaken).toBe(17);
  expect(await at.balance(third)).toMatchObject({ principal: 2_750, bonus: 0 });
  expect((await at.refundPurchase(bought, 2_250)).status).toBe(201);
  expect(await at.balance(third)).toMatchObject({ principal: 4_000, bonus: 1_000 });
  expect(await at.points(third)).toMatchObject({ usable: 0, owed: 0 });
  expect(await till.total('clearing', till.storeId)).toBe(0);
  expect((await at.refundPurchase(bought, 1)).body).toMatchObject({ code: 'refund_exceeds_purchase' });
  later(11);
  await bench.runJobs('wallets.lapse');
  expect(await at.balance(third)).toMatchObject({ principal: 4_000, bonus: 0 });
  expect(await till.total('breakage')).toBe(1_000);
  await at.isWhole();
});

test('no lot ends later or is released sooner for having gone over', async () => {
  madeBy(
    await till.merchant.post('/v1/bonus-rules', {
      name: 'Parts',
      steps: [{ from: 1_000, bonus: 300 }],
      instalments: 3,
      validity: { type: 'after', count: 20, unit: 'days' },
    }),
  );
  await at.topUp(one, 1_000);
  const lots = async ({ id }: TestMember) =>
    (await till.merchant.get<{ lots: Record<string, unknown>[] }>(`/v1/wallets/${id}`)).body.lots
      .map((lot) => JSON.stringify(lot))
      .toSorted();
  const before = await lots(one);
  await merged(one, other);
  expect(await lots(other)).toEqual(before);
  expect(await at.balance(other)).toMatchObject({ principal: 1_000, bonus: 100, later: 200 });
  later(15);
  expect((await at.buy(other, 1_101)).body).toMatchObject({ code: 'insufficient_balance' });
  expect((await at.buy(other, 1_100)).status).toBe(201);
});

test('points go over with their end and their wait; what one owes the other pays', async () => {
  await at.scheme({ pendingDays: 7, ends: { with: 'year', later: 0 } });
  await at.topUp(one, 100_000);
  await at.topUp(other, 100_000);
  const spent = madeBy(await at.buy(one, 10_000));
  await at.buy(other, 6_000);
  later(8);
  const paying = { tenders: [{ kind: 'points', points: 100 }], lines: [{ name: 'Tea', price: 50 }] };
  expect((await at.buy(one, 50, paying)).status).toBe(201);
  expect((await at.refundPurchase(spent, 10_000)).status).toBe(201);
  expect(await at.points(one)).toMatchObject({ usable: 0, owed: 100 });
  await at.buy(other, 2_500);
  expect(await at.points(other)).toMatchObject({ usable: 60, pending: 25 });
  const shown = (await at.preview(one, other)).body;
  expect(shown.after.points).toEqual({ usable: 0, pending: 0, owed: 15 });
  await merged(one, other);
  expect(await at.points(other)).toMatchObject({ usable: 0, pending: 0, owed: 15 });
  await at.isWhole();
});

test('what has not ended forbids it, and each is named: gift in a store, card on offer, complaint; themself; who is not there', async () => {
  const reasons = async () => (await at.preview(one, other)).body.against.map(({ what }) => what);
  const offered = await one.phone.post<{ id: string }>(`/cards/${one.card.id}/gift`, {});
  expect(offered.status, offered.text).toBe(201);
  expect((await one.phone.post('/complaints', { text: '茶凉了' })).status).toBe(201);
  expect(await reasons()).toEqual(['offer', 'complaint']);
  await till.refuses('member_has_open', () => at.merge(one, other));
  const into = await at.merge(other, one);
  expect(into.status, 'what is open of who stays is in nobody’s way').toBe(200);
  await till.refuses('merge_with_self', () => at.merge(one, one), { field: 'intoId' });
  await till.refuses('member_merged', () => at.merge(other, one));
  await till.refuses('member_merged', () => at.merge(one, other), { field: 'intoId' });
  const elsewhere = await openTill(bench);
  const stranger = await peopleOf(bench, elsewhere, '132').member();
  await till.refuses('member_not_found', () => at.merge(one, stranger), { field: 'intoId' });
  await till.merchant.post(`/v1/members/${one.id}/erase`, { reason: 'requested' });
  const third = await people.member();
  await till.refuses('member_not_found', () => at.merge(one, third));
});

test('only who may merge may look or merge, and the answer to a repeated request is the same', async () => {
  const clerk = await till.key({ kind: 'secret', role: 'clerk' });
  expect((await at.merge(one, other, undefined, clerk)).body).toMatchObject({ code: 'permission_denied' });
  await at.topUp(one, 700);
  const first = await at.merge(one, other, 'once');
  expect(first.body).toMatchObject({ principal: 700 });
  expect((await at.merge(one, other, 'once')).text).toBe(first.text);
  const reused = await at.merge(one, await people.member(), 'once');
  expect(reused.body).toMatchObject({ code: 'idempotency_key_reused' });
  expect(await at.balance(other)).toMatchObject({ total: 700 });
});

test('who has more than a second person can read is not merged, and the other way round they are', async () => {
  const all = await Promise.all(Array.from({ length: 500 }, () => at.topUp(one, 100)));
  expect(all.every(({ status }) => status === 201)).toBe(true);
  await till.refuses('merge_too_large', () => at.merge(one, other));
  expect((await at.merge(other, one)).status).toBe(200);
});

test('who stays sees what both did, as one, with what was on the wallet after each; what went from one to the other is no entry', async () => {
  await at.scheme();
  await at.topUp(one, 1_000);
  later(1);
  await at.topUp(other, 500);
  later(1);
  await at.buy(one, 300);
  await merged(one, other);
  await at.buy(other, 900);
  type Entry = { type: string; balanceAfter: number; points: number };
  const { body } = await till.merchant.get<{ items: Entry[] }>(`/v1/wallets/${other.id}/history`);
  expect(body.items.map(({ type, balanceAfter }) => [type, balanceAfter])).toEqual([
    ['purchase.made', 300],
    ['purchase.made', 1_200],
    ['wallet.topped_up', 1_500],
    ['wallet.topped_up', 1_000],
  ]);
  const own = await other.phone.get<{ items: Entry[] }>('/stored-value/history');
  expect(own.body.items?.map(({ balanceAfter }) => balanceAfter)).toEqual([300, 1_200, 1_500, 1_000]);
  const points = await till.merchant.get<{ items: Entry[] }>(`/v1/members/${other.id}/points/history`);
  expect(points.body.items.map((entry) => entry.points)).toEqual([9, 3]);
});
