import { z } from 'zod';
import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { refused } from '../../../kernel/outcome.ts';
import { commandRoute, type Route, readRoute } from '../../../platform/http/route.ts';
import { idIn, idOut, instant } from '../../../platform/http/shapes.ts';
import {
  type CountedHolding,
  places,
  readHoldings,
  readHoldingsOfStore,
  readSellOnlyHeld,
  serialIn,
  serialText,
} from '../../cards/index.ts';
import { beyondScope } from '../../merchants/index.ts';
import { readBatch } from '../store.ts';
import { acceptCards } from './acceptCards.ts';
import { allocateCards } from './allocateCards.ts';
import { recallCards } from './recallCards.ts';
import { receiveCards } from './receiveCards.ts';
import { returnCards } from './returnCards.ts';
import { setCustodyRule } from './setCustodyRule.ts';

const tag = 'Card batches';
const params = z.strictObject({ id: idIn('batch') });
const range = z.strictObject({ from: serialIn, to: serialIn });
const inStore = range.extend({ storeId: idIn('store') });
/** HQ names where cards go; a store, itself. */
const toStore = range.extend({ toStoreId: idIn('store') });
const rule = z.object({ sellOnlyHeld: z.boolean() });
const serial = z.string().meta({ description: 'Ten digits.' });
/** A store is shown so many ranges at once. */
const shownMax = 200;

const movedAnswer = z.object({
  ...{ batchId: idOut('batch'), from: serial, to: serial, quantity: z.int() },
  ...{ storeId: idOut('store').nullable(), at: instant },
});

const rangeShape = z.object({
  ...{ batchId: idOut('batch'), from: serial, to: serial, quantity: z.int() },
  place: z.enum(places),
  storeId: idOut('store').nullable(),
  since: instant,
  /** How many of these cards have been sold. */
  sold: z.int(),
});

/** Ranges that lie side by side in the same place since the same moment are one. */
function rangesOf(rows: readonly CountedHolding[]): readonly z.input<typeof rangeShape>[] {
  const joined: CountedHolding[] = [];
  for (const row of rows) {
    const before = joined.at(-1);
    const isSame =
      before?.batchId === row.batchId && before.place === row.place && before.storeId === row.storeId;
    if (before && isSame && before.last + 1n === row.first && before.since.getTime() === row.since.getTime())
      joined[joined.length - 1] = { ...before, last: row.last, sold: before.sold + row.sold };
    else joined.push(row);
  }
  return joined.map((row) => ({
    batchId: encodeId('batch', row.batchId),
    from: serialText(row.first),
    to: serialText(row.last),
    quantity: jsonAmount(row.last - row.first + 1n),
    place: row.place,
    storeId: row.storeId === null ? null : encodeId('store', row.storeId),
    since: row.since.toISOString(),
    sold: row.sold,
  }));
}

const verbs = [
  commandRoute({
    path: '/v1/card-batches/:id/custody/receive',
    tag,
    summary: 'Take in at HQ a range of printed cards, from the printer or sent back by stores',
    status: 200,
    params,
    body: range,
    answer: movedAnswer,
    useCase: receiveCards,
    input: ({ params: { id }, body }) => ({ batchId: id, ...body }),
  }),
  commandRoute({
    path: '/v1/card-batches/:id/custody/allocate',
    tag,
    summary: 'Send a range of cards from HQ to a store, which confirms them when they come',
    status: 200,
    params,
    body: toStore,
    answer: movedAnswer,
    useCase: allocateCards,
    input: ({ params: { id }, body: { toStoreId, ...serials } }) => ({
      ...{ batchId: id, storeId: toStoreId },
      ...serials,
    }),
  }),
  commandRoute({
    path: '/v1/card-batches/:id/custody/recall',
    tag,
    summary: 'Take back to HQ a range of cards that a store has not confirmed',
    status: 200,
    params,
    body: toStore,
    answer: movedAnswer,
    useCase: recallCards,
    input: ({ params: { id }, body: { toStoreId, ...serials } }) => ({
      ...{ batchId: id, storeId: toStoreId },
      ...serials,
    }),
  }),
  commandRoute({
    path: '/v1/card-batches/:id/custody/accept',
    tag,
    summary: 'Confirm in the store a range of cards that was sent to it',
    status: 200,
    params,
    body: inStore,
    answer: movedAnswer,
    useCase: acceptCards,
    input: ({ params: { id }, body }) => ({ batchId: id, ...body }),
  }),
  commandRoute({
    path: '/v1/card-batches/:id/custody/return',
    tag,
    summary: 'Send a range of a store’s cards back to HQ, which receives them when they come',
    status: 200,
    params,
    body: inStore,
    answer: movedAnswer,
    useCase: returnCards,
    input: ({ params: { id }, body }) => ({ batchId: id, ...body }),
  }),
];

/** Where printed cards are: taken in, sent to stores, confirmed there, sent back. */
export const custodyRoutes: readonly Route[] = [
  ...verbs,
  readRoute({
    path: '/v1/card-batches/:id/custody',
    tag,
    summary: 'Where the cards of a batch are, by their serial numbers',
    permission: 'batches.read',
    params,
    answer: z.object({ received: z.int(), quantity: z.int(), items: z.array(rangeShape) }),
    async read(db, { params: { id } }, { merchantId }) {
      const batch = await readBatch(db, merchantId, id);
      if (!batch) return refused('batch_not_found');
      const items = rangesOf(await readHoldings(db, merchantId, id));
      const received = items.reduce((sum, { quantity }) => sum + quantity, 0);
      return { received, quantity: batch.quantity, items };
    },
  }),
  readRoute({
    path: '/v1/custody',
    tag,
    summary: 'The ranges of cards that a store holds, is to get, or has sent back',
    permission: 'custody.store',
    query: z.strictObject({ storeId: idIn('store') }),
    answer: z.object({ items: z.array(rangeShape) }),
    async read(db, { query: { storeId } }, { merchantId, actor }) {
      const denied = beyondScope(actor, [storeId]);
      return denied ?? { items: rangesOf(await readHoldingsOfStore(db, merchantId, storeId, shownMax)) };
    },
  }),
  readRoute({
    path: '/v1/custody-rule',
    tag,
    summary: 'Whether stores sell only the cards that they hold',
    permission: 'batches.read',
    answer: rule,
    read: async (db, _parsed, { merchantId }) => ({ sellOnlyHeld: await readSellOnlyHeld(db, merchantId) }),
  }),
  commandRoute({
    method: 'PATCH',
    path: '/v1/custody-rule',
    tag,
    summary: 'Say whether stores sell only the cards that they hold',
    status: 200,
    body: z.strictObject({ sellOnlyHeld: z.boolean() }),
    answer: rule,
    useCase: setCustodyRule,
    input: ({ body }) => body,
  }),
];
