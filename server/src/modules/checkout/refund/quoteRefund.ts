import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { giveAll } from './give.ts';
import { type Named, refundBook, refundRows } from './rows.ts';
import { takingOf, type Wanted } from './taking.ts';

/** What would go back, and to what, if it were asked for now; refused where that would be. */
export const quoteRefund = useCase({
  name: 'purchase.refund_quote',
  permission: 'checkout.refund',
  movesValue: false,
  needs: (input: Named & Wanted, find) => ({ purchase: refundRows(input, find) }),
  ownerStoreOf: ({ purchase }) => purchase?.storeId,
  decide({ purchase: rows }, input, context) {
    if (!rows) return refused('purchase_not_found');
    const taking = takingOf(rows, input);
    if (isRefused(taking)) return taking;
    const given = giveAll(rows, taking, refundBook(rows, context.now), context);
    if (isRefused(given)) return given;
    const answer = {
      amount: jsonAmount(taking.amount),
      left: jsonAmount(rows.due - taking.before - taking.amount),
      currency: rows.details.currency,
      lines: taking.lines,
      tenders: given.tenders,
      pointsTaken: given.pointsTaken,
    };
    return { unchanged: JSON.stringify(answer) };
  },
});
