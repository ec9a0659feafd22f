import { activityId, encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import {
  giveBack,
  isOfPurchase,
  mayGiveBack,
  type RedemptionRows,
  redemptionRows,
  returned,
} from './giveBack.ts';

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

  ownerStoreOf: (rows, input) => redemptionIn(rows, input)?.storeId,

  secondPerson: {
    kind: 'refund',
    by: 'carry',
    // With what went back before: in two halves it is as much.
    amountOf: (rows, { amount }) => (rows.back?.returned ?? 0n) + amount,
  },
  decide(rows, input, context) {
    const redemption = redemptionIn(rows, input);
    if (!redemption) return refused('redemption_not_found');
    // What was earned by it goes back with it, and what else paid goes back in its turn: the purchase knows both.
    if (isOfPurchase(redemption))
      return refused('redemption_of_purchase', { next: 'Refund the purchase that it paid.' });
    const { redemptionId, amount, reason } = input;
    const { current } = rows;
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

/** The redemption that the id names, which is more than its number in the log. */
function redemptionIn({ redemption }: RedemptionRows, { redemptionId }: RefundInput) {
  return redemption && activityId(redemption.occurredAt, redemption.seq) === redemptionId
    ? redemption
    : undefined;
}
