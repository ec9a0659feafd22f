import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { isRefused } from '../../kernel/outcome.ts';
import type { ActivityDraft } from '../../platform/executor/activity.ts';
import { accepted, type Context, useCase } from '../../platform/executor/useCase.ts';
import { type Change, put } from '../../platform/executor/workingSet.ts';
import { cards, memberHolder } from '../cards/index.ts';
import { couponOver, coupons } from '../coupons/index.ts';
import { familyMerged } from '../families/index.ts';
import { leftNumbers, members, mergedAway } from '../members/index.ts';
import { memberships, standings } from '../memberships/index.ts';
import { beyondScope } from '../merchants/index.ts';
import { purseOf } from '../points/index.ts';
import { goneOver, isPrincipal, topUps } from '../wallets/index.ts';
import { cardOver, type MergeInput, type MergeRows, mergeRows, tagsOfBoth } from './merge.ts';
import { type MergePlan, planOf } from './plan.ts';

/**
 * Makes two records of one person one. What the first has goes over to the second, lot by lot; of the first an id stays,
 * which says where it went, and nothing that names anybody. Nothing of it can be undone: a second person looks at it first.
 */
export const mergeMembers = useCase({
  name: 'member.merge',
  permission: 'members.merge',
  movesValue: true,
  needs: mergeRows,
  secondPerson: { kind: 'merge', by: 'carry' },
  decide(rows, { reason }: MergeInput, context) {
    const denied = beyondScope(context.actor, null);
    if (denied) return denied;
    const planned = planOf(rows, context);
    if (isRefused(planned)) return planned;
    const { plan, against } = planned;
    const [first] = against;
    if (first) return first.refusal;
    const totals = totalsOf(plan, rows, context.now);
    const sides = { from: rows.from.family, into: rows.into.family };
    const family = familyMerged(sides, plan.from.id, plan.into.id, context.now);
    return accepted({
      activities: [...activitiesOf(plan, rows, { reason, totals }), ...family.activities],
      changes: [...changesOf(plan, rows, context), ...family.changes],
      result: {
        id: encodeId('mem', plan.from.id),
        mergedIntoId: encodeId('mem', plan.into.id),
        mergedAt: context.now.toISOString(),
        ...totals,
      },
    });
  },
});

type Totals = ReturnType<typeof totalsOf>;

/** What goes over in all. */
function totalsOf({ lots, term }: MergePlan, { from }: MergeRows, now: Date) {
  const sum = (wants: boolean) =>
    lots.reduce((total, lot) => (isPrincipal(lot.from) === wants ? total + lot.from.balance : total), 0n);
  const { usable, pending, owed } = purseOf(from.points, now);
  return {
    principal: jsonAmount(sum(true)),
    bonus: jsonAmount(sum(false)),
    points: jsonAmount(usable + pending),
    pointsOwed: jsonAmount(owed),
    topUps: from.topUps.length,
    cards: from.cards.length,
    coupons: from.coupons.length,
    membershipDays: term.days,
  };
}

type Said = { readonly reason: MergeInput['reason']; readonly totals: Totals };

function activitiesOf(plan: MergePlan, { from }: MergeRows, { reason, totals }: Said): ActivityDraft[] {
  const { into, term, tiers, postings } = plan;
  const holder = memberHolder(into.id);
  const fromId = encodeId('mem', plan.from.id);
  const intoId = encodeId('mem', into.id);
  return [
    {
      type: 'member.merged',
      subjectId: into.id,
      amount: BigInt(totals.principal) + BigInt(totals.bonus),
      details: { fromId, reason, ...totals },
      postings,
    },
    { type: 'member.merged_away', subjectId: plan.from.id, details: { intoId, reason } },
    ...(term.kept
      ? [
          {
            type: 'membership.merged',
            subjectId: term.kept.id,
            details: { memberId: intoId, lastDay: term.kept.lastDay, days: term.days },
          },
        ]
      : []),
    ...(tiers.into === tiers.after
      ? []
      : [
          {
            type: 'membership.tier_changed',
            subjectId: into.id,
            details: { before: tiers.into, after: tiers.after },
          },
        ]),
    ...from.cards.map(({ id }) => ({ type: 'card.bound', subjectId: id, details: { holder, by: 'merge' } })),
  ];
}

function changesOf({ from, into, book, term, standing }: MergePlan, rows: MergeRows, context: Context) {
  const { now, seq } = context;
  const changes: Change[] = [
    ...book.changes(),
    put(members, mergedAway(from, into.id, now)),
    ...rows.from.topUps.map((topUp) => put(topUps, goneOver(topUp, into.id))),
    ...rows.from.cards.map((card) => put(cards, cardOver(card, into.id))),
    ...rows.from.coupons.map((coupon) => put(coupons, couponOver(coupon, into.id))),
  ];
  const tags = tagsOfBoth(from, into);
  if (tags.length > into.tags.length)
    changes.push(put(members, { ...into, tags, revision: into.revision + 1 }));
  if (term.kept) changes.push(put(memberships, term.kept));
  if (term.ended) changes.push(put(memberships, term.ended));
  if (standing) changes.push(put(standings, standing.kept), put(standings, standing.emptied));
  const { sealedPhone, language } = from;
  // Whoever has the number hears of it: who was merged by mistake, or by somebody who wants what is theirs, can say so.
  if (sealedPhone !== null)
    changes.push(put(leftNumbers, { seq: seq(), memberId: from.id, sealedPhone, language, why: 'merged' }));
  return changes;
}
