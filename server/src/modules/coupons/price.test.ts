import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noScope } from '../catalog/index.ts';
import { takenOff } from './price.ts';
import type { CouponTerms } from './template/template.ts';

const storeId = 'store';
const category = 'category';
const line = fc.record({
  amount: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  isIn: fc.boolean(),
});
const off = fc.oneof(
  fc.record({ type: fc.constant('amount' as const), amount: fc.integer({ min: 1, max: 10 ** 12 }) }),
  fc.record({
    type: fc.constant('percent' as const),
    ppm: fc.integer({ min: 1, max: 1_000_000 }),
    most: fc.option(fc.integer({ min: 1, max: 10 ** 10 })),
  }),
);
const termsOf = (more: Partial<CouponTerms>): { terms: CouponTerms } => ({
  terms: {
    off: { type: 'amount', amount: 100 },
    minimum: 0,
    scope: noScope,
    from: null,
    validity: { type: 'none' },
    ...more,
  },
});
const boughtOf = (lines: readonly { amount: bigint; isIn: boolean }[]) => ({
  storeId,
  lines: lines.map(({ amount, isIn }) => ({
    productId: null,
    categoryIds: isIn ? ['sub', category] : ['other'],
    amount,
  })),
});

test('what comes off is shared out to the last cent over the lines it is for, and no line falls below nothing', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 20 }),
      off,
      fc.integer({ min: 0, max: 10 ** 11 }),
      fc.boolean(),
      (lines, what, minimum, isBound) => {
        const scope = isBound ? { ...noScope, categoryIds: [category] } : noScope;
        const base = lines.reduce((sum, { amount, isIn }) => (isIn || !isBound ? sum + amount : sum), 0n);
        const taken = takenOff(termsOf({ off: what, minimum, scope }), boughtOf(lines));
        if ('refusal' in taken) {
          if (taken.gap !== null) expect(taken.gap).toBeGreaterThan(0n);
          return;
        }
        expect(base).toBeGreaterThanOrEqual(BigInt(minimum));
        expect(taken.discounts.reduce((sum, part) => sum + part, 0n)).toBe(taken.discount);
        expect(taken.discount).toBeGreaterThan(0n);
        expect(taken.discount).toBeLessThanOrEqual(base);
        if (what.type === 'amount')
          expect(taken.discount).toBe(BigInt(what.amount) < base ? BigInt(what.amount) : base);
        for (const [n, { amount, isIn }] of lines.entries()) {
          const part = taken.discounts[n] ?? -1n;
          expect(part).toBeGreaterThanOrEqual(0n);
          expect(part).toBeLessThanOrEqual(isIn || !isBound ? amount : 0n);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});

test('what is missing is exactly what makes it count', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 5 }),
      off,
      fc.nat(10 ** 9),
      (lines, what, minimum) => {
        const terms = termsOf({ off: what, minimum });
        const taken = takenOff(terms, boughtOf(lines));
        if (!('refusal' in taken)) return;
        const { gap } = taken;
        const more = (amount: bigint) => takenOff(terms, boughtOf([...lines, { amount, isIn: true }]));
        expect(more(gap ?? 0n)).not.toHaveProperty('refusal');
        expect(more((gap ?? 0n) - 1n)).toHaveProperty('refusal');
      },
    ),
  );
});

test('a fifth off is rounded down and stops at its most; a sum never takes more than there is', () => {
  const bought = boughtOf([{ amount: 333n, isIn: true }]);
  const percent = { type: 'percent' as const, ppm: 200_000, most: null };
  expect(takenOff(termsOf({ off: percent }), bought)).toMatchObject({ discount: 66n });
  expect(takenOff(termsOf({ off: { ...percent, most: 50 } }), bought)).toMatchObject({ discount: 50n });
  expect(takenOff(termsOf({ off: { type: 'amount', amount: 400 } }), bought)).toMatchObject({
    discount: 333n,
  });
});

test('it is for a store, for goods, and from a sum on', () => {
  const lines = boughtOf([
    { amount: 999n, isIn: true },
    { amount: 5_000n, isIn: false },
  ]);
  const goods = { ...noScope, categoryIds: [category] };
  const code = (more: Partial<CouponTerms>) => {
    const taken = takenOff(termsOf(more), lines);
    return 'refusal' in taken ? [taken.refusal.refused, taken.gap] : taken.discounts;
  };
  expect(code({ scope: { ...noScope, storeIds: ['elsewhere'] } })).toEqual(['coupon_not_here', null]);
  expect(code({ scope: { ...noScope, productIds: ['x'] } })).toEqual(['coupon_not_for_these', null]);
  expect(code({ scope: goods, minimum: 1_000 })).toEqual(['coupon_below_minimum', 1n]);
  expect(code({ scope: goods, minimum: 999 })).toEqual([100n, 0n]);
});
