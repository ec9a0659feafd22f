import { z } from 'zod';
import {
  amountJson,
  currencyCode,
  idIn,
  idOut,
  instant,
  pageQuery,
  positiveAmount,
  textIn,
} from '../../platform/http/shapes.ts';
import { usedAtListPrice } from '../wallets/index.ts';
import { channelKinds, lateRules } from './channel/channel.ts';
import { differenceKinds } from './difference/difference.ts';
import { Credentials } from './gateways/open.ts';

const place = z
  .url()
  .max(200)
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'must be scheme, host and port alone',
  );
const lateRule = z
  .enum(lateRules)
  .meta({ description: 'What becomes of money that arrives after its order has ended.' });
const channelState = z.enum(['active', 'disabled']);

export const createChannelBody = z.strictObject({
  name: textIn(80),
  storeId: idIn('store').meta({ description: 'The store that answers for what is topped up through it.' }),
  credentials: Credentials.meta({ description: 'Keys and secrets; never shown again.' }),
  baseUrl: place.optional().meta({ description: 'Where the channel is, if not at its usual place.' }),
  publicUrl: place.meta({ description: 'Where the channel reaches this service.' }),
  lateRule: lateRule.default('refund'),
});
export const updateChannelBody = z
  .strictObject({
    name: textIn(80).optional(),
    state: channelState.optional(),
    lateRule: lateRule.optional(),
    credentials: Credentials.optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'must change something');
export const ChannelAnswer = z.object({
  id: idOut('pch'),
  kind: z.enum(channelKinds),
  name: z.string(),
  storeId: idOut('store'),
  currency: currencyCode,
  account: z.string(),
  baseUrl: z.string().nullable(),
  publicUrl: z.string(),
  lateRule,
  state: channelState,
  createdAt: instant,
});
export const channelParams = z.strictObject({ id: idIn('pch') });

const orderState = z.enum(['pending', 'paid', 'expired', 'closed', 'refunded']);
const method = z.enum(['qr', 'redirect']);
export const OrderAnswer = z.object({
  id: idOut('pay'),
  purpose: z.literal('wallet_top_up'),
  memberId: idOut('mem'),
  channelId: idOut('pch'),
  storeId: idOut('store'),
  currency: currencyCode,
  amount: amountJson,
  method,
  state: orderState,
  transaction: z.string().nullable(),
  refunded: amountJson,
  createdAt: instant,
  expiresAt: instant,
  paidAt: instant.nullable(),
  endedAt: instant.nullable(),
});
const RefundAnswer = z.object({
  id: idOut('prf'),
  orderId: idOut('pay'),
  amount: amountJson,
  principal: amountJson.meta({ description: 'Taken off the wallet for it of what was paid for.' }),
  bonus: amountJson.meta({ description: 'Taken off the wallet for it of what was given.' }),
  coupons: z.int().meta({ description: 'How many coupons were withdrawn for it.' }),
  reason: z.string(),
  state: z.enum(['due', 'done', 'failed']),
  createdAt: instant,
  endedAt: instant.nullable(),
});
const differenceState = z.enum(['open', 'refunding', 'refunded', 'credited', 'dismissed']);
export const DifferenceAnswer = z.object({
  id: idOut('pdf'),
  orderId: idOut('pay'),
  kind: z.enum(differenceKinds),
  transaction: z.string(),
  amount: amountJson,
  currency: currencyCode,
  reason: z.string().nullable(),
  state: differenceState,
  createdAt: instant,
  endedAt: instant.nullable(),
});
export const OrderWithAll = OrderAnswer.extend({
  refunds: z.array(RefundAnswer),
  differences: z.array(DifferenceAnswer),
});
export const OrderRefunded = OrderAnswer.extend({ refund: RefundAnswer });
export const orderParams = z.strictObject({ id: idIn('pay') });
export const orderQuery = z.strictObject({
  cursor: idIn('pay').optional(),
  limit: pageQuery.limit,
  state: orderState.optional(),
  memberId: idIn('mem').optional(),
  channelId: idIn('pch').optional(),
});
export const refundBody = z.strictObject({
  amount: positiveAmount.meta({ description: 'What is quoted, or a part of it.' }),
  usedAtListPrice: usedAtListPrice.optional(),
  reason: textIn(80),
});
export const quoteBody = z.strictObject({ usedAtListPrice: usedAtListPrice.optional() });
export const differenceParams = z.strictObject({ id: idIn('pdf') });
export const differenceQuery = z.strictObject({
  cursor: idIn('pdf').optional(),
  limit: pageQuery.limit,
  state: differenceState.optional(),
  orderId: idIn('pay').optional(),
});
export const resolveBody = z.strictObject({ how: z.enum(['refund', 'dismiss']), reason: textIn(200) });

export const OwnChannelAnswer = z.object({
  id: idOut('pch'),
  kind: z.enum(channelKinds),
  name: z.string(),
  currency: currencyCode,
});
/** An order as its member sees it, with how to pay it while it can be. */
export const OwnOrderAnswer = z.object({
  id: idOut('pay'),
  channelId: idOut('pch'),
  currency: currencyCode,
  amount: amountJson,
  state: orderState,
  createdAt: instant,
  expiresAt: instant,
  presentation: z
    .object({ kind: method, content: z.string() })
    .nullable()
    .meta({ description: 'A text for a QR code, or a page to go to; null once it is not to be paid.' }),
});
export const placeBody = z.strictObject({
  channelId: idIn('pch'),
  amount: positiveAmount.refine((amount) => amount <= 10_000_000n, 'must be at most 10000000'),
  method,
});
