import { assert } from '../../../kernel/assert.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope, merchantById } from '../../merchants/index.ts';
import { type Plan, type PlanTerms, planAnswer, plans } from './plan.ts';

/** Makes a card type that can be sold. */
export const createPlan = useCase({
  name: 'membership_plan.create',
  permission: 'memberships.plans',
  movesValue: false,
  needs: (_terms: PlanTerms, find) => find.one(merchantById, find.merchantId),
  decide(merchant, terms, { actor, now, newId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    assert(merchant !== undefined, 'who has a key has a merchant');
    const { currency } = merchant;
    const plan: Plan = { ...terms, id: newId(), version: 1, currency, state: 'active', createdAt: now };
    const answer = planAnswer(plan);
    return accepted({
      activities: [{ type: 'membership_plan.created', subjectId: plan.id, details: answer }],
      changes: [put(plans, plan)],
      result: answer,
    });
  },
});
