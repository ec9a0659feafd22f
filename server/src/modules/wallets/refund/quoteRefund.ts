import { encodeId } from '../../../kernel/id.ts';
import { refused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { memberAt } from '../../members/index.ts';
import { policyIn } from '../policy/policy.ts';
import { topUpsOf } from '../topUp/topUp.ts';
import { walletLots } from '../wallet.ts';
import { leftOf, quoteAnswer, quoteOf } from './quote.ts';

type QuoteInput = { readonly memberId: string; readonly usedAtListPrice: bigint | undefined };

/** What a member would be paid back for what is left of each top-up, and by which rule. */
export const quoteRefund = useCase({
  name: 'wallet.quote_refund',
  permission: 'wallets.read',
  movesValue: false,
  needs: ({ memberId }: QuoteInput, find) => ({
    member: memberAt(memberId, find),
    topUps: find.all(topUpsOf, memberId),
    lots: walletLots(memberId, find),
    policy: policyIn(find),
  }),
  decide({ member, topUps, lots, policy }, { usedAtListPrice }, { now, merchantId, actor }) {
    if (!member) return refused('member_not_found', { field: 'memberId' });
    const items = leftOf(topUps, lots, now)
      .filter(({ topUp, principal, bonus }) => {
        const isMine = actor.storeIds === null || actor.storeIds.has(topUp.storeId);
        return isMine && principal + bonus > 0n;
      })
      .map((left) => quoteAnswer(quoteOf(left, policy, { lots, usedAtListPrice, now }), merchantId));
    return { unchanged: JSON.stringify({ memberId: encodeId('mem', member.id), items }) };
  },
});
