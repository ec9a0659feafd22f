import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { paymentOrderById } from '../order/order.ts';
import { refunding } from '../order/settleOrder.ts';
import { differenceAnswer, differenceById, differences } from './difference.ts';

type ResolveInput = {
  readonly id: string;
  /** `refund`: the money goes back by the way that it came; `dismiss`: it was set right elsewhere. */
  readonly how: 'refund' | 'dismiss';
  readonly reason: string;
};

/** Sets a difference right, or says that it is. */
export const resolveDifference = useCase({
  name: 'payment_difference.resolve',
  permission: 'payments.refund',
  movesValue: true,
  needs({ id }: ResolveInput, find) {
    const difference = find.one(differenceById, id);
    return { difference, order: difference && find.one(paymentOrderById, difference.orderId) };
  },
  ownerStoreOf: ({ order }) => order?.storeId,
  decide({ difference, order }, { how, reason }, context) {
    if (!difference || !order) return refused('payment_difference_not_found');
    // Of a refund that failed the money is on the wallet again: there is nothing to send back.
    if (difference.state !== 'open' || (how === 'refund' && difference.kind === 'refund_failed')) {
      return refused('payment_difference_not_open');
    }
    const resolved =
      how === 'refund'
        ? { ...difference, state: 'refunding' as const }
        : { ...difference, state: 'dismissed' as const, endedAt: context.now };
    return accepted({
      activities: [
        {
          type: 'payment_order.difference_resolved',
          subjectId: order.id,
          storeId: order.storeId,
          amount: difference.amount,
          details: { how, kind: difference.kind, reason },
        },
      ],
      changes: [put(differences, resolved), ...(how === 'refund' ? refunding(resolved, context) : [])],
      result: differenceAnswer(resolved),
    });
  },
});
