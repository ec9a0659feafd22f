import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Discount, discountsOn } from './discount.ts';
import type { Plan } from './plan/plan.ts';
import { type MembershipRows, priceLines, tierNow } from './rows.ts';
import { termFrom } from './term/calendar.ts';
import { newStanding, type Standing } from './tier/standing.ts';
import type { Downgrade, Ladder } from './tier/tier.ts';

const zone = 'Asia/Shanghai';
const start = new Date('2026-01-10T12:00:00+08:00');
const planId = '01890a5d-ac96-774b-bcce-b302099a8057';
const off = (
  ppm: number,
  walletPpm: number | null = null,
  categories: Discount['categories'] = [],
): Discount => ({
  ppm,
  walletPpm,
  categories,
});
const name = { zh: '卡', en: 'card' };

const tier = (code: string, spend: bigint | null, ppm: number, planIds: readonly string[] = []) => ({
  code,
  name,
  discount: off(ppm),
  entry: { spend, points: null, planIds },
  keep: { spend: spend === null ? null : spend / 2n, points: null },
});

function ladder(downgrade: Downgrade, more: Partial<Ladder> = {}): Ladder {
  return {
    number: 1,
    currency: 'CNY',
    period: { count: 1, unit: 'years' },
    downgrade,
    tiers: [
      tier('silver', 1_000n, 50_000),
      tier('gold', 5_000n, 100_000),
      tier('black', 20_000n, 200_000, [planId]),
    ],
    createdAt: start,
    ...more,
  };
}

const plan: Plan = {
  id: planId,
  version: 1,
  state: 'active',
  name,
  span: { count: 1, unit: 'months' },
  price: 1_000n,
  currency: 'CNY',
  discount: off(120_000, 150_000, [
    { categoryId: 'tobacco', ppm: 0, walletPpm: null },
    { categoryId: 'tea', ppm: 300_000, walletPpm: null },
  ]),
  graceDays: 0,
  pauseDaysMax: 0,
  createdAt: start,
};

function rows(of: Ladder | undefined, standing: Partial<Standing> = {}, withPlan = false): MembershipRows {
  const term = termFrom('2026-01-10', plan, zone);
  return {
    memberId: 'x',
    zone,
    plans: [plan],
    ladder: of,
    standing: { ...newStanding('x', of, zone, start), ...standing },
    membership: withPlan
      ? {
          ...term,
          id: 'm',
          memberId: 'x',
          planId,
          planVersion: 1,
          storeId: 's',
          currency: 'CNY',
          payers: [],
          paid: 1_000n,
          paidFrom: '2026-01-10',
          firstDay: '2026-01-10',
          startsAt: start,
          pausedFrom: null,
          pausedUntil: null,
          pausedDays: 0,
          cancelledAt: null,
          revision: 1,
          createdAt: start,
        }
      : undefined,
  };
}

const line = (amount: bigint, ...categoryPath: string[]) => ({ amount, categoryPath });
const at = (day: string) => new Date(`${day}T12:00:00+08:00`);
const codeAt = (found: MembershipRows, day: string) => tierNow(found, at(day))?.code ?? null;

test('of plan and tier the better comes off each line, and the snapshot says which', () => {
  const lines = [line(10_000n), line(5_000n, 'green-tea', 'tea'), line(2_000n, 'tobacco')];
  const priced = priceLines(
    rows(ladder('one_down'), { spent: 5_000n }, true),
    lines,
    { paidByWallet: false },
    start,
  );
  expect(priced.discounts).toEqual([2_000n, 1_500n, 400n]);
  expect(priced.snapshot).toMatchObject({
    tierId: 'black',
    planVersion: 1,
    discount: 3_900,
    lines: [
      { ppm: 200_000, by: 'tier' },
      { ppm: 300_000, by: 'plan' },
      { ppm: 200_000, by: 'tier' },
    ],
  });
});

test('the best discount is for what is paid out of the wallet, and a category may have none', () => {
  const found = rows(undefined, {}, true);
  const price = (paidByWallet: boolean) =>
    priceLines(found, [line(10_000n), line(1_000n, 'tobacco')], { paidByWallet }, start).discounts;
  expect(price(false)).toEqual([1_200n, 0n]);
  expect(price(true)).toEqual([1_500n, 0n]);
});

test('who has nothing gets nothing off, and so does who had it until last night', () => {
  const lines = [line(10_000n)];
  const by = (found: MembershipRows, day: string) =>
    priceLines(found, lines, { paidByWallet: true }, at(day)).discount;
  expect(by(rows(undefined), '2026-01-10')).toBe(0n);
  expect(by(rows(undefined, {}, true), '2026-02-10')).toBe(1_500n);
  expect(by(rows(undefined, {}, true), '2026-02-11')).toBe(0n);
  expect(priceLines(rows(undefined), [], { paidByWallet: true }, start).discounts).toEqual([]);
});

test('discounts are to the cent what they are on the whole, and no line gets more off than it costs', () => {
  const anyLine = fc.record({
    amount: fc.bigInt({ min: 0n, max: 10n ** 9n }),
    ppm: fc.integer({ min: 0, max: 1_000_000 }),
  });
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 12 }), (asked) => {
      const lines = asked.map(({ amount }) => line(amount));
      const got = discountsOn(
        lines,
        asked.map(({ ppm }) => ppm),
      );
      const exact = asked.reduce((sum, { amount, ppm }) => sum + amount * BigInt(ppm), 0n);
      const sum = got.reduce((all, part) => all + part, 0n);
      const wrong = sum * 1_000_000n - exact;
      expect(wrong > -1_000_000n && wrong < 1_000_000n).toBe(true);
      for (const [n, part] of got.entries()) {
        const { amount, ppm } = asked[n] ?? { amount: 0n, ppm: 0 };
        expect(part >= 0n && part <= amount).toBe(true);
        const apart = part * 1_000_000n - amount * BigInt(ppm);
        expect(apart > -1_000_000n && apart < 1_000_000n, 'at its exact share, rounded down or up').toBe(
          true,
        );
      }
    }),
  );
});

test.each([
  ['one_down', { spent: 5_000n }, ['gold', 'gold', 'silver', null, null]],
  ['by_reached', { spent: 5_000n }, ['gold', 'gold', null, null, null]],
  ['never', { spent: 5_000n }, ['gold', 'gold', 'gold', 'gold', 'gold']],
  ['one_down', { spent: 4_999n }, ['silver', 'silver', null, null, null]],
  ['one_down', { spent: 999n }, [null, null, null, null, null]],
  // Half of what it takes keeps it; less does not.
  ['one_down', { startTier: 'gold', spent: 2_500n }, ['gold', 'gold', 'silver', null, null]],
  ['one_down', { startTier: 'gold', spent: 2_499n }, ['gold', 'silver', null, null, null]],
  ['by_reached', { startTier: 'black', spent: 1_000n }, ['black', 'silver', null, null, null]],
] as const)(
  '%s with %o is in these tiers, year by year, with nothing more bought',
  (downgrade, standing, tiers) => {
    const found = rows(ladder(downgrade), standing);
    expect(
      ['2026-06-01', '2027-06-01', '2028-06-01', '2029-06-01', '2099-06-01'].map((day) => codeAt(found, day)),
    ).toEqual(tiers);
  },
);

test('a tier ends with the day of its period, in the zone of the merchant', () => {
  const found = rows(ladder('by_reached'), { startTier: 'gold' });
  expect(tierNow(found, new Date('2027-01-09T23:59:59.999+08:00'))?.code).toBe('gold');
  expect(tierNow(found, new Date('2027-01-10T00:00:00+08:00'))).toBe(undefined);
});

test('who has the plan of a tier is in it as long as the plan lasts, and no longer', () => {
  const found = rows(ladder('one_down'), {}, true);
  expect(codeAt(found, '2026-02-10')).toBe('black');
  expect(codeAt(found, '2026-02-11')).toBe(null);
});

test('a tier that was given lasts to its day beside what was reached; one that there is no more is none', () => {
  const found = rows(ladder('one_down'), { spent: 1_000n, givenTier: 'gold', givenUntil: at('2026-03-01') });
  expect(codeAt(found, '2026-02-28')).toBe('gold');
  expect(codeAt(found, '2026-03-02')).toBe('silver');
  expect(codeAt(rows(ladder('one_down'), { startTier: 'platinum', givenTier: 'blue' }), '2026-02-01')).toBe(
    null,
  );
});

test('where there are no periods what was reached stays', () => {
  const found = rows(ladder('one_down', { period: null }), { spent: 5_000n });
  expect(codeAt(found, '2050-01-01')).toBe('gold');
});
