import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import { merchantById } from '../merchants/index.ts';
import { discountsOn, type Line, rateFor } from './discount.ts';
import { type Plan, planOf, plansIn } from './plan/plan.ts';
import { isGood, type Membership, membershipOf } from './term/membership.ts';
import { earnedRank, type Standing, standingNow, standingOf } from './tier/standing.ts';
import { type Ladder, ladderIn, type Tier } from './tier/tier.ts';

/** The rows behind what a member gets off, and behind what a purchase does for their tier. */
export type MembershipRows = {
  readonly memberId: string;
  readonly zone: string;
  readonly membership: Membership | undefined;
  readonly plans: readonly Plan[];
  readonly ladder: Ladder | undefined;
  readonly standing: Standing | undefined;
};

/** For `needs`: what a member has. What a merchant does not have, plans or tiers, is not looked for. */
export function membershipRows(memberId: string, find: Find): MembershipRows {
  const plans = plansIn(find);
  return {
    memberId,
    zone: find.one(merchantById, find.merchantId)?.timezone ?? 'UTC',
    membership: plans.length === 0 ? undefined : membershipOf(memberId, find),
    plans,
    ladder: ladderIn(find),
    standing: find.one(standingOf, memberId),
  };
}

/** The plan, as it was bought, that a member enjoys at this time. */
function planNow({ membership, plans }: MembershipRows, now: Date): Plan | undefined {
  if (!membership || !isGood(membership, now)) return undefined;
  return planOf(plans, membership.planId, membership.planVersion);
}

/** The tier that a member is in at this time: the highest of what they reached, were given, or have by their plan. */
export function tierNow(rows: MembershipRows, now: Date): Tier | undefined {
  const { ladder, standing, zone } = rows;
  if (!ladder) return undefined;
  const plan = planNow(rows, now);
  const byPlan = plan ? ladder.tiers.findLastIndex(({ entry }) => entry.planIds.includes(plan.id)) : -1;
  const earned = standing ? earnedRank(standingNow(standing, ladder, zone, now), ladder, now) : -1;
  return ladder.tiers[Math.max(byPlan, earned)];
}

export type { Line } from './discount.ts';

export type Priced = {
  /** What comes off each line; at most what it costs. */
  readonly discounts: readonly bigint[];
  readonly discount: bigint;
  /** What was so at the time, in JSON values, for the order to keep. */
  readonly snapshot: Snapshot;
};

export type Snapshot = {
  readonly planId: string | null;
  readonly planVersion: number | null;
  readonly tierId: string | null;
  /** Which version of the tiers. */
  readonly tiersNumber: number | null;
  readonly paidByWallet: boolean;
  readonly discount: number;
  readonly lines: readonly { readonly ppm: number; readonly by: 'plan' | 'tier' | null }[];
};

/**
 * What a member gets off these lines at this time. Of plan and tier the better counts for each line, the tier where they are
 * alike; `paidByWallet` is whether all is paid out of the wallet. Amounts are minor units and not negative.
 */
export function priceLines(
  rows: MembershipRows,
  lines: readonly Line[],
  { paidByWallet }: { readonly paidByWallet: boolean },
  now: Date,
): Priced {
  const plan = planNow(rows, now);
  const tier = tierNow(rows, now);
  const rates = lines.map((line): Snapshot['lines'][number] => {
    const byTier = tier ? rateFor(tier.discount, line, paidByWallet) : 0;
    const byPlan = plan ? rateFor(plan.discount, line, paidByWallet) : 0;
    if (byTier === 0 && byPlan === 0) return { ppm: 0, by: null };
    return byPlan > byTier ? { ppm: byPlan, by: 'plan' } : { ppm: byTier, by: 'tier' };
  });
  const discounts = discountsOn(
    lines,
    rates.map(({ ppm }) => ppm),
  );
  const discount = discounts.reduce((sum, part) => sum + part, 0n);
  return {
    discounts,
    discount,
    snapshot: {
      planId: plan ? encodeId('mpl', plan.id) : null,
      planVersion: plan?.version ?? null,
      tierId: tier?.code ?? null,
      tiersNumber: rows.ladder?.number ?? null,
      paidByWallet,
      discount: jsonAmount(discount),
      lines: rates,
    },
  };
}
