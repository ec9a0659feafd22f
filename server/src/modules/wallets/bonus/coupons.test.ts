import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { couponsAt } from '../../../../test/coupons.ts';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { mergingAt } from '../../../../test/merging.ts';
import { madeBy, openTill, type Till } from '../../../../test/till.ts';
import { peopleOf, type TestMember } from '../../../../test/wallet.ts';

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
beforeEach(async () => {
  bench.time.now = new Date('2026-11-22T04:00:00Z');
  till = await openTill(bench);
  at = couponsAt(till);
  people = peopleOf(bench, till, '135');
  member = await people.member();
});

type Given = { templateId: string; name: string; count: number; reason: string | null } | null;
type ToppedUp = { id: string; bonus: number; coupons: Given };
type Quote = { topUpId: string; refund: number; coupons: number };

const rule = (steps: readonly object[]) => till.merchant.post('/v1/bonus-rules', { name: 'Coupons', steps });
const facts = () => ({ memberId: member.id, storeId: till.storeId });
const ask = (amount: number) =>
  till.merchant.post<ToppedUp>('/v1/wallet-top-ups', {
    ...facts(),
    amount,
    payment: { tender: 'cash', amount, reference: 'T' },
  });
async function topUp(amount: number): Promise<ToppedUp> {
  const made = await ask(amount);
  expect(made.status, made.text).toBe(201);
  return made.body;
}
const quotes = async (who: TestMember = member) =>
  (await till.merchant.post<{ items: Quote[] }>('/v1/wallet-refund-quotes', { memberId: who.id })).body.items;
async function refund(who: TestMember = member) {
  const [quote] = await quotes(who);
  const body = { amount: quote?.refund, reason: 'leaves', payment: { tender: 'cash', reference: 'B' } };
  const done = await till.merchant.post<Quote>(`/v1/wallet-top-ups/${quote?.topUpId}/refunds`, body);
  expect(done.status, done.text).toBe(201);
  return done.body;
}
const spend = (amount: number) =>
  at.buy(member, undefined, amount, [{ name: 'Tea', price: amount }], {
    tenders: [{ kind: 'wallet', amount }],
  });

test('a rule gives coupons with a top-up, as its preview and its quote say, in the same entry', async () => {
  const templateId = await at.template();
  const steps = [{ from: 10_000, bonus: 500, coupons: { templateId, count: 3 } }];
  const made = await rule(steps);
  expect(made.body, made.text).toMatchObject({ steps: [{ coupons: { templateId, count: 3 } }] });
  const shown = await till.merchant.post('/v1/bonus-rule-previews', { steps, amounts: [9_999, 10_000] });
  const given = { templateId, name: '立减', count: 3, reason: null };
  expect(shown.body, shown.text).toMatchObject({
    items: [{ coupons: null }, { bonus: 500, coupons: given }],
  });
  const asked = { ...facts(), amount: 10_000, tender: 'cash' };
  const quoted = await till.merchant.post('/v1/wallet-top-up-quotes', asked);
  expect(quoted.body, quoted.text).toMatchObject({ bonus: 500, coupons: given });
  const done = await topUp(10_000);
  expect(done).toMatchObject({ bonus: 500, coupons: given });
  const coupons = await at.listed(member, '&state=usable');
  expect(coupons).toHaveLength(3);
  expect(coupons[0]).toMatchObject({ cause: 'top_up', topUpId: done.id });
  expect(await at.shown(templateId)).toMatchObject({ issued: 3, held: 3 });
});

test('a step may give coupons alone, and of two rules the one with more of them counts where all else is equal', async () => {
  const [few, many] = [await at.template(), await at.template()];
  madeBy(await rule([{ from: 1, coupons: { templateId: few } }]));
  madeBy(await rule([{ from: 1, coupons: { templateId: many, count: 2 } }]));
  expect((await topUp(100)).coupons).toMatchObject({ templateId: many, count: 2 });
});

test('a rule names templates of this merchant that can be given of', async () => {
  const other = couponsAt(await openTill(bench));
  const strange = await other.template();
  const ended = await at.template();
  await till.merchant.post(`/v1/coupon-templates/${ended}/end`);
  const field = { field: 'steps.0.coupons.templateId' };
  const step = (templateId: string) => [{ from: 1, coupons: { templateId } }];
  const foreign = await till.refuses('coupon_template_not_found', () => rule(step(strange)), field);
  const unknown = 'cpt_01h00000000000000000000000';
  const none = await till.refuses('coupon_template_not_found', () => rule(step(unknown)), field);
  expect(foreign.text).toBe(none.text);
  await till.refuses('coupon_template_ended', () => rule(step(ended)), field);
});

test('where the template is ended or used up nothing of it is given, it is said why, and the top-up goes on', async () => {
  const templateId = await at.template({ issueMax: 3 });
  madeBy(await rule([{ from: 1, bonus: 1, coupons: { templateId, count: 2 } }]));
  expect((await topUp(100)).coupons).toMatchObject({ count: 2, reason: null });
  // One is left, and two are given or none.
  expect(await topUp(100)).toMatchObject({ bonus: 1, coupons: { count: 0, reason: 'coupon_issue_limit' } });
  await till.merchant.post(`/v1/coupon-templates/${templateId}/end`);
  expect(await topUp(100)).toMatchObject({
    bonus: 1,
    coupons: { count: 0, reason: 'coupon_template_ended' },
  });
  expect(await at.listed(member)).toHaveLength(2);
});

test('of many top-ups at once as many give coupons as there are, and all put money on the wallet', async () => {
  const templateId = await at.template({ issueMax: 10 });
  madeBy(await rule([{ from: 1, coupons: { templateId, count: 2 } }]));
  const done = await Promise.all(Array.from({ length: 20 }, () => topUp(100)));
  expect(done.filter(({ coupons }) => coupons?.count === 2)).toHaveLength(5);
  expect(await at.shown(templateId)).toMatchObject({ issued: 10, held: 10 });
});

test('a top-up that goes back takes its unused coupons with it, and what was used is not charged', async () => {
  const templateId = await at.template();
  madeBy(await rule([{ from: 1, coupons: { templateId, count: 3 } }]));
  await topUp(10_000);
  const [used] = await at.listed(member);
  madeBy(await at.buy(member, used?.id, 4_000));
  expect(await quotes()).toMatchObject([{ refund: 10_000, coupons: 2 }]);
  expect(await refund()).toMatchObject({ refund: 10_000, coupons: 2 });
  expect(await at.shown(templateId)).toMatchObject({ issued: 3, used: 1, withdrawn: 2, held: 0 });
  for (const { id } of await at.listed(member, '&state=withdrawn'))
    await till.refuses('coupon_ended', () => at.buy(member, id, 4_000));
});

test('with a part of the principal goes the part of the coupons, rounded down', async () => {
  const templateId = await at.template();
  madeBy(await rule([{ from: 1, coupons: { templateId, count: 3 } }]));
  await topUp(9_000);
  // Five ninths go back: one of three.
  madeBy(await spend(4_000));
  expect(await quotes()).toMatchObject([{ refund: 5_000, coupons: 1 }]);
  await refund();
  expect(await at.listed(member, '&state=usable')).toHaveLength(2);
});

test('coupons that came with a top-up go with it also from the one whose record it is by now', async () => {
  const templateId = await at.template();
  madeBy(await rule([{ from: 1, coupons: { templateId, count: 2 } }]));
  await topUp(1_000);
  const into = await people.member();
  const merged = await mergingAt(bench, till).merge(member, into);
  expect(merged.body, merged.text).toMatchObject({ coupons: 2 });
  expect(await refund(into)).toMatchObject({ coupons: 2 });
  expect(await at.shown(templateId)).toMatchObject({ withdrawn: 2, held: 0 });
});
