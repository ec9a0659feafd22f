import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type EarningLine, pointsFor, type Scheme, termOf } from './scheme.ts';

const scheme: Scheme = {
  earn: { points: 1, amount: 100 },
  rules: [],
  birthdayPpm: 2_000_000,
  mostEarned: 1_000_000,
  pendingDays: 0,
  ends: { with: 'never', later: 0 },
  spend: { points: 100, worth: 100, billPpm: 500_000 },
  transfer: true,
};
const now = new Date('2026-05-20T10:00:00Z');
const line = (amount: number, more: Partial<EarningLine> = {}): EarningLine => ({
  productId: null,
  categoryIds: [],
  pieces: 1n,
  amount: BigInt(amount),
  ...more,
});
const rule = (more: Partial<Scheme['rules'][number]>): Scheme['rules'][number] => ({
  productId: null,
  categoryId: null,
  storeId: null,
  kind: 'times',
  ppm: 1_000_000,
  points: 0,
  from: null,
  until: null,
  ...more,
});
const earned = (eligible: number, lines: readonly EarningLine[], more: Partial<Scheme> = {}, times = {}) =>
  pointsFor({ ...scheme, ...more }, { storeId: 's', eligible: BigInt(eligible), lines, ...times }, now);

test('a purchase earns by what was paid with money, rounded down once', () => {
  expect(earned(1_050, [line(1_050)])).toBe(10n);
  expect(earned(1_099, [line(550), line(549)])).toBe(10n);
  expect(earned(500, [line(1_050)])).toBe(5n);
  expect(earned(1_050, [])).toBe(10n);
});

test('cards never earn, whatever else is bought with them', () => {
  expect(earned(10_000, [line(10_000, { isCard: true })])).toBe(0n);
  expect(earned(11_000, [line(10_000, { isCard: true }), line(1_000)])).toBe(10n);
});

test('the rule that fits closest holds: product before category, near category before wide, store last', () => {
  const rules = [
    rule({ storeId: 's', ppm: 2_000_000 }),
    rule({ categoryId: 'drinks', ppm: 3_000_000 }),
    rule({ categoryId: 'food', kind: 'none' }),
    rule({ productId: 'tea', kind: 'each', points: 7 }),
    rule({ productId: 'cola', ppm: 9_000_000, until: '2026-05-20T10:00:00Z' }),
  ];
  const drink = { categoryIds: ['drinks', 'food'] };
  expect(earned(1_000, [line(1_000)], { rules })).toBe(20n);
  expect(earned(1_000, [line(1_000, drink)], { rules })).toBe(30n);
  expect(earned(1_000, [line(1_000, { categoryIds: ['bread', 'food'] })], { rules })).toBe(0n);
  expect(earned(1_000, [line(1_000, { ...drink, productId: 'tea', pieces: 3n })], { rules })).toBe(21n);
  expect(earned(1_000, [line(1_000, { ...drink, productId: 'cola' })], { rules })).toBe(30n);
});

test('a birthday and a tier multiply, and no purchase earns more than the most', () => {
  expect(earned(1_000, [], {}, { isBirthday: true })).toBe(20n);
  expect(earned(1_000, [], {}, { isBirthday: true, timesPpm: [1_500_000] })).toBe(30n);
  expect(earned(1_000_000, [], { mostEarned: 99 })).toBe(99n);
});

test('never more than the rate on what was paid, and more paid never earns less', () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(amounts, fc.integer({ min: 0, max: 1e9 }), (parts, paid) => {
      const lines = parts.map((amount) => line(amount));
      const whole = parts.reduce((sum, amount) => sum + amount, 0);
      const eligible = Math.min(paid, whole);
      const most = { mostEarned: 1_000_000_000 };
      const points = earned(paid, lines, most);
      expect(points).toBe(BigInt(Math.floor(eligible / 100)));
      expect(earned(paid + 1, lines, most)).toBeGreaterThanOrEqual(points);
    }),
  );
});

const end = (at: string, ends: Scheme['ends'], pendingDays = 0) => {
  const { from, until } = termOf({ ...scheme, ends, pendingDays }, new Date(at), 'Asia/Shanghai');
  return [from?.toISOString() ?? null, until?.toISOString() ?? null];
};

test('points end with their month, quarter or year in the zone of the merchant', () => {
  expect(end('2026-05-31T15:59:59Z', { with: 'month', later: 0 })).toEqual([
    null,
    '2026-05-31T16:00:00.000Z',
  ]);
  expect(end('2026-05-31T16:00:00Z', { with: 'month', later: 0 })).toEqual([
    null,
    '2026-06-30T16:00:00.000Z',
  ]);
  expect(end('2026-05-20T10:00:00Z', { with: 'quarter', later: 0 })[1]).toBe('2026-06-30T16:00:00.000Z');
  expect(end('2026-12-31T16:00:00Z', { with: 'year', later: 1 })[1]).toBe('2028-12-31T16:00:00.000Z');
  expect(end('2026-12-01T00:00:00Z', { with: 'never', later: 0 })).toEqual([null, null]);
});

test('what waits into the next period ends with that one', () => {
  expect(end('2026-12-30T04:00:00Z', { with: 'year', later: 0 }, 7)).toEqual([
    '2027-01-06T16:00:00.000Z',
    '2027-12-31T16:00:00.000Z',
  ]);
});
