import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../../merchants/index.ts';
import { policyAnswer, policyIn, type WalletPolicy, walletPolicies } from './policy.ts';

type SetPolicyInput = {
  readonly [Key in Exclude<keyof WalletPolicy, 'revision'>]?: WalletPolicy[Key] | undefined;
};

/** Lays down how wallets are spent, limited and paid back; what is left out stays. */
export const setWalletPolicy = useCase({
  name: 'wallet_policy.set',
  permission: 'wallets.rules',
  movesValue: false,
  needs: (_input: SetPolicyInput, find) => ({ before: policyIn(find) }),
  decide({ before }, input, { actor, merchantId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    const policy: WalletPolicy = { ...before, ...given, revision: before.revision + 1 };
    const result = policyAnswer(policy);
    return accepted({
      activities: [
        {
          type: 'wallet_policy.set',
          subjectId: merchantId,
          details: { before: policyAnswer(before), after: result },
        },
      ],
      changes: [put(walletPolicies, policy)],
      result,
    });
  },
});
