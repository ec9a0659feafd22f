import { allocate, amountOf } from '../../kernel/money.ts';

/** One whole, in parts per million. */
export const whole = 1_000_000;

/** What is taken off the price, in parts per million. */
export type Rate = {
  readonly ppm: number;
  /** Where all is paid out of the member's wallet, this instead; null: the same. */
  readonly walletPpm: number | null;
};

/** A discount: a rate, and categories that have another. 0 takes nothing off. */
export type Discount = Rate & {
  readonly categories: readonly (Rate & { readonly categoryId: string })[];
};

/** What is bought, as far as its price matters. */
export type Line = {
  readonly amount: bigint;
  /** The category that it is in, and those above that one; the nearest first. */
  readonly categoryPath: readonly string[];
};

/** The rate for a line: that of the nearest category which has one, else the discount's own. */
export function rateFor(discount: Discount, { categoryPath }: Line, paidByWallet: boolean): number {
  let rate: Rate = discount;
  for (const categoryId of categoryPath) {
    const own = discount.categories.find((category) => category.categoryId === categoryId);
    if (own === undefined) continue;
    rate = own;
    break;
  }
  return paidByWallet ? (rate.walletPpm ?? rate.ppm) : rate.ppm;
}

/**
 * What comes off each line at its rate. Rounded by largest remainder over the lines and what is left to pay, so the
 * discounts are together what they are on the whole, and no line gets more off than it costs.
 */
export function discountsOn(lines: readonly Line[], ppms: readonly number[]): readonly bigint[] {
  const total = lines.reduce((sum, { amount }) => sum + amount, 0n);
  if (total === 0n || ppms.every((ppm) => ppm === 0)) return lines.map(() => 0n);
  const off = lines.map(({ amount }, n) => amount * amountOf(ppms[n] ?? 0));
  const kept = off.reduce((left, part) => left - part, total * amountOf(whole));
  return allocate(total, [...off, kept]).slice(0, lines.length);
}
