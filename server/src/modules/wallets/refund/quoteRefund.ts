import { encodeId } from '../../../kernel/id.ts';
import { refused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import type { PaymentCode } from '../../cards/index.ts';
import { memberAt } from '../../members/index.ts';
import { merchantById } from '../../merchants/index.ts';
import { hiddenFrom } from '../hidden.ts';
import { policyIn } from '../policy/policy.ts';
import { topUpsOf } from '../topUp/topUp.ts';
import { moneyIn, walletLots } from '../wallet.ts';
import { leftOf, quoteAnswer, quoteOf } from './quote.ts';
import { couponsOfTopUp } from './rows.ts';

type QuoteInput = {
  readonly memberId: string;
  readonly usedAtListPrice: bigint | undefined;
  /** What the member's phone shows. */
  readonly shown: PaymentCode | undefined;
};

/** What a member would be paid back for what is left of each top-up, and by which rule. */
export const quoteRefund = useCase({
  name: 'wallet.quote_refund',
  permission: 'wallets.read',
  movesValue: false,
  needs: ({ memberId }: QuoteInput, find) => ({
    member: memberAt(memberId, find),
    topUps: find.all(topUpsOf, memberId),
    coupons: new Map(find.all(topUpsOf, memberId).map((topUp) => [topUp.id, couponsOfTopUp(topUp, find)])),
    lots: walletLots(memberId, find),
    policy: policyIn(find),
    merchant: find.one(merchantById, find.merchantId),
  }),
  decide(
    { member, topUps, coupons, lots, policy, merchant },
    { usedAtListPrice, shown },
    { now, merchantId, actor },
  ) {
    if (!member || !merchant) return refused('member_not_found', { field: 'memberId' });
    const money = moneyIn(lots, merchant.currency, now);
    const hidden = hiddenFrom(policy, money, { actor, memberId: member.id, shown, now });
    if (hidden) return hidden;
    const items = leftOf(topUps, lots, now)
      .filter(({ topUp, principal, bonus }) => {
        const isMine = actor.storeIds === null || actor.storeIds.has(topUp.storeId);
        return isMine && principal + bonus > 0n;
      })
      .map((left) =>
        quoteAnswer(
          quoteOf(left, policy, {
            lots,
            usedAtListPrice,
            coupons: coupons.get(left.topUp.id),
            now,
            zone: merchant.timezone,
          }),
          merchantId,
        ),
      );
    return { unchanged: JSON.stringify({ memberId: encodeId('mem', member.id), items }) };
  },
});
