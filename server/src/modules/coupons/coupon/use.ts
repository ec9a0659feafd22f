import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Posting } from '../../../platform/executor/activity.ts';
import { type Change, put } from '../../../platform/executor/workingSet.ts';
import type { Book } from '../../ledger/index.ts';
import { type CouponTemplate, fateOf } from '../template/template.ts';
import { type Coupon, type CouponRows, coupons, mayUse, shownState, useOf } from './coupon.ts';

/** A member's coupon and what it says. */
export type Usable = { readonly coupon: Coupon; readonly template: CouponTemplate };

/** The coupon of a member that can be used now; another's is answered as one that is not there. */
export function usableBy({ coupon, template }: CouponRows, memberId: string, now: Date): Usable | Refusal {
  if (!coupon || !template || coupon.memberId !== memberId) return refused('coupon_not_found');
  return mayUse(coupon, now) ?? { coupon, template };
}

export type Moved = { readonly postings: readonly Posting[]; readonly changes: readonly Change[] };

/** Takes the one use of a coupon for the purchase with this number. The changes of the book are the caller's to write. */
export function takeUse({ coupon, template }: Usable, seq: bigint, book: Book, now: Date): Moved | Refusal {
  const transfer = { from: useOf(book, coupon), to: fateOf(book, template, 'used'), amount: 1n };
  const postings = book.post([transfer]);
  if (isRefused(postings)) return postings;
  const used: Coupon = {
    ...coupon,
    state: 'used',
    usedSeq: seq,
    endedAt: now,
    revision: coupon.revision + 1,
  };
  return { postings, changes: [put(coupons, used)] };
}

/**
 * Gives the use back for a purchase of which nothing is left, to whoever the member is by now. What has ended meanwhile
 * stays used: undefined.
 */
export function returnUse(
  { coupon, template }: CouponRows,
  { seq, memberId }: { readonly seq: bigint; readonly memberId: string },
  book: Book,
  now: Date,
): Moved | Refusal | undefined {
  if (!coupon || !template || coupon.usedSeq !== seq) return undefined;
  const held: Coupon = {
    ...coupon,
    memberId,
    state: 'held',
    usedSeq: null,
    endedAt: null,
    revision: coupon.revision + 1,
  };
  if (shownState(held, now) === 'lapsed') return undefined;
  const transfer = { from: fateOf(book, template, 'used'), to: useOf(book, held), amount: 1n };
  const postings = book.post([transfer]);
  return isRefused(postings) ? postings : { postings, changes: [put(coupons, held)] };
}
