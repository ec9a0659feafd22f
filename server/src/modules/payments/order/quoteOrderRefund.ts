import { isRefused, refused } from '../../../kernel/outcome.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { hiddenFrom, moneyIn, quoteAnswer, quoteIn, sourceRows } from '../../wallets/index.ts';
import { paymentOrderById } from './order.ts';

type QuoteInput = { readonly orderId: string; readonly usedAtListPrice: bigint | undefined };

/** What would be paid back for what is left of an order, by which rule, and what leaves the wallet with it. */
export const quoteOrderRefund = useCase({
  name: 'payment_order.quote_refund',
  permission: 'payments.refund',
  movesValue: false,
  needs({ orderId }: QuoteInput, find) {
    const order = find.one(paymentOrderById, orderId);
    return { order, wallet: sourceRows(order?.id, find) };
  },
  ownerStoreOf: ({ order }) => order?.storeId,
  decide({ order, wallet }, { usedAtListPrice }, { now, merchantId, actor }) {
    if (!order) return refused('payment_order_not_found');
    const { topUp, lots, policy } = wallet;
    if (!topUp) return refused('payment_order_not_paid');
    const money = moneyIn(lots, topUp.currency, now);
    const hidden = hiddenFrom(policy, money, { actor, memberId: topUp.memberId, now });
    if (hidden) return hidden;
    const quote = quoteIn(wallet, usedAtListPrice, now);
    return isRefused(quote) ? quote : { unchanged: JSON.stringify(quoteAnswer(quote, merchantId)) };
  },
});
