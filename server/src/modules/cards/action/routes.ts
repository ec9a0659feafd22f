import { z } from 'zod';
import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { refused } from '../../../kernel/outcome.ts';
import { page } from '../../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../../platform/http/route.ts';
import {
  amountJson,
  civilDate,
  currencyCode,
  idIn,
  idOut,
  instant,
  pageOf,
  pageQuery,
  textIn,
} from '../../../platform/http/shapes.ts';
import { serialText } from '../card.ts';
import { cardFilterFields, filterOf } from '../listing/query.ts';
import { changedSince, selectCards } from '../listing/store.ts';
import { actionAnswer, actionCardsMax, verbShape, wouldRefuse } from './action.ts';
import { startAction } from './startAction.ts';
import { listActions, readAction, refusalsOf } from './store.ts';

const tag = 'Cards';
const refusalsShown = 1_000;

const actionShape = z.object({
  id: idOut('cact'),
  verb: verbShape,
  state: z.enum(['running', 'done']),
  reason: z.string(),
  until: z.iso.date().nullable(),
  total: z.int(),
  done: z.int().meta({ description: 'Cards gone through, refused ones among them.' }),
  refused: z.int(),
  createdAt: instant,
});

const previewRoute = readRoute({
  path: '/v1/cards/preview',
  tag,
  summary:
    'What a verb on all cards of a filter would come to: which, how many, how much is on them, and which it would be refused on',
  permission: 'cards.bulk',
  query: z.strictObject({ ...cardFilterFields, verb: verbShape.default('freeze') }),
  answer: z.object({
    verb: verbShape,
    count: z.int(),
    balances: z.array(z.object({ currency: currencyCode, balance: amountJson })),
    cardIds: z
      .array(idOut('card'))
      .meta({ description: 'Send these back to have it done to exactly this set.' }),
    refused: z.array(z.object({ code: z.string(), count: z.int() })),
  }),
  async read(db, { query: { verb, ...query } }, { merchantId, actor, now }) {
    const filter = filterOf(query, actor.storeIds);
    const reading = { filter, changed: await changedSince(db, merchantId, now), now };
    const asked = { sort: 'serial', way: 'asc', after: undefined, limit: actionCardsMax + 1 } as const;
    const cards = await selectCards(db, merchantId, reading, asked);
    if (cards.length > actionCardsMax) return refused('too_many_cards');
    const balances = new Map<string, bigint>();
    const refusals = new Map<string, number>();
    const cardIds: string[] = [];
    for (const card of cards) {
      const code = wouldRefuse(verb, card, card, now)?.refused;
      if (code !== undefined) {
        refusals.set(code, (refusals.get(code) ?? 0) + 1);
        continue;
      }
      cardIds.push(encodeId('card', card.id));
      balances.set(card.currency, (balances.get(card.currency) ?? 0n) + card.balance);
    }
    return {
      verb,
      count: cardIds.length,
      balances: [...balances].map(([currency, balance]) => ({ currency, balance: jsonAmount(balance) })),
      cardIds,
      refused: [...refusals].map(([code, count]) => ({ code, count })),
    };
  },
});

/** One verb on many cards: looked at first, then carried out in the background. */
export const actionRoutes: readonly Route[] = [
  previewRoute,
  commandRoute({
    path: '/v1/card-actions',
    tag,
    summary: 'Freeze, void or extend many cards; it goes on in the background',
    status: 202,
    body: z.strictObject({
      verb: verbShape,
      cardIds: z.array(idIn('card')).min(1).max(actionCardsMax),
      reason: textIn(500),
      until: civilDate.optional(),
    }),
    answer: actionShape,
    useCase: startAction,
    input: ({ body: { verb, cardIds, reason, until } }) => ({ verb, cardIds, reason, until }),
  }),
  readRoute({
    path: '/v1/card-actions',
    tag,
    summary: 'Actions on many cards, the newest first. Who is limited to stores sees their own.',
    permission: 'cards.bulk',
    query: z.strictObject({ cursor: idIn('cact').optional(), limit: pageQuery.limit }),
    answer: pageOf(actionShape),
    async read(db, { query }, { merchantId, actor }) {
      const by = actor.storeIds === null ? null : actor.id;
      const rows = await listActions(db, merchantId, query.cursor ?? null, by, query.limit + 1);
      return page(rows, query.limit, actionAnswer, ({ id }) => encodeId('cact', id));
    },
  }),
  readRoute({
    path: '/v1/card-actions/:id',
    tag,
    summary: 'How far an action on many cards is, and which it was refused on',
    permission: 'cards.bulk',
    params: z.strictObject({ id: idIn('cact') }),
    answer: actionShape.extend({
      refusals: z.array(z.object({ cardId: idOut('card'), serial: z.string(), code: z.string() })),
    }),
    async read(db, { params }, { merchantId, actor }) {
      const by = actor.storeIds === null ? null : actor.id;
      const action = await readAction(db, merchantId, params.id, by);
      if (!action) return refused('card_action_not_found');
      const refusals = await refusalsOf(db, merchantId, action.id, refusalsShown);
      return {
        ...actionAnswer(action),
        refusals: refusals.map(({ cardId, serial, code }) => ({
          cardId: encodeId('card', cardId),
          serial: serialText(serial),
          code,
        })),
      };
    },
  }),
];
