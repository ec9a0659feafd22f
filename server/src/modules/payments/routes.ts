import { z } from 'zod';
import { encodeId, newId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import type { Pool } from '../../platform/db/connection.ts';
import { read } from '../../platform/db/read.ts';
import { page } from '../../platform/http/page.ts';
import {
  callbackRoute,
  commandRoute,
  type ReadContext,
  type Route,
  readRoute,
} from '../../platform/http/route.ts';
import { idIn, pageOf, pageQuery } from '../../platform/http/shapes.ts';
import { RefundQuoted } from '../wallets/index.ts';
import { channelAnswer } from './channel/channel.ts';
import { createPaymentChannel, updatePaymentChannel } from './channel/setChannel.ts';
import { listPaymentChannels, readPaymentChannel } from './channel/store.ts';
import { type DeskParts, gatewayOf, type Record, sealCredentials, unfitCredentials } from './desk.ts';
import { differenceAnswer } from './difference/difference.ts';
import { resolveDifference } from './difference/resolveDifference.ts';
import { listDifferences } from './difference/store.ts';
import { accountOf, unfitBase } from './gateways/open.ts';
import { orderAnswer, refundAnswer } from './order/order.ts';
import { quoteOrderRefund } from './order/quoteOrderRefund.ts';
import { refundOrder } from './order/refundOrder.ts';
import { settleOrder } from './order/settleOrder.ts';
import { listOrders, readOrder, refundsOfOrder } from './order/store.ts';
import {
  ChannelAnswer,
  channelParams,
  createChannelBody,
  DifferenceAnswer,
  differenceParams,
  differenceQuery,
  OrderAnswer,
  OrderRefunded,
  OrderWithAll,
  orderParams,
  orderQuery,
  quoteBody,
  refundBody,
  resolveBody,
  updateChannelBody,
} from './shapes.ts';
import { type OwnOrderParts, ownOrderRoutes } from './wallet/routes.ts';

export type PaymentRouteParts = OwnOrderParts & { readonly readers: Pool; readonly record: Record };

const tag = 'Payments';

/** Payments through others: their channels, orders, what differs, and what channels tell us. */
export function paymentRoutes(parts: PaymentRouteParts): readonly Route[] {
  return [
    ...channelRoutes(parts),
    ...orderRoutes,
    ...differenceRoutes,
    callback(parts),
    ...ownOrderRoutes(parts),
  ];
}

function channelRoutes(parts: DeskParts): readonly Route[] {
  return [
    readRoute({
      path: '/v1/payment-channels',
      tag,
      summary: 'List the channels that payments are taken through; never a key',
      permission: 'payments.read',
      // There are a few: they are one page, whatever is asked for.
      query: z.strictObject(pageQuery),
      answer: pageOf(ChannelAnswer),
      async read(db, _asked, { merchantId, actor }) {
        const all = await listPaymentChannels(db, merchantId);
        const seen = all.filter(({ storeId }) => actor.storeIds === null || actor.storeIds.has(storeId));
        return { items: seen.map(channelAnswer), nextCursor: null };
      },
    }),
    commandRoute({
      path: '/v1/payment-channels',
      tag,
      summary: 'Add a channel: Alipay, WeChat Pay, Stripe or an acquirer of bank cards',
      status: 201,
      body: createChannelBody,
      answer: ChannelAnswer,
      useCase: createPaymentChannel,
      prepare: async ({ body }) => (await unfitCredentials(parts, body.credentials)) ?? null,
      input: ({ body: { credentials, baseUrl = null, ...body } }, { merchantId }) => {
        const id = newId(parts.clock(), parts.random);
        return {
          ...body,
          id,
          kind: credentials.kind,
          account: accountOf(credentials),
          baseUrl,
          unfit: unfitBase(credentials.kind, baseUrl, parts.allowed),
          credentials: sealCredentials(parts, merchantId, id, credentials),
        };
      },
    }),
    commandRoute({
      method: 'PATCH',
      path: '/v1/payment-channels/:id',
      tag,
      summary: 'Change a channel, give it new keys, or rest it',
      status: 200,
      params: channelParams,
      body: updateChannelBody,
      answer: ChannelAnswer,
      useCase: updatePaymentChannel,
      prepare: async ({ body: { credentials } }) =>
        (credentials && (await unfitCredentials(parts, credentials))) ?? null,
      input: ({ params: { id }, body: { credentials, ...body } }, { merchantId }) => ({
        id,
        ...body,
        credentials: credentials && {
          kind: credentials.kind,
          sealed: sealCredentials(parts, merchantId, id, credentials),
        },
      }),
    }),
  ];
}

const storesOf = ({ actor }: ReadContext) => (actor.storeIds === null ? null : [...actor.storeIds]);

const orderRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/payment-orders',
    tag,
    summary: 'List payment orders, the newest first',
    permission: 'payments.read',
    query: orderQuery,
    answer: pageOf(OrderAnswer),
    async read(db, { query }, context) {
      const found = await listOrders(db, context.merchantId, {
        before: query.cursor ?? null,
        state: query.state ?? null,
        memberId: query.memberId ?? null,
        channelId: query.channelId ?? null,
        storeIds: storesOf(context),
        limit: query.limit + 1,
      });
      return page(found, query.limit, orderAnswer, ({ id }) => encodeId('pay', id));
    },
  }),
  readRoute({
    path: '/v1/payment-orders/:id',
    tag,
    summary: 'Read a payment order, what went back of it, and what differs',
    permission: 'payments.read',
    params: orderParams,
    answer: OrderWithAll,
    async read(db, { params: { id } }, context) {
      const { merchantId } = context;
      const order = await readOrder(db, merchantId, id);
      const storeIds = storesOf(context);
      if (!order || (storeIds !== null && !storeIds.includes(order.storeId))) {
        return refused('payment_order_not_found');
      }
      const refunds = await refundsOfOrder(db, merchantId, id);
      const filter = { before: null, state: null, orderId: id, storeIds: null, limit: 200 };
      const found = await listDifferences(db, merchantId, filter);
      return {
        ...orderAnswer(order),
        refunds: refunds.map(refundAnswer),
        differences: found.map(differenceAnswer),
      };
    },
  }),
  commandRoute({
    path: '/v1/payment-orders/:id/refund-quote',
    tag,
    summary:
      'What would be paid back for what is left of a payment order, and by which rule. Changes nothing',
    status: 200,
    params: orderParams,
    body: quoteBody,
    answer: RefundQuoted,
    useCase: quoteOrderRefund,
    input: ({ params: { id }, body: { usedAtListPrice } }) => ({ orderId: id, usedAtListPrice }),
  }),
  commandRoute({
    path: '/v1/payment-orders/:id/refund',
    tag,
    summary: 'Take what is quoted, or a part of it, off the wallet and send it back by the way that it came',
    status: 201,
    params: orderParams,
    body: refundBody,
    answer: OrderRefunded,
    useCase: refundOrder,
    input: ({ params: { id }, body: { usedAtListPrice, ...body } }) => ({
      orderId: id,
      usedAtListPrice,
      ...body,
    }),
  }),
];

const differenceRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/payment-differences',
    tag,
    summary: 'List where a channel says something else than was expected, the newest first',
    permission: 'payments.read',
    query: differenceQuery,
    answer: pageOf(DifferenceAnswer),
    async read(db, { query }, context) {
      const found = await listDifferences(db, context.merchantId, {
        before: query.cursor ?? null,
        state: query.state ?? null,
        orderId: query.orderId ?? null,
        storeIds: storesOf(context),
        limit: query.limit + 1,
      });
      return page(found, query.limit, differenceAnswer, ({ id }) => encodeId('pdf', id));
    },
  }),
  commandRoute({
    path: '/v1/payment-differences/:id/resolve',
    tag,
    summary: 'Set a difference right: send the money back, or say that it was set right elsewhere',
    status: 200,
    params: differenceParams,
    body: resolveBody,
    answer: DifferenceAnswer,
    useCase: resolveDifference,
    input: ({ params: { id }, body }) => ({ id, ...body }),
  }),
];

/** Whatever is wrong with a call is one answer: it is said to nobody what we know. */
function callback(parts: PaymentRouteParts): Route {
  return callbackRoute({
    path: '/v1/payment-callbacks/:merchantId/:channelId',
    tag,
    summary: 'What a channel tells us, in its own form and under its own signature',
    params: z.strictObject({ merchantId: idIn('mer'), channelId: idIn('pch') }),
    async receive(params, call) {
      const notGood = refused('callback_not_good');
      if (!params) return notGood;
      const { merchantId, channelId } = params;
      const channel = await read(parts.readers, merchantId, (db) =>
        readPaymentChannel(db, merchantId, channelId),
      );
      if (!channel) return notGood;
      const gateway = await gatewayOf(parts, merchantId, channel);
      const heard = await gateway.hear(call);
      if (heard.says === 'bad') return notGood;
      if (heard.says === 'paid') {
        const order = idIn('pay').safeParse(heard.reference);
        if (!order.success) return notGood;
        const input = { orderId: order.data, channelId, payment: heard.payment, source: 'callback' as const };
        const unrecorded = await parts.record(merchantId, settleOrder, input);
        if (unrecorded) return unrecorded;
      }
      return gateway.taken;
    },
  });
}
