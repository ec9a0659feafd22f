import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import type { Span } from '../../../kernel/time.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import type { Discount } from '../discount.ts';
import { discountAnswer } from '../plan/plan.ts';

/** What somebody must have spent, or earned in points, in one period; one of them is enough. null: not by this. */
export type Threshold = { readonly spend: bigint | null; readonly points: bigint | null };

export type Tier = {
  /** Its name among the merchant's tiers, in every version of them: `gold`. */
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly discount: Discount;
  readonly entry: Threshold & {
    /** Who has one of these plans is in it for as long. */
    readonly planIds: readonly string[];
  };
  /** What keeps somebody in it for another period. */
  readonly keep: Threshold;
};

/** What happens at the end of a period to who has not kept a tier: one tier down, to what was reached in it, or nothing. */
export type Downgrade = 'one_down' | 'by_reached' | 'never';

/** A merchant's tiers, the lowest first, in one version. The last to be set is what holds. */
export type Ladder = {
  readonly number: number;
  readonly currency: string;
  /** null: what was reached counts for ever, and nobody is looked at again. */
  readonly period: Span | null;
  readonly downgrade: Downgrade;
  readonly tiers: readonly Tier[];
  readonly createdAt: Date;
};

export const ladders = entity<Ladder>('tierLadder', ({ number }) => String(number));
const allLadders = 'all';
export const laddersOfMerchant = finder(ladders, 'all', () => [allLadders]);

/** The tiers as they are now; undefined where a merchant has none. In memory after the first look-up. */
export function ladderIn(find: Find): Ladder | undefined {
  let last: Ladder | undefined;
  for (const ladder of find.all(laddersOfMerchant, allLadders)) {
    if (last === undefined || ladder.number > last.number) last = ladder;
  }
  return last;
}

/** How high a tier is: 0 the lowest; -1 for none, or one that there is no more. */
export function rankOf({ tiers }: Pick<Ladder, 'tiers'>, code: string | null): number {
  return code === null ? -1 : tiers.findIndex((tier) => tier.code === code);
}

/** The highest tier whose threshold was reached; -1 where none was. */
export function reached(
  { tiers }: Pick<Ladder, 'tiers'>,
  { spent, points }: { readonly spent: bigint; readonly points: bigint },
): number {
  return tiers.findLastIndex(({ entry }) => meets(entry, spent, points));
}

/** Whether one part of a threshold is reached. A threshold without parts never is. */
export function meets({ spend, points }: Threshold, spent: bigint, earned: bigint): boolean {
  return (spend !== null && spent >= spend) || (points !== null && earned >= points);
}

const thresholdAnswer = ({ spend, points }: Threshold) => ({
  spend: spend === null ? null : jsonAmount(spend),
  points: points === null ? null : jsonAmount(points),
});

/** Tiers as the API shows them. */
export function ladderAnswer({ number, currency, period, downgrade, tiers, createdAt }: Ladder) {
  return {
    number,
    currency,
    period,
    downgrade,
    tiers: tiers.map(({ code, name, discount, entry, keep }) => ({
      code,
      name,
      discount: discountAnswer(discount),
      entry: { ...thresholdAnswer(entry), planIds: entry.planIds.map((id) => encodeId('mpl', id)) },
      keep: thresholdAnswer(keep),
    })),
    createdAt: createdAt.toISOString(),
  };
}
