import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { pointsTill } from '../../../../test/points.ts';
import { openTill, type Till } from '../../../../test/till.ts';
import { peopleOf, type TestMember } from '../../../../test/wallet.ts';
import { decodeId } from '../../../kernel/id.ts';

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
  bench.time.now = new Date('2027-01-10T02:00:00Z');
  till = await openTill(bench);
  member = await peopleOf(bench, till, '137').member();
  checkout = pointsTill(bench, till.merchant.id);
});

type OfMonth = { readonly month: string; readonly points: number };
type Report = {
  readonly outstanding: number;
  readonly monthEnds: readonly OfMonth[];
  readonly expiring: readonly OfMonth[];
  readonly ended: number;
  readonly later: number;
  readonly withoutEnd: number;
};
const report = async (client: Pick<Till['merchant'], 'get'> = till.merchant) =>
  (await client.get<Report>('/v1/reports/points')).body;
const at = (instant: string) => {
  bench.time.now = new Date(instant);
};
const idOf = (prefix: string, text: string) => decodeId(prefix, text) ?? '';
const buy = (paid: number) =>
  checkout.buy({
    memberId: idOf('mem', member.id),
    storeId: idOf('store', till.storeId),
    paid: BigInt(paid),
  });
const rules = (ends: object | null) =>
  till.merchant.post('/v1/points-schemes', {
    earn: { points: 1, amount: 100 },
    spend: { points: 1, worth: 1, billPpm: 1_000_000 },
    ...(ends === null ? {} : { ends }),
  });
const sumOf = ({ ended, expiring, later, withoutEnd }: Report) =>
  expiring.reduce((sum, { points }) => sum + points, ended + later + withoutEnd);

test('a month ends in the zone of the merchant, to the millisecond, with what members had then', async () => {
  expect((await rules(null)).status).toBe(201);
  await buy(100_00);
  // Midnight in Shanghai.
  at('2027-01-31T15:59:59.999Z');
  await buy(20_00);
  at('2027-01-31T16:00:00.000Z');
  await buy(3_00);
  at('2027-04-05T00:00:00Z');
  const spent = { memberId: idOf('mem', member.id), points: 50n, bill: 1_000_000n };
  await checkout.spend(spent);
  const { outstanding, monthEnds, expiring } = await report();
  expect(outstanding).toBe(73);
  expect(monthEnds.map(({ month }) => month)).toEqual([
    ...['2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12'],
    ...['2027-01', '2027-02', '2027-03'],
  ]);
  expect(monthEnds.map(({ points }) => points)).toEqual([...Array(9).fill(0), 120, 123, 123]);
  expect(expiring[0]).toEqual({ month: '2027-04', points: 0 });
  expect(expiring.at(-1)?.month).toBe('2028-03');
});

test('what lapses is counted in the last month of its use, and all parts sum to what is outstanding', async () => {
  expect((await rules({ with: 'month', later: 0 })).status).toBe(201);
  await buy(10_00);
  expect((await rules({ with: 'month', later: 14 })).status).toBe(201);
  await buy(5_00);
  expect((await rules(null)).status).toBe(201);
  await buy(2_00);
  const first = await report();
  expect(first).toMatchObject({ outstanding: 17, ended: 0, later: 5, withoutEnd: 2 });
  expect(first.expiring[0]).toEqual({ month: '2027-01', points: 10 });
  at('2027-02-01T00:00:00Z');
  const second = await report();
  expect(second).toMatchObject({ outstanding: 17, ended: 10, later: 5 });
  await bench.runJobs('points.lapse');
  at('2027-03-15T00:00:00Z');
  const third = await report();
  expect(third).toMatchObject({ outstanding: 7, ended: 0, later: 5, withoutEnd: 2 });
  expect(third.monthEnds.slice(-2)).toEqual([
    { month: '2027-01', points: 17 },
    { month: '2027-02', points: 7 },
  ]);
  for (const one of [first, second, third]) expect(sumOf(one)).toBe(one.outstanding);
});

test('what members owe is taken off, and another merchant’s points are not counted', async () => {
  await rules(null);
  const { earned, lot } = await buy(30_00);
  await checkout.spend({ memberId: idOf('mem', member.id), points: 30n, bill: 1_000_000n });
  await checkout.giveBack({
    ...{ memberId: idOf('mem', member.id), earned: BigInt(earned), lot, parts: [] },
    ...{ total: 3_000n, before: 0n, now: 3_000n },
  });
  const stranger = await openTill(bench);
  expect(await report()).toMatchObject({ outstanding: -30, withoutEnd: -30 });
  expect(await report(stranger.merchant)).toMatchObject({ outstanding: 0, withoutEnd: 0 });
});

test('it is for who may see reports of the whole merchant', async () => {
  const ask = async (terms: object) => (await till.key(terms as never)).get('/v1/reports/points');
  expect((await ask({ role: 'auditor' })).status).toBe(200);
  expect((await ask({ role: 'clerk' })).body.code).toBe('permission_denied');
  expect((await ask({ role: 'auditor', storeIds: [till.storeId] })).body.code).toBe('store_out_of_scope');
});
