import { encodeId } from '../../../kernel/id.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';

export const channelKinds = ['alipay', 'wechat', 'stripe', 'bank_card'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** What becomes of money that arrives when nobody waits for it any more. */
export const lateRules = ['credit', 'refund'] as const;
export type LateRule = (typeof lateRules)[number];

/** A merchant's account with somebody who takes payments for it. */
export type PaymentChannel = {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly name: string;
  /** Whose top-ups these are: the store that answers for the money. */
  readonly storeId: string;
  readonly currency: string;
  /** Who the merchant is there, as its messages name it. */
  readonly account: string;
  /** Where it is reached, if not at the usual place. */
  readonly baseUrl: string | null;
  /** Where it reaches us: scheme, host and port. */
  readonly publicUrl: string;
  readonly lateRule: LateRule;
  /** Keys and secrets, sealed; never shown again. */
  readonly credentials: Buffer;
  readonly state: 'active' | 'disabled';
  readonly createdAt: Date;
};

export const paymentChannels = entity<PaymentChannel>('paymentChannel', ({ id }) => id);
export const paymentChannelById = finder(paymentChannels, 'byId', ({ id }) => [id]);
export const everyPaymentChannel = finder(paymentChannels, 'all', () => ['all']);

/** What credentials are bound to. */
export function credentialsContext(merchantId: string, channelId: string): string {
  return `payment-channel|${merchantId}|${channelId}`;
}

/** A channel as the API shows it. Never a credential. */
export function channelAnswer(channel: PaymentChannel) {
  return {
    id: encodeId('pch', channel.id),
    kind: channel.kind,
    name: channel.name,
    storeId: encodeId('store', channel.storeId),
    currency: channel.currency,
    account: channel.account,
    baseUrl: channel.baseUrl,
    publicUrl: channel.publicUrl,
    lateRule: channel.lateRule,
    state: channel.state,
    createdAt: channel.createdAt.toISOString(),
  };
}
