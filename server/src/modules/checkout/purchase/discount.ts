import type { Bought, BoughtLine } from '../../catalog/index.ts';
import { type NotFor, takenOff, type Usable } from '../../coupons/index.ts';
import { priceLines, type Snapshot } from '../../memberships/index.ts';
import { type BasketLine, totalOf } from './basket.ts';
import type { PricingRows } from './rows.ts';

/** What comes off the lines of a basket, and what is so at the time for the order to keep. */
export type Discounted = {
  readonly discounts: readonly bigint[];
  readonly discount: bigint;
  readonly snapshot: Snapshot | undefined;
};

/**
 * What a member gets off by card type and tier; nothing for who is none. Where the wallet of a relative pays all, and that
 * one lets them have it, it is what the relative gets off, if that is more.
 */
export function discounted(
  { membership, family }: PricingRows,
  lines: readonly BasketLine[],
  paidByWallet: boolean,
  now: Date,
): Discounted {
  const own = membership
    ? priceLines(membership, lines, { paidByWallet }, now)
    : { discounts: lines.map(() => 0n), discount: 0n, snapshot: undefined };
  if (!paidByWallet || !family?.share?.withDiscount) return own;
  const theirs = priceLines(family.membership, lines, { paidByWallet }, now);
  return theirs.discount > own.discount ? theirs : own;
}

/** What a basket comes to. */
export type Price = Discounted & {
  /** What a coupon takes off each line, behind what the member gets off. */
  readonly couponDiscounts: readonly bigint[];
  readonly couponDiscount: bigint;
  /** What is to be paid of each line, as wallets and points look at it. */
  readonly bought: readonly BoughtLine[];
  readonly due: bigint;
};

const boughtOf = (lines: readonly BasketLine[], offOf: (n: number) => bigint): readonly BoughtLine[] =>
  lines.map(({ productId, categoryPath, amount }, n) => ({
    productId,
    categoryIds: categoryPath,
    amount: amount - offOf(n),
  }));

/** What is bought, after what the member gets off: what a coupon looks at. */
export function beforeCoupon(storeId: string, lines: readonly BasketLine[], off: Discounted): Bought {
  return { storeId, lines: boughtOf(lines, (n) => off.discounts[n] ?? 0n) };
}

/** What a basket comes to without a coupon. */
export function plainPrice(lines: readonly BasketLine[], off: Discounted): Price {
  return {
    ...off,
    couponDiscounts: lines.map(() => 0n),
    couponDiscount: 0n,
    bought: boughtOf(lines, (n) => off.discounts[n] ?? 0n),
    due: totalOf(lines) - off.discount,
  };
}

/** What a basket comes to with a coupon, or why that takes nothing off. */
export function priceWith(
  { template }: Usable,
  storeId: string,
  lines: readonly BasketLine[],
  off: Discounted,
): Price | NotFor {
  const taken = takenOff(template, beforeCoupon(storeId, lines, off));
  if ('refusal' in taken) return taken;
  const couponDiscounts = taken.discounts;
  return {
    ...off,
    couponDiscounts,
    couponDiscount: taken.discount,
    bought: boughtOf(lines, (n) => (off.discounts[n] ?? 0n) + (couponDiscounts[n] ?? 0n)),
    due: totalOf(lines) - off.discount - taken.discount,
  };
}
