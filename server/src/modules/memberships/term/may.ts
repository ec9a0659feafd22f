import { type Refusal, type RefusalCode, refused } from '../../../kernel/outcome.ts';
import type { Actor } from '../../../platform/executor/useCase.ts';
import { type Plan, planOf } from '../plan/plan.ts';
import { type Membership, stateAt } from './membership.ts';

/** A plan that is sold now; refused where there is none, or it was retired. */
export function soldPlan(plans: readonly Plan[], planId: string): Plan | Refusal {
  const plan = planOf(plans, planId);
  if (!plan) return refused('membership_plan_not_found', { field: 'planId' });
  return plan.state === 'active' ? plan : refused('membership_plan_retired', { field: 'planId' });
}

/** Why a plan is not sold to somebody who has this; in its days of grace, and after, it is not in the way. */
export function mayJoin(present: Membership | undefined, now: Date): Refusal | undefined {
  const state = present && stateAt(present, now);
  const isHeld = state === 'scheduled' || state === 'active' || state === 'paused';
  return isHeld ? refused('membership_exists', { next: 'Renew or upgrade it.' }) : undefined;
}

/** The plan by which it is renewed, as that is sold now, or why it is not. */
export function mayRenew({ planId, cancelledAt }: Membership, plans: readonly Plan[]): Plan | Refusal {
  return cancelledAt === null ? soldPlan(plans, planId) : refused('membership_not_active');
}

export function mayUpgrade(membership: Membership, now: Date): Refusal | undefined {
  const state = stateAt(membership, now);
  if (state === 'paused') return refused('membership_paused', { next: 'Resume it first.' });
  if (state === 'active' || state === 'scheduled') return undefined;
  return refused('membership_not_active', { next: 'Renew it, or join another plan.' });
}

export function mayPause(membership: Membership, plan: Plan, days: number, now: Date): Refusal | undefined {
  const state = stateAt(membership, now);
  if (state === 'paused') return refused('membership_paused');
  if (state !== 'active') return refused('membership_not_active');
  const left = plan.pauseDaysMax - membership.pausedDays;
  if (days <= left) return undefined;
  return refused('membership_not_pausable', {
    field: 'days',
    detail: `It may be paused for ${left < 0 ? 0 : left} more days.`,
  });
}

export function mayResume(membership: Membership, now: Date): Refusal | undefined {
  return stateAt(membership, now) === 'paused' ? undefined : refused('membership_not_paused');
}

export function mayCancel(membership: Membership, now: Date): Refusal | undefined {
  const state = stateAt(membership, now);
  return state === 'cancelled' || state === 'ended' ? refused('membership_not_active') : undefined;
}

const permissionOf = {
  join: 'memberships.sell',
  renew: 'memberships.sell',
  upgrade: 'memberships.sell',
  pause: 'memberships.manage',
  resume: 'memberships.manage',
  cancel: 'memberships.manage',
  giveTier: 'memberships.manage',
} as const;

export const membershipVerbs = ['join', 'renew', 'upgrade', 'pause', 'resume', 'cancel', 'giveTier'] as const;
export type MembershipVerb = (typeof membershipVerbs)[number];
export type AllowedVerbs = Readonly<
  Record<MembershipVerb, { readonly ok: boolean; readonly reason?: RefusalCode }>
>;

type Facts = {
  readonly membership: Membership | undefined;
  readonly plans: readonly Plan[];
  readonly hasTiers: boolean;
};

/** What this actor may do with what a member has, and why not: the same rules that decide the verbs. */
export function allowedVerbs(
  { membership, plans, hasTiers }: Facts,
  { permissions }: Actor,
  now: Date,
): AllowedVerbs {
  const plan = membership && planOf(plans, membership.planId, membership.planVersion);
  const answer = (verb: MembershipVerb, refusal: Refusal | undefined) => {
    const denied = permissions.has(permissionOf[verb]) ? undefined : refused('permission_denied');
    const reason = (denied ?? refusal)?.refused;
    return reason === undefined ? { ok: true } : { ok: false, reason };
  };
  const none = refused('membership_not_found');
  const renewed = membership ? mayRenew(membership, plans) : none;
  return {
    join: answer('join', mayJoin(membership, now)),
    renew: answer('renew', 'refused' in renewed ? renewed : undefined),
    upgrade: answer('upgrade', membership ? mayUpgrade(membership, now) : none),
    pause: answer('pause', membership && plan ? mayPause(membership, plan, 1, now) : none),
    resume: answer('resume', membership ? mayResume(membership, now) : none),
    cancel: answer('cancel', membership ? mayCancel(membership, now) : none),
    giveTier: answer('giveTier', hasTiers ? undefined : refused('membership_tier_not_found')),
  };
}
