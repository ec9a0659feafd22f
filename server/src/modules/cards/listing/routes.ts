import { z } from 'zod';
import { jsonAmount } from '../../../kernel/money.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { type ReadContext, type Route, readRoute } from '../../../platform/http/route.ts';
import { listed } from '../reading/shown.ts';
import {
  type CardFilterIn,
  cardCount,
  cardFilterFields,
  cardListPage,
  cardListQuery,
  filterOf,
  type Position,
  type Sort,
  type SortWord,
} from './query.ts';
import { changedSince, countCards, type Reading, selectCards, sortKey } from './store.ts';

const tag = 'Cards';
const countedMost = 10_000;

type Listing = CardFilterIn & {
  readonly sort?: SortWord | undefined;
  readonly cursor?: Position | undefined;
  readonly limit: number;
};

/** Cards by any of what they are known by. */
export const cardListingRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/cards',
    tag,
    summary:
      'Cards, filtered and sorted, page by page in both directions. Who is limited to stores sees theirs.',
    permission: 'cards.read',
    query: cardListQuery,
    answer: cardListPage,
    read: (db, { query }, context) => readCards(db, query, context),
  }),
  readRoute({
    path: '/v1/cards/count',
    tag,
    summary: 'How many cards a filter finds; past 10,000 it says only that there are more.',
    permission: 'cards.read',
    query: z.strictObject(cardFilterFields),
    answer: cardCount,
    async read(db, { query }, context) {
      const reading = await readingOf(db, query, context);
      const count = await countCards(db, context.merchantId, reading, countedMost + 1);
      const exact = count <= BigInt(countedMost);
      return { count: exact ? jsonAmount(count) : countedMost, exact };
    },
  }),
];

async function readingOf(db: Db, query: CardFilterIn, context: ReadContext): Promise<Reading> {
  const { merchantId, actor, now } = context;
  return { filter: filterOf(query, actor.storeIds), changed: await changedSince(db, merchantId, now), now };
}

async function readCards(db: Db, query: Listing, context: ReadContext) {
  const { cursor, limit } = query;
  const [sort, isDown] = sortOf(query.sort ?? rangedBy(query));
  const isBack = cursor?.back === true;
  const way = isDown === isBack ? 'asc' : 'desc';
  const reading = await readingOf(db, query, context);
  const asked = { sort, way, after: cursor, limit: limit + 1 } as const;
  const found = await selectCards(db, context.merchantId, reading, asked);
  const shown = found.slice(0, limit);
  if (isBack) shown.reverse();
  const hasMore = found.length > limit;
  const at = (letter: 'n' | 'p', card: (typeof shown)[number] | undefined) =>
    card ? `${letter}~${sortKey(card, sort)}~${card.serial}` : null;
  return {
    items: shown.map((card) => listed(card, context.now)),
    nextCursor: isBack || hasMore ? at('n', shown.at(-1)) : null,
    prevCursor: (isBack ? hasMore : cursor !== undefined) ? at('p', shown[0]) : null,
  };
}

/** The order in which a range is walked without looking at any card outside it. */
function rangedBy(query: CardFilterIn): Sort {
  if (query.activatedFrom ?? query.activatedTo) return 'activatedAt';
  if (query.validFrom ?? query.validTo) return 'validUntil';
  return query.balanceMin === undefined && query.balanceMax === undefined ? 'serial' : 'balance';
}

function sortOf(word: SortWord): readonly [Sort, boolean] {
  switch (word) {
    case 'serial':
    case 'balance':
    case 'activatedAt':
    case 'validUntil':
      return [word, false];
    case '-serial':
      return ['serial', true];
    case '-balance':
      return ['balance', true];
    case '-activatedAt':
      return ['activatedAt', true];
    case '-validUntil':
      return ['validUntil', true];
  }
}
