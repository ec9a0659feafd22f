import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { isRefused } from '../../kernel/outcome.ts';
import type { Db } from '../../platform/db/statement.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import { idIn, pageOf, pageQuery, textIn } from '../../platform/http/shapes.ts';
import { type MemberParts, noMember, readMember } from '../members/index.ts';
import { cancelGift, handGift } from './gifts/endOrder.ts';
import { giftOrderAnswer } from './gifts/order.ts';
import { takeGift } from './gifts/takeGift.ts';
import { outstandingRoute } from './outstanding/routes.ts';
import { adjustPoints } from './purse/adjust.ts';
import { transferPoints } from './purse/transfer.ts';
import { readHistory, readPurse } from './reading.ts';
import { setScheme } from './scheme/setScheme.ts';
import { schemeAnswer } from './scheme/version.ts';
import {
  EntryAnswer,
  historyQuery,
  OrderAnswer,
  PurseAnswer,
  pointsIn,
  quantityIn,
  SchemeAnswer,
  SetSchemeBody,
  signedPoints,
} from './shapes.ts';
import { listGiftOrders, listSchemes } from './store.ts';
import { ownPointsRoutes } from './wallet/routes.ts';

const tag = 'Points';
const memberParams = z.strictObject({ id: idIn('mem') });
const orderParams = z.strictObject({ id: idIn('gor') });

const schemeRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/points-schemes',
    tag,
    summary: 'Lay down by which rules points are earned and spent, from a day on',
    status: 201,
    body: SetSchemeBody,
    answer: SchemeAnswer,
    useCase: setScheme,
    input: ({ body: { from, note, ...scheme } }) => ({ from, note, scheme }),
  }),
  readRoute({
    path: '/v1/points-schemes',
    tag,
    summary: 'List the rules of points, newest first',
    permission: 'points.read',
    query: z.strictObject({
      cursor: z.coerce.number().int().positive().max(1e9).optional(),
      limit: pageQuery.limit,
    }),
    answer: pageOf(SchemeAnswer),
    async read(db, { query }, { merchantId }) {
      const rows = await listSchemes(db, merchantId, query.cursor ?? null, query.limit + 1);
      return page(rows, query.limit, schemeAnswer, ({ number }) => String(number));
    },
  }),
];

/** Refused where there is no such member. */
async function known(db: Db, merchantId: string, memberId: string) {
  return (await readMember(db, merchantId, memberId)) ? undefined : noMember(db, merchantId, memberId);
}

const purseRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/members/:id/points',
    tag,
    summary: 'What points a member has, by when they lapse',
    permission: 'points.read',
    params: memberParams,
    answer: PurseAnswer,
    async read(db, { params }, { merchantId, now }) {
      return (await known(db, merchantId, params.id)) ?? readPurse(db, merchantId, params.id, now);
    },
  }),
  readRoute({
    path: '/v1/members/:id/points/history',
    tag,
    summary: 'What happened to a member’s points, newest first',
    permission: 'points.read',
    params: memberParams,
    query: historyQuery,
    answer: pageOf(EntryAnswer),
    async read(db, { params: { id }, query: { cursor = null, limit } }, { merchantId }) {
      const missing = await known(db, merchantId, id);
      if (isRefused(missing)) return missing;
      return readHistory(db, merchantId, { memberId: id, before: cursor, limit });
    },
  }),
  commandRoute({
    path: '/v1/members/:id/points/adjustments',
    tag,
    summary: 'Correct a member’s points, with a reason',
    status: 201,
    params: memberParams,
    body: z.strictObject({ points: signedPoints, reason: textIn(200) }),
    answer: PurseAnswer,
    useCase: adjustPoints,
    input: ({ params, body }) => ({ memberId: params.id, ...body }),
  }),
  commandRoute({
    path: '/v1/members/:id/points/transfers',
    tag,
    summary: 'Give a member’s points to another, where the rules let members do so',
    status: 201,
    params: memberParams,
    body: z.strictObject({ toMemberId: idIn('mem'), points: pointsIn }),
    answer: PurseAnswer,
    useCase: transferPoints,
    input: ({ params, body: { toMemberId, points } }) => ({ fromId: params.id, toId: toMemberId, points }),
  }),
];

const orderRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/gift-orders',
    tag,
    summary: 'Take a gift for a member’s points: handed over now, or waiting in a store',
    status: 201,
    body: z.strictObject({
      memberId: idIn('mem'),
      giftId: idIn('gft'),
      storeId: idIn('store'),
      quantity: quantityIn,
      handOver: z.boolean().default(true),
    }),
    answer: OrderAnswer,
    useCase: takeGift,
    input: ({ body }) => body,
  }),
  readRoute({
    path: '/v1/gift-orders',
    tag,
    summary: 'List gifts that were taken, newest first',
    permission: 'points.read',
    query: z.strictObject({
      cursor: idIn('gor').optional(),
      limit: pageQuery.limit,
      memberId: idIn('mem').optional(),
      storeId: idIn('store').optional(),
      state: z.enum(['waiting', 'handed', 'cancelled']).optional(),
    }),
    answer: pageOf(OrderAnswer),
    async read(db, { query }, { merchantId, actor }) {
      const { cursor = null, memberId = null, storeId, state = null, limit } = query;
      const asked = storeId === undefined ? null : [storeId];
      const own = actor.storeIds === null ? null : [...actor.storeIds];
      const storeIds = asked && own ? asked.filter((id) => own.includes(id)) : (asked ?? own);
      const filter = { before: cursor, limit: limit + 1, memberId, storeIds, state };
      const rows = await listGiftOrders(db, merchantId, filter);
      return page(rows, limit, giftOrderAnswer, ({ id }) => encodeId('gor', id));
    },
  }),
  commandRoute({
    path: '/v1/gift-orders/:id/hand-over',
    tag,
    summary: 'Hand a gift over that waits in a store',
    status: 200,
    params: orderParams,
    answer: OrderAnswer,
    useCase: handGift,
    input: ({ params }) => ({ orderId: params.id }),
  }),
  commandRoute({
    path: '/v1/gift-orders/:id/cancel',
    tag,
    summary: 'Give up a gift that waits: the points go back',
    status: 200,
    params: orderParams,
    answer: OrderAnswer,
    useCase: cancelGift,
    input: ({ params }) => ({ orderId: params.id }),
  }),
];

/** Points: by which rules, who has how many, and what they took for them. */
export function pointsRoutes(parts: MemberParts): readonly Route[] {
  return [...schemeRoutes, outstandingRoute, ...purseRoutes, ...orderRoutes, ...ownPointsRoutes(parts)];
}
