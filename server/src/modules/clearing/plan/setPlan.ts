import { assert } from '../../../kernel/assert.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope, merchantById } from '../../merchants/index.ts';
import { periodsIn } from '../period/period.ts';
import { planAnswer } from './answer.ts';
import { type DrawingPlan, drawingPlans, planIn, type Rhythm } from './plan.ts';
import { openSinceIn } from './standing.ts';

type SetPlanInput = { readonly every: Rhythm; readonly answerDays: number };

/** Lays down how often settlement periods end by themselves. */
export const setDrawingPlan = useCase({
  name: 'settlement_plan.set',
  permission: 'settlement.close',
  movesValue: false,
  needs: (_input: SetPlanInput, find) => ({
    merchant: find.one(merchantById, find.merchantId),
    before: planIn(find),
    last: periodsIn(find).at(-1),
    openSince: openSinceIn(find),
  }),
  decide({ merchant, before, last, openSince }, { every, answerDays }, { actor, now, merchantId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    assert(merchant !== undefined, 'who has a key has a merchant');
    const since = every === before.every ? before.since : now;
    const plan: DrawingPlan = { every, answerDays, since, revision: before.revision + 1 };
    return accepted({
      activities: [
        {
          type: 'settlement_plan.set',
          subjectId: merchantId,
          details: {
            before: { every: before.every, answerDays: before.answerDays },
            after: { every, answerDays },
          },
        },
      ],
      changes: [put(drawingPlans, plan)],
      result: planAnswer(
        plan,
        { plan, zone: merchant.timezone, coveredUntil: last?.coversUntil, openSince },
        now,
      ),
    });
  },
});
