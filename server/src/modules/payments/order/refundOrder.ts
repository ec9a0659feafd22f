import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { openBook } from '../../ledger/index.ts';
import { sourceRows, topUps, unload } from '../../wallets/index.ts';
import { paymentChannelById } from '../channel/channel.ts';
import {
  orderAnswer,
  type PaymentRefund,
  paymentOrderById,
  paymentOrders,
  paymentRefunds,
  refundAnswer,
  takenOf,
  watches,
} from './order.ts';

type RefundInput = {
  readonly orderId: string;
  /** All that is quoted, or a part of it. */
  readonly amount: bigint;
  readonly usedAtListPrice: bigint | undefined;
  readonly reason: string;
};

/**
 * Sends money that an order put on a wallet back by the way that it came, as much as the merchant's rule gives for what is left
 * of it. What goes with it, of the bonus too, leaves the wallet.
 */
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
      wallet: sourceRows(order?.id, find),
    };
  },
  ownerStoreOf: ({ order }) => order?.storeId,
  secondPerson: {
    kind: 'refund',
    by: 'carry',
    // With what went back before: in two halves it is as much.
    amountOf: ({ order }, { amount }) => (order?.refunded ?? 0n) + amount,
  },
  decide({ order, channel, wallet }, { amount, usedAtListPrice, reason }, context) {
    if (!order || !channel) return refused('payment_order_not_found');
    if (order.state !== 'paid' || order.transaction === null) return refused('payment_order_not_paid');
    if (order.refunded + amount > order.amount) {
      return refused('refund_exceeds_payment', {
        field: 'amount',
        detail: `${order.amount - order.refunded} is left of it.`,
      });
    }
    const book = openBook(wallet.accounts, context.now);
    const taken = unload(wallet, { amount, usedAtListPrice }, book, context);
    if (isRefused(taken)) return taken;
    const postings = book.post(taken.transfers, { evenIfUnusable: true });
    if (isRefused(postings)) return postings;
    const refund: PaymentRefund = {
      id: context.newId(),
      orderId: order.id,
      transaction: order.transaction,
      amount,
      reason,
      state: 'due',
      differenceId: null,
      principal: taken.off.principal,
      bonusParts: taken.off.bonus.map(jsonAmount),
      couponIds: taken.couponIds,
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
          details: { refundId: encodeId('prf', refund.id), ...takenOf(refund), reason },
          postings,
        },
      ],
      changes: [
        put(paymentOrders, after),
        put(topUps, taken.topUp),
        ...taken.changes,
        put(paymentRefunds, refund),
        put(watches, { id: refund.id, what: 'refund', dueAt: context.now, tries: 0 }),
        ...book.changes(),
      ],
      result: { ...orderAnswer(after), refund: refundAnswer(refund) },
    });
  },
});
