import { civilDay, dayAfterSpan, dayOfMonth, startOfDay } from '../../../kernel/time.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import { type Ladder, meets, rankOf, reached } from './tier.ts';

/** What a member has done, as far as their tier follows from it. Who has bought nothing yet has none. */
export type Standing = {
  readonly memberId: string;
  /** The tier with which the period began. */
  readonly startTier: string | null;
  readonly periodStart: Date;
  /** Exclusive; null: there are no periods. */
  readonly periodEnd: Date | null;
  /** Since the period began, in the currency of the tiers; refunds taken off. */
  readonly spent: bigint;
  readonly points: bigint;
  /** A tier that somebody gave, at least, and until when; null: for ever. */
  readonly givenTier: string | null;
  readonly givenUntil: Date | null;
  /** How often they have bought something. */
  readonly visits: number;
  readonly lastVisitAt: Date | null;
  /** Goes up with each change. */
  readonly revision: number;
};

export const standings = entity<Standing>('memberStanding', ({ memberId }) => memberId);
export const standingOf = finder(standings, 'ofMember', ({ memberId }) => [memberId]);

/** More periods than this in one step are as good as this many: by then every tier has been lost that can be. */
const periodsMax = 200;

/** Where a member who has none begins. */
export function newStanding(memberId: string, ladder: Ladder | undefined, zone: string, now: Date): Standing {
  return {
    memberId,
    startTier: null,
    periodStart: now,
    periodEnd: endOf(now, ladder, zone),
    spent: 0n,
    points: 0n,
    givenTier: null,
    givenUntil: null,
    visits: 0,
    lastVisitAt: null,
    revision: 0,
  };
}

/** The end, exclusive, of a period that begins then: the same day of the month as its beginning, at midnight in the zone. */
function endOf(start: Date, ladder: Ladder | undefined, zone: string): Date | null {
  if (!ladder?.period) return null;
  const day = civilDay(start, zone);
  return startOfDay(dayAfterSpan(day, ladder.period, dayOfMonth(day)), zone);
}

/** A standing as it is now: each period that has ended since was looked at, and the next begun. */
export function standingNow(standing: Standing, ladder: Ladder, zone: string, now: Date): Standing {
  if (ladder.period === null) return standing;
  let at = standing;
  for (let n = 0; at.periodEnd !== null && at.periodEnd <= now; n++) {
    const isSkipped = n === periodsMax;
    at = {
      ...at,
      startTier: isSkipped ? null : (ladder.tiers[afterPeriod(at, ladder)]?.code ?? null),
      periodStart: isSkipped ? now : at.periodEnd,
      periodEnd: endOf(isSkipped ? now : at.periodEnd, ladder, zone),
      spent: 0n,
      points: 0n,
    };
  }
  // Tiers that had no periods when it was written begin one now.
  return at.periodEnd === null ? { ...at, periodStart: now, periodEnd: endOf(now, ladder, zone) } : at;
}

/** The tier, by rank, with which the next period begins. */
function afterPeriod(standing: Standing, ladder: Ladder): number {
  const { startTier, spent, points } = standing;
  const start = rankOf(ladder, startTier);
  const earned = reached(ladder, standing);
  const held = Math.max(start, earned);
  const tier = ladder.tiers[held];
  if (tier === undefined || earned === held || ladder.downgrade === 'never') return held;
  if (meets(tier.keep, spent, points)) return held;
  return ladder.downgrade === 'one_down' ? Math.max(held - 1, earned) : earned;
}

/** The tier of a standing that is as of now, by rank; -1: none. What is reached counts at once. */
export function earnedRank(standing: Standing, ladder: Ladder, now: Date): number {
  const { startTier, givenTier, givenUntil } = standing;
  const given = givenUntil === null || now < givenUntil ? rankOf(ladder, givenTier) : -1;
  return Math.max(rankOf(ladder, startTier), reached(ladder, standing), given);
}
