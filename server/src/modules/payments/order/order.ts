import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';

export type OrderState = 'pending' | 'paid' | 'expired' | 'closed' | 'refunded';
export type PayMethod = 'qr' | 'redirect';

/** What somebody is to pay through a channel, once. */
export type PaymentOrder = {
  readonly id: string;
  /** What is done when it is paid. */
  readonly purpose: 'wallet_top_up';
  readonly memberId: string;
  readonly channelId: string;
  readonly storeId: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly method: PayMethod;
  readonly state: OrderState;
  readonly createdAt: Date;
  /** From then on it is not to be paid any more. */
  readonly expiresAt: Date;
  readonly paidAt: Date | null;
  /** What the channel calls the payment. */
  readonly transaction: string | null;
  /** How much of it goes back, or has. */
  readonly refunded: bigint;
  readonly endedAt: Date | null;
};

export const paymentOrders = entity<PaymentOrder>('paymentOrder', ({ id }) => id);
export const paymentOrderById = finder(paymentOrders, 'byId', ({ id }) => [id]);
/** What a member has begun to pay, and nobody knows yet whether they did. */
export const pendingOrdersOf = finder(paymentOrders, 'pendingOfMember', ({ memberId, state }) =>
  state === 'pending' ? [memberId] : [],
);

/** When a job asks about an order, or sends a refund, next. Begun here; the job moves it on outside of the executor. */
export type Watch = {
  readonly id: string;
  readonly what: 'order' | 'refund';
  readonly dueAt: Date;
  readonly tries: number;
};
export const watches = entity<Watch>('paymentWatch', ({ id }) => id, 'none');

/** Money on its way back through the channel. */
export type PaymentRefund = {
  readonly id: string;
  readonly orderId: string;
  /** The payment that is given back: of an order paid twice the other one. */
  readonly transaction: string;
  readonly amount: bigint;
  readonly reason: string;
  readonly state: 'due' | 'done' | 'failed';
  /** The difference that it sets right, if one. */
  readonly differenceId: string | null;
  /** Taken off the wallet for it of what was paid for; nothing where the money never came onto one. */
  readonly principal: bigint;
  /** Taken off of what was given, by the order of the parts of the top-up's bonus. */
  readonly bonusParts: readonly number[];
  /** The coupons that were withdrawn for it. */
  readonly couponIds: readonly string[];
  readonly createdAt: Date;
  readonly endedAt: Date | null;
};
export const paymentRefunds = entity<PaymentRefund>('paymentRefund', ({ id }) => id);
export const paymentRefundById = finder(paymentRefunds, 'byId', ({ id }) => [id]);

/** How long somebody has to pay. */
export const payWithinMs = 15 * 60_000;
/** The first time a job asks by itself whether it was paid. */
export const firstAskMs = 30_000;

/** An order as the API shows it. */
export function orderAnswer(order: PaymentOrder) {
  return {
    id: encodeId('pay', order.id),
    purpose: order.purpose,
    memberId: encodeId('mem', order.memberId),
    channelId: encodeId('pch', order.channelId),
    storeId: encodeId('store', order.storeId),
    currency: order.currency,
    amount: jsonAmount(order.amount),
    method: order.method,
    state: order.state,
    transaction: order.transaction,
    refunded: jsonAmount(order.refunded),
    createdAt: order.createdAt.toISOString(),
    expiresAt: order.expiresAt.toISOString(),
    paidAt: order.paidAt?.toISOString() ?? null,
    endedAt: order.endedAt?.toISOString() ?? null,
  };
}

export function refundAnswer(refund: PaymentRefund) {
  return {
    id: encodeId('prf', refund.id),
    orderId: encodeId('pay', refund.orderId),
    amount: jsonAmount(refund.amount),
    ...takenOf(refund),
    reason: refund.reason,
    state: refund.state,
    createdAt: refund.createdAt.toISOString(),
    endedAt: refund.endedAt?.toISOString() ?? null,
  };
}

/** What was taken off the wallet for a refund. */
export const takenOf = ({ principal, bonusParts, couponIds }: PaymentRefund) => ({
  principal: jsonAmount(principal),
  bonus: bonusParts.reduce((sum, part) => sum + part, 0),
  coupons: couponIds.length,
});
