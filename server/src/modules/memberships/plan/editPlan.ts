import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../../merchants/index.ts';
import { type Plan, planAnswer, planOf, plans, plansIn } from './plan.ts';

type Editable = Omit<Plan, 'id' | 'version' | 'currency' | 'createdAt'>;
/** What is left out stays as it is. */
export type EditPlanInput = {
  readonly planId: string;
  readonly edit: { readonly [Part in keyof Editable]?: Editable[Part] | undefined };
};

/** Gives a card type other terms, or takes it off sale: a new version, by which it is sold and renewed from now on. */
export const editPlan = useCase({
  name: 'membership_plan.edit',
  permission: 'memberships.plans',
  movesValue: false,
  needs: ({ planId }: EditPlanInput, find) => planOf(plansIn(find), planId),
  decide(plan, { edit }, { actor, now }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (!plan) return refused('membership_plan_not_found');
    const edited: Plan = {
      ...plan,
      state: edit.state ?? plan.state,
      name: edit.name ?? plan.name,
      span: edit.span ?? plan.span,
      price: edit.price ?? plan.price,
      discount: edit.discount ?? plan.discount,
      graceDays: edit.graceDays ?? plan.graceDays,
      pauseDaysMax: edit.pauseDaysMax ?? plan.pauseDaysMax,
      version: plan.version + 1,
      createdAt: now,
    };
    const answer = planAnswer(edited);
    return accepted({
      activities: [{ type: 'membership_plan.edited', subjectId: plan.id, details: answer }],
      changes: [put(plans, edited)],
      result: answer,
    });
  },
});
