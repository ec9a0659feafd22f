import { encodeId } from '../../../kernel/id.ts';
import { startOfDay } from '../../../kernel/time.ts';
import type { ActivityDraft } from '../../../platform/executor/activity.ts';
import type { Context } from '../../../platform/executor/useCase.ts';
import { type Change, put } from '../../../platform/executor/workingSet.ts';
import type { Plan } from '../plan/plan.ts';
import { termUntil } from './calendar.ts';
import { type Membership, memberships } from './membership.ts';

/** A membership that somebody has in another system. Days are `YYYY-MM-DD`, the last is good to its end. */
export type BroughtTerm = {
  readonly memberId: string;
  readonly plan: Plan;
  readonly firstDay: string;
  readonly lastDay: string;
  /** The merchant's. */
  readonly zone: string;
};

type Moved = { readonly activity: ActivityDraft; readonly change: Change };

/**
 * Takes over what a member has in another system, until its own end. Nothing of it was paid for here, so that nothing is
 * given back for what is not used up.
 */
export function bringMembership(
  { memberId, plan, firstDay, lastDay, zone }: BroughtTerm,
  { now, newId }: Pick<Context, 'now' | 'newId'>,
): Moved & { readonly id: string } {
  const membership: Membership = {
    ...termUntil(lastDay, plan.graceDays, zone),
    id: newId(),
    memberId,
    planId: plan.id,
    planVersion: plan.version,
    storeId: null,
    currency: plan.currency,
    paid: 0n,
    payers: [],
    paidFrom: firstDay,
    firstDay,
    startsAt: startOfDay(firstDay, zone),
    pausedFrom: null,
    pausedUntil: null,
    pausedDays: 0,
    cancelledAt: null,
    revision: asBrought,
    createdAt: now,
  };
  const activity: ActivityDraft = {
    type: 'membership.imported',
    subjectId: membership.id,
    details: {
      memberId: encodeId('mem', memberId),
      planId: encodeId('mpl', plan.id),
      planVersion: plan.version,
      planName: plan.name,
      firstDay,
      lastDay,
    },
  };
  return { id: membership.id, activity, change: put(memberships, membership) };
}

const asBrought = 1;

/** Whether nothing was done to it since it was brought in. */
export const isAsBrought = ({ revision }: Membership): boolean => revision === asBrought;

/** Ends what was brought in; undefined where it was renewed, paused or ended since, and stays as it is. */
export function takeBackMembership(membership: Membership, now: Date): Moved | undefined {
  if (!isAsBrought(membership)) return undefined;
  return {
    activity: {
      type: 'membership.import_reversed',
      subjectId: membership.id,
      details: { memberId: encodeId('mem', membership.memberId) },
    },
    change: put(memberships, { ...membership, cancelledAt: now, revision: membership.revision + 1 }),
  };
}
