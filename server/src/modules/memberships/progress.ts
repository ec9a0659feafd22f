import type { ActivityDraft } from '../../platform/executor/activity.ts';
import type { Context } from '../../platform/executor/useCase.ts';
import { type Change, put } from '../../platform/executor/workingSet.ts';
import { type MembershipRows, tierNow } from './rows.ts';
import { newStanding, type Standing, standingNow, standings } from './tier/standing.ts';

export type Purchase = {
  /** What was paid for goods, minor units; negative for what was given back. */
  readonly spent: bigint;
  readonly currency: string;
  /** Points that were earned with it; negative for what was taken back. */
  readonly points?: bigint;
};

export type Progress = {
  readonly changes: readonly Change[];
  /** News of the tier, where it is another now. */
  readonly activities: readonly ActivityDraft[];
  /** Codes of tiers. */
  readonly before: string | null;
  readonly after: string | null;
};

/**
 * What a purchase, or its refund, does for a member: they were here, and what they spent brings them nearer to a tier. What
 * is spent in another currency than that of the tiers does not count towards them. Puts one row.
 */
export function progress(rows: MembershipRows, purchase: Purchase, { now }: Context): Progress {
  const { memberId, ladder, zone } = rows;
  const before = tierNow(rows, now)?.code ?? null;
  const known = rows.standing ?? newStanding(memberId, ladder, zone, now);
  const present = ladder ? standingNow(known, ladder, zone, now) : known;
  const counts = ladder?.currency === purchase.currency;
  const isVisit = purchase.spent >= 0n;
  const standing: Standing = {
    ...present,
    spent: present.spent + (counts ? purchase.spent : 0n),
    points: present.points + (purchase.points ?? 0n),
    visits: present.visits + (isVisit ? 1 : 0),
    lastVisitAt: isVisit ? now : present.lastVisitAt,
    revision: present.revision + 1,
  };
  const after = tierNow({ ...rows, standing }, now)?.code ?? null;
  return {
    changes: [put(standings, standing)],
    activities:
      before === after
        ? []
        : [
            {
              type: 'membership.tier_changed',
              subjectId: memberId,
              details: { before, after, tiersNumber: ladder?.number ?? null },
            },
          ],
    before,
    after,
  };
}
