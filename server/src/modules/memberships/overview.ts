import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { isRefused } from '../../kernel/outcome.ts';
import { discountAnswer, type Plan, planAnswer, planOf } from './plan/plan.ts';
import { type MembershipRows, tierNow } from './rows.ts';
import { renewal, unusedPart, upgradeTo } from './term/calendar.ts';
import { mayCancel, mayRenew, mayUpgrade } from './term/may.ts';
import { membershipAnswer } from './term/membership.ts';
import { fromWallet } from './term/payers.ts';
import { newStanding, standingNow } from './tier/standing.ts';
import { rankOf } from './tier/tier.ts';

const named = ({ id, version, name }: Plan) => ({ id: encodeId('mpl', id), version, name });

/** All that a member has, and what it would lead to: by the rules that decide it. */
export function overview(rows: MembershipRows, now: Date) {
  const { memberId, membership, plans, standing } = rows;
  const plan = membership && planOf(plans, membership.planId, membership.planVersion);
  const tier = tierNow(rows, now);
  return {
    memberId: encodeId('mem', memberId),
    membership: membership && plan ? membershipAnswer(membership, plan, now) : null,
    plan: plan ? planAnswer(plan) : null,
    tier: tier ? { id: tier.code, name: tier.name, discount: discountAnswer(tier.discount) } : null,
    progress: progressAnswer(rows, now),
    visits: standing?.visits ?? 0,
    lastVisitAt: standing?.lastVisitAt?.toISOString() ?? null,
    ...offers(rows, now),
  };
}

function progressAnswer(rows: MembershipRows, now: Date) {
  const { ladder, zone, memberId } = rows;
  if (!ladder) return null;
  const known = rows.standing ?? newStanding(memberId, ladder, zone, now);
  const { spent, points, periodEnd, givenTier, givenUntil } = standingNow(known, ladder, zone, now);
  const next = ladder.tiers[rankOf(ladder, tierNow(rows, now)?.code ?? null) + 1];
  const left = (needed: bigint | null, done: bigint) =>
    needed === null ? null : jsonAmount(needed > done ? needed - done : 0n);
  const isGiven = givenTier !== null && (givenUntil === null || now < givenUntil);
  return {
    currency: ladder.currency,
    spent: jsonAmount(spent),
    points: jsonAmount(points),
    periodEnd: ladder.period === null ? null : (periodEnd?.toISOString() ?? null),
    given: isGiven ? { id: givenTier, until: givenUntil?.toISOString() ?? null } : null,
    next: next
      ? {
          id: next.code,
          name: next.name,
          spendLeft: left(next.entry.spend, spent),
          pointsLeft: left(next.entry.points, points),
        }
      : null,
  };
}

function offers({ membership, plans, zone }: MembershipRows, now: Date) {
  if (!membership) return { renewal: null, upgrades: [], refund: null, refundToWallet: null };
  const renewed = mayRenew(membership, plans);
  const ids = mayUpgrade(membership, now) ? [] : [...new Set(plans.map(({ id }) => id))];
  const unused = mayCancel(membership, now) ? null : unusedPart(membership, zone, now);
  const upgrades = ids
    .map((id) => planOf(plans, id))
    .filter((plan) => plan !== undefined)
    .filter(({ id, state }) => state === 'active' && id !== membership.planId)
    .map((plan) => ({ plan, ...upgradeTo(membership, plan, zone, now) }))
    .filter(({ due, plan }) => due > 0n && plan.currency === membership.currency);
  return {
    renewal: isRefused(renewed)
      ? null
      : {
          price: jsonAmount(renewed.price),
          currency: renewed.currency,
          lastDay: renewal(membership, renewed, zone, now).lastDay,
        },
    upgrades: upgrades.map(({ plan, credit, due, term }) => ({
      plan: named(plan),
      price: jsonAmount(plan.price),
      credit: jsonAmount(credit),
      due: jsonAmount(due),
      lastDay: term.lastDay,
    })),
    refund: unused === null ? null : jsonAmount(unused),
    refundToWallet: unused === null ? null : jsonAmount(fromWallet(membership.payers, unused)),
  };
}
