import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { booksOf, importing, manyMembers, people } from '../../../test/importing.ts';
import { openTill, type Till } from '../../../test/till.ts';

let bench: TestBench;
let till: Till;
let on: ReturnType<typeof importing>;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  till = await openTill(bench);
  on = importing(bench, till.merchant);
});

const { memberBy, moneyOf, pointsOf, difference, enrolled, buy } = booksOf(() => till);

test('stopped anywhere it goes on, and two processes carry each row out once', async () => {
  const id = await on.sent(manyMembers(650));
  await on.verb(id, 'check');
  await on.stopped('check', 2);
  expect(await on.read(id)).toMatchObject({ state: 'checking', done: 400 });
  await bench.runJobs('imports.check');
  expect(await on.read(id)).toMatchObject({ state: 'checked', found: { good: 650, bad: 0 } });
  await on.verb(id, 'apply');
  await on.stopped('apply', 1);
  expect(await on.read(id)).toMatchObject({ state: 'applying', done: 200 });
  const second = await bench.another();
  const others = importing({ ...bench, runtime: second.runtime }, till.merchant);
  await Promise.all([on.stopped('apply', 99), others.stopped('apply', 99)]);
  await second.close();
  const sum = 650 * 25 + (100 * 650 * 651) / 2;
  expect(await on.read(id)).toMatchObject({
    state: 'applied',
    done: 650,
    became: { created: 650, refused: 0, principal: sum, bonus: 32_500, points: (649 * 650) / 2 },
  });
  expect(await till.total('opening_balance')).toBe(-sum - 32_500);
  await on.verb(id, 'reverse', { reason: 'x' });
  await on.stopped('reverse', 1);
  expect(await on.read(id)).toMatchObject({ state: 'reversing', done: 200 });
  await bench.runJobs('imports.reverse');
  expect(await on.read(id)).toMatchObject({
    state: 'reversed',
    takenBack: { withdrawn: 650, principal: sum },
  });
  expect(await till.total('opening_balance')).toBe(0);
  expect(await difference()).toBe(0);
});

test('a whole import is taken back to the cent; what was spent is told for each row and nothing goes below nothing', async () => {
  const lin = await enrolled('13800138001');
  const topUp = { memberId: lin, storeId: till.storeId, amount: 5_000 };
  await till.merchant.post('/v1/wallet-top-ups', {
    ...topUp,
    payment: { tender: 'cash', amount: 5_000, reference: 'T1' },
  });
  bench.time.now = new Date(bench.time.now.getTime() + 60_000);
  const { id } = await on.whole(people, {}, { existing: 'update', storeId: till.storeId });
  const wang = await memberBy('13800138002');
  await till.merchant.patch(`/v1/members/${wang?.id}`, { name: '王五' });
  // What was given goes first, then the principal that was there before.
  await buy(lin, 11_000);
  const before = await moneyOf(lin);
  const back = await on.carried(id, 'reverse');
  const rows = await on.rows(id);
  const spent = 10_000;
  const missing = { missingPrincipal: 0, missingBonus: spent, missingPoints: 0 };
  expect(rows[0]).toMatchObject(missing);
  expect(await moneyOf(lin)).toMatchObject({ total: before.total - (133_450 - spent) });
  expect(back).toMatchObject({
    state: 'reversed',
    takenBack: { ...missing, withdrawn: 1, principal: 123_451, bonus: 0 },
  });
  expect(rows.map(({ reversal }) => reversal)).toEqual(['taken_back', 'taken_back', 'withdrawn']);
  expect(await on.rows(id, '&missing=true')).toHaveLength(1);
  expect(await till.total('opening_balance')).toBe(-spent);
  expect(await pointsOf(lin)).toBe(0);
  expect(await memberBy('+442079460000')).toBeUndefined();
  expect(await memberBy('13800138002')).toMatchObject({ name: '王五' });
  expect(await difference()).toBe(0);
});
