import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { orderAnswer, paymentOrderById, paymentOrders } from './order.ts';

type EndInput = {
  readonly orderId: string;
  /** `closed`: the member, or the channel, gave it up; `expired`: its time is over. */
  readonly how: 'expired' | 'closed';
};

/** Ends an order that nobody has paid. Should money come all the same, it is a difference. */
export const endOrder = useCase({
  name: 'payment_order.end',
  permission: 'system',
  movesValue: false,
  needs: ({ orderId }: EndInput, find) => find.one(paymentOrderById, orderId),
  decide(order, { how }, { now }) {
    if (!order) return refused('payment_order_not_found');
    if (order.state !== 'pending') return { unchanged: JSON.stringify(orderAnswer(order)) };
    if (how === 'expired' && now < order.expiresAt) return refused('payment_order_not_over');
    const ended = { ...order, state: how, endedAt: now };
    return accepted({
      activities: [
        {
          type: how === 'expired' ? 'payment_order.expired' : 'payment_order.closed',
          subjectId: order.id,
          storeId: order.storeId,
        },
      ],
      changes: [put(paymentOrders, ended)],
      result: orderAnswer(ended),
    });
  },
});
