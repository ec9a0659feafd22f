import { encodeId } from '../../../kernel/id.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { openBook } from '../../ledger/index.ts';
import { topUps, unload, unloadRows } from '../../wallets/index.ts';
import { paymentChannelById } from '../channel/channel.ts';
import {
  orderAnswer,
  type PaymentRefund,
  paymentOrderById,
  paymentOrders,
  paymentRefunds,
  refundAnswer,
  watches,
} from './order.ts';

type RefundInput = { readonly orderId: string; readonly amount: bigint; readonly reason: string };

/** Takes money that an order put on a wallet off it again, and sends it back by the way that it came. */
export const refundOrder = useCase({
  name: 'payment_order.refund',
  permission: 'payments.refund',
  movesValue: true,
  amountOf: ({ amount }: RefundInput) => amount,
  needs({ orderId }, find) {
    const order = find.one(paymentOrderById, orderId);
    return {
      order,
      channel: order && find.one(paymentChannelById, order.channelId),
      wallet: unloadRows(order?.id, find),
    };
  },
  ownerStoreOf: ({ order }) => order?.storeId,
  secondPerson: {
    kind: 'refund',
    by: 'carry',
    // With what went back before: in two halves it is as much.
    amountOf: ({ order }, { amount }) => (order?.refunded ?? 0n) + amount,
  },
  decide({ order, channel, wallet }, { amount, reason }, context) {
    if (!order || !channel) return refused('payment_order_not_found');
    if (order.state !== 'paid' || order.transaction === null) return refused('payment_order_not_paid');
    const { topUp, accounts } = wallet;
    if (!topUp) return refused('payment_order_not_paid');
    if (order.refunded + amount > order.amount) {
      return refused('refund_exceeds_payment', {
        field: 'amount',
        detail: `${order.amount - order.refunded} is left of it.`,
      });
    }
    const book = openBook(accounts, context.now);
    const taken = unload(topUp, amount, book, context, wallet.points);
    const postings = book.post(taken.transfers);
    if (isRefused(postings)) return postings;
    const refund: PaymentRefund = {
      id: context.newId(),
      orderId: order.id,
      transaction: order.transaction,
      amount,
      reason,
      state: 'due',
      differenceId: null,
      createdAt: context.now,
      endedAt: null,
    };
    const after = { ...order, refunded: order.refunded + amount };
    return accepted({
      activities: [
        {
          type: 'payment_order.refund_begun',
          subjectId: order.id,
          storeId: order.storeId,
          amount,
          details: { refundId: encodeId('prf', refund.id), reason },
          postings,
        },
      ],
      changes: [
        put(paymentOrders, after),
        put(topUps, taken.topUp),
        put(paymentRefunds, refund),
        put(watches, { id: refund.id, what: 'refund', dueAt: context.now, tries: 0 }),
        ...book.changes(),
      ],
      result: { ...orderAnswer(after), refund: refundAnswer(refund) },
    });
  },
});
