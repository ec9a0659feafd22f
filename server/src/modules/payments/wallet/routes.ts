import { z } from 'zod';
import { encodeId } from '../../../kernel/id.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import { read, writeAside } from '../../../platform/db/read.ts';
import { fieldsOf } from '../../../platform/http/merge.ts';
import { type Route, type Visit, visitRoute } from '../../../platform/http/route.ts';
import { idIn } from '../../../platform/http/shapes.ts';
import { claim, type MemberParts, type SignedIn, signedIn, slugParams } from '../../members/index.ts';
import { listPaymentChannels, readPaymentChannel } from '../channel/store.ts';
import { type DeskParts, gatewayOf, orderedOf, type Record } from '../desk.ts';
import type { Presentation, Standing } from '../gateway.ts';
import { endOrder } from '../order/endOrder.ts';
import { orderAnswer, type PaymentOrder } from '../order/order.ts';
import { placeOrder } from '../order/placeOrder.ts';
import { settleOrder } from '../order/settleOrder.ts';
import { keepPresentation, readOrder, readPresentation } from '../order/store.ts';
import { OwnChannelAnswer, OwnOrderAnswer, placeBody } from '../shapes.ts';

export type OwnOrderParts = MemberParts & DeskParts & { readonly record: Record };

const tag = 'Wallet';
const orderParams = slugParams.extend({ id: idIn('pay') });

/** What a member does to pay money onto the wallet. */
export function ownOrderRoutes(parts: OwnOrderParts): readonly Route[] {
  return [channelsRoute(parts), placeRoute(parts), ...oneRoutes(parts)];
}

function channelsRoute(parts: OwnOrderParts): Route {
  return visitRoute({
    method: 'GET',
    path: '/v1/wallet/:slug/payment-channels',
    tag,
    access: 'member',
    summary: 'By what I can pay money onto my wallet',
    params: slugParams,
    answer: z.object({ items: z.array(OwnChannelAnswer) }),
    async visit({ params }, caller) {
      const session = await signedIn(parts, params.slug, caller);
      if (isRefused(session)) return session;
      const { id } = session.merchant;
      const all = await read(parts.readers, id, (db) => listPaymentChannels(db, id));
      const items = all
        .filter(({ state }) => state === 'active')
        .map(({ id: channelId, kind, name, currency }) => ({
          id: encodeId('pch', channelId),
          kind,
          name,
          currency,
        }));
      return { body: { items } };
    },
  });
}

function placeRoute(parts: OwnOrderParts): Route {
  return visitRoute({
    path: '/v1/wallet/:slug/top-up-orders',
    tag,
    access: 'member',
    movesValue: true,
    summary: 'Order a top-up: answers with what to scan, or where to go, to pay it',
    params: slugParams,
    body: placeBody,
    status: 201,
    answer: OwnOrderAnswer,
    async visit({ params, body }, caller) {
      const session = await signedIn(parts, params.slug, caller);
      if (isRefused(session)) return session;
      const { merchant, memberId } = session;
      const { idempotencyKey } = caller;
      if (idempotencyKey === null) return refused('idempotency_key_required');
      const who = { what: 'topUpOfMember', whom: memberId } as const;
      const limited = await claim(parts, merchant.id, [who], parts.clock());
      if (limited) return limited;
      const replay = {
        idempotencyKey: `wallet|${memberId}|${idempotencyKey}`,
        fingerprints: parts.vault.fingerprints(
          `${memberId}|top_up|${body.channelId}|${body.amount}|${body.method}`,
        ),
      };
      const given = await parts.asWallet(merchant.id, placeOrder, { memberId, ...body }, replay);
      if ('refusal' in given) return given.refusal;
      const { id } = fieldsOf(given.body, z.object({ id: idIn('pay') }));
      return presented(parts, session, id);
    },
  });
}

function oneRoutes(parts: OwnOrderParts): readonly Route[] {
  return [
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/top-up-orders/:id',
      tag,
      access: 'member',
      summary: 'How my top-up stands',
      params: orderParams,
      answer: OwnOrderAnswer,
      async visit({ params }, caller) {
        const own = await ownOrder(parts, params, caller);
        if (isRefused(own)) return own;
        return { body: ownAnswer(own.order, own.presentation) };
      },
    }),
    visitRoute({
      path: '/v1/wallet/:slug/top-up-orders/:id/close',
      tag,
      access: 'member',
      summary: 'Give up a top-up that I have not paid',
      params: orderParams,
      body: z.strictObject({}),
      answer: OwnOrderAnswer,
      async visit({ params }, caller) {
        const own = await ownOrder(parts, params, caller);
        if (isRefused(own)) return own;
        return closed(parts, own);
      },
    }),
  ];
}

type Own = {
  readonly session: SignedIn;
  readonly order: PaymentOrder;
  readonly presentation: Presentation | undefined;
};

/** An order of whoever is signed in; anybody else's is answered like one that there is not. */
async function ownOrder(
  parts: OwnOrderParts,
  { slug, id }: { readonly slug: string; readonly id: string },
  caller: Visit,
): Promise<Own | Refusal> {
  const session = await signedIn(parts, slug, caller);
  if (isRefused(session)) return session;
  const found = await read(parts.readers, session.merchant.id, async (db) => ({
    order: await readOrder(db, session.merchant.id, id),
    presentation: await readPresentation(db, session.merchant.id, id),
  }));
  const { order, presentation } = found;
  if (order?.memberId !== session.memberId) return refused('payment_order_not_found');
  return { session, order, presentation };
}

/** Tells the channel of an order, once: a retry that finds how it is paid is answered with that. */
async function presented(
  parts: OwnOrderParts,
  { merchant }: SignedIn,
  id: string,
): Promise<{ body: unknown } | Refusal> {
  const { order, channel, known } = await read(parts.readers, merchant.id, async (db) => {
    const order = await readOrder(db, merchant.id, id);
    const channel = order && (await readPaymentChannel(db, merchant.id, order.channelId));
    return { order, channel, known: await readPresentation(db, merchant.id, id) };
  });
  if (!order || !channel) return refused('payment_order_not_found');
  if (known || order.state !== 'pending') return { body: ownAnswer(order, known) };
  const returnPath = `/wallet/${merchant.slug}/top-up/${encodeId('pay', id)}`;
  const gateway = await gatewayOf(parts, merchant.id, channel, returnPath);
  const made = await gateway.start(orderedOf(order, undefined));
  if ('failure' in made) {
    const next = 'Try again, or pay by another channel.';
    return refused('payment_channel_unavailable', { detail: made.failure, next });
  }
  await writeAside(parts.writers, merchant.id, (db) => keepPresentation(db, merchant.id, id, made));
  return { body: ownAnswer(order, made) };
}

/** Has the channel close an order before it is closed here, so that nobody pays for what is over. */
async function closed(
  parts: OwnOrderParts,
  { session: { merchant }, order, presentation }: Own,
): Promise<{ body: unknown } | Refusal> {
  if (order.state !== 'pending') return { body: ownAnswer(order, presentation) };
  const channel = await read(parts.readers, merchant.id, (db) =>
    readPaymentChannel(db, merchant.id, order.channelId),
  );
  if (!channel) return refused('payment_channel_not_found');
  const standing = await (await gatewayOf(parts, merchant.id, channel)).close(orderedOf(order, presentation));
  const unrecorded = await ended(parts, merchant.id, order.id, channel.id, standing);
  if (unrecorded) return unrecorded;
  const after = await read(parts.readers, merchant.id, (db) => readOrder(db, merchant.id, order.id));
  return { body: ownAnswer(after ?? order, presentation) };
}

/** Records how an order stands with its channel, where that is an end. */
async function ended(
  { record }: OwnOrderParts,
  merchantId: string,
  orderId: string,
  channelId: string,
  standing: Standing,
): Promise<Refusal | undefined> {
  if (standing.state === 'paid') {
    const { payment } = standing;
    return record(merchantId, settleOrder, { orderId, channelId, payment, source: 'query' });
  }
  if (standing.state === 'closed') return record(merchantId, endOrder, { orderId, how: 'closed' });
  return refused('payment_channel_unavailable', { next: 'It ends by itself.' });
}

function ownAnswer(order: PaymentOrder, presentation: Presentation | undefined) {
  const { id, channelId, currency, amount, state, createdAt, expiresAt } = orderAnswer(order);
  const how =
    state === 'pending' && presentation ? { kind: presentation.kind, content: presentation.content } : null;
  return { id, channelId, currency, amount, state, createdAt, expiresAt, presentation: how };
}
