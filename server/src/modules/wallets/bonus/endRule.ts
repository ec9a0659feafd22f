import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../../merchants/index.ts';
import { bonusRules, ruleAnswer, rulesIn } from './rule.ts';

/** Ends a bonus rule: it gives nothing from now on, and takes nothing back. */
export const endBonusRule = useCase({
  name: 'bonus_rule.end',
  permission: 'wallets.rules',
  movesValue: false,
  needs: ({ id }: { readonly id: string }, find) => ({ rule: rulesIn(find).find((each) => each.id === id) }),
  decide({ rule }, _input, { actor }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (!rule) return refused('bonus_rule_not_found');
    const ended = { ...rule, state: 'ended' as const };
    if (rule.state === 'ended') return { unchanged: JSON.stringify(ruleAnswer(rule)) };
    return accepted({
      activities: [{ type: 'bonus_rule.ended', subjectId: rule.id }],
      changes: [put(bonusRules, ended)],
      result: ruleAnswer(ended),
    });
  },
});
