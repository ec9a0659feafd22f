import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import { type PaymentCode, type Presented, spendRows } from '../../cards/index.ts';
import { type CouponRows, couponRows } from '../../coupons/index.ts';
import { type SharedRows, sharedRows, shareIn } from '../../families/index.ts';
import { type Account, accountsOf, activityByReference, ownerAnd, storeAnd } from '../../ledger/index.ts';
import { type BirthdayHashes, memberAt } from '../../members/index.ts';
import { type MembershipRows, membershipRows } from '../../memberships/index.ts';
import { merchantById, storeById } from '../../merchants/index.ts';
import { type PointsRows, pointsRows } from '../../points/index.ts';
import { settlingRows } from '../../settlement/index.ts';
import { codeUseOf, policyIn, rulesIn, unprovenIn, walletLots } from '../../wallets/index.ts';
import { basketRows, type LineInput } from './basket.ts';

/** By what a purchase is paid, in this order. */
export type Tender =
  | {
      readonly kind: 'wallet';
      readonly amount: bigint;
      /** What the member's phone shows. */
      readonly shown: PaymentCode | undefined;
    }
  | { readonly kind: 'gift_card'; readonly amount: bigint; readonly presented: Presented }
  | { readonly kind: 'points'; readonly points: bigint }
  | {
      readonly kind: 'money';
      readonly amount: bigint;
      readonly tender: string;
      readonly reference: string | undefined;
    };

export type PurchaseInput = {
  readonly storeId: string;
  readonly reference: string;
  readonly memberId: string | undefined;
  /** Whose wallet pays, where that is not the member's own. */
  readonly payerId: string | undefined;
  readonly lines: readonly LineInput[];
  /** A coupon of the member's that takes something off. */
  readonly couponId: string | undefined;
  readonly tenders: readonly Tender[];
  /** By what it is told whether today is the member's birthday, which stands nowhere in clear. */
  readonly birthdayHashes: BirthdayHashes;
};

type Basket = Pick<PurchaseInput, 'storeId' | 'memberId' | 'payerId' | 'lines' | 'couponId'>;

/** The wallet of somebody else that pays, with what they get off. */
type FamilyRows = SharedRows & { readonly membership: MembershipRows };

function familyRows({ memberId, payerId }: Basket, find: Find): FamilyRows | undefined {
  if (memberId === undefined || payerId === undefined) return undefined;
  return { ...sharedRows(payerId, memberId, find), membership: membershipRows(payerId, find) };
}

/** For `needs`: what pricing a basket is about. */
export function pricingRows(basket: Basket, find: Find) {
  const { storeId, memberId, lines, couponId } = basket;
  const coupon: CouponRows | undefined = couponId === undefined ? undefined : couponRows(couponId, find);
  return {
    family: familyRows(basket, find),
    store: find.one(storeById, storeId),
    merchant: find.one(merchantById, find.merchantId),
    member: memberId === undefined ? undefined : memberAt(memberId, find),
    membership: memberId === undefined ? undefined : membershipRows(memberId, find),
    basket: basketRows(lines, find),
    coupon,
    policy: policyIn(find),
    rules: rulesIn(find),
    lots: walletLots(memberId, find),
  };
}

/** For `needs`: what a purchase is about. A member's lots, points and standing are in memory after the first. */
export function purchaseRows(input: PurchaseInput, find: Find) {
  const { storeId, reference, memberId, tenders } = input;
  const pricing = pricingRows(input, find);
  const cards = tenders.flatMap((tender) =>
    tender.kind === 'gift_card' ? [spendRows({ ...tender, currency: '', storeId, reference }, find)] : [],
  );
  const lots = [...pricing.lots, ...(pricing.family?.lots ?? []), ...cards.flatMap((card) => card.lots.lots)];
  const points: PointsRows | undefined = memberId === undefined ? undefined : pointsRows(memberId, find);
  const shown = tenders.flatMap((tender) =>
    tender.kind === 'wallet' && tender.shown ? [tender.shown] : [],
  )[0];
  const paysByWallet = tenders.some(({ kind }) => kind === 'wallet');
  const takesMoney = tenders.some(({ kind }) => kind === 'money' || kind === 'points');
  const tills: readonly Account[] = takesMoney ? find.all(accountsOf, ownerAnd(storeId, 'tender')) : [];
  return {
    ...pricing,
    cards,
    points,
    tills,
    codeUse: codeUseOf(shown, find),
    unproven: paysByWallet ? unprovenIn(memberId, pricing.policy, find) : undefined,
    settling: settlingRows(storeId, lots, find),
    claimed: find.one(activityByReference, storeAnd(storeId, reference)),
  };
}

export type PurchaseRows = ReturnType<typeof purchaseRows>;
export type PricingRows = ReturnType<typeof pricingRows>;

/** Why nothing can be bought here by this person, in check order. */
export function mayBuy(
  { store, member, family }: PricingRows,
  { memberId, payerId }: Basket,
): Refusal | undefined {
  if (!store) return refused('store_not_found', { field: 'storeId' });
  if (store.state !== 'open') return refused('store_closed', { field: 'storeId' });
  if (memberId !== undefined && !member) return refused('member_not_found', { field: 'memberId' });
  if (payerId === undefined) return undefined;
  if (!family) return refused('member_required', { field: 'memberId' });
  const share = shareIn(family);
  return isRefused(share) ? share : undefined;
}
