import { z } from 'zod';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { read } from '../../../platform/db/read.ts';
import type { UseCase } from '../../../platform/executor/useCase.ts';
import { fieldsOf } from '../../../platform/http/merge.ts';
import { page } from '../../../platform/http/page.ts';
import { type Route, type Visit, visitRoute } from '../../../platform/http/route.ts';
import { idIn, pageOf } from '../../../platform/http/shapes.ts';
import { type MemberParts, type SignedIn, signedIn, slugParams } from '../../members/index.ts';
import { cancelOwnGift } from '../gifts/endOrder.ts';
import { takeOwnGift } from '../gifts/takeGift.ts';
import { readHistory, readPurse } from '../reading.ts';
import {
  EntryAnswer,
  historyQuery,
  OrderAnswer,
  OwnGiftAnswer,
  OwnOrderAnswer,
  PurseAnswer,
  quantityIn,
} from '../shapes.ts';
import { offeredGifts, ownOrders } from './gifts.ts';

const tag = 'Wallet';
const shownAtOnce = 50;

/** Carries a command out for a member, once under their key. */
async function carry<Input, Rows, Result>(
  parts: MemberParts,
  { merchant, memberId }: SignedIn,
  { idempotencyKey }: Visit,
  useCase: UseCase<Input, Rows, Result>,
  input: Input,
) {
  if (idempotencyKey === null) return refused('idempotency_key_required');
  const replay = {
    idempotencyKey: `wallet|${memberId}|${idempotencyKey}`,
    fingerprints: parts.vault.fingerprints(`${memberId}|${useCase.name}|${JSON.stringify(input)}`),
  };
  const given = await parts.asWallet(merchant.id, useCase, input, replay);
  return 'refusal' in given ? given.refusal : { body: fieldsOf(given.body, OrderAnswer) };
}

/** What members see of their points, and the gifts they take for them. */
export function ownPointsRoutes(parts: MemberParts): readonly Route[] {
  return [...purseReadings(parts), ...giftReadings(parts), ...changes(parts)];
}

function purseReadings(parts: MemberParts): readonly Route[] {
  return [
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/points',
      tag,
      access: 'member',
      summary: 'My points, by when they lapse',
      params: slugParams,
      answer: PurseAnswer,
      async visit({ params }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId } = session;
        const body = await read(parts.readers, merchant.id, (db) =>
          readPurse(db, merchant.id, memberId, parts.clock()),
        );
        return { body };
      },
    }),
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/points/history',
      tag,
      access: 'member',
      summary: 'What happened to my points, newest first',
      params: slugParams,
      query: historyQuery,
      answer: pageOf(EntryAnswer),
      async visit({ params, query: { cursor = null, limit } }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId } = session;
        const body = await read(parts.readers, merchant.id, (db) =>
          readHistory(db, merchant.id, { memberId, before: cursor, limit }),
        );
        return { body };
      },
    }),
  ];
}

function giftReadings(parts: MemberParts): readonly Route[] {
  return [
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/gift-orders',
      tag,
      access: 'member',
      summary: 'The gifts I took, newest first',
      params: slugParams,
      query: z.strictObject({ cursor: idIn('gor').optional() }),
      answer: pageOf(OwnOrderAnswer),
      async visit({ params, query: { cursor = null } }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId } = session;
        const filter = { before: cursor, limit: shownAtOnce + 1, memberId, storeIds: null, state: null };
        const rows = await read(parts.readers, merchant.id, (db) => ownOrders(db, merchant.id, filter));
        return {
          body: page(
            rows,
            shownAtOnce,
            (order) => order,
            ({ id }) => id,
          ),
        };
      },
    }),
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/gift-items',
      tag,
      access: 'member',
      summary: 'What there is for points, newest first, and in which stores',
      params: slugParams,
      query: z.strictObject({ cursor: idIn('gft').optional() }),
      answer: pageOf(OwnGiftAnswer),
      async visit({ params, query: { cursor = null } }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant } = session;
        const filter = { before: cursor, limit: shownAtOnce + 1 };
        const rows = await read(parts.readers, merchant.id, (db) => offeredGifts(db, merchant.id, filter));
        return {
          body: page(
            rows,
            shownAtOnce,
            (gift) => gift,
            ({ id }) => id,
          ),
        };
      },
    }),
  ];
}

function changes(parts: MemberParts): readonly Route[] {
  return [
    visitRoute({
      path: '/v1/wallet/:slug/gift-orders',
      tag,
      access: 'member',
      movesValue: true,
      summary: 'Take a gift for my points; it waits in a store',
      params: slugParams,
      body: z.strictObject({ giftId: idIn('gft'), storeId: idIn('store'), quantity: quantityIn }),
      status: 201,
      answer: OrderAnswer,
      async visit({ params, body }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const input = { ...body, memberId: session.memberId, handOver: false };
        return carry(parts, session, caller, takeOwnGift, input);
      },
    }),
    visitRoute({
      path: '/v1/wallet/:slug/gift-orders/:id/cancel',
      tag,
      access: 'member',
      movesValue: true,
      summary: 'Give up a gift of mine that waits: the points come back',
      params: slugParams.extend({ id: idIn('gor') }),
      answer: OrderAnswer,
      async visit({ params }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const input = { orderId: params.id, memberId: session.memberId };
        return carry(parts, session, caller, cancelOwnGift, input);
      },
    }),
  ];
}
