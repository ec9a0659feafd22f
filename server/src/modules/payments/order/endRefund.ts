import { encodeId } from '../../../kernel/id.ts';
import { amountOf } from '../../../kernel/money.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, type Context, useCase } from '../../../platform/executor/useCase.ts';
import { type Change, put } from '../../../platform/executor/workingSet.ts';
import { openBook } from '../../ledger/index.ts';
import { putBack, sourceRows, topUps } from '../../wallets/index.ts';
import { paymentChannelById } from '../channel/channel.ts';
import { type Difference, differenceById, differences } from '../difference/difference.ts';
import {
  type PaymentOrder,
  type PaymentRefund,
  paymentOrderById,
  paymentOrders,
  paymentRefundById,
  paymentRefunds,
  refundAnswer,
} from './order.ts';

type EndRefundInput = {
  readonly refundId: string;
  /** Why the channel will never do it; null: the money went back. */
  readonly failure: string | null;
};

/**
 * Records what a channel said of a refund. Where it will not, money that was taken off a wallet for it is put back there,
 * and the failure is a difference that somebody looks at.
 */
export const endRefund = useCase({
  name: 'payment_order.end_refund',
  permission: 'system',
  movesValue: false,
  needs({ refundId }: EndRefundInput, find) {
    const refund = find.one(paymentRefundById, refundId);
    const order = refund && find.one(paymentOrderById, refund.orderId);
    return {
      refund,
      order,
      channel: order && find.one(paymentChannelById, order.channelId),
      difference: refund?.differenceId ? find.one(differenceById, refund.differenceId) : undefined,
      wallet: sourceRows(order?.id, find),
    };
  },
  decide({ refund, order, channel, difference, wallet }, { failure }, context) {
    if (!refund || !order || !channel) return refused('payment_order_not_found');
    if (refund.state !== 'due') return { unchanged: JSON.stringify(refundAnswer(refund)) };
    const { now } = context;
    const ended: PaymentRefund = { ...refund, state: failure === null ? 'done' : 'failed', endedAt: now };
    const facts = { subjectId: order.id, storeId: order.storeId, amount: refund.amount };
    const details = { refundId: encodeId('prf', refund.id), ...(failure === null ? {} : { failure }) };
    if (failure === null) {
      return accepted({
        activities: [{ type: 'payment_order.refunded', ...facts, details }],
        changes: [put(paymentRefunds, ended), ...afterRefund(order, refund, difference, now)],
        result: refundAnswer(ended),
      });
    }
    const book = openBook(wallet.accounts, now);
    // What is left of a difference is nobody's yet, so nothing was taken for it.
    const back = difference ? undefined : putBack(wallet, takenFor(refund), refund.couponIds, book, context);
    const postings = back ? book.post(back.transfers, { evenIfUnusable: true }) : [];
    if (isRefused(postings)) return postings;
    // What of it is on the wallet again can be sent again, also where another part of it went back meanwhile.
    const standing = difference
      ? order
      : { ...order, state: 'paid' as const, refunded: order.refunded - refund.amount };
    return accepted({
      activities: [{ type: 'payment_order.refund_failed', ...facts, details, postings }],
      changes: [
        put(paymentRefunds, ended),
        put(paymentOrders, standing),
        put(differences, failedDifference(order, refund, failure, difference, context)),
        ...(back ? [put(topUps, back.topUp), ...back.changes] : []),
        ...book.changes(),
      ],
      result: refundAnswer(ended),
    });
  },
});

const takenFor = ({ principal, bonusParts, amount }: PaymentRefund) => ({
  principal,
  bonus: bonusParts.map(amountOf),
  refunded: amount,
});

function afterRefund(
  order: PaymentOrder,
  refund: PaymentRefund,
  difference: Difference | undefined,
  now: Date,
): readonly Change[] {
  if (difference) {
    const set = put(differences, { ...difference, state: 'refunded' as const, endedAt: now });
    // Money that came too late, or for nobody, was all that this order ever had.
    return order.transaction === null && order.state !== 'pending'
      ? [set, put(paymentOrders, { ...order, state: 'refunded' as const, refunded: refund.amount })]
      : [set];
  }
  return order.refunded === order.amount
    ? [put(paymentOrders, { ...order, state: 'refunded' as const, endedAt: now })]
    : [];
}

function failedDifference(
  order: PaymentOrder,
  { transaction, amount }: PaymentRefund,
  reason: string,
  difference: Difference | undefined,
  { now, newId }: Context,
): Difference {
  if (difference) return { ...difference, state: 'open', reason };
  return {
    id: newId(),
    orderId: order.id,
    kind: 'refund_failed',
    transaction,
    amount,
    currency: order.currency,
    reason,
    state: 'open',
    createdAt: now,
    endedAt: null,
  };
}
