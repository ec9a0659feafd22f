import { isRefused, type Refusal } from '../../../kernel/outcome.ts';
import type { Posting } from '../../../platform/executor/activity.ts';
import { type Change, put } from '../../../platform/executor/workingSet.ts';
import { openBook } from '../../ledger/index.ts';
import { type CouponTemplate, type Fate, fateOf } from '../template/template.ts';
import { type Coupon, type CouponRows, coupons, useOf } from './coupon.ts';

type Ended = {
  readonly coupon: Coupon;
  readonly postings: readonly Posting[];
  readonly changes: readonly Change[];
};

/** Takes the use of a coupon away, and closes its account: nothing comes back onto it. */
export function endCoupon(
  coupon: Coupon,
  template: CouponTemplate,
  { accounts }: Pick<CouponRows, 'accounts'>,
  fate: Extract<Fate, 'lapsed' | 'withdrawn'>,
  now: Date,
): Ended | Refusal {
  const book = openBook(accounts, now);
  const from = useOf(book, coupon);
  const postings = book.post([{ from, to: fateOf(book, template, fate), amount: 1n }], {
    evenIfUnusable: true,
  });
  if (isRefused(postings)) return postings;
  book.set({ ...book.now(from), state: 'closed' });
  const ended: Coupon = { ...coupon, state: fate, endedAt: now, revision: coupon.revision + 1 };
  return { coupon: ended, postings, changes: [put(coupons, ended), ...book.changes()] };
}
