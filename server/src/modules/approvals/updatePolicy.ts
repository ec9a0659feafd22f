import { jsonAmount } from '../../kernel/money.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import {
  changedPolicy,
  type Kind,
  kinds,
  limitedKinds,
  type Policy,
  type PolicyChange,
  policies,
  policyOf,
} from '../people/index.ts';

const isLimited = (kind: Kind) => limitedKinds.some((one) => one === kind);

/** The policy as the API shows it. */
export function policyAnswer({ rules, waitHours, provenAbove }: Policy) {
  return {
    rules: Object.fromEntries(
      kinds.map((kind) => {
        const { isOn, above } = rules.get(kind) ?? { isOn: true, above: 0n };
        return [kind, isLimited(kind) ? { isOn, above: jsonAmount(above) } : { isOn }];
      }),
    ),
    waitHours,
    stepUpAbove: jsonAmount(provenAbove),
  };
}

/** Changes how much one person may do alone. It takes a second person itself, and that cannot be turned off. */
export const updatePolicy = useCase({
  name: 'approvalPolicy.update',
  permission: 'people.write',
  movesValue: false,
  needs: (_input: PolicyChange, find) => policyOf(find),
  secondPerson: { kind: 'policy', by: 'carry' },
  decide(before, input, { actor }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    const after = changedPolicy(before, input);
    return accepted({
      activities: [
        {
          type: 'approval_policy.updated',
          details: { before: policyAnswer(before), after: policyAnswer(after) },
        },
      ],
      changes: [put(policies, after)],
      result: policyAnswer(after),
    });
  },
});
