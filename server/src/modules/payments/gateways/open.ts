import { z } from 'zod';
import { isWithin, type Networks } from '../../../platform/outbound/networks.ts';
import { unfitUrl } from '../../../platform/outbound/post.ts';
import type { ChannelKind } from '../channel/channel.ts';
import type { Gateway, GatewayParts } from '../gateway.ts';
import { AlipayCredentials, alipayGateway } from './alipay.ts';
import { BankCardCredentials, bankCardGateway } from './bankCard.ts';
import { StripeCredentials, stripeGateway } from './stripe.ts';
import { WechatCredentials, wechatGateway } from './wechat.ts';

export const Credentials = z.discriminatedUnion('kind', [
  AlipayCredentials,
  WechatCredentials,
  StripeCredentials,
  BankCardCredentials,
]);
export type Credentials = z.output<typeof Credentials>;

/** Who the merchant is at the channel, as its messages say it. */
export function accountOf(credentials: Credentials): string {
  switch (credentials.kind) {
    case 'alipay':
      return credentials.appId;
    case 'wechat':
      return credentials.mchId;
    case 'stripe':
      return credentials.accountId;
    case 'bank_card':
      return credentials.merchantNo;
  }
}

/**
 * Opens the gateway that these are the keys of. Throws on a key that is none. A channel's SDK is loaded when it is first
 * asked: a service whose merchants have none needs no memory for it.
 */
export async function openGateway(credentials: Credentials, parts: GatewayParts): Promise<Gateway> {
  switch (credentials.kind) {
    case 'alipay':
      return alipayGateway(credentials, parts);
    case 'wechat':
      return wechatGateway(credentials, parts);
    case 'stripe':
      return stripeGateway(credentials, parts);
    case 'bank_card':
      return bankCardGateway(credentials, parts);
  }
}

/** Where a channel's own test system is. */
const knownHosts: ReadonlySet<string> = new Set([
  'openapi.alipay.com',
  'openapi-sandbox.dl.alipaydev.com',
  'api.stripe.com',
]);

/**
 * Why a channel is never reached there. The SDKs look names up by themselves, so for them only their makers' own hosts will
 * do, or an address in a network that the operator allows.
 */
export function unfitBase(kind: ChannelKind, baseUrl: string | null, allowed: Networks): string | undefined {
  if (baseUrl === null) return kind === 'bank_card' ? 'An acquirer has an address of its own.' : undefined;
  const unfit = unfitUrl(baseUrl, allowed);
  if (unfit !== undefined) return unfit;
  const { hostname, origin } = new URL(baseUrl);
  if (origin !== baseUrl) return 'It must be scheme, host and port alone.';
  if (kind === 'wechat' || kind === 'bank_card') return undefined;
  const isAllowed = isWithin(allowed, hostname);
  return isAllowed || knownHosts.has(hostname) ? undefined : 'It must be a host of the channel itself.';
}
