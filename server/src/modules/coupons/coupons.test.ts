import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { couponsAt } from '../../../test/coupons.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { mergingAt } from '../../../test/merging.ts';
import { madeBy, openTill, type Till } from '../../../test/till.ts';
import { peopleOf, type TestMember } from '../../../test/wallet.ts';

let bench: TestBench;
let till: Till;
let at: ReturnType<typeof couponsAt>;
let people: ReturnType<typeof peopleOf>;
let member: TestMember;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
async function open(timezone = 'Asia/Shanghai', now = '2026-11-22T04:00:00Z') {
  bench.time.now = new Date(now);
  till = await openTill(bench, {}, { timezone });
  at = couponsAt(till);
  people = peopleOf(bench, till, '138');
  member = await people.member();
}
beforeEach(() => open());
const clock = (instant: string) => {
  bench.time.now = new Date(instant);
};
const days = (count: number) => ({ validity: { type: 'after', count, unit: 'days' } });

test('a coupon is given once under its key, shown to staff and to its member, and counted by what is on the ledger', async () => {
  const templateId = await at.template(days(30));
  const first = await at.give(member, templateId, 3, 'once');
  expect(first.status, first.text).toBe(201);
  expect((await at.give(member, templateId, 3, 'once')).text).toBe(first.text);
  expect(await at.shown(templateId)).toMatchObject({
    issued: 3,
    held: 3,
    used: 0,
    allowed: { give: { ok: true } },
  });
  const [coupon] = await at.listed(member);
  expect(coupon).toMatchObject({
    memberId: member.id,
    name: '立减',
    off: { type: 'amount', amount: 1_000 },
    minimum: 0,
    cause: 'given',
    state: 'usable',
    // Thirty days on, to the end of the day in Shanghai.
    usableUntil: '2026-12-22T16:00:00.000Z',
    allowed: { withdraw: { ok: true } },
  });
  const own = await member.phone.get<{ items: object[] }>('/coupons?state=usable');
  expect(own.body.items, own.text).toHaveLength(3);
  expect(own.body.items[0]).toMatchObject({ id: coupon?.id, name: '立减', scope: null });
  expect(own.text).not.toContain('memberId');
  expect([await till.total('coupon'), await till.total('coupon_template')]).toEqual([3, -3]);
});

test('no more are given than may be, however many ask at once', async () => {
  const templateId = await at.template({ issueMax: 10 });
  const replies = await Promise.all(Array.from({ length: 40 }, () => at.give(member, templateId)));
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(10);
  const refused = replies.flatMap(({ status, body }) => (status === 201 ? [] : [body.code]));
  expect(new Set(refused)).toEqual(new Set(['coupon_issue_limit']));
  expect(await at.shown(templateId)).toMatchObject({
    issued: 10,
    held: 10,
    allowed: { give: { ok: false, reason: 'coupon_issue_limit' } },
  });
  // What was withdrawn was given all the same: the limit is on giving.
  await at.withdraw((await at.listed(member))[0]?.id ?? '');
  await till.refuses('coupon_issue_limit', () => at.give(member, templateId));
});

test('none is given of a template that was ended or is over, and those that were stay good', async () => {
  const templateId = await at.template();
  const [coupon] = await at.given(member, templateId);
  const ended = await till.merchant.post(`/v1/coupon-templates/${templateId}/end`);
  expect(ended.body, ended.text).toMatchObject({ state: 'ended' });
  await till.refuses('coupon_template_ended', () => at.give(member, templateId));
  expect((await at.buy(member, coupon?.id, 4_000)).status).toBe(201);
  const lastDay = { validity: { type: 'until', date: '2026-11-23' } };
  const shortly = await at.template(lastDay);
  clock('2026-11-23T15:59:59.999Z');
  expect((await at.give(member, shortly)).status).toBe(201);
  clock('2026-11-23T16:00:00Z');
  await till.refuses('coupon_template_ended', () => at.give(member, shortly));
  await till.refuses(
    'invalid_request',
    () =>
      till.merchant.post('/v1/coupon-templates', {
        name: 'x',
        off: { type: 'amount', amount: 1 },
        ...lastDay,
      }),
    {
      field: 'validity',
    },
  );
  const ids = async (state: string) =>
    (
      await till.merchant.get<{ items: { id: string }[] }>(`/v1/coupon-templates?state=${state}`)
    ).body.items.map(({ id }) => id);
  expect([new Set(await ids('ended')), await ids('active')]).toEqual([new Set([shortly, templateId]), []]);
});

test('a coupon is good to the last instant of its day in the merchant’s zone, also of a day of 25 hours', async () => {
  // In New York clocks go back on 1 November 2026.
  await open('America/New_York', '2026-10-31T12:00:00Z');
  const [coupon] = await at.given(member, await at.template(days(1)));
  expect(coupon).toMatchObject({ usableUntil: '2026-11-02T05:00:00.000Z' });
  const [second, third] = await at.given(member, await at.template(days(1)), 2);
  clock('2026-11-02T04:59:59.999Z');
  await bench.runJobs('coupons.lapse');
  expect((await at.buy(member, second?.id, 4_000)).status).toBe(201);
  clock('2026-11-02T05:00:00Z');
  await till.refuses('coupon_ended', () => at.buy(member, third?.id, 4_000), { field: 'couponId' });
  // Not swept yet, and shown as what it is.
  expect((await at.listed(member, '&state=lapsed')).map(({ id }) => id)).toContain(third?.id);
  await bench.runJobs('coupons.lapse');
  expect(await at.shown(third?.templateId ?? '')).toMatchObject({ issued: 2, used: 1, lapsed: 1, held: 0 });
  expect(await till.total('coupon')).toBe(0);
  await till.refuses('coupon_ended', () => at.buy(member, third?.id, 4_000));
  await bench.runJobs('coupons.lapse');
  expect(await at.shown(third?.templateId ?? '')).toMatchObject({ lapsed: 1 });
});

test('one that is for later cannot be used before its day, and its time counts from there', async () => {
  const [coupon] = await at.given(member, await at.template({ from: '2026-12-01', ...days(7) }));
  expect(coupon).toMatchObject({
    state: 'waiting',
    usableFrom: '2026-11-30T16:00:00.000Z',
    usableUntil: '2026-12-08T16:00:00.000Z',
  });
  await till.refuses('coupon_not_yet', () => at.buy(member, coupon?.id, 4_000), { field: 'couponId' });
  clock('2026-11-30T16:00:00Z');
  expect((await at.buy(member, coupon?.id, 4_000)).status).toBe(201);
});

test('what was withdrawn is used by nobody, and what was used is not withdrawn', async () => {
  const templateId = await at.template();
  const [one, other] = await at.given(member, templateId, 2);
  const done = await at.withdraw(one?.id ?? '', 'key');
  expect(done.body, done.text).toMatchObject({ state: 'withdrawn' });
  expect((await at.withdraw(one?.id ?? '', 'key')).text).toBe(done.text);
  await till.refuses('coupon_ended', () => at.withdraw(one?.id ?? ''));
  await till.refuses('coupon_ended', () => at.buy(member, one?.id, 4_000));
  madeBy(await at.buy(member, other?.id, 4_000));
  await till.refuses('coupon_used', () => at.withdraw(other?.id ?? ''));
  expect(await at.shown(templateId)).toMatchObject({ issued: 2, used: 1, withdrawn: 1, held: 0 });
});

test('a template is for what there is, and another merchant’s goods and templates are as unknown as none', async () => {
  const other = await openTill(bench);
  const strange = couponsAt(other);
  const unknown = {
    storeIds: [other.storeId],
    categoryIds: ['cat_01h00000000000000000000000'],
    productIds: ['prd_01h00000000000000000000000'],
  };
  const ask = (scope: object) =>
    till.merchant.post('/v1/coupon-templates', { name: 'x', off: { type: 'amount', amount: 1 }, scope });
  const { storeIds, categoryIds, productIds } = unknown;
  await till.refuses('store_not_found', () => ask({ storeIds }), { field: 'scope.storeIds' });
  await till.refuses('category_not_found', () => ask({ categoryIds }), { field: 'scope.categoryIds' });
  await till.refuses('product_not_found', () => ask({ productIds }), { field: 'scope.productIds' });
  const templateId = await strange.template();
  await till.refuses('coupon_template_not_found', () => at.give(member, templateId), { field: 'templateId' });
  await till.refuses('coupon_template_not_found', () =>
    till.merchant.get(`/v1/coupon-templates/${templateId}`),
  );
  await till.refuses('coupon_template_not_found', () =>
    till.merchant.post(`/v1/coupon-templates/${templateId}/end`),
  );
  const theirs = await strange.coupon(await peopleOf(bench, other, '139').member());
  await till.refuses('coupon_not_found', () => at.withdraw(theirs));
});

test('who may sell sees coupons and uses them, and gives, withdraws and lays down none', async () => {
  const coupon = await at.coupon(member);
  const templateId = (await at.listed(member))[0]?.templateId ?? '';
  const clerk = await till.key({ role: 'clerk' });
  expect((await clerk.get('/v1/coupons')).status).toBe(200);
  const denied = [
    await at.give(member, templateId, 1, undefined, clerk),
    await clerk.post(`/v1/coupons/${coupon}/withdraw`, { reason: 'x' }),
    await clerk.post('/v1/coupon-templates', { name: 'x', off: { type: 'amount', amount: 1 } }),
    await clerk.post(`/v1/coupon-templates/${templateId}/end`),
  ];
  expect(denied.map(({ body }) => body.code)).toEqual(Array(4).fill('permission_denied'));
  const shown = await clerk.get(`/v1/coupon-templates/${templateId}`);
  expect(shown.body).toMatchObject({
    allowed: {
      give: { ok: false, reason: 'permission_denied' },
      end: { ok: false, reason: 'permission_denied' },
    },
  });
});

test('coupons go over with a member who was somebody else’s record, and a purchase of before gives its coupon to the heir', async () => {
  const merging = mergingAt(bench, till);
  const into = await people.member();
  const templateId = await at.template();
  const [used, held] = await at.given(member, templateId, 2);
  const purchase = madeBy(await at.buy(member, used?.id, 4_000));
  const merged = await merging.merge(member, into);
  expect(merged.body, merged.text).toMatchObject({ coupons: 1 });
  expect((await at.listed(into, '&state=usable')).map(({ id }) => id)).toEqual([held?.id]);
  // What was used under the other record is theirs to see all the same.
  expect(await at.listed(into)).toHaveLength(2);
  expect((await at.refund(purchase, 4_000)).body).toMatchObject({ coupon: 'returned' });
  expect(await at.listed(into, '&state=usable')).toHaveLength(2);
  for (const { id } of await at.listed(into)) expect((await at.buy(into, id, 4_000)).status).toBe(201);
});
