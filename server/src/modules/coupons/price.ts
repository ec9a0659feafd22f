import { allocate, amountOf } from '../../kernel/money.ts';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import { type Bought, holdsIn, isAboutGoods, names } from '../catalog/index.ts';
import type { CouponTemplate } from './template/template.ts';

/** What a coupon takes off each line, and in all. */
export type TakenOff = { readonly discounts: readonly bigint[]; readonly discount: bigint };

/** Why it takes nothing off, and how much more the goods that it is for would have to come to. */
export type NotFor = { readonly refusal: Refusal; readonly gap: bigint | null };

const whole = 1_000_000n;

/**
 * What a coupon takes off what is bought, of which `amount` is what is left of each line after what members get off. It is
 * shared out over the lines that it is for by largest remainder: to the last minor unit, and no line falls below nothing.
 */
export function takenOff({ terms }: Pick<CouponTemplate, 'terms'>, bought: Bought): TakenOff | NotFor {
  const { off, scope } = terms;
  if (!holdsIn(scope, bought.storeId)) return not('coupon_not_here');
  const isFor = bought.lines.map((line) => !isAboutGoods(scope) || names(scope, line));
  if (!isFor.includes(true)) return not('coupon_not_for_these');
  const weights = bought.lines.map(({ amount }, n) => (isFor[n] ? amount : 0n));
  const base = weights.reduce((sum, amount) => sum + amount, 0n);
  const least = leastOf(terms);
  if (base < least) {
    const gap = least - base;
    const detail = `These goods come to ${base} of ${least}: ${gap} are missing.`;
    return { refusal: refused('coupon_below_minimum', { field: 'couponId', detail }), gap };
  }
  const wanted = off.type === 'amount' ? amountOf(off.amount) : partOf(base, off);
  const discount = wanted < base ? wanted : base;
  return { discounts: allocate(discount, weights), discount };
}

function not(code: 'coupon_not_here' | 'coupon_not_for_these'): NotFor {
  return { refusal: refused(code, { field: 'couponId' }), gap: null };
}

type Percent = Extract<CouponTemplate['terms']['off'], { type: 'percent' }>;

/** Rounded down. */
function partOf(base: bigint, { ppm, most }: Percent): bigint {
  const part = (base * amountOf(ppm)) / whole;
  return most !== null && amountOf(most) < part ? amountOf(most) : part;
}

/** From what on it takes anything off: none is used up for nothing. */
function leastOf({ off, minimum }: CouponTemplate['terms']): bigint {
  const ppm = off.type === 'percent' ? amountOf(off.ppm) : whole;
  const worthwhile = (whole + ppm - 1n) / ppm;
  return amountOf(minimum) > worthwhile ? amountOf(minimum) : worthwhile;
}
