import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hire } from '../../../test/desk.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { mergingAt } from '../../../test/merging.ts';
import { pointsTill } from '../../../test/points.ts';
import { madeBy, openTill, type Till } from '../../../test/till.ts';
import { send, type Waits } from '../../../test/twoOwners.ts';
import { peopleOf, type TestMember } from '../../../test/wallet.ts';
import { decodeId } from '../../kernel/id.ts';
import { partsOf, poolOf } from './dividend.ts';

let bench: TestBench;
let till: Till;
let members: TestMember[];
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  bench.time.now = new Date('2027-03-10T02:00:00Z');
  till = await openTill(bench);
  const people = peopleOf(bench, till, '134');
  members = [await people.member(), await people.member(), await people.member()];
  bench.time.now = new Date('2027-04-02T02:00:00Z');
});

type Dividend = {
  state: string;
  base: number;
  pool: number;
  members: number;
  paid: number;
  paidMembers: number;
};
type Share = { memberId: string; weight: number; amount: number; state: string };
const march = { name: '三月分红', firstDay: '2027-03-01', lastDay: '2027-03-31' };
const make = (more: object, key?: string) => till.merchant.post('/v1/dividends', { ...march, ...more }, key);
const counted = async (more: object) => {
  const id = madeBy(await make(more));
  await bench.runJobs('dividends.count');
  return id;
};
const read = async (id: string) => (await till.merchant.get<Dividend>(`/v1/dividends/${id}`)).body;
const shares = async (id: string) =>
  (await till.merchant.get<{ items: Share[] }>(`/v1/dividends/${id}/shares`)).body.items.toSorted(
    (a, b) => a.amount - b.amount,
  );
const equal = { source: { kind: 'sum', amount: 10_000 }, weighing: { by: 'equal' } };
const fail = (): never => {
  throw new Error('nobody');
};
const verb = (id: string, word: string) => till.merchant.post(`/v1/dividends/${id}/${word}`, {});

test('shares sum to the pool to the last unit, each its exact part rounded up or down, whatever the weights', () => {
  const weights = fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(weights, fc.bigInt({ min: 1n, max: 10n ** 13n }), (all, pool) => {
      const parts = partsOf(
        pool,
        all.map((weight, n) => ({ memberId: String(n), weight })),
      );
      const total = all.reduce((sum, weight) => sum + weight, 0n);
      expect(parts.reduce((sum, { amount }) => sum + amount, 0n)).toBe(pool);
      for (const { weight, amount } of parts) {
        expect(amount * total).toBeGreaterThan(pool * weight - total);
        expect(amount * total).toBeLessThan(pool * weight + total);
      }
    }),
  );
  expect(poolOf({ kind: 'profit', profit: 1, ppm: 333_333 }, 1_000_001n)).toBe(333_333n);
});

test('a dividend is counted to the cent before anybody gets anything, and credited as it was counted', async () => {
  const id = await counted(equal);
  expect(await read(id)).toMatchObject({ state: 'counted', pool: 10_000, members: 3, paid: 0 });
  const preview = await shares(id);
  expect(preview.map(({ amount }) => amount).toSorted((a, b) => a - b)).toEqual([3_333, 3_333, 3_334]);
  expect(await till.total('wallet')).toBe(0);
  expect((await verb(id, 'approve')).body).toMatchObject({ state: 'approved' });
  await bench.runJobs('dividends.pay');
  await bench.runJobs('dividends.pay');
  expect(await read(id)).toMatchObject({ state: 'paid', paid: 10_000, paidMembers: 3 });
  expect(await till.total('wallet')).toBe(10_000);
  expect((await shares(id)).map(({ amount, state }) => [amount, state])).toEqual(
    preview.map(({ amount }) => [amount, 'paid']),
  );
  await till.refuses('dividend_decided', () => verb(id, 'approve'));
  await till.refuses('dividend_decided', () => verb(id, 'cancel'));
});

test('a second person approves what they were shown; who asked cannot', async () => {
  const alice = await hire(bench, till.merchant, { role: 'owner' });
  const bob = await hire(bench, alice.browser, { role: 'finance' });
  const id = await counted(equal);
  const waits = await send<Waits>(alice.browser, `/v1/dividends/${id}/approve`, {});
  expect(waits.body.approval).toMatchObject({ kind: 'dividend', state: 'pending' });
  await bench.runJobs('dividends.pay');
  expect(await read(id)).toMatchObject({ state: 'counted', paid: 0 });
  const decide = (by: typeof alice) =>
    send(by.browser, `/v1/approvals/${waits.body.approval.id}/approve`, { revision: 1 });
  expect((await decide(alice)).body).toMatchObject({ code: 'approval_own' });
  const done = await decide(bob);
  expect(done.body, done.text).toMatchObject({ result: { state: 'approved', pool: 10_000 } });
  await bench.runJobs('dividends.pay');
  expect(await till.total('wallet')).toBe(10_000);
});

test('who may see dividends and not members is told shares by id, in the list and in the file, and never a name or number', async () => {
  const phone = '13812345678';
  const consent = { textVersion: 1 };
  bench.time.now = new Date('2027-03-10T02:00:00Z');
  madeBy(await till.merchant.post('/v1/members', { phone, name: '欧阳琳琅', consent }));
  bench.time.now = new Date('2027-04-02T02:00:00Z');
  const id = await counted(equal);
  const asFinance = await till.key({ role: 'finance' });
  const listed = await asFinance.get<{ items: Share[] }>(`/v1/dividends/${id}/shares`);
  expect(listed.body.items).toHaveLength(4);
  for (const share of listed.body.items)
    expect(Object.keys(share).sort()).toEqual(['amount', 'memberId', 'state', 'weight']);
  const list = '/v1/dividends/{id}/shares';
  const file = await asFinance.post('/v1/exports/lists', { list, params: { id } });
  expect(file.status, file.text).toBe(200);
  expect(file.text.trim().split('\n')).toHaveLength(5);
  for (const { text } of [listed, file])
    for (const secret of ['欧阳', '5678']) expect(text).not.toContain(secret);
  const ids = listed.body.items.map(({ memberId }) => memberId).join(',');
  expect((await asFinance.get(`/v1/members?ids=${ids}`)).body.code).toBe('permission_denied');
  const named = await till.merchant.get<{ items: { name: string | null }[] }>(`/v1/members?ids=${ids}`);
  expect(named.body.items.map(({ name }) => name)).toContain('欧阳琳琅');
});

test('a part of what stores took, by points that were earned in the period and no other', async () => {
  bench.time.now = new Date('2027-03-20T02:00:00Z');
  await till.merchant.post('/v1/points-schemes', { earn: { points: 1, amount: 100 } });
  const checkout = pointsTill(bench, till.merchant.id);
  const [one, two, three] = members.map(({ id }) => decodeId('mem', id) ?? '');
  const buy = (memberId = '', paid = 0n) =>
    checkout.buy({ memberId, storeId: decodeId('store', till.storeId) ?? '', paid });
  await buy(one, 10_000n);
  await buy(two, 20_000n);
  await buy(three, 900n);
  await till.pay(await till.card(100_000), 50_000);
  bench.time.now = new Date('2027-03-31T16:00:00Z');
  await buy(three, 90_000n);
  await till.pay(await till.card(100_000), 70_000);
  bench.time.now = new Date('2027-04-02T02:00:00Z');
  const id = await counted({
    source: { kind: 'sales', ppm: 100_000 },
    weighing: { by: 'points_earned', least: 10 },
  });
  expect(await read(id)).toMatchObject({ base: 50_000, pool: 5_000, members: 2 });
  expect((await shares(id)).map(({ weight, amount }) => [weight, amount])).toEqual([
    [100, 1_667],
    [200, 3_333],
  ]);
});

test('what was done under a record that was merged since weighs for who stands for it, down a chain of them', async () => {
  bench.time.now = new Date('2027-03-20T02:00:00Z');
  const at = mergingAt(bench, till);
  const spent = [300, 500, 200];
  for (const [n, amount] of spent.entries()) {
    const member = members[n] ?? fail();
    expect((await at.topUp(member, 1_000)).status).toBe(201);
    expect((await at.buy(member, amount)).status).toBe(201);
  }
  bench.time.now = new Date('2027-04-02T02:00:00Z');
  const late = await peopleOf(bench, till, '133').member();
  const [one = fail(), other = fail(), third = fail()] = members;
  for (const [from, into] of [
    [one, other],
    [other, late],
  ] as const) {
    expect((await at.merge(from, into)).status).toBe(200);
  }
  const source = { kind: 'sum', amount: 1_000 };
  const id = await counted({ source, weighing: { by: 'wallet_spend' } });
  expect(await shares(id)).toMatchObject([
    { memberId: third.id, weight: 200, amount: 200 },
    { memberId: late.id, weight: 800, amount: 800 },
  ]);
  expect(await shares(await counted(equal))).toMatchObject([
    { memberId: expect.any(String), weight: 1, amount: 5_000 },
    { weight: 1, amount: 5_000 },
  ]);
});

test('what could not be spent any more is not approved, and not credited where that day came meanwhile', async () => {
  const lastUsable = { lastUsableDay: '2027-04-05' };
  const [late, early] = [
    await counted({ ...equal, ...lastUsable }),
    await counted({ ...equal, ...lastUsable }),
  ];
  expect((await verb(early, 'approve')).status).toBe(200);
  bench.time.now = new Date('2027-04-06T02:00:00Z');
  await till.refuses('dividend_over', () => verb(late, 'approve'));
  await bench.runJobs('dividends.pay');
  expect(await read(early)).toMatchObject({ state: 'paid', paid: 0, paidMembers: 3 });
  expect(new Set((await shares(early)).map(({ state }) => state))).toEqual(new Set(['skipped']));
});

test('weights that are given are a member’s own, and who was erased before it is credited is passed over', async () => {
  const given = members.slice(0, 2).map(({ id }, n) => ({ memberId: id, weight: n + 1 }));
  const id = await counted({
    source: { kind: 'profit', profit: 30_000, ppm: 100_000 },
    weighing: { by: 'given', given },
    lastUsableDay: '2027-12-31',
  });
  expect((await shares(id)).map(({ amount }) => amount)).toEqual([1_000, 2_000]);
  await verb(id, 'approve');
  const [first] = members;
  const erased = await till.merchant.post(`/v1/members/${first?.id}/erase`, { reason: 'requested' });
  expect(erased.status, erased.text).toBeLessThan(300);
  await bench.runJobs('dividends.pay');
  expect(await read(id)).toMatchObject({ state: 'paid', paid: 2_000, paidMembers: 2 });
  expect((await shares(id)).map(({ state }) => state)).toEqual(['skipped', 'paid']);
});

test('what cannot be: an open period, nobody, somebody who is not there, a second decision', async () => {
  await till.refuses('dividend_period_open', () => make({ ...equal, lastDay: '2027-04-02' }));
  await till.refuses('member_not_found', () =>
    make({
      ...equal,
      weighing: { by: 'given', given: [{ memberId: 'mem_01jd3v0000e008000000000zyd', weight: 1 }] },
    }),
  );
  const early = madeBy(await make(equal));
  await till.refuses('dividend_counting', () => verb(early, 'approve'));
  const nobody = await counted({ ...equal, weighing: { by: 'wallet_spend' } });
  await till.refuses('dividend_empty', () => verb(nobody, 'approve'));
  expect((await verb(nobody, 'cancel')).body).toMatchObject({ state: 'cancelled' });
  await till.refuses('dividend_not_found', () => verb('div_01jd3v0000e008000000000zyd', 'approve'));
  const once = await make(equal, 'same');
  expect((await make(equal, 'same')).body).toEqual(once.body);
});

test('of twenty who approve at once one does, and each share is credited once', async () => {
  const id = await counted(equal);
  const replies = await Promise.all(Array.from({ length: 20 }, () => verb(id, 'approve')));
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  await Promise.all([1, 2, 3].map(() => bench.runJobs('dividends.pay')));
  expect(await till.total('wallet')).toBe(10_000);
});
