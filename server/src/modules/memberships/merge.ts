import { type Refusal, refused } from '../../kernel/outcome.ts';
import { civilDay, daysBetween } from '../../kernel/time.ts';
import { planOf } from './plan/plan.ts';
import type { MembershipRows } from './rows.ts';
import { moved, unusedPart } from './term/calendar.ts';
import { type Membership, type MembershipState, stateAt } from './term/membership.ts';
import { paidBefore, wholeOf } from './term/payers.ts';
import { type Standing, standingNow } from './tier/standing.ts';
import { type Ladder, rankOf } from './tier/tier.ts';

/** What becomes of the memberships of two members who are one. */
export type MergedTerm = {
  /** What the one who stays has from then on; undefined: what they have, or nothing, as before. */
  readonly kept: Membership | undefined;
  /** What is part of it from then on, and ends as a membership of its own. */
  readonly ended: Membership | undefined;
  /** How many days of that one go on behind the last day of the other. */
  readonly days: number;
};

const nothing: MergedTerm = { kept: undefined, ended: undefined, days: 0 };
const held: ReadonlySet<MembershipState> = new Set(['scheduled', 'active', 'paused']);

/**
 * Of two memberships the one stays that ends later. Where both are running the days that are left of the other follow behind
 * it, with what is not used up of its price: no day is lost, and none is made. Days of two plans are not of one worth.
 */
export function mergedTerm(from: MembershipRows, into: MembershipRows, now: Date): MergedTerm | Refusal {
  const [one, other] = [from.membership, into.membership];
  if (!one || one.cancelledAt !== null) return nothing;
  const bothHeld = other && held.has(stateAt(one, now)) && held.has(stateAt(other, now));
  if (!bothHeld) {
    const isLater = !other || other.cancelledAt !== null || one.validUntil > other.validUntil;
    return isLater ? { kept: over(one, into.memberId), ended: undefined, days: 0 } : nothing;
  }
  const unlike = mayJoinUp(one, other, now);
  if (unlike) return unlike;
  const [later, sooner] = one.validUntil > other.validUntil ? [one, other] : [other, one];
  return { ...joinedUp(later, sooner, into, now), days: daysLeft(sooner, into.zone, now) };
}

function over(membership: Membership, memberId: string): Membership {
  const isOther = membership.memberId !== memberId;
  const payers = isOther ? paidBefore(membership.payers, membership.memberId) : membership.payers;
  return { ...membership, memberId, payers, revision: membership.revision + 1 };
}

function mayJoinUp(one: Membership, other: Membership, now: Date): Refusal | undefined {
  const areAlike =
    one.planId === other.planId &&
    one.planVersion === other.planVersion &&
    one.currency === other.currency &&
    one.storeId === other.storeId;
  if (areAlike && stateAt(one, now) === 'active' && stateAt(other, now) === 'active') return undefined;
  return refused('memberships_unlike', {
    detail: areAlike
      ? 'One of their memberships is paused, or has not begun.'
      : 'They are of different card types, terms or stores.',
    next: areAlike
      ? 'Resume it, or wait until it begins.'
      : 'Cancel one of them first; what is not used up of it goes back.',
  });
}

/** The days of one that is running that are still to come. */
const daysLeft = ({ lastDay }: Membership, zone: string, now: Date): number =>
  daysBetween(civilDay(now, zone), lastDay);

function joinedUp(
  later: Membership,
  sooner: Membership,
  { zone, plans, memberId }: MembershipRows,
  now: Date,
) {
  const graceDays = planOf(plans, later.planId, later.planVersion)?.graceDays ?? 0;
  const [ofLater, ofSooner] = [unusedPart(later, zone, now), unusedPart(sooner, zone, now)];
  const kept: Membership = {
    ...over(later, memberId),
    ...moved(later, daysLeft(sooner, zone, now), graceDays, zone),
    paid: ofLater + ofSooner,
    payers: [
      ...wholeOf(over(sooner, memberId).payers, ofSooner),
      ...wholeOf(over(later, memberId).payers, ofLater),
    ],
    paidFrom: civilDay(now, zone),
    pausedFrom: null,
    pausedUntil: null,
    pausedDays: 0,
  };
  const ended = { ...sooner, cancelledAt: now, revision: sooner.revision + 1 };
  return { kept, ended };
}

/**
 * What two members have done, as one: sums are added, the higher tier of both stays. The period is that of who stays;
 * undefined where there is nothing to add.
 */
export function mergedStanding(
  from: MembershipRows,
  into: MembershipRows,
  now: Date,
): { readonly kept: Standing; readonly emptied: Standing } | undefined {
  const { ladder, zone } = into;
  if (!from.standing) return undefined;
  const asOfNow = (standing: Standing) => (ladder ? standingNow(standing, ladder, zone, now) : standing);
  const emptied: Standing = {
    ...from.standing,
    ...{
      startTier: null,
      spent: 0n,
      points: 0n,
      givenTier: null,
      givenUntil: null,
      visits: 0,
      lastVisitAt: null,
    },
    revision: from.standing.revision + 1,
  };
  const one = asOfNow(from.standing);
  if (!into.standing) return { kept: { ...one, memberId: into.memberId, revision: 1 }, emptied };
  const other = asOfNow(into.standing);
  const kept: Standing = {
    ...other,
    startTier: rank(ladder, one.startTier) > rank(ladder, other.startTier) ? one.startTier : other.startTier,
    spent: one.spent + other.spent,
    points: one.points + other.points,
    ...givenOf(one, other, ladder, now),
    visits: one.visits + other.visits,
    lastVisitAt: later(one.lastVisitAt, other.lastVisitAt),
    revision: into.standing.revision + 1,
  };
  return { kept, emptied };
}

const rank = (ladder: Ladder | undefined, code: string | null) => (ladder ? rankOf(ladder, code) : -1);

const later = (one: Date | null, other: Date | null): Date | null =>
  one !== null && (other === null || one > other) ? one : other;

/** The higher of the tiers that were given and still hold; of one and the same the one that holds for longer. */
function givenOf(one: Standing, other: Standing, ladder: Ladder | undefined, now: Date) {
  const holds = ({ givenUntil }: Standing) => givenUntil === null || now < givenUntil;
  const [ofOne, ofOther] = [rank(ladder, one.givenTier), rank(ladder, other.givenTier)];
  const isLonger =
    one.givenUntil === null || (other.givenUntil !== null && one.givenUntil > other.givenUntil);
  const better = holds(one) && (!holds(other) || ofOne > ofOther || (ofOne === ofOther && isLonger));
  const { givenTier, givenUntil } = one.givenTier !== null && better ? one : other;
  return { givenTier, givenUntil };
}
