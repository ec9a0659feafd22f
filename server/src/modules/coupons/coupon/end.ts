import { isRefused, type Refusal } from '../../../kernel/outcome.ts';
import type { Posting } from '../../../platform/executor/activity.ts';
import { type Change, put } from '../../../platform/executor/workingSet.ts';
import { type Book, openBook, type Transfer } from '../../ledger/index.ts';
import { type CouponTemplate, type Fate, fateOf } from '../template/template.ts';
import { type Coupon, type CouponRows, coupons, useOf } from './coupon.ts';

type End = Extract<Fate, 'lapsed' | 'withdrawn'>;

/**
 * Takes the use of a coupon away, and closes its account: nothing comes onto it by mistake. The transfer is the caller's to
 * post, though the account is not usable any more.
 */
export function ending(coupon: Coupon, template: CouponTemplate, fate: End, book: Book, now: Date) {
  const from = useOf(book, coupon);
  book.set({ ...book.now(from), state: 'closed' });
  const ended: Coupon = { ...coupon, state: fate, endedAt: now, revision: coupon.revision + 1 };
  const transfer: Transfer = { from, to: fateOf(book, template, fate), amount: 1n };
  return { coupon: ended, transfer, change: put(coupons, ended) };
}

type Ended = {
  readonly coupon: Coupon;
  readonly postings: readonly Posting[];
  readonly changes: readonly Change[];
};

/** Ends one coupon, by itself. */
export function endCoupon(
  coupon: Coupon,
  template: CouponTemplate,
  { accounts }: Pick<CouponRows, 'accounts'>,
  fate: End,
  now: Date,
): Ended | Refusal {
  const book = openBook(accounts, now);
  const ended = ending(coupon, template, fate, book, now);
  const postings = book.post([ended.transfer], { evenIfUnusable: true });
  if (isRefused(postings)) return postings;
  return { coupon: ended.coupon, postings, changes: [ended.change, ...book.changes()] };
}
