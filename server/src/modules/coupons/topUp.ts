import { jsonAmount } from '../../kernel/money.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { type Change, type Find, put } from '../../platform/executor/workingSet.ts';
import type { Account, Book, Transfer } from '../ledger/index.ts';
import {
  type Coupon,
  coupons,
  couponsOfSource,
  mayWithdraw,
  shownState,
  useAccounts,
  useOf,
} from './coupon/coupon.ts';
import { ending } from './coupon/end.ts';
import { type CouponTemplate, couponTemplateById, fateOf, fatesOf, mayGive } from './template/template.ts';

/** What somebody has laid down to be given: so many of a template. */
export type CouponGrant = { readonly templateId: string; readonly count: number };

/** A template of which coupons may be given with something, and how many there are of it. */
export type GrantRows = { readonly template: CouponTemplate | undefined; readonly fates: readonly Account[] };

/** For `needs`: a template that is given of. A book must be over its `fates`. */
export function grantRows(templateId: string, find: Find): GrantRows {
  return { template: find.one(couponTemplateById, templateId), fates: fatesOf(templateId, find) };
}

/** What comes of a grant: all of it, or nothing and why. What it comes with goes on in either case. */
export type Granted = {
  readonly template: CouponTemplate;
  readonly count: number;
  readonly refusal: Refusal | undefined;
};

/** What comes of a grant now; undefined where there is no such template. */
export function granted(
  { template, fates }: GrantRows,
  { count }: CouponGrant,
  now: Date,
): Granted | undefined {
  return template && { template, count, refusal: mayGive(template, fates, BigInt(count), now) };
}

/** The coupons that came with something. */
export type SourceCoupons = {
  readonly coupons: readonly Coupon[];
  readonly template: CouponTemplate | undefined;
  /** A book must be over these. */
  readonly accounts: readonly Account[];
};

/** For `needs`: the coupons that came with a top-up. */
export function couponsWith(sourceId: string, find: Find): SourceCoupons {
  const found = find.all(couponsOfSource, sourceId);
  const [one] = found;
  return {
    coupons: found,
    template: one && find.one(couponTemplateById, one.templateId),
    accounts: [
      ...found.flatMap(({ id }) => useAccounts(id, find)),
      ...(one ? fatesOf(one.templateId, find) : []),
    ],
  };
}

/** Of `total` that they came with, `before` went back already, and `now` does. */
type Returning = { readonly total: bigint; readonly before: bigint; readonly now: bigint };

/** Which coupons go with what goes back: of those that are not used as many as are due by then and not gone already. */
export function goingWith(all: readonly Coupon[], returning: Returning, now: Date): readonly Coupon[] {
  const { total, before } = returning;
  const due = (BigInt(all.length) * (before + returning.now)) / total;
  const gone = all.filter(({ state }) => state === 'withdrawn').length;
  const left = all.filter((coupon) => mayWithdraw(coupon, now) === undefined);
  const wanted = jsonAmount(due) - gone;
  if (wanted <= 0) return [];
  return left.toSorted((one, other) => (one.id < other.id ? 1 : -1)).slice(0, wanted);
}

type Moved = { readonly transfers: readonly Transfer[]; readonly changes: readonly Change[] };

/** Withdraws coupons with what they came with. */
export function withdrawWith(
  { template }: SourceCoupons,
  going: readonly Coupon[],
  book: Book,
  now: Date,
): Moved {
  if (!template) return { transfers: [], changes: [] };
  const ended = going.map((coupon) => ending(coupon, template, 'withdrawn', book, now));
  return {
    transfers: ended.map(({ transfer }) => transfer),
    changes: ended.map(({ change }) => change),
  };
}

/** Gives those back that were withdrawn, to whoever has by now what they came with; what has ended meanwhile stays gone. */
export function comeAgain(
  { coupons: all, template }: SourceCoupons,
  { ids, memberId }: { readonly ids: readonly string[]; readonly memberId: string },
  book: Book,
  now: Date,
): Moved {
  if (!template) return { transfers: [], changes: [] };
  const again = all
    .filter(({ id, state }) => ids.includes(id) && state === 'withdrawn')
    .map(
      (coupon): Coupon => ({
        ...coupon,
        memberId,
        state: 'held',
        endedAt: null,
        revision: coupon.revision + 1,
      }),
    )
    .filter((coupon) => shownState(coupon, now) !== 'lapsed');
  const from = fateOf(book, template, 'withdrawn');
  return {
    transfers: again.map((coupon) => {
      const to = useOf(book, coupon);
      book.set({ ...book.now(to), state: 'open' });
      return { from, to, amount: 1n };
    }),
    changes: again.map((coupon) => put(coupons, coupon)),
  };
}
