import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openTill, type Till } from '../../../test/till.ts';
import { peopleOf } from '../../../test/wallet.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  bench.time.now = new Date('2026-01-31T10:00:00+08:00');
  till = await openTill(bench);
});

type Plan = { readonly id: string; readonly version: number; readonly [more: string]: unknown };
type Membership = {
  readonly id: string;
  readonly memberId: string;
  readonly state: string;
  readonly lastDay: string;
  readonly [more: string]: unknown;
};
type Overview = {
  readonly allowed: Readonly<Record<string, { readonly ok: boolean; readonly reason?: string }>>;
  readonly [more: string]: unknown;
};

let count = 0;
const person = (more: object = {}) => ({
  phone: `1370000${String(++count).padStart(4, '0')}`,
  consent: { textVersion: 1 },
  ...more,
});
const paid = (amount: number, tender = 'cash') => ({ tender, amount, reference: `M${++count}` });
const goTo = (time: string) => {
  bench.time.now = new Date(`${time}+08:00`);
};

async function plan(more: object = {}): Promise<Plan> {
  const made = await till.merchant.post<Plan>('/v1/membership-plans', {
    name: { zh: '月卡', en: 'Month card' },
    span: { count: 1, unit: 'months' },
    price: 3_000,
    discount: { ppm: 100_000 },
    ...more,
  });
  expect(made.status, made.text).toBe(201);
  return made.body;
}

const ask = (of: Plan, more: object = {}, key?: string) =>
  till.merchant.post<Membership>(
    '/v1/memberships',
    { member: person(), planId: of.id, storeId: till.storeId, payment: paid(3_000), ...more },
    key,
  );
async function join(of: Plan, more: object = {}): Promise<Membership> {
  const made = await ask(of, more);
  expect(made.status, made.text).toBe(201);
  return made.body;
}
const does = (one: Pick<Membership, 'id'>, verb: string, body: object = {}, key?: string) =>
  till.merchant.post<Membership>(
    `/v1/memberships/${one.id}/${verb}`,
    { storeId: till.storeId, ...body },
    key,
  );
const overview = async (memberId: string) =>
  (await till.merchant.get<Overview>(`/v1/members/${memberId}/membership`)).body;

test('a phone number becomes a member with a card in one request; what it cost is in the drawer, once', async () => {
  const month = await plan();
  const body = { member: person({ name: '林夕' }) };
  const first = await ask(month, { ...body, payment: paid(3_000) }, 'once');
  expect(first.body, first.text).toMatchObject({
    state: 'active',
    firstDay: '2026-01-31',
    lastDay: '2026-02-28',
    enrolled: true,
  });
  expect(first.body.validUntil).toBe('2026-02-28T16:00:00.000Z');
  const { body: member } = await till.merchant.get(`/v1/members/${first.body.memberId}`);
  expect(member).toMatchObject({ name: '林夕' });
  expect(await till.total('tender', till.storeId)).toBe(-3_000);
  expect(await till.total('membership_fee', till.storeId)).toBe(3_000);
  await till.refuses('membership_exists', () => ask(month, body));
});

test('the same key has one effect and one answer, and of a hundred at once one member gets one card', async () => {
  const month = await plan();
  const body = { member: person(), payment: { tender: 'cash', amount: 3_000, reference: 'R' } };
  const same = await Promise.all([ask(month, body, 'k'), ask(month, body, 'k')]);
  expect(same[0]?.body).toEqual(same[1]?.body);
  const other = { ...body, member: person() };
  const many = await Promise.all(Array.from({ length: 100 }, () => ask(month, other)));
  expect(many.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(many.filter(({ body: { code } }) => code === 'membership_exists')).toHaveLength(99);
  expect(await till.total('membership_fee', till.storeId)).toBe(6_000);
});

test('who is to pay otherwise, where, from when or for what is refused, and leaves nothing', async () => {
  const month = await plan();
  await till.refuses('payment_mismatch', () => ask(month, { payment: paid(2_999) }), {
    field: 'payment.amount',
  });
  await till.refuses('payment_mismatch', () => ask(month, { payment: undefined }));
  for (const tender of ['gift_card', 'points', 'recharge_card']) {
    await till.refuses('invalid_request', () => ask(month, { payment: { ...paid(3_000), tender } }));
  }
  await till.refuses('consent_required', () => ask(month, { member: { phone: '13911112222' } }));
  await till.refuses('membership_plan_not_found', () =>
    ask({ ...month, id: month.id.replace(/.{5}$/, '00000') }),
  );
  await till.refuses('terms_in_the_past', () => ask(month, { firstDay: '2026-01-30' }), {
    field: 'firstDay',
  });
  await till.refuses('invalid_request', () => ask(month, { memberId: 'mem_00000000000000000000000000' }));
  await till.refuses('invalid_request', () => ask(month, { member: undefined }));
  await till.refuses('invalid_request', () => ask(month, { member: person({ tags: 'x' }) }));
  await till.refuses('member_not_found', () =>
    ask(month, { member: undefined, memberId: 'mem_00000000000000000000000000' }),
  );
  const elsewhere = await openTill(bench);
  await till.refuses('store_not_found', () => ask(month, { storeId: elsewhere.storeId }));
  expect((await elsewhere.merchant.get(`/v1/membership-plans`)).body).toEqual({
    items: [],
    nextCursor: null,
  });
  expect((await elsewhere.merchant.patch(`/v1/membership-plans/${month.id}`, { price: 1 })).body.code).toBe(
    'membership_plan_not_found',
  );
});

test('a card is renewed from its last day in time, and from today when it is late', async () => {
  const month = await plan({ graceDays: 3 });
  const card = await join(month);
  expect((await does(card, 'renew', { payment: paid(3_000) })).body).toMatchObject({ lastDay: '2026-03-31' });
  goTo('2026-04-03T23:59:59.999');
  expect((await overview(card.memberId)).membership).toMatchObject({ state: 'grace' });
  goTo('2026-04-04T00:00:00');
  expect((await overview(card.memberId)).membership).toMatchObject({ state: 'ended' });
  const renewed = await does(card, 'renew', { payment: paid(3_000) }, 'again');
  expect(renewed.body).toMatchObject({ state: 'active', lastDay: '2026-05-04' });
  expect(
    (await does(card, 'renew', { payment: { tender: 'cash', amount: 3_000, reference: 'x' } }, 'again')).body
      .code,
  ).toBe('idempotency_key_reused');
  expect(await till.total('membership_fee', till.storeId)).toBe(9_000);
});

test('a card keeps the terms that it was bought by until it is renewed; a retired one is neither sold nor renewed', async () => {
  const month = await plan();
  const card = await join(month);
  const dearer = await till.merchant.patch<Plan>(`/v1/membership-plans/${month.id}`, {
    price: 4_000,
    discount: { ppm: 200_000 },
  });
  expect(dearer.body).toMatchObject({ id: month.id, version: 2, price: 4_000 });
  expect(await overview(card.memberId)).toMatchObject({
    plan: { version: 1, discount: { ppm: 100_000 } },
    renewal: { price: 4_000, lastDay: '2026-03-31' },
  });
  await till.refuses('payment_mismatch', () => does(card, 'renew', { payment: paid(3_000) }));
  expect((await does(card, 'renew', { payment: paid(4_000) })).body).toMatchObject({ plan: { version: 2 } });
  await till.merchant.patch(`/v1/membership-plans/${month.id}`, { state: 'retired' });
  await till.refuses('membership_plan_retired', () => ask(month));
  await till.refuses('membership_plan_retired', () => does(card, 'renew', { payment: paid(4_000) }));
  expect((await overview(card.memberId)).allowed).toMatchObject({
    renew: { ok: false, reason: 'membership_plan_retired' },
  });
});

test('a pause moves the end as many days, goes on by itself, and an early end gives back what is left', async () => {
  const month = await plan({ pauseDaysMax: 10 });
  const card = await join(month);
  await till.refuses('membership_not_pausable', () => does(card, 'pause', { days: 11 }), { field: 'days' });
  await till.refuses('membership_not_paused', () => does(card, 'resume'));
  expect((await does(card, 'pause', { days: 10 })).body).toMatchObject({
    state: 'paused',
    lastDay: '2026-03-10',
  });
  await till.refuses('membership_paused', () => does(card, 'pause', { days: 1 }));
  await till.refuses('membership_paused', () => does(card, 'upgrade', { planId: month.id }));
  goTo('2026-02-03T09:00:00');
  expect((await does(card, 'resume')).body).toMatchObject({ state: 'active', lastDay: '2026-03-03' });
  expect((await does(card, 'pause', { days: 7 })).body).toMatchObject({ lastDay: '2026-03-10' });
  goTo('2026-02-10T00:00:00');
  expect((await overview(card.memberId)).membership).toMatchObject({ state: 'active' });
  await till.refuses('membership_not_pausable', () => does(card, 'pause', { days: 1 }));
  goTo('2026-03-11T00:00:00');
  await till.refuses('membership_not_active', () => does(card, 'pause', { days: 1 }));
});

test('an upgrade costs what the new card does less what is left of the old, as it was shown', async () => {
  const month = await plan();
  const year = await plan({
    name: { zh: '年卡', en: 'Year card' },
    span: { count: 1, unit: 'years' },
    price: 20_000,
  });
  const card = await join(month);
  goTo('2026-02-14T10:00:00');
  const shown = await overview(card.memberId);
  expect(shown.upgrades).toMatchObject([
    { plan: { id: year.id }, price: 20_000, credit: 1_500, due: 18_500, lastDay: '2027-02-14' },
  ]);
  const upgrade = (planId: string, amount: number) =>
    does(card, 'upgrade', { planId, payment: paid(amount) });
  await till.refuses('payment_mismatch', () => upgrade(year.id, 20_000));
  await till.refuses('membership_not_an_upgrade', () => upgrade(month.id, 3_000));
  expect((await upgrade(year.id, 18_500)).body).toMatchObject({
    plan: { id: year.id },
    lastDay: '2027-02-14',
  });
  await till.refuses('membership_not_an_upgrade', () => upgrade(month.id, 3_000));
});

test('cancelled, a card ends at once and what is left of its price goes back, to the cent and never twice', async () => {
  const month = await plan();
  const card = await join(month);
  goTo('2026-02-14T10:00:00');
  expect(await overview(card.memberId)).toMatchObject({ refund: 1_500 });
  const cancel = (refund: string, amount?: number) =>
    does(card, 'cancel', {
      reason: 'moved away',
      refund,
      payment: amount === undefined ? undefined : paid(amount),
    });
  await till.refuses('payment_mismatch', () => cancel('unused', 3_000));
  await till.refuses('payment_mismatch', () => cancel('nothing', 1_500));
  expect((await cancel('unused', 1_500)).body).toMatchObject({ state: 'cancelled', refunded: 1_500 });
  expect(await till.total('tender', till.storeId)).toBe(-1_500);
  await till.refuses('membership_not_active', () => cancel('nothing'));
  await till.refuses('membership_not_active', () => does(card, 'renew', { payment: paid(3_000) }));
  await till.refuses('membership_not_active', () =>
    does(card, 'upgrade', { planId: month.id, payment: paid(3_000) }),
  );
  const again = await join(month, { member: undefined, memberId: card.memberId });
  expect((await overview(card.memberId)).membership).toMatchObject({ id: again.id });
  const all = await till.merchant.get<{ items: Membership[] }>(`/v1/memberships?memberId=${card.memberId}`);
  expect(all.body.items.map(({ state }) => state)).toEqual(['active', 'cancelled']);
});

test('a key limited to a store sells there alone, up to its ceiling; what is another merchant’s is not there', async () => {
  const month = await plan();
  const clerk = await till.key({
    role: 'clerk',
    storeIds: [till.otherStoreId],
    ceilings: { 'memberships.sell': 3_000 },
  });
  const sale = (storeId: string, amount: number) =>
    clerk.post<Membership>('/v1/memberships', {
      member: person(),
      planId: month.id,
      storeId,
      payment: paid(amount),
    });
  expect((await sale(till.storeId, 3_000)).body.code).toBe('store_out_of_scope');
  expect((await sale(till.otherStoreId, 3_001)).body.code).toBe('amount_over_ceiling');
  const sold = await sale(till.otherStoreId, 3_000);
  expect(sold.status, sold.text).toBe(201);
  expect(
    (await clerk.post(`/v1/memberships/${sold.body.id}/pause`, { storeId: till.otherStoreId, days: 1 })).body
      .code,
  ).toBe('permission_denied');
  const elsewhere = await openTill(bench);
  const stolen = await elsewhere.merchant.post(`/v1/memberships/${sold.body.id}/renew`, {
    storeId: elsewhere.storeId,
    payment: paid(3_000),
  });
  expect(stolen.body.code).toBe('membership_not_found');
  expect((await elsewhere.merchant.get(`/v1/members/${sold.body.memberId}/membership`)).body.code).toBe(
    'member_not_found',
  );
});

test('a member sees their own card on their phone', async () => {
  const month = await plan();
  const { phone, id } = await peopleOf(bench, till, '136').member();
  expect((await phone.get('/membership')).body).toMatchObject({ membership: null, tier: null });
  await join(month, { member: undefined, memberId: id });
  const { body } = await phone.get('/membership');
  expect(body).toMatchObject({ membership: { lastDay: '2026-02-28' }, plan: { discount: { ppm: 100_000 } } });
  expect(body).not.toHaveProperty('allowed');
});
