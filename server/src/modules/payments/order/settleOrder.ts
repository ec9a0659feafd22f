import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, type Context, useCase } from '../../../platform/executor/useCase.ts';
import { type Change, put } from '../../../platform/executor/workingSet.ts';
import { openBook } from '../../ledger/index.ts';
import { heirOf, memberNow } from '../../members/index.ts';
import { type Load, load, loadRows } from '../../wallets/index.ts';
import { type PaymentChannel, paymentChannelById } from '../channel/channel.ts';
import {
  type Difference,
  type DifferenceKind,
  differenceKey,
  differenceKinds,
  differenceOf,
  differences,
} from '../difference/difference.ts';
import type { Payment } from '../gateway.ts';
import {
  orderAnswer,
  type PaymentOrder,
  type PaymentRefund,
  paymentOrderById,
  paymentOrders,
  paymentRefunds,
  watches,
} from './order.ts';

export type SettleInput = {
  readonly orderId: string;
  /** By which channel we heard of it. */
  readonly channelId: string;
  readonly payment: Payment;
  /** Whether the channel told us, or we asked. */
  readonly source: 'callback' | 'query';
};

/**
 * Records what a channel says, under its signature, that somebody has paid. The first that fits credits the wallet; the same
 * said again changes nothing; whatever does not fit is a difference, once, and credits nothing.
 */
export const settleOrder = useCase({
  name: 'payment_order.settle',
  permission: 'system',
  movesValue: false,
  needs({ orderId, payment }: SettleInput, find) {
    const order = find.one(paymentOrderById, orderId);
    // Who was merged into another meanwhile is credited there.
    const memberId = order && heirOf(order.memberId, find);
    return {
      order,
      channel: order && find.one(paymentChannelById, order.channelId),
      member: order && memberNow(order.memberId, find),
      rows: loadRows(memberId, order?.storeId, find),
      known: differenceKinds.filter(
        (kind) => find.one(differenceOf, differenceKey(orderId, kind, payment.transaction)) !== undefined,
      ),
    };
  },
  decide({ order, channel, member, rows, known }, { channelId, payment, source }, context) {
    if (!order || !channel || channel.id !== channelId) return refused('payment_order_not_found');
    const same = { unchanged: JSON.stringify(orderAnswer(order)) };
    if (order.transaction === payment.transaction) return same;
    const differs = mismatch(order, channel, payment);
    if (differs) return known.includes(differs) ? same : noted(order, payment, differs, null, false, context);
    // Money twice, or for nobody any more, goes back by itself.
    if (order.transaction !== null || order.state === 'refunded') {
      return known.includes('paid_twice') ? same : noted(order, payment, 'paid_twice', null, true, context);
    }
    if (known.includes('not_credited') || known.includes('paid_late')) return same;
    const isLate = order.state !== 'pending';
    if (isLate && channel.lateRule === 'refund') {
      return noted(order, payment, 'paid_late', order.state, true, context);
    }
    if (!member) return noted(order, payment, 'not_credited', 'member_not_found', true, context);
    const book = openBook(rows.accounts, context.now);
    const loaded = load(rows, book, paidLoad(order, member.id, channel.kind, payment), context);
    const postings = isRefused(loaded) ? loaded : book.post(loaded.transfers);
    if (isRefused(loaded) || isRefused(postings)) {
      const reason = isRefused(postings) ? postings.refused : null;
      return noted(order, payment, 'not_credited', reason, true, context);
    }
    const paid: PaymentOrder = {
      ...order,
      state: 'paid',
      paidAt: payment.paidAt,
      transaction: payment.transaction,
      endedAt: context.now,
    };
    const late = isLate
      ? { ...differenceFrom(order, payment, 'paid_late', order.state, context), state: 'credited' as const }
      : undefined;
    const given = loaded.coupons;
    const details = {
      channel: channel.kind,
      transaction: payment.transaction,
      source,
      memberId: encodeId('mem', member.id),
      bonus: jsonAmount(loaded.topUp.bonus),
      ...(given && { coupons: given.refusal ? 0 : given.count }),
    };
    return accepted({
      activities: [
        {
          type: 'payment_order.paid',
          subjectId: order.id,
          storeId: order.storeId,
          amount: order.amount,
          details,
          postings,
        },
      ],
      changes: [
        put(paymentOrders, paid),
        ...loaded.changes,
        ...(late ? [put(differences, { ...late, endedAt: context.now })] : []),
        ...book.changes(),
      ],
      result: orderAnswer(paid),
    });
  },
});

/** What of a payment is not what the order asks for, in check order. */
function mismatch(
  order: PaymentOrder,
  channel: PaymentChannel,
  payment: Payment,
): DifferenceKind | undefined {
  if (payment.account !== channel.account) return 'account_mismatch';
  if (payment.currency !== order.currency) return 'currency_mismatch';
  if (payment.amount !== order.amount) return 'amount_mismatch';
  return undefined;
}

function differenceFrom(
  order: PaymentOrder,
  payment: Payment,
  kind: DifferenceKind,
  reason: string | null,
  { now, newId }: Context,
): Difference {
  const { transaction, amount, currency } = payment;
  return {
    id: newId(),
    orderId: order.id,
    kind,
    transaction,
    amount,
    currency,
    reason,
    state: 'open',
    createdAt: now,
    endedAt: null,
  };
}

/** What a paid order puts on the wallet, with what the rules give on top. */
function paidLoad(order: PaymentOrder, memberId: string, tender: string, payment: Payment): Load {
  const { storeId, currency, amount } = order;
  return {
    memberId,
    storeId,
    currency,
    tender,
    reference: payment.transaction,
    sourceId: order.id,
    principal: amount,
    paid: amount,
    bonus: 'by_rules',
  };
}

function noted(
  order: PaymentOrder,
  payment: Payment,
  kind: DifferenceKind,
  reason: string | null,
  goesBack: boolean,
  context: Context,
) {
  const found = differenceFrom(order, payment, kind, reason, context);
  const difference = goesBack ? { ...found, state: 'refunding' as const } : found;
  return accepted({
    activities: [
      {
        type: 'payment_order.differs',
        subjectId: order.id,
        storeId: order.storeId,
        amount: payment.amount,
        details: { kind, transaction: payment.transaction, ...(reason === null ? {} : { reason }) },
      },
    ],
    changes: [put(differences, difference), ...(goesBack ? refunding(difference, context) : [])],
    result: { ...orderAnswer(order), difference: kind, amount: jsonAmount(payment.amount) },
  });
}

/** Sends a payment that is nobody's back by the way that it came. */
export function refunding(difference: Difference, { now, newId }: Context): readonly Change[] {
  const refund: PaymentRefund = {
    id: newId(),
    orderId: difference.orderId,
    transaction: difference.transaction,
    amount: difference.amount,
    reason: difference.kind,
    state: 'due',
    differenceId: difference.id,
    principal: 0n,
    bonusParts: [],
    couponIds: [],
    createdAt: now,
    endedAt: null,
  };
  return [put(paymentRefunds, refund), put(watches, { id: refund.id, what: 'refund', dueAt: now, tries: 0 })];
}
