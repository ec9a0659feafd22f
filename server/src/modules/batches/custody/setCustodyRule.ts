import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { custodyRuleOf, custodyRules } from '../../cards/index.ts';
import { beyondScope } from '../../merchants/index.ts';

/** Says whether stores sell only the cards that they hold. */
export const setCustodyRule = useCase({
  name: 'custody.set_rule',
  permission: 'custody.manage',
  movesValue: false,
  needs: (_input: { readonly sellOnlyHeld: boolean }, find) => find.one(custodyRuleOf, find.merchantId),
  decide(before, { sellOnlyHeld }, { actor, merchantId, now }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    const details = { before: before?.sellOnlyHeld ?? false, after: sellOnlyHeld };
    return accepted({
      activities: [{ type: 'custody.rule_set', subjectId: merchantId, details }],
      changes: [put(custodyRules, { merchantId, sellOnlyHeld, updatedAt: now })],
      result: { sellOnlyHeld },
    });
  },
});
