import type { BoughtLine } from '../../catalog/index.ts';
import { priceLines, type Snapshot } from '../../memberships/index.ts';
import type { BasketLine } from './basket.ts';
import type { PricingRows } from './rows.ts';

/** What comes off the lines of a basket, and what is so at the time for the order to keep. */
export type Discounted = {
  readonly discounts: readonly bigint[];
  readonly discount: bigint;
  readonly snapshot: Snapshot | undefined;
};

/** What is to be paid of each line, as wallets and points look at it. */
export function boughtLines(
  lines: readonly BasketLine[],
  discounts: readonly bigint[],
): readonly BoughtLine[] {
  return lines.map(({ productId, categoryPath, amount }, n) => ({
    productId,
    categoryIds: categoryPath,
    amount: amount - (discounts[n] ?? 0n),
  }));
}

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
