import { activityId, encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { giveBack, mayGiveBack, redemptionRows, returned } from './giveBack.ts';

export type RefundInput = {
  readonly redemptionId: string;
  readonly redemptionSeq: bigint;
  readonly amount: bigint;
  readonly reason: string;
};

/** Gives part or all of a redemption back to the card, never more than was redeemed. */
export const refundRedemption = useCase({
  name: 'redemption.refund',
  permission: 'cards.refund',
  movesValue: true,
  amountOf: (input: RefundInput) => input.amount,
  needs: (input, find) => redemptionRows(input.redemptionSeq, find),

  decide(rows, { redemptionId, amount, reason }, context) {
    const { redemption, current } = rows;
    if (!redemption || activityId(redemption.occurredAt, redemption.seq) !== redemptionId) {
      return refused('redemption_not_found');
    }
    const { storeIds } = context.actor;
    if (storeIds !== null && !storeIds.has(redemption.storeId ?? '')) return refused('store_out_of_scope');
    const unable = mayGiveBack(rows, amount);
    if (unable) return unable;
    const given = giveBack(rows, amount, context);
    if (isRefused(given)) return given;
    const balance = jsonAmount(given.balance);
    return accepted({
      activities: [
        {
          type: 'card.refunded',
          subjectId: current?.id,
          storeId: redemption.storeId ?? undefined,
          relatedSeq: redemption.seq,
          amount,
          details: { reason, balance },
          postings: given.postings,
        },
      ],
      changes: [...given.changes, returned(rows, amount, null)],
      result: {
        id: encodeId('ref', context.activityId()),
        redemptionId: encodeId('red', redemptionId),
        cardId: encodeId('card', current?.id ?? ''),
        amount: jsonAmount(amount),
        balance,
        refunded: jsonAmount((rows.back?.returned ?? 0n) + amount),
        createdAt: context.now.toISOString(),
      },
    });
  },
});
