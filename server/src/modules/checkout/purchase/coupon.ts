import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import type { ActivityDraft } from '../../../platform/executor/activity.ts';
import type { Context } from '../../../platform/executor/useCase.ts';
import type { Change, Find } from '../../../platform/executor/workingSet.ts';
import type { Bought } from '../../catalog/index.ts';
import {
  type Coupon,
  type CouponRows,
  type CouponTemplate,
  couponAnswer,
  couponsHeldBy,
  couponTemplateById,
  mayUse,
  returnUse,
  takenOff,
  takeUse,
  type Usable,
  usableBy,
} from '../../coupons/index.ts';
import type { Book } from '../../ledger/index.ts';
import type { PricingRows, PurchaseInput } from './rows.ts';

/** The coupon that is to take something off; undefined: none is, refused: it is not the member's to use now. */
export function usableIn(
  { coupon, member }: Pick<PricingRows, 'coupon' | 'member'>,
  { couponId }: Pick<PurchaseInput, 'couponId'>,
  now: Date,
): Usable | Refusal | undefined {
  if (couponId === undefined) return undefined;
  if (!member || !coupon) return refused('member_required', { field: 'memberId' });
  const usable = usableBy(coupon, member.id, now);
  return isRefused(usable) ? { ...usable, field: 'couponId' } : usable;
}

/** Coupons that a member has not used. */
type Held = { readonly coupon: Coupon; readonly template: CouponTemplate | undefined };

/** For `needs`: what a member has that could be used. */
export function heldCoupons(memberId: string | undefined, find: Find): readonly Held[] {
  if (memberId === undefined) return [];
  return find.all(couponsHeldBy, memberId).map((coupon) => ({
    coupon,
    template: find.one(couponTemplateById, coupon.templateId),
  }));
}

/** What is bought at the two prices that a basket has. */
type Baskets = { readonly byWallet: Bought; readonly otherwise: Bought };

/** How many are told of at once. */
const toldMax = 50;

/** What each of a member's coupons would take off a basket, the best first; or why it takes nothing, and how much is missing. */
export function couponOffers(held: readonly Held[], baskets: Baskets, now: Date) {
  return held
    .flatMap(({ coupon, template }) => {
      const unable = mayUse(coupon, now);
      if (!template || (unable && unable.refused !== 'coupon_not_yet')) return [];
      const effect = (bought: Bought) => effectOf(template, bought, unable);
      const { id, templateId, name, off, minimum, usableFrom, usableUntil } = couponAnswer(
        coupon,
        template,
        now,
      );
      return [
        {
          ...{ id, templateId, name, off, minimum, usableFrom, usableUntil },
          byWallet: effect(baskets.byWallet),
          otherwise: effect(baskets.otherwise),
        },
      ];
    })
    .toSorted(bestFirst)
    .slice(0, toldMax);
}

type Effect = { readonly discount: number; readonly reason: string | null; readonly gap: number | null };

function effectOf(template: CouponTemplate, bought: Bought, unable: Refusal | undefined): Effect {
  if (unable) return { discount: 0, reason: unable.refused, gap: null };
  const taken = takenOff(template, bought);
  if (!('refusal' in taken)) return { discount: jsonAmount(taken.discount), reason: null, gap: null };
  const { refusal, gap } = taken;
  return { discount: 0, reason: refusal.refused, gap: gap === null ? null : jsonAmount(gap) };
}

type Offered = {
  readonly id: string;
  readonly otherwise: Effect;
  readonly byWallet: Effect;
  readonly usableUntil: string | null;
};

/** What takes off most; of those that take nothing what is nearest to it; then what ends soonest. */
function bestFirst(one: Offered, other: Offered): number {
  const gapOf = ({ otherwise }: Offered) => otherwise.gap ?? Number.MAX_SAFE_INTEGER;
  const endOf = ({ usableUntil }: Offered) => usableUntil ?? '~';
  const most = other.otherwise.discount - one.otherwise.discount;
  const mostByWallet = other.byWallet.discount - one.byWallet.discount;
  const byEnd = endOf(one) < endOf(other) ? -1 : endOf(one) > endOf(other) ? 1 : 0;
  return most || mostByWallet || gapOf(one) - gapOf(other) || byEnd || (one.id < other.id ? -1 : 1);
}

type Told = { readonly activities: readonly ActivityDraft[]; readonly changes: readonly Change[] };
const nothing: Told = { activities: [], changes: [] };

/** Uses the coupon of a purchase, which is the first entry that is written. */
export function useIn(
  usable: Usable | undefined,
  { storeId, discount }: { readonly storeId: string; readonly discount: bigint },
  book: Book,
  context: Context,
): Told | Refusal {
  if (!usable) return nothing;
  const taken = takeUse(usable, context.seq(), book, context.now);
  if (isRefused(taken)) return taken;
  const details = {
    memberId: encodeId('mem', usable.coupon.memberId),
    purchaseId: encodeId('pur', context.activityId()),
  };
  return {
    activities: [
      {
        type: 'coupon.used',
        subjectId: usable.coupon.id,
        storeId,
        relatedSeq: context.seq(),
        amount: discount,
        details,
        postings: taken.postings,
      },
    ],
    changes: taken.changes,
  };
}

/** What became of the coupon of a purchase of which nothing is left. */
export type CouponBack = Told & { readonly outcome: 'returned' | 'lost' };

type Whose = {
  readonly purchaseId: string;
  readonly seq: bigint;
  readonly storeId: string;
  readonly memberId: string;
};

/** Gives the coupon of a purchase back; it is lost where it has ended meanwhile. */
export function backFrom(rows: CouponRows, whose: Whose, book: Book, { now }: Context): CouponBack | Refusal {
  const { purchaseId, memberId, seq, storeId } = whose;
  const back = returnUse(rows, { seq, memberId }, book, now);
  if (back === undefined) return { ...nothing, outcome: 'lost' };
  if (isRefused(back)) return back;
  const details = { memberId: encodeId('mem', memberId), purchaseId: encodeId('pur', purchaseId) };
  return {
    outcome: 'returned',
    activities: [
      {
        type: 'coupon.returned',
        subjectId: rows.coupon?.id,
        storeId,
        relatedSeq: seq,
        details,
        postings: back.postings,
      },
    ],
    changes: back.changes,
  };
}
