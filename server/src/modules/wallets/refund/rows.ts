import { type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import { couponsWith, type SourceCoupons } from '../../coupons/index.ts';
import { type Account, accountsOf, ownerAnd } from '../../ledger/index.ts';
import { type Merchant, merchantById } from '../../merchants/index.ts';
import { type PointsRows, pointsRows } from '../../points/index.ts';
import { gaveCoupons } from '../bonus/coupons.ts';
import { rulesIn } from '../bonus/rule.ts';
import { policyIn, type WalletPolicy } from '../policy/policy.ts';
import { type TopUp, topUpBySource, topUpsOf } from '../topUp/topUp.ts';
import { givenPurpose, walletLots } from '../wallet.ts';
import { leftOf, quoteOf, type RefundQuote } from './quote.ts';

/** A top-up, and what giving of it back is about. A book must be over its `accounts`. */
export type RefundRows = {
  readonly topUp: TopUp | undefined;
  /** All top-ups of the member: what is left of one depends on the others. */
  readonly all: readonly TopUp[];
  readonly lots: readonly Account[];
  readonly accounts: readonly Account[];
  /** Where points were given with it. */
  readonly points: PointsRows | undefined;
  /** Where a rule gave coupons with it. */
  readonly coupons: SourceCoupons | undefined;
  readonly policy: WalletPolicy;
  readonly merchant: Merchant | undefined;
};

/** For `needs`: what giving back of a top-up is about. */
export function refundRows(topUp: TopUp | undefined, find: Find): RefundRows {
  const lots = walletLots(topUp?.memberId, find);
  const points = topUp && topUp.points > 0n ? pointsRows(topUp.memberId, find) : undefined;
  const coupons = topUp && couponsOfTopUp(topUp, find);
  return {
    topUp,
    all: topUp ? find.all(topUpsOf, topUp.memberId) : [],
    lots,
    accounts: [
      ...lots,
      ...(topUp ? othersOf(topUp, find) : []),
      ...(points?.accounts ?? []),
      ...(coupons?.accounts ?? []),
    ],
    points,
    coupons,
    policy: policyIn(find),
    merchant: find.one(merchantById, find.merchantId),
  };
}

/** For `needs`: the coupons that came with a top-up, where its rule gave any. */
export const couponsOfTopUp = ({ id, ruleId }: TopUp, find: Find): SourceCoupons | undefined =>
  gaveCoupons(rulesIn(find), ruleId) ? couponsWith(id, find) : undefined;

const othersOf = (topUp: TopUp, find: Find): readonly Account[] => [
  ...find.all(accountsOf, ownerAnd(topUp.storeId, 'tender')),
  ...find.all(accountsOf, ownerAnd(find.merchantId, 'sale_difference')),
  ...find.all(accountsOf, ownerAnd(find.merchantId, givenPurpose)),
];

/** The same of the top-up that came of something else: a payment order. */
export const sourceRows = (sourceId: string | undefined, find: Find): RefundRows =>
  refundRows(sourceId === undefined ? undefined : find.one(topUpBySource, sourceId), find);

/** What would be paid back for what is left of the top-up; refused where nothing is. */
export function quoteIn(
  { topUp, all, lots, policy, merchant, coupons }: RefundRows,
  usedAtListPrice: bigint | undefined,
  now: Date,
): RefundQuote | Refusal {
  if (!topUp || !merchant) return refused('top_up_not_found');
  const left = leftOf(all, lots, now).find((each) => each.topUp.id === topUp.id);
  if (!left || left.principal + left.bonus === 0n) return refused('top_up_used_up');
  return quoteOf(left, policy, { lots, usedAtListPrice, coupons, now, zone: merchant.timezone });
}
