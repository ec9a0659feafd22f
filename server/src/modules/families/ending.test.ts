import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { familyAt, type TestPerson } from '../../../test/family.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { mergingAt } from '../../../test/merging.ts';
import { madeBy, openTill, type Till } from '../../../test/till.ts';

// What becomes of what is shared when one of the two is merged or erased.

let bench: TestBench;
let till: Till;
let at: ReturnType<typeof familyAt>;
let payer: TestPerson;
let relative: TestPerson;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  bench.time.now = new Date('2027-03-01T10:00:00+08:00');
  till = await openTill(bench);
  at = familyAt(bench, till);
  [payer, relative] = [await at.person(), await at.person()];
  await at.topUp(payer, 10_000);
});

const merge = async (from: TestPerson, into: TestPerson) => {
  const merged = await mergingAt(bench, till).merge(from, into);
  expect(merged.status, merged.text).toBe(200);
};
const endings = async ({ id }: TestPerson) =>
  (
    await till.merchant.get<{ items: { id: string; state: string; endedBy: string | null }[] }>(
      `/v1/members/${id}/family`,
    )
  ).body.items;

test('a payer who is merged into another still lets the relative pay, from the wallet as it is then', async () => {
  const id = await at.shared(payer, relative, { dayMax: 1_000 });
  const paid = await at.pay(relative, payer, 400);
  const other = await at.person();
  await merge(payer, other);
  expect((await at.pay(relative, payer, 100)).body).toMatchObject({ code: 'family_share_not_found' });
  madeBy(await at.pay(relative, other, 500));
  expect((await at.family(other)).given).toMatchObject([{ id, leftToday: 100 }]);
  madeBy(await at.refund(paid.body.id, 400));
  expect(await at.balance(other)).toBe(9_500);
  expect((await at.family(other)).given).toMatchObject([{ id, leftToday: 500 }]);
  await mergingAt(bench, till).isWhole();
});

test('a relative who is merged into another is that one', async () => {
  await at.shared(payer, relative);
  const paid = await at.pay(relative, payer, 300);
  const other = await at.person();
  await merge(relative, other);
  madeBy(await at.pay(other, payer, 200));
  madeBy(await at.refund(paid.body.id, 300));
  expect(await at.balance(payer)).toBe(9_800);
});

test('one who had two shares as two records has one, whose day counts what both were paid with', async () => {
  const other = await at.person();
  await at.shared(payer, relative, { dayMax: 1_000 });
  const kept = await at.shared(payer, other, { dayMax: 1_000 });
  madeBy(await at.pay(relative, payer, 700));
  madeBy(await at.pay(other, payer, 200));
  await merge(relative, other);
  expect((await at.family(other)).got).toMatchObject([{ id: kept, leftToday: 100 }]);
  await till.refuses('family_share_exceeded', () => at.pay(other, payer, 101));
});

test('what two who are one shared with each other ends, either way', async () => {
  const [there, back] = [await at.shared(payer, relative), await at.shared(relative, payer)];
  await merge(relative, payer);
  const ended = (await endings(payer)).map(({ id, state, endedBy }) => [id, state, endedBy]);
  expect(new Map(ended.map(([id, ...how]) => [id, how]))).toEqual(
    new Map([there, back].map((id) => [id, ['ended', 'merge']])),
  );
  await till.refuses('family_share_not_found', () => at.pay(payer, relative, 100));
  await till.refuses('family_share_not_found', () => at.pay(payer, payer, 100));
});

test('who is erased pays for nobody and is paid for by nobody, from that moment; the log says so soon after', async () => {
  const third = await at.person();
  const given = await at.shared(payer, relative);
  const got = await at.shared(third, payer);
  await at.topUp(third, 1_000);
  const erased = await till.merchant.post(`/v1/members/${payer.id}/erase`, { reason: 'requested' });
  expect(erased.status, erased.text).toBe(200);
  await till.refuses('family_share_not_found', () => at.pay(relative, payer, 100));
  expect(await at.seen(relative)).toEqual([]);
  expect((await at.family(relative)).got).toEqual([]);
  expect((await at.family(third)).given).toEqual([]);
  await bench.runJobs('families.lapse');
  expect(await endings(relative)).toMatchObject([
    { id: given, state: 'ended', endedBy: 'lapse', payer: null },
  ]);
  expect(await endings(third)).toMatchObject([{ id: got, state: 'ended', endedBy: 'lapse', relative: null }]);
});
