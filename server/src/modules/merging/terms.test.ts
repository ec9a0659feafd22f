import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hire } from '../../../test/desk.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { mergingAt } from '../../../test/merging.ts';
import { madeBy, openTill, type Till } from '../../../test/till.ts';
import { codeOf, type Shown, send, type Waits } from '../../../test/twoOwners.ts';
import { peopleOf, type TestMember } from '../../../test/wallet.ts';

// Memberships and tiers of two who are one, and the second person who looks at it first.

let bench: TestBench;
let till: Till;
let at: ReturnType<typeof mergingAt>;
let one: TestMember;
let other: TestMember;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  bench.time.now = new Date('2026-01-01T10:00:00+08:00');
  till = await openTill(bench);
  at = mergingAt(bench, till);
  const people = peopleOf(bench, till, '133');
  [one, other] = [await people.member(), await people.member()];
});
const goTo = (day: string) => {
  bench.time.now = new Date(`${day}T10:00:00+08:00`);
};

type Joined = { readonly id: string; readonly lastDay: string };
type Overview = {
  readonly membership: { readonly id: string; readonly state: string; readonly lastDay: string } | null;
  readonly tier: { readonly id: string } | null;
  readonly refund: number | null;
  readonly visits: number;
};
const overview = async ({ id }: TestMember) =>
  (await till.merchant.get<Overview>(`/v1/members/${id}/membership`)).body;
const plan = async (more: object = {}) =>
  madeBy(
    await till.merchant.post('/v1/membership-plans', {
      name: { zh: '卡', en: 'Card' },
      span: { count: 100, unit: 'days' },
      price: 10_000,
      discount: { ppm: 100_000 },
      pauseDaysMax: 30,
      ...more,
    }),
  );
async function join({ id }: TestMember, planId: string, amount = 10_000): Promise<Joined> {
  const payment = { tender: 'cash', amount, reference: 'J' };
  const body = { memberId: id, planId, storeId: till.storeId, payment };
  const made = await till.merchant.post<Joined>('/v1/memberships', body);
  expect(made.status, made.text).toBe(201);
  return made.body;
}
const merged = async () => {
  const reply = await at.merge(one, other);
  expect(reply.status, reply.text).toBe(200);
};

test('of two that run the later one stays, and the days and the money that are left of the other follow behind it', async () => {
  const card = await plan();
  await join(one, card);
  goTo('2026-02-10');
  await join(other, card);
  goTo('2026-03-02');
  const left = { one: (await overview(one)).refund ?? 0, other: (await overview(other)).refund ?? 0 };
  const shown = (await at.preview(one, other)).body;
  expect(shown.after).toMatchObject({ membershipDays: 40, membership: { lastDay: '2026-06-30' } });
  await merged();
  const after = await overview(other);
  expect(after.membership).toMatchObject({ state: 'active', lastDay: '2026-06-30' });
  expect(after.refund).toBe(left.one + left.other);
  goTo('2026-06-30');
  expect((await overview(other)).membership).toMatchObject({ state: 'active' });
  goTo('2026-07-01');
  expect((await overview(other)).membership).not.toMatchObject({ state: 'active' });
});

test('the one membership there is goes over as it is, also behind a newer one that is over', async () => {
  const card = await plan();
  const week = await plan({ span: { count: 7, unit: 'days' }, price: 700 });
  const long = await join(one, card);
  goTo('2026-01-05');
  await join(other, week, 700);
  goTo('2026-01-20');
  await merged();
  expect((await overview(other)).membership).toMatchObject({
    id: long.id,
    state: 'active',
    lastDay: long.lastDay,
  });
});

test('what wallets paid for a membership goes back to their lots after the merge, whoever of the two they were, to the cent', async () => {
  const card = await plan();
  await at.topUp(one, 10_000);
  await at.topUp(other, 10_000);
  const paid = async ({ id }: TestMember) => {
    const payment = { tender: 'wallet', amount: 10_000 };
    const body = { memberId: id, planId: card, storeId: till.otherStoreId, payment };
    const made = await till.merchant.post<Joined>('/v1/memberships', body);
    expect(made.status, made.text).toBe(201);
  };
  await paid(one);
  goTo('2026-02-10');
  await paid(other);
  goTo('2026-03-02');
  await merged();
  expect(await at.balance(other)).toMatchObject({ total: 0 });
  const { membership, refund } = await overview(other);
  const path = `/v1/memberships/${membership?.id}/cancel`;
  const cancel = { storeId: till.otherStoreId, reason: 'leaves', refund: 'unused' };
  const done = await till.merchant.post<{ refundedToWallet: number }>(path, cancel);
  expect(done.status, done.text).toBe(200);
  expect(done.body.refundedToWallet).toBe(refund);
  expect(await at.balance(other)).toMatchObject({ principal: refund ?? 0, total: refund ?? 0 });
  expect(await till.total('wallet')).toBe(refund);
  expect((await at.quotes(other)).reduce((sum, quote) => sum + quote.refund, 0)).toBe(refund);
  await at.isWhole();
});

test('two that are not of one kind do not become one, nor one that is paused; what was cancelled is in nobody’s way', async () => {
  const [card, dear] = [await plan(), await plan({ price: 90_000 })];
  const cheap = await join(one, card);
  await join(other, dear, 90_000);
  const refused = await till.refuses('memberships_unlike', () => at.merge(one, other));
  expect(refused.body.next).toContain('Cancel one');
  const verb = (id: string, word: string, body: object) =>
    till.merchant.post(`/v1/memberships/${id}/${word}`, { storeId: till.storeId, ...body });
  const payment = { tender: 'cash', amount: 10_000, reference: 'C' };
  expect((await verb(cheap.id, 'cancel', { reason: 'twice', refund: 'unused', payment })).status).toBe(200);
  await merged();
  expect((await overview(other)).membership).toMatchObject({ state: 'active' });
  const people = peopleOf(bench, till, '134');
  [one, other] = [await people.member(), await people.member()];
  const paused = await join(one, card);
  await join(other, card);
  expect((await verb(paused.id, 'pause', { days: 5 })).status).toBe(200);
  expect((await at.merge(one, other)).body).toMatchObject({ code: 'memberships_unlike' });
});

test('what both have spent counts together: a tier may be reached by it, and no visit is lost or counted twice', async () => {
  const tier = (code: string, spend: number) => ({
    code,
    name: { zh: code, en: code },
    discount: { ppm: 0 },
    entry: { spend },
  });
  const body = { period: { count: 1, unit: 'years' }, tiers: [tier('silver', 1_000), tier('gold', 3_000)] };
  expect((await till.merchant.post('/v1/membership-tiers', body)).status).toBe(201);
  await at.topUp(one, 10_000);
  await at.topUp(other, 10_000);
  await at.buy(one, 1_800);
  await at.buy(other, 900);
  await at.buy(other, 400);
  expect((await at.preview(one, other)).body).toMatchObject({
    from: { tier: 'silver' },
    into: { tier: 'silver' },
    after: { tier: 'gold' },
  });
  await merged();
  expect(await overview(other)).toMatchObject({ tier: { id: 'gold' }, visits: 3 });
});

test('a second person is shown all of it, without a word that names anybody, and approves exactly that', async () => {
  await at.topUp(one, 1_200);
  await at.topUp(other, 800);
  await till.merchant.patch(`/v1/members/${one.id}`, {
    name: '王小明',
    tags: ['熟客'],
    birthday: '1990-05-17',
  });
  const alice = await hire(bench, till.merchant, { role: 'owner' });
  const bob = await hire(bench, alice.browser, { role: 'owner' });
  const path = `/v1/members/${one.id}/merge`;
  const body = { intoId: other.id, reason: 'enrolled_twice' };
  const asked = await send<Waits>(alice.browser, path, body, 'merge');
  expect([asked.status, asked.body.approval?.kind]).toEqual([202, 'merge']);
  const { id } = asked.body.approval;
  const read = async () => (await bob.browser.get<Shown>(`/v1/approvals/${id}`)).body;
  const approve = (by: typeof bob, revision: number) =>
    send(by.browser, `/v1/approvals/${id}/approve`, { revision });
  const first = await read();
  expect(first.diff.facts).toMatchObject([
    { type: 'member.merged', amount: 1_200, details: { fromId: one.id, principal: 1_200, bonus: 0 } },
    { type: 'member.merged_away', details: { intoId: other.id } },
  ]);
  const text = JSON.stringify(first.diff);
  for (const secret of ['王小明', '熟客', 'phoneHash', 'birthdayHash']) expect(text).not.toContain(secret);
  const record = first.diff.changes.find(({ what }) => what === 'member');
  expect(record).toMatchObject({
    before: { state: 'active' },
    after: { state: 'merged', mergedInto: other.id },
  });
  expect(codeOf(await approve(alice, 1))).toBe('approval_own');

  await at.topUp(one, 300);
  expect(codeOf(await approve(bob, 1))).toBe('approval_outdated');
  const again = await read();
  expect([again.revision, again.diff.facts[0]?.amount]).toEqual([2, 1_500]);
  expect(await at.balance(one)).toMatchObject({ total: 1_500 });
  const done = await approve(bob, 2);
  expect(done.status, done.text).toBe(200);
  expect(await at.balance(other)).toMatchObject({ total: 2_300 });
  expect(codeOf(await approve(bob, 2))).toBe('approval_not_pending');
  const retried = await send(alice.browser, path, body, 'merge');
  expect([retried.status, JSON.parse(retried.text)]).toMatchObject([200, { mergedIntoId: other.id }]);
  await at.isWhole();
});
