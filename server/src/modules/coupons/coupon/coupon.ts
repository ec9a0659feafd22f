import { activityId, encodeId } from '../../../kernel/id.ts';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import { type Account, accountsOf, type Book, ownerAnd } from '../../ledger/index.ts';
import {
  type CouponTemplate,
  couponAsset,
  couponTemplateById,
  fatesOf,
  wordsOf,
} from '../template/template.ts';

/** Why a member has it. */
export const couponCauses = ['given', 'top_up'] as const;

/** One coupon of one member. Its use is a balance of one on an account of its own. */
export type Coupon = {
  readonly id: string;
  readonly templateId: string;
  readonly memberId: string;
  readonly cause: (typeof couponCauses)[number];
  /** The top-up that it came with. */
  readonly sourceId: string | null;
  readonly state: 'held' | 'used' | 'lapsed' | 'withdrawn';
  /** null: from when it was given. */
  readonly usableFrom: Date | null;
  /** Exclusive; null: it does not end. */
  readonly usableUntil: Date | null;
  /** The purchase that it was used for, by its number in the log. */
  readonly usedSeq: bigint | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly revision: number;
};

export const coupons = entity<Coupon>('coupon', ({ id }) => id);
export const couponById = finder(coupons, 'byId', ({ id }) => [id]);
/** What a member has and has not used; also what has ended and was not swept yet. */
export const couponsHeldBy = finder(coupons, 'heldByMember', ({ memberId, state }) =>
  state === 'held' ? [memberId] : [],
);

/** What came with a top-up. */
export const couponsOfSource = finder(coupons, 'ofSource', ({ sourceId }) =>
  sourceId === null ? [] : [sourceId],
);

const couponPurpose = 'coupon';

/** For `needs`: the account that its use is on. */
export const useAccounts = (couponId: string, find: Find): readonly Account[] =>
  find.all(accountsOf, ownerAnd(couponId, couponPurpose));

/** All that using one coupon, or having it back, is about. */
export type CouponRows = {
  readonly coupon: Coupon | undefined;
  readonly template: CouponTemplate | undefined;
  /** A book must be over these. */
  readonly accounts: readonly Account[];
};

/** For `needs`: one coupon. */
export function couponRows(couponId: string, find: Find): CouponRows {
  const coupon = find.one(couponById, couponId);
  return {
    coupon,
    template: coupon && find.one(couponTemplateById, coupon.templateId),
    accounts: [...useAccounts(couponId, find), ...(coupon ? fatesOf(coupon.templateId, find) : [])],
  };
}

/** The account that its use is on: at most one, and good for as long as the coupon is. */
export function useOf(book: Book, { id, usableFrom, usableUntil }: Coupon): Account {
  const terms = { ownerId: id, purpose: couponPurpose, asset: couponAsset };
  return book.account(terms, { floor: 0n, ceiling: 1n, usableFrom, usableUntil });
}

/** What people see of it: one that has ended is over, whether it was swept or not. */
export const shownStates = ['usable', 'waiting', 'used', 'lapsed', 'withdrawn'] as const;
type ShownState = (typeof shownStates)[number];

export function shownState({ state, usableFrom, usableUntil }: Coupon, now: Date): ShownState {
  if (state !== 'held') return state;
  if (usableUntil !== null && usableUntil <= now) return 'lapsed';
  return usableFrom !== null && now < usableFrom ? 'waiting' : 'usable';
}

/** Why a coupon that is there cannot be used now, whatever is bought. */
export function mayUse(coupon: Coupon, now: Date): Refusal | undefined {
  switch (shownState(coupon, now)) {
    case 'used':
      return refused('coupon_used');
    case 'lapsed':
      return refused('coupon_ended', { detail: `It was good until ${coupon.usableUntil?.toISOString()}.` });
    case 'withdrawn':
      return refused('coupon_ended', { detail: 'It was taken back.' });
    case 'waiting':
      return refused('coupon_not_yet', {
        detail: `It can be used from ${coupon.usableFrom?.toISOString()}.`,
      });
    case 'usable':
      return undefined;
  }
}

/** Why a coupon cannot be withdrawn. */
export function mayWithdraw(coupon: Coupon, now: Date): Refusal | undefined {
  const refusal = mayUse(coupon, now);
  return refusal?.refused === 'coupon_not_yet' ? undefined : refusal;
}

/** A coupon once it is another's: its account is its own, and stays where it is. */
export const couponOver = (coupon: Coupon, memberId: string): Coupon => ({
  ...coupon,
  memberId,
  revision: coupon.revision + 1,
});

/** A coupon as the API shows it. */
export function couponAnswer(coupon: Coupon, template: CouponTemplate, now: Date) {
  const { id, templateId, memberId, cause, sourceId, usableFrom, usableUntil } = coupon;
  const { usedSeq, createdAt, endedAt } = coupon;
  return {
    id: encodeId('cpn', id),
    templateId: encodeId('cpt', templateId),
    memberId: encodeId('mem', memberId),
    ...wordsOf(template),
    cause,
    topUpId: sourceId === null ? null : encodeId('tup', sourceId),
    state: shownState(coupon, now),
    purchaseId: usedSeq === null || endedAt === null ? null : encodeId('pur', activityId(endedAt, usedSeq)),
    usableFrom: usableFrom?.toISOString() ?? null,
    usableUntil: usableUntil?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
