import { jsonAmount } from '../../kernel/money.ts';
import { isRefused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { redemptionAnswer } from './answers.ts';
import { payStore } from './pay.ts';
import { type SpendInput, spendable, spendRows } from './spend.ts';

/** Pays a store out of a card, wholly or in part. */
export const redeemCard = useCase({
  name: 'card.redeem',
  permission: 'cards.redeem',
  movesValue: true,
  storeOf: (input: SpendInput) => input.storeId,
  amountOf: (input) => input.amount,

  needs: spendRows,

  decide(rows, input, context) {
    const { amount, currency, storeId, reference } = input;
    const found = spendable(rows, input, context);
    if (!('lots' in found)) return found;
    const { card, lots } = found;
    const paid = payStore(
      { lots, settling: rows.settling },
      { amount, storeId, currency, from: found.payable },
      context,
    );
    if (isRefused(paid)) return paid;
    const { balance } = paid.money;
    return accepted({
      activities: [
        {
          type: 'card.redeemed',
          subjectId: card.id,
          storeId,
          reference,
          amount,
          details: { balance: jsonAmount(balance) },
          postings: paid.postings,
        },
      ],
      changes: [...found.changes, ...paid.changes],
      result: redemptionAnswer({ cardId: card.id, amount, balance, currency, storeId, reference }, context),
    });
  },
});
