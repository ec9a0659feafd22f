import type { Context } from '../../../platform/executor/useCase.ts';
import { type Change, put } from '../../../platform/executor/workingSet.ts';
import type { Account, Book, Transfer } from '../../ledger/index.ts';
import { type CouponTemplate, fateOf, termAt } from '../template/template.ts';
import { type Coupon, coupons, useOf } from './coupon.ts';

/** To whom, how many, and why. */
export type Giving = Pick<Coupon, 'memberId' | 'cause' | 'sourceId'> & { readonly count: number };

export type Given = {
  readonly coupons: readonly Coupon[];
  /** To be posted by the caller, in the book that they were made in. */
  readonly transfers: readonly Transfer[];
  readonly changes: readonly Change[];
};

/** Gives coupons of a template: each is one use, which comes out of what may be issued. */
export function giveCoupons(
  template: CouponTemplate,
  { count, ...whose }: Giving,
  zone: string,
  book: Book,
  { now, newId }: Pick<Context, 'now' | 'newId'>,
): Given {
  const from: Account = fateOf(book, template, 'issued');
  const term = termAt(template.terms, zone, now);
  const made = Array.from(
    { length: count },
    (): Coupon => ({
      id: newId(),
      templateId: template.id,
      ...whose,
      ...term,
      state: 'held',
      usedSeq: null,
      createdAt: now,
      endedAt: null,
      revision: 1,
    }),
  );
  return {
    coupons: made,
    transfers: made.map((coupon) => ({ from, to: useOf(book, coupon), amount: 1n })),
    changes: made.map((coupon) => put(coupons, coupon)),
  };
}
