import { afterAll, beforeAll, expect, test } from 'vitest';
import { answeredAsSystem } from '../../../../test/asSystem.ts';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openTill, type Till } from '../../../../test/till.ts';
import { decodeId } from '../../../kernel/id.ts';
import { drawDuePeriod } from './drawDue.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Period = { readonly number: number; readonly from: string | null; readonly until: string };
type Plan = { readonly every: string; readonly next: { readonly lastDay: string } | null };
const path = '/v1/settlement-plan';

const at = (time: string) => {
  bench.time.now = new Date(time);
};
const periodsOf = async (till: Till): Promise<readonly Period[]> =>
  (await till.merchant.get<{ items: Period[] }>('/v1/settlement-periods')).body.items.toReversed();
const run = () => bench.runJobs('clearing.drawPeriods');
const pay = async (till: Till) => till.paid(await till.card(), 1_000, { storeId: till.otherStoreId });

test('a month ends at midnight in the merchant’s zone over a change of clocks, and is drawn once, whichever processes ask', async () => {
  at('2027-03-20T12:00:00Z');
  const till = await openTill(bench, {}, { timezone: 'Europe/Berlin' });
  const plan = await till.merchant.patch<Plan>(path, { every: 'month', answerDays: 5 });
  expect(plan.body, plan.text).toMatchObject({
    every: 'month',
    // Clocks went forward on the 28th: midnight is two hours ahead of UTC.
    next: { lastDay: '2027-03-31', until: '2027-03-31T22:00:00.000Z', answerBy: '2027-04-05T22:00:00.000Z' },
  });
  await pay(till);
  at('2027-03-31T21:59:59Z');
  await run();
  expect(await periodsOf(till)).toEqual([]);
  await pay(till);
  at('2027-03-31T22:00:00Z');
  const id = decodeId('mer', till.merchant.id) ?? till.merchant.id;
  const second = await bench.another();
  const elsewhere = { ...bench, runtime: second.runtime };
  const ask = (_: unknown, n: number) =>
    answeredAsSystem(n % 2 === 0 ? bench : elsewhere, id, drawDuePeriod, { until: '2027-04-01' });
  await Promise.all([run(), run(), ...Array.from({ length: 10 }, ask)]);
  await second.close();
  const drawn = await periodsOf(till);
  expect(drawn).toMatchObject([{ number: 1, from: null, until: '2027-03-31T22:00:00.000Z' }]);
  expect((await till.merchant.get<Plan>(path)).body.next?.lastDay).toBe('2027-04-30');
  const { body } = await till.merchant.get<{ items: { totals: unknown[] }[] }>('/v1/settlement-statements');
  expect(body.items).toHaveLength(2);
  expect(body.items[0]?.totals).toHaveLength(1);
});

test('weeks that were missed are drawn one after the other, and one in which nothing happened is passed over', async () => {
  at('2027-06-02T08:00:00Z');
  const till = await openTill(bench, {}, { timezone: 'Asia/Shanghai' });
  await till.merchant.patch(path, { every: 'week', answerDays: 0 });
  await pay(till);
  at('2027-06-07T08:00:00Z');
  await pay(till);
  // Nothing on these two weeks; then the service is away for one more.
  at('2027-06-30T08:00:00Z');
  await pay(till);
  at('2027-07-06T08:00:00Z');
  await run();
  expect((await periodsOf(till)).map(({ until }) => until)).toEqual([
    ...['2027-06-06T16:00:00.000Z', '2027-06-13T16:00:00.000Z', '2027-07-04T16:00:00.000Z'],
  ]);
  await run();
  expect(await periodsOf(till)).toHaveLength(3);
});

test('a period that was ended by hand begins the next, and by hand none ends by itself', async () => {
  at('2027-09-01T08:00:00Z');
  const till = await openTill(bench);
  expect((await till.merchant.get(path)).body).toMatchObject({ every: 'hand', next: null });
  expect((await till.merchant.get<Plan>(`${path}?every=month`)).body.next?.lastDay).toBe('2027-09-30');
  await pay(till);
  at('2027-12-01T08:00:00Z');
  await run();
  expect(await periodsOf(till)).toEqual([]);
  // What ended before the plan was laid down is not drawn by it.
  await till.merchant.patch(path, { every: 'month', answerDays: 7 });
  await run();
  expect(await periodsOf(till)).toEqual([]);
  at('2027-12-31T08:00:00Z');
  await till.merchant.post('/v1/settlement-periods', {});
  at('2028-01-01T08:00:00Z');
  await run();
  const { timezone } = (await till.merchant.get<{ timezone: string }>('/v1/merchant')).body;
  expect(timezone).toBe('Asia/Shanghai');
  expect((await periodsOf(till)).map(({ until }) => until)).toEqual([
    ...['2027-12-31T08:00:00.000Z', '2027-12-31T16:00:00.000Z'],
  ]);
});

test('who may not close periods, or only for a store, lays down no plan', async () => {
  const till = await openTill(bench);
  const clerk = await till.key({ role: 'store_manager', storeIds: [till.storeId] });
  await till.refuses('permission_denied', () => clerk.patch(path, { every: 'week', answerDays: 7 }));
  const limited = await till.key({ role: 'owner', storeIds: [till.storeId] });
  await till.refuses('store_out_of_scope', () => limited.patch(path, { every: 'week', answerDays: 7 }));
  await till.refuses('invalid_request', () => till.merchant.patch(path, { every: 'day', answerDays: 7 }));
});
