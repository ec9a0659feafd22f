import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { memberAt } from '../../members/index.ts';
import { paymentChannelById } from '../channel/channel.ts';
import {
  firstAskMs,
  orderAnswer,
  type PayMethod,
  type PaymentOrder,
  paymentOrders,
  payWithinMs,
  watches,
} from './order.ts';

type PlaceInput = {
  readonly memberId: string;
  readonly channelId: string;
  readonly amount: bigint;
  readonly method: PayMethod;
};

/** A member is to pay an amount onto the wallet. Nothing moves until the channel says, signed, that it was paid. */
export const placeOrder = useCase({
  name: 'payment_order.place',
  permission: 'wallet',
  movesValue: true,
  needs: ({ memberId, channelId }: PlaceInput, find) => ({
    member: memberAt(memberId, find),
    channel: find.one(paymentChannelById, channelId),
  }),
  decide({ member, channel }, { amount, method }, { now, newId }) {
    if (!member) return refused('not_signed_in');
    if (!channel) return refused('payment_channel_not_found', { field: 'channelId' });
    if (channel.state !== 'active') return refused('payment_channel_disabled', { field: 'channelId' });
    const order: PaymentOrder = {
      id: newId(),
      purpose: 'wallet_top_up',
      memberId: member.id,
      channelId: channel.id,
      storeId: channel.storeId,
      currency: channel.currency,
      amount,
      method,
      state: 'pending',
      createdAt: now,
      expiresAt: new Date(now.getTime() + payWithinMs),
      paidAt: null,
      transaction: null,
      refunded: 0n,
      endedAt: null,
    };
    const dueAt = new Date(now.getTime() + firstAskMs);
    return accepted({
      activities: [
        {
          type: 'payment_order.placed',
          subjectId: order.id,
          storeId: order.storeId,
          amount,
          details: { channel: channel.kind },
        },
      ],
      changes: [put(paymentOrders, order), put(watches, { id: order.id, what: 'order', dueAt, tries: 0 })],
      result: orderAnswer(order),
    });
  },
});
