import { encodeId } from '../../../kernel/id.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import type { Plan } from '../plan/plan.ts';
import type { Payer } from './payers.ts';

/**
 * What a member bought of a plan. Days are `YYYY-MM-DD` in the merchant's zone, of which the last is good to its end; the
 * instants are those days' ends. What state it is in follows from the time alone.
 */
export type Membership = {
  readonly id: string;
  readonly memberId: string;
  readonly planId: string;
  readonly planVersion: number;
  /** Where it was last paid for; null: in another system, before it was brought in. */
  readonly storeId: string | null;
  readonly currency: string;
  /** The price of what is not over: from `paidFrom` to the last day. */
  readonly paid: bigint;
  /** What paid for that, the oldest first; what it does not tell of was money. */
  readonly payers: readonly Payer[];
  readonly paidFrom: string;
  readonly firstDay: string;
  readonly lastDay: string;
  /** The day of the month to which months lead, whatever shorter months lie between. */
  readonly anchor: number;
  readonly startsAt: Date;
  /** Exclusive, as all that end. */
  readonly validUntil: Date;
  readonly graceUntil: Date;
  readonly pausedFrom: Date | null;
  readonly pausedUntil: Date | null;
  /** Since it was last paid for. */
  readonly pausedDays: number;
  readonly cancelledAt: Date | null;
  readonly revision: number;
  readonly createdAt: Date;
};

export const membershipStates = ['scheduled', 'active', 'paused', 'grace', 'ended', 'cancelled'] as const;
export type MembershipState = (typeof membershipStates)[number];

export const memberships = entity<Membership>('membership', ({ id }) => id);
export const membershipById = finder(memberships, 'byId', ({ id }) => [id]);
export const membershipsOfMember = finder(memberships, 'ofMember', ({ memberId }) => [memberId]);

/** What a member has, or had last; what was cancelled counts only where there is nothing else. */
export function currentOf(all: readonly Membership[]): Membership | undefined {
  let found: Membership | undefined;
  for (const membership of all) {
    if (found === undefined || isNewer(membership, found)) found = membership;
  }
  return found;
}

function isNewer(one: Membership, other: Membership): boolean {
  const [isOut, otherIsOut] = [one.cancelledAt !== null, other.cancelledAt !== null];
  if (isOut !== otherIsOut) return otherIsOut;
  // Nobody joins before what they had has ended: the later one ends later. Of two that were merged their ids do not tell.
  const later = one.validUntil.getTime() - other.validUntil.getTime();
  return isOut || later === 0 ? one.id > other.id : later > 0;
}

/** What a member has now, for `needs`. */
export function membershipOf(memberId: string, find: Find): Membership | undefined {
  return currentOf(find.all(membershipsOfMember, memberId));
}

/** What state it is in at a time. */
export function stateAt(membership: Membership, now: Date): MembershipState {
  const { cancelledAt, startsAt, validUntil, graceUntil, pausedFrom, pausedUntil } = membership;
  if (cancelledAt !== null) return 'cancelled';
  if (now >= graceUntil) return 'ended';
  if (now >= validUntil) return 'grace';
  if (pausedFrom !== null && pausedUntil !== null && now >= pausedFrom && now < pausedUntil) return 'paused';
  return now < startsAt ? 'scheduled' : 'active';
}

/** Whether it gives what its plan promises. */
export function isGood(membership: Membership, now: Date): boolean {
  const state = stateAt(membership, now);
  return state === 'active' || state === 'grace';
}

/** A membership as the API shows it. */
export function membershipAnswer(membership: Membership, plan: Plan, now: Date) {
  const { id, memberId, storeId, firstDay, lastDay, validUntil, graceUntil, cancelledAt, createdAt } =
    membership;
  const { pausedFrom, pausedUntil } = membership;
  const state = stateAt(membership, now);
  const isPaused = state === 'paused';
  return {
    id: encodeId('mbs', id),
    memberId: encodeId('mem', memberId),
    state,
    plan: { id: encodeId('mpl', plan.id), version: plan.version, name: plan.name },
    storeId: storeId === null ? null : encodeId('store', storeId),
    firstDay,
    lastDay,
    validUntil: validUntil.toISOString(),
    graceUntil: graceUntil.toISOString(),
    pausedFrom: isPaused ? (pausedFrom?.toISOString() ?? null) : null,
    pausedUntil: isPaused ? (pausedUntil?.toISOString() ?? null) : null,
    cancelledAt: cancelledAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
