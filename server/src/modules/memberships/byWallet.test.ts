import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { madeBy, openTill, type Till } from '../../../test/till.ts';
import { peopleOf, type TestMember } from '../../../test/wallet.ts';

let bench: TestBench;
let till: Till;
let member: TestMember;
let plan: string;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  bench.time.now = new Date('2026-03-01T10:00:00+08:00');
  till = await openTill(bench);
  member = await peopleOf(bench, till, '136').member();
  plan = await planOf(3_000);
});

type Money = { principal: number; bonus: number; total: number };
type Membership = {
  id: string;
  lastDay: string;
  balance: Money | null;
  refunded: number;
  refundedToWallet: number;
};

async function planOf(price: number, more: object = {}): Promise<string> {
  const name = { zh: '月卡', en: 'Month card' };
  const span = { count: 30, unit: 'days' };
  const body = { name, span, price, discount: { ppm: 0 }, ...more };
  return madeBy(await till.merchant.post('/v1/membership-plans', body));
}
let count = 0;
const byWallet = (amount: number, more: object = {}) => ({ tender: 'wallet', amount, ...more });
const byCash = (amount: number) => ({ tender: 'cash', amount, reference: `M${++count}` });

/** Money put on the member's wallet at the first store, with so much on top. */
async function loaded(principal: number, bonus = 0): Promise<void> {
  if (bonus > 0) {
    const steps = [{ from: principal, bonus }];
    madeBy(await till.merchant.post('/v1/bonus-rules', { name: 'Gift', steps }));
  }
  const body = { memberId: member.id, storeId: till.storeId, amount: principal, payment: byCash(principal) };
  madeBy(await till.merchant.post('/v1/wallet-top-ups', body));
}
const join = (payment: object, more: object = {}, key?: string) =>
  till.merchant.post<Membership>(
    '/v1/memberships',
    { memberId: member.id, planId: plan, storeId: till.otherStoreId, payment, ...more },
    key,
  );
async function joined(payment: object, more: object = {}): Promise<Membership> {
  const made = await join(payment, more);
  expect(made.status, made.text).toBe(201);
  return made.body;
}
const does = ({ id }: Pick<Membership, 'id'>, verb: string, body: object, key?: string) =>
  till.merchant.post<Membership>(
    `/v1/memberships/${id}/${verb}`,
    { storeId: till.otherStoreId, ...body },
    key,
  );
async function did(one: Membership, verb: string, body: object): Promise<Membership> {
  const done = await does(one, verb, body);
  expect(done.status, done.text).toBe(200);
  return done.body;
}
const cancel = (one: Membership, payment?: object, more: object = {}) =>
  does(one, 'cancel', { reason: 'moves away', refund: 'unused', payment, ...more });
const wallet = async () =>
  (await till.merchant.get<{ balance: Money }>(`/v1/wallets/${member.id}`)).body.balance;
async function owed(storeId: string): Promise<number> {
  const { body } = await till.merchant.get<{ counterparts: { net: number }[] }>(
    `/v1/stores/${storeId}/settlement`,
  );
  return body.counterparts.reduce((sum, { net }) => sum + net, 0);
}
const later = (days: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + days * 86_400_000);
};
const fees = (storeId = till.otherStoreId) => till.total('membership_fee', storeId);

test('a membership is joined, renewed and upgraded out of a wallet: by its policy, as a fee, and who sold the value owes it', async () => {
  await loaded(20_000, 1_000);
  await till.merchant.patch('/v1/wallet-policy', { spendingOrder: 'bonus_first' });
  const card = await joined(byWallet(3_000));
  expect(card.balance).toMatchObject({ bonus: 0, principal: 18_000 });
  const renewed = await did(card, 'renew', { payment: byWallet(3_000) });
  expect(renewed).toMatchObject({ lastDay: '2026-04-30', balance: { principal: 15_000 } });
  const year = await planOf(10_000);
  const { body } = await till.merchant.get<{ upgrades: { due: number }[] }>(
    `/v1/members/${member.id}/membership`,
  );
  const due = body.upgrades[0]?.due ?? 0;
  await did(card, 'upgrade', { planId: year, payment: byWallet(due) });
  expect(await wallet()).toMatchObject({ bonus: 0, principal: 15_000 - due });
  expect(await fees()).toBe(6_000 + due);
  expect(await till.total('tender', till.otherStoreId)).toBe(0);
  expect(await till.total('revenue', till.otherStoreId)).toBe(0);
  expect([await owed(till.otherStoreId), await owed(till.storeId)]).toEqual([6_000 + due, -6_000 - due]);
  const { body: history } = await till.merchant.get<{ items: { type: string }[] }>(
    `/v1/wallets/${member.id}/history`,
  );
  expect(history.items.map(({ type }) => type)).toEqual([
    'membership.upgraded',
    'membership.renewed',
    'membership.joined',
    'wallet.topped_up',
  ]);
});

test('a fee out of a wallet earns no points, is no sale, and is spent value in the roll-forward', async () => {
  madeBy(await till.merchant.post('/v1/points-schemes', { earn: { points: 1, amount: 100 } }));
  await loaded(5_000);
  await joined(byWallet(3_000), { storeId: till.storeId });
  expect((await till.merchant.get(`/v1/members/${member.id}/points`)).body).toMatchObject({ usable: 0 });
  later(1);
  const { body } = await till.merchant.get<{ items: Record<string, unknown>[] }>(
    '/v1/reports/liability-roll-forward?from=2026-03-01&until=2026-03-02',
  );
  expect(body.items).toMatchObject([{ instrument: 'wallet', loaded: 5_000, spent: 3_000, closing: 2_000 }]);
});

test('too little, another sum, or a code or reference where none belongs is refused, and leaves nothing', async () => {
  await loaded(2_999);
  await till.refuses('insufficient_balance', () => join(byWallet(3_000)), { field: 'payment.amount' });
  await till.refuses('payment_mismatch', () => join(byWallet(2_999)), { field: 'payment.amount' });
  await till.refuses('invalid_request', () => join({ tender: 'cash', amount: 3_000 }), {
    field: 'payment.reference',
  });
  await till.refuses('invalid_request', () => join({ ...byCash(3_000), code: 'P1' }), {
    field: 'payment.code',
  });
  const person = { phone: '13712345678', consent: { textVersion: 1 } };
  await till.refuses('member_required', () => join(byWallet(3_000), { memberId: undefined, member: person }));
  await till.refuses('membership_plan_not_found', () =>
    join(byWallet(3_000), { planId: plan.replace(/.{5}$/, '00000') }),
  );
});

test('above the limit of the house a fee is paid only with the member’s code, and what is left is told only with it', async () => {
  await loaded(9_000);
  await till.merchant.patch('/v1/wallet-policy', { codeAbove: 2_000 });
  await till.refuses('member_code_required', () => join(byWallet(3_000)), { field: 'payment.code' });
  const { code } = (await member.phone.post<{ code: string }>('/member-code')).body;
  const card = await joined(byWallet(3_000, { code }));
  expect(card.balance).toMatchObject({ total: 6_000 });
  await till.refuses('payment_code_used', () => does(card, 'renew', { payment: byWallet(3_000, { code }) }));
  const cheap = await planOf(1_000);
  await did(card, 'cancel', { reason: 'r', refund: 'nothing' });
  expect((await joined(byWallet(1_000), { planId: cheap })).balance).toBeNull();
});

test('of a hundred renewals at once the wallet pays as many as it holds; the same key has one effect', async () => {
  await loaded(9_500);
  const card = await joined(byWallet(3_000));
  const many = await Promise.all(
    Array.from({ length: 100 }, () => does(card, 'renew', { payment: byWallet(3_000) })),
  );
  expect(many.filter(({ status }) => status === 200)).toHaveLength(2);
  expect(many.filter(({ body }) => 'code' in body && body.code === 'insufficient_balance')).toHaveLength(98);
  expect(await wallet()).toMatchObject({ total: 500 });
  await loaded(3_000);
  const body = { payment: byWallet(3_000) };
  const [one, other] = await Promise.all([does(card, 'renew', body, 'k'), does(card, 'renew', body, 'k')]);
  expect(one?.text).toBe(other?.text);
  expect(await wallet()).toMatchObject({ total: 500 });
});

test('given back, a fee goes to the lots that it came from, bonus to bonus, and nobody owes for it any more', async () => {
  await loaded(10_000, 1_000);
  await till.merchant.patch('/v1/wallet-policy', { spendingOrder: 'bonus_first' });
  const before = await wallet();
  const card = await joined(byWallet(3_000));
  // Whatever the terms are by then.
  later(0.001);
  const terms = { ratios: [{ principalPpm: 100_000 }] };
  expect((await till.merchant.post('/v1/settlement-terms', terms)).status).toBe(201);
  later(0.001);
  const { body: shown } = await till.merchant.get(`/v1/members/${member.id}/membership`);
  expect(shown).toMatchObject({ refund: 3_000, refundToWallet: 3_000 });
  await till.refuses('payment_mismatch', () => cancel(card, byCash(3_000)), { field: 'payment.amount' });
  const done = await cancel(card);
  expect(done.body, done.text).toMatchObject({ refunded: 3_000, refundedToWallet: 3_000 });
  expect(await wallet()).toEqual(before);
  expect([await owed(till.otherStoreId), await owed(till.storeId), await fees()]).toEqual([0, 0, 0]);
});

test('of what wallet and money paid, the last paid goes back first, each to where it came from', async () => {
  await loaded(10_000);
  const card = await joined(byWallet(3_000));
  later(15);
  await did(card, 'renew', { payment: byCash(3_000) });
  const { body } = await till.merchant.get(`/v1/members/${member.id}/membership`);
  expect(body).toMatchObject({ refund: 4_500, refundToWallet: 1_500 });
  await till.refuses('payment_mismatch', () => cancel(card, byCash(4_500)));
  const done = await cancel(card, byCash(3_000));
  expect(done.body, done.text).toMatchObject({ refunded: 4_500, refundedToWallet: 1_500 });
  expect(await wallet()).toMatchObject({ total: 8_500 });
  expect(await fees()).toBe(1_500);
  expect(await owed(till.otherStoreId)).toBe(1_500);
});

test('what was taken at a store outside their stores nobody gives back, and an upgrade keeps who paid', async () => {
  await loaded(20_000);
  const card = await joined(byWallet(3_000));
  const better = await planOf(9_000);
  await did(card, 'upgrade', { planId: better, payment: byCash(6_000) });
  const key = await till.key({ role: 'owner', storeIds: [till.storeId] });
  const body = { storeId: till.storeId, reason: 'r', refund: 'unused', payment: byCash(6_000) };
  await till.refuses('store_out_of_scope', () => key.post(`/v1/memberships/${card.id}/cancel`, body));
  const done = await cancel(card, byCash(6_000));
  expect(done.body, done.text).toMatchObject({ refunded: 9_000, refundedToWallet: 3_000 });
  expect(await wallet()).toMatchObject({ total: 20_000 });
});

test('a member renews out of their own wallet, for what they were shown, once under their key; nobody else’s', async () => {
  await loaded(9_000);
  const card = await joined(byWallet(3_000));
  await till.merchant.patch('/v1/wallet-policy', { codeAbove: 100 });
  const renew = (amount: number, key: string | undefined = crypto.randomUUID(), who = member) =>
    who.phone.post<Membership>('/membership/renewals', { amount }, { 'idempotency-key': key });
  await till.refuses('payment_mismatch', () => renew(2_999));
  const [one, other] = await Promise.all([renew(3_000, 'k'), renew(3_000, 'k')]);
  expect([one.status, one.body.balance?.total], one.text).toEqual([201, 3_000]);
  expect(other.text).toBe(one.text);
  expect(await wallet()).toMatchObject({ total: 3_000 });
  await renew(3_000);
  await till.refuses('insufficient_balance', () => renew(3_000));
  const stranger = await peopleOf(bench, till, '138').member();
  await till.refuses('membership_not_found', () => renew(3_000, 'k2', stranger));
  expect((await stranger.phone.post('/membership/renewals', { amount: 1 })).status).toBe(400);
  expect(await fees()).toBe(9_000);
  expect((await cancel(card)).body).toMatchObject({ refunded: 9_000, refundedToWallet: 9_000 });
});
