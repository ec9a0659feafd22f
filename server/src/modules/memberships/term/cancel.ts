import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { openBook } from '../../ledger/index.ts';
import { unusedPart } from './calendar.ts';
import { feeTransfers } from './fee.ts';
import { mayCancel } from './may.ts';
import { membershipAnswer, memberships } from './membership.ts';
import { changeRows, knownAt, type SaleInput } from './sale.ts';

type CancelInput = SaleInput & {
  readonly reason: string;
  /** `unused`: what is not used up of its price goes back, exactly that; `nothing`: nothing does. */
  readonly refund: 'unused' | 'nothing';
};

/** Ends a membership now, giving back what of its price is not used up, or nothing. */
export const cancelMembership = useCase({
  name: 'membership.cancel',
  permission: 'memberships.manage',
  movesValue: true,
  storeOf: ({ storeId }: CancelInput) => storeId,
  amountOf: ({ payment }) => payment?.amount,
  needs: changeRows,
  decide(rows, { storeId, payment, reason, refund }, { now }) {
    const known = knownAt(rows);
    if (isRefused(known)) return known;
    const { membership, merchant, plan } = known;
    const denied = mayCancel(membership, now);
    if (denied) return denied;
    const due = refund === 'unused' ? unusedPart(membership, merchant.timezone, now) : 0n;
    if ((payment?.amount ?? 0n) !== due) {
      return refused('payment_mismatch', { field: 'payment.amount', detail: `${due} goes back.` });
    }
    const book = openBook(rows.accounts, now);
    const fee = { storeId, currency: membership.currency, tender: payment?.tender ?? '', amount: -due };
    const postings = book.post(feeTransfers(book, fee));
    if (isRefused(postings)) return postings;
    const cancelled = { ...membership, cancelledAt: now, revision: membership.revision + 1 };
    const result = membershipAnswer(cancelled, plan, now);
    return accepted({
      activities: [
        {
          type: 'membership.cancelled',
          subjectId: membership.id,
          storeId,
          amount: due,
          details: {
            memberId: result.memberId,
            reason,
            ...(payment && { tender: payment.tender, paymentReference: payment.reference }),
          },
          postings,
        },
      ],
      changes: [put(memberships, cancelled), ...book.changes()],
      result: { ...result, refunded: jsonAmount(due) },
    });
  },
});
