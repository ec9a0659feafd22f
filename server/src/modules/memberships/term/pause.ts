import { isRefused } from '../../../kernel/outcome.ts';
import { civilDay, daysAfter, startOfDay } from '../../../kernel/time.ts';
import { accepted, type Context, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import type { Plan } from '../plan/plan.ts';
import { moved, pauseLeft } from './calendar.ts';
import { mayPause, mayResume } from './may.ts';
import { type Membership, membershipAnswer, memberships } from './membership.ts';
import { changeRows, knownAt, type SaleInput } from './sale.ts';

type PauseInput = Omit<SaleInput, 'payment'> & {
  /** For how many days, today with them. */
  readonly days: number;
};

function changed(
  type: 'membership.paused' | 'membership.resumed',
  membership: Membership,
  storeId: string,
  plan: Plan,
  days: number,
  { now }: Context,
) {
  const result = membershipAnswer(membership, plan, now);
  const { memberId, lastDay, pausedUntil } = result;
  return accepted({
    activities: [
      { type, subjectId: membership.id, storeId, details: { memberId, days, lastDay, until: pausedUntil } },
    ],
    changes: [put(memberships, membership)],
    result,
  });
}

/** Lets a membership rest for some days, by which it ends later. It goes on by itself. */
export const pauseMembership = useCase({
  name: 'membership.pause',
  permission: 'memberships.manage',
  movesValue: false,
  storeOf: ({ storeId }: PauseInput) => storeId,
  needs: changeRows,
  decide(rows, { days, storeId }, context) {
    const known = knownAt(rows);
    if (isRefused(known)) return known;
    const { membership, merchant, plan } = known;
    const denied = mayPause(membership, plan, days, context.now);
    if (denied) return denied;
    const zone = merchant.timezone;
    const until = daysAfter(civilDay(context.now, zone), days);
    const paused: Membership = {
      ...membership,
      ...moved(membership, days, plan.graceDays, zone),
      pausedFrom: context.now,
      pausedUntil: startOfDay(until, zone),
      pausedDays: membership.pausedDays + days,
      revision: membership.revision + 1,
    };
    return changed('membership.paused', paused, storeId, plan, days, context);
  },
});

/** Ends a pause before its time: days of it that are still to come are days of the membership again. */
export const resumeMembership = useCase({
  name: 'membership.resume',
  permission: 'memberships.manage',
  movesValue: false,
  storeOf: ({ storeId }: Omit<PauseInput, 'days'>) => storeId,
  needs: changeRows,
  decide(rows, { storeId }, context) {
    const known = knownAt(rows);
    if (isRefused(known)) return known;
    const { membership, merchant, plan } = known;
    const denied = mayResume(membership, context.now);
    if (denied) return denied;
    const zone = merchant.timezone;
    const days = pauseLeft(membership, zone, context.now);
    const resumed: Membership = {
      ...membership,
      ...moved(membership, -days, plan.graceDays, zone),
      pausedUntil: context.now,
      pausedDays: membership.pausedDays - days,
      revision: membership.revision + 1,
    };
    return changed('membership.resumed', resumed, storeId, plan, days, context);
  },
});
