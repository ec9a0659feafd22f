import { z } from 'zod';
import { encodeId } from '../../../kernel/id.ts';
import { amountOf, jsonAmount } from '../../../kernel/money.ts';
import { refused } from '../../../kernel/outcome.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import { page } from '../../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../../platform/http/route.ts';
import { currencyCode, idIn, pageOf, pageQuery, textIn, wordIn } from '../../../platform/http/shapes.ts';
import { merchantsSql, storeById } from '../../merchants/index.ts';
import { DayAnswer, OpenDay } from '../shapes.ts';
import { closeDay } from './closeDay.ts';
import { dayAnswer } from './day.ts';
import { listCloses, readTaken } from './store.ts';

const tag = 'Settlement';
const params = z.strictObject({ id: idIn('store') });
const counted = z
  .array(
    z.strictObject({
      tender: wordIn('cash'),
      currency: currencyCode,
      amount: z
        .int()
        .min(-1e15)
        .max(1e15)
        .meta({ description: 'Minor units, such as cents.' })
        .transform((n) => amountOf(n)),
    }),
  )
  .max(50)
  .refine(
    (all) => new Set(all.map(({ tender, currency }) => `${tender} ${currency}`)).size === all.length,
    'must name each tender once',
  );

/** The end of a store's day. */
export const dayRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/stores/:id/day-closes',
    tag,
    summary: 'Close the day of a store; what was counted otherwise than taken is booked, with a reason',
    status: 201,
    params,
    body: z.strictObject({ counted: counted.default([]), reason: textIn(500).optional() }),
    answer: DayAnswer,
    useCase: closeDay,
    input: ({ params: { id }, body }) => ({ storeId: id, counted: body.counted, reason: body.reason }),
  }),
  readRoute({
    path: '/v1/stores/:id/open-day',
    tag,
    summary: 'What a store took since its last close, by tender',
    permission: 'shifts.read',
    params,
    answer: OpenDay,
    async read(db, { params: { id } }, { merchantId, actor }) {
      if (actor.storeIds !== null && !actor.storeIds.has(id)) return refused('store_out_of_scope');
      const { store } = await lookUp(merchantsSql, db, merchantId, (find) => ({
        store: find.one(storeById, id),
      }));
      if (!store) return refused('store_not_found');
      const taken = await readTaken(db, merchantId, id);
      const [last] = await listCloses(db, merchantId, {
        before: null,
        storeIds: null,
        storeId: id,
        limit: 1,
      });
      return {
        storeId: encodeId('store', id),
        since: last?.closedAt.toISOString() ?? null,
        tenders: taken.tenders.map((one) => ({ ...one, taken: jsonAmount(one.taken) })),
      };
    },
  }),
  readRoute({
    path: '/v1/day-closes',
    tag,
    summary: 'List closed days, the newest first',
    permission: 'shifts.read',
    query: z.strictObject({
      cursor: idIn('dcl').optional(),
      limit: pageQuery.limit,
      storeId: idIn('store').optional(),
    }),
    answer: pageOf(DayAnswer),
    async read(db, { query }, { merchantId, actor }) {
      const rows = await listCloses(db, merchantId, {
        before: query.cursor ?? null,
        storeIds: actor.storeIds === null ? null : [...actor.storeIds],
        storeId: query.storeId ?? null,
        limit: query.limit + 1,
      });
      return page(rows, query.limit, dayAnswer, ({ id }) => encodeId('dcl', id));
    },
  }),
];
