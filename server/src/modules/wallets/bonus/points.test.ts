import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { madeBy, openTill, type Till } from '../../../../test/till.ts';
import { peopleOf, type TestMember } from '../../../../test/wallet.ts';

let bench: TestBench;
let till: Till;
let member: TestMember;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  till = await openTill(bench);
  member = await peopleOf(bench, till, '136').member();
});

type Purse = { usable: number; pending: number; owed: number };
type ToppedUp = { id: string; bonus: number; points: number };
type Quote = { topUpId: string; refund: number; points: number };

const rule = async (steps: readonly object[]) =>
  madeBy(await till.merchant.post('/v1/bonus-rules', { name: 'Points', steps }));
const facts = () => ({ memberId: member.id, storeId: till.storeId });
async function topUp(amount: number): Promise<ToppedUp> {
  const payment = { tender: 'cash', amount, reference: 'T' };
  const made = await till.merchant.post<ToppedUp>('/v1/wallet-top-ups', { ...facts(), amount, payment });
  expect(made.status, made.text).toBe(201);
  return made.body;
}
const purse = async () => (await till.merchant.get<Purse>(`/v1/members/${member.id}/points`)).body;
const quote = async () =>
  (await till.merchant.post<{ items: Quote[] }>('/v1/wallet-refund-quotes', { memberId: member.id })).body
    .items[0];
async function refund({ topUpId, refund: amount }: Quote) {
  const body = { amount, reason: 'leaves', payment: { tender: 'cash', reference: 'B' } };
  const done = await till.merchant.post<Quote>(`/v1/wallet-top-ups/${topUpId}/refunds`, body);
  expect(done.status, done.text).toBe(201);
  return done.body;
}
const spend = (amount: number) =>
  till.merchant.post('/v1/purchases', {
    ...facts(),
    reference: crypto.randomUUID(),
    lines: [{ name: 'Tea', price: amount }],
    tenders: [{ kind: 'wallet', amount }],
  });
const issued = () => till.total('points_issue');

test('a rule gives points with a top-up, as its quote and its preview say, in the same entry', async () => {
  await rule([{ from: 10_000, bonus: 500, points: 200 }]);
  const asked = { ...facts(), amount: 10_000, tender: 'cash' };
  const quoted = await till.merchant.post('/v1/wallet-top-up-quotes', asked);
  expect(quoted.body, quoted.text).toMatchObject({ bonus: 500, points: 200 });
  const terms = { steps: [{ from: 10_000, points: 200 }], amounts: [9_999, 10_000] };
  const shown = await till.merchant.post('/v1/bonus-rule-previews', terms);
  expect(shown.body, shown.text).toMatchObject({ items: [{ points: 0 }, { points: 200, bonus: 0 }] });
  expect(await topUp(10_000)).toMatchObject({ bonus: 500, points: 200 });
  expect(await purse()).toMatchObject({ usable: 200, pending: 0, owed: 0 });
  expect(await issued()).toBe(-200);
  const { body } = await till.merchant.get<{ items: object[] }>(`/v1/members/${member.id}/points/history`);
  expect(body.items).toMatchObject([{ type: 'wallet.topped_up', points: 200 }]);
});

test('of two rules the one that gives more money counts, and points where the money is alike', async () => {
  await rule([{ from: 1_000, points: 900 }]);
  await rule([{ from: 1_000, bonus: 100, points: 10 }]);
  expect(await topUp(1_000)).toMatchObject({ bonus: 100, points: 10 });
  await rule([{ from: 1_000, bonus: 100, points: 20 }]);
  expect(await topUp(1_000)).toMatchObject({ bonus: 100, points: 20 });
  await till.refuses('invalid_request', () =>
    till.merchant.post('/v1/bonus-rules', { name: 'None', steps: [{ from: 1_000 }] }),
  );
});

test('points go back with the principal that is paid back; the quote says how many, and what is spent is owed', async () => {
  const earn = { points: 1, amount: 1_000_000 };
  const spending = { points: 1, worth: 1, billPpm: 1_000_000 };
  madeBy(await till.merchant.post('/v1/points-schemes', { earn, spend: spending }));
  await rule([{ from: 10_000, points: 100 }]);
  await topUp(10_000);
  const paid = await till.merchant.post('/v1/purchases', {
    ...{ ...facts(), reference: 'p', lines: [{ name: 'Tea', price: 80 }] },
    tenders: [{ kind: 'points', points: 80 }],
  });
  expect(paid.status, paid.text).toBe(201);
  const quoted = await quote();
  expect(quoted).toMatchObject({ refund: 10_000, points: 100 });
  if (quoted) expect(await refund(quoted)).toMatchObject({ points: 100 });
  expect(await purse()).toMatchObject({ usable: 0, owed: 80 });
  expect(await topUp(10_000)).toMatchObject({ points: 100 });
  expect(await purse()).toMatchObject({ usable: 20, owed: 0 });
  expect((await spend(7_500)).status).toBe(201);
  const rest = await quote();
  expect(rest).toMatchObject({ refund: 2_500, points: 25 });
  if (rest) await refund(rest);
  expect(await purse()).toMatchObject({ usable: 0, owed: 5 });
});
