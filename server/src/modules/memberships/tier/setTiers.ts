import { assert } from '../../../kernel/assert.ts';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope, merchantById } from '../../merchants/index.ts';
import { type Plan, planOf, plansIn } from '../plan/plan.ts';
import { type Ladder, ladderAnswer, ladderIn, ladders, type Threshold } from './tier.ts';

export type SetTiersInput = Pick<Ladder, 'period' | 'downgrade' | 'tiers'>;

/** Lays down the tiers anew. Who is in one that is still there stays in it; what was bought before keeps its snapshot. */
export const setTiers = useCase({
  name: 'membership_tiers.set',
  permission: 'memberships.plans',
  movesValue: false,
  needs: (_input: SetTiersInput, find) => ({
    merchant: find.one(merchantById, find.merchantId),
    present: ladderIn(find),
    plans: plansIn(find),
  }),
  decide({ merchant, present, plans }, input, { actor, merchantId, now }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    assert(merchant !== undefined, 'who has a key has a merchant');
    const mistake = mistakeIn(input, plans);
    if (mistake) return mistake;
    const number = (present?.number ?? 0) + 1;
    const ladder: Ladder = { ...input, number, currency: merchant.currency, createdAt: now };
    const answer = ladderAnswer(ladder);
    return accepted({
      activities: [{ type: 'membership_tiers.set', subjectId: merchantId, details: answer }],
      changes: [put(ladders, ladder)],
      result: answer,
    });
  },
});

/** What is wrong with tiers, in check order: each has its own name, leads no lower than the one below, and is kept by no more than it takes. */
function mistakeIn({ tiers }: SetTiersInput, plans: readonly Plan[]): Refusal | undefined {
  const highest = { spend: -1n, points: -1n };
  for (const [n, { code, entry, keep }] of tiers.entries()) {
    const wrong = (field: string, detail: string) =>
      refused('invalid_request', { field: `tiers.${n}.${field}`, detail });
    if (tiers.findIndex((tier) => tier.code === code) !== n)
      return wrong('code', 'Two tiers have this code.');
    if (entry.planIds.some((id) => !planOf(plans, id))) {
      return refused('membership_plan_not_found', { field: `tiers.${n}.entry.planIds` });
    }
    for (const part of ['spend', 'points'] as const) {
      const needed = entry[part];
      if (needed !== null && needed <= highest[part]) {
        return wrong(`entry.${part}`, 'A tier takes more than the one below it.');
      }
      if (needed !== null) highest[part] = needed;
      if (exceeds(keep, entry, part))
        return wrong(`keep.${part}`, 'A tier is kept by no more than it takes.');
    }
  }
  return undefined;
}

function exceeds(keep: Threshold, entry: Threshold, part: keyof Threshold): boolean {
  const [kept, needed] = [keep[part], entry[part]];
  return kept !== null && needed !== null && kept > needed;
}
