import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import { civilDay, startOfDay } from '../../../kernel/time.ts';
import type { ActivityDraft } from '../../../platform/executor/activity.ts';
import { accepted, type Context, useCase } from '../../../platform/executor/useCase.ts';
import type { Change, Find } from '../../../platform/executor/workingSet.ts';
import { type EnrolInput, enrolled, enrolRows, memberAt } from '../../members/index.ts';
import type { Plan } from '../plan/plan.ts';
import { termFrom } from './calendar.ts';
import { type Payment, walletFeeRows } from './fee.ts';
import { mayJoin, soldPlan } from './may.ts';
import { currentOf, type Membership, membershipsOfMember } from './membership.ts';
import { mayDealAt, saleRows, sell } from './sale.ts';

export type JoinInput = {
  /** Who is a member already, or who becomes one with this very request. */
  readonly who: { readonly memberId: string } | { readonly person: EnrolInput };
  readonly planId: string;
  readonly storeId: string;
  /** Left out: today. */
  readonly firstDay: string | undefined;
  readonly payment: Payment | undefined;
};

/** Sells a plan to a member, who by the same request may become one: the counter's ten seconds. */
export const joinPlan = useCase({
  name: 'membership.join',
  permission: 'memberships.sell',
  movesValue: true,
  storeOf: ({ storeId }: JoinInput) => storeId,
  amountOf: ({ payment }) => payment?.amount,
  needs(input, find) {
    const joining = joiningRows(input.who, find);
    const memberId = joining.member?.id;
    return {
      ...saleRows(input.storeId, find),
      ...joining,
      wallet: walletFeeRows(memberId, input.storeId, input.payment, find),
      present: memberId === undefined ? undefined : currentOf(find.all(membershipsOfMember, memberId)),
    };
  },
  decide(rows, input, context) {
    const closed = mayDealAt(rows);
    if (closed) return closed;
    const { merchant, present } = rows;
    const joining = becomesMember(rows, input, context);
    if (isRefused(joining)) return joining;
    const plan = soldPlan(rows.plans, input.planId);
    if (isRefused(plan)) return plan;
    const held = mayJoin(present, context.now);
    if (held) return held;
    const term = firstTerm(input.firstDay, plan, merchant?.timezone ?? 'UTC', context.now);
    if (isRefused(term)) return term;
    const membership: Membership & { readonly storeId: string } = {
      ...term,
      id: context.newId(),
      memberId: joining.memberId,
      planId: plan.id,
      planVersion: plan.version,
      storeId: input.storeId,
      currency: plan.currency,
      paid: plan.price,
      payers: [],
      pausedFrom: null,
      pausedUntil: null,
      pausedDays: 0,
      cancelledAt: null,
      revision: 1,
      createdAt: context.now,
    };
    const nth = joining.activities.length;
    const sale = { type: 'membership.joined', plan, membership, due: plan.price, nth } as const;
    const sold = sell(rows, sale, input.payment, context);
    if (isRefused(sold)) return sold;
    return accepted({
      activities: [...joining.activities, ...sold.activities],
      changes: [...joining.changes, ...sold.changes],
      result: { ...sold.result, enrolled: joining.activities.length > 0 },
    });
  },
});

function joiningRows(who: JoinInput['who'], find: Find) {
  if ('memberId' in who) return { member: memberAt(who.memberId, find), enrolling: undefined };
  const enrolling = enrolRows(who.person, find);
  return { member: enrolling.known, enrolling };
}

type Joining = {
  readonly memberId: string;
  readonly activities: readonly ActivityDraft[];
  readonly changes: readonly Change[];
};

function becomesMember(
  { member, enrolling }: ReturnType<typeof joiningRows>,
  { who }: JoinInput,
  context: Context,
): Joining | Refusal {
  if (member) return { memberId: member.id, activities: [], changes: [] };
  if (!enrolling || !('person' in who)) return refused('member_not_found', { field: 'memberId' });
  const made = enrolled(enrolling, who.person, context);
  return isRefused(made) ? made : { memberId: who.person.id, ...made };
}

/** The term of a plan that begins with a day, or today; refused where the day is over. */
export function firstTerm(firstDay: string | undefined, plan: Plan, zone: string, now: Date) {
  const today = civilDay(now, zone);
  const day = firstDay ?? today;
  if (day < today)
    return refused('terms_in_the_past', { field: 'firstDay', next: 'Name today or a later day.' });
  const startsAt = day === today ? now : startOfDay(day, zone);
  return { ...termFrom(day, plan, zone), firstDay: day, paidFrom: day, startsAt };
}
