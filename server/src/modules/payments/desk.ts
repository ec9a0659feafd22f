import { encodeId } from '../../kernel/id.ts';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import type { Random } from '../../kernel/random.ts';
import type { KeyRing } from '../../platform/config/keys.ts';
import { seal, unseal } from '../../platform/crypto/seal.ts';
import type { UseCase } from '../../platform/executor/useCase.ts';
import { fieldsOf } from '../../platform/http/merge.ts';
import type { Networks } from '../../platform/outbound/networks.ts';
import { credentialsContext, type PaymentChannel } from './channel/channel.ts';
import type { Gateway, Ordered, Presentation } from './gateway.ts';
import { Credentials, openGateway } from './gateways/open.ts';
import type { PaymentOrder } from './order/order.ts';

export type DeskParts = {
  readonly keys: { readonly seal: KeyRing };
  readonly allowed: Networks;
  readonly clock: () => Date;
  readonly random: Random;
};

/** Has a use case decided as the system itself: what a channel said is recorded. Answers why it is not, where that is so. */
export type Record = <Input, Rows, Result>(
  merchantId: string,
  useCase: UseCase<Input, Rows, Result>,
  input: Input,
) => Promise<Refusal | undefined>;

/** Seals the keys of a channel for its row. */
export function sealCredentials(
  { keys, random }: DeskParts,
  merchantId: string,
  channelId: string,
  credentials: Credentials,
): Buffer {
  const context = credentialsContext(merchantId, channelId);
  return seal(keys.seal, Buffer.from(JSON.stringify(credentials)), context, random);
}

/** Why these are no keys, as far as that can be told without asking the channel. */
export async function unfitCredentials(
  parts: DeskParts,
  credentials: Credentials,
): Promise<Refusal | undefined> {
  try {
    const nowhere = { account: '', baseUrl: null, notifyUrl: '', returnUrl: '' };
    await openGateway(credentials, { ...parts, ...nowhere });
    return undefined;
  } catch {
    return refused('payment_keys_not_good', { field: 'credentials' });
  }
}

/** Opens the gateway of a channel, for as long as it takes to ask it something. */
export async function gatewayOf(
  parts: DeskParts,
  merchantId: string,
  channel: PaymentChannel,
  returnPath = '',
): Promise<Gateway> {
  const context = credentialsContext(merchantId, channel.id);
  const text = unseal(parts.keys.seal, channel.credentials, context).toString('utf8');
  const credentials = fieldsOf(text, Credentials);
  const { account, baseUrl, publicUrl } = channel;
  const path = `/v1/payment-callbacks/${encodeId('mer', merchantId)}/${encodeId('pch', channel.id)}`;
  return openGateway(credentials, {
    account,
    baseUrl,
    allowed: parts.allowed,
    clock: parts.clock,
    random: parts.random,
    notifyUrl: publicUrl + path,
    returnUrl: publicUrl + returnPath,
  });
}

/** An order as its channel is told of it. */
export function orderedOf(order: PaymentOrder, presentation: Presentation | undefined): Ordered {
  return {
    reference: encodeId('pay', order.id),
    amount: order.amount,
    currency: order.currency,
    method: order.method,
    subject: '会员充值 Top-up',
    expiresAt: order.expiresAt,
    handle: presentation?.handle ?? null,
  };
}
