import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Basket, centsOf } from './baskets.ts';
import { firstLoad, planOf, reloadStep } from './plan.ts';

test.each([
  ['0', 0n, true],
  ['1.5', 150n, true],
  ['1.88', 188n, true],
  ['100', 10_000n, true],
  ['0.10', 10n, true],
  ['4.440892e-16', 0n, false],
  ['1.005', 101n, false],
  ['1.0049', 100n, false],
  ['2.5e1', 2_500n, true],
  ['1e+2', 10_000n, true],
  ['90071992547409.93', 9_007_199_254_740_993n, true],
])('%s is %d cents', (text, cents, exact) => {
  expect(centsOf(text)).toEqual({ cents, exact });
});

test.each(['', '-1', '1,5', '.5', '5.', 'NaN', 'Infinity', '0x10', '1e999', '1 ', '1e'])(
  '"%s" is no amount',
  (text) => {
    expect(centsOf(text)).toBeUndefined();
  },
);

const basket = fc.record({
  householdId: fc.constantFrom('a', 'b', 'c'),
  storeId: fc.constantFrom('1', '2'),
  total: fc.bigInt(0n, 9_000n),
});
const baskets = fc
  .array(basket, { maxLength: 60 })
  .map((all) => all.map((one, n): Basket => ({ ...one, id: String(n) })));

test('a planned card can always pay, and is never reloaded by more than it takes', () => {
  fc.assert(
    fc.property(baskets, (all) => {
      const plan = planOf(all);
      const cards = new Map<string, bigint>();
      for (const { householdId, first, reload, total } of plan.visits) {
        expect(first).toBe(!cards.has(householdId));
        const before = cards.get(householdId) ?? firstLoad;
        expect(reload > 0n).toBe(before < total);
        const after = before + reload - total;
        expect(after >= 0n && (reload === 0n || after < reloadStep)).toBe(true);
        cards.set(householdId, after);
      }
      for (const [household, { loads, spend }] of plan.expected)
        expect(loads - spend).toBe(cards.get(household));
      expect(plan.expected.size).toBe(cards.size);
    }),
  );
});

test('a plan of fewer baskets is the beginning of the plan of more, with the same cards and stores', () => {
  fc.assert(
    fc.property(baskets, fc.nat(60), (all, limit) => {
      const [whole, part] = [planOf(all), planOf(all, limit)];
      expect(part.visits).toEqual(whole.visits.slice(0, limit));
      expect([part.households, part.storeIds]).toEqual([whole.households, whole.storeIds]);
    }),
  );
});
