import { z } from 'zod';
import { assert } from '../../kernel/assert.ts';
import { encodeId } from '../../kernel/id.ts';
import { isRefused } from '../../kernel/outcome.ts';
import type { Db } from '../../platform/db/statement.ts';
import { lookUp } from '../../platform/executor/lookUp.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import { pageOf } from '../../platform/http/shapes.ts';
import { merchantById, merchantsSql } from '../merchants/index.ts';
import { rechargeBatchById } from './batch/batch.ts';
import { type RechargeBatchParts, rechargeBatchRoutes } from './batch/routes.ts';
import { type RechargeCard, rechargeCardAnswer } from './card.ts';
import { batchOfNumber, faceOf } from './face.ts';
import { canonicalNumber } from './number.ts';
import type { RechargeDesk } from './secrets.ts';
import { sellRechargeCards } from './sellCards.ts';
import {
  CardAnswer,
  cardParams,
  cardQuery,
  FaceAnswer,
  numberIn,
  reasonBody,
  SoldAnswer,
  sellBody,
  UsedAnswer,
  useBody,
} from './shapes.ts';
import { listRechargeCards, rechargeCardsSql } from './store.ts';
import { unlockRechargeCard } from './unlockCard.ts';
import { useRechargeCard } from './useCard.ts';
import { voidRechargeCard } from './voidCard.ts';
import { type OwnRechargeParts, ownRechargeRoutes } from './wallet/routes.ts';

export type RechargeCardParts = RechargeBatchParts & OwnRechargeParts & { readonly recharge: RechargeDesk };

const tag = 'Recharge cards';
const path = '/v1/recharge-cards';

/** Recharge cards: batches, sale, top-up at the counter and by the member. */
export function rechargeCardRoutes(parts: RechargeCardParts): readonly Route[] {
  return [
    ...rechargeBatchRoutes(parts),
    ...readings,
    ...commands,
    useRoute(parts),
    ...ownRechargeRoutes(parts),
  ];
}

function useRoute({ recharge }: RechargeCardParts): Route {
  return commandRoute({
    path: `${path}/top-ups`,
    tag,
    summary: 'Put a recharge card’s worth on a member’s wallet, by number and password',
    status: 201,
    body: useBody,
    answer: UsedAnswer,
    useCase: useRechargeCard,
    input: ({ body: { number, password, ...body } }, { merchantId }) => ({
      ...body,
      presented: recharge.present(merchantId, number, password),
    }),
  });
}

const commands: readonly Route[] = [
  commandRoute({
    path: `${path}/sales`,
    tag,
    summary: 'Sell recharge cards, by their numbers or a range of serials of a batch',
    status: 201,
    body: sellBody,
    answer: SoldAnswer,
    useCase: sellRechargeCards,
    input: ({ body: { numbers = [], ...body } }) => ({
      ...body,
      range: body.range,
      numbers: numbers.map(canonicalNumber),
    }),
  }),
  commandRoute({
    path: `${path}/:id/void`,
    tag,
    summary: 'Make a recharge card worthless',
    status: 200,
    params: cardParams,
    body: reasonBody,
    answer: CardAnswer,
    useCase: voidRechargeCard,
    input: ({ params: { id }, body }) => ({ cardId: id, ...body }),
  }),
  commandRoute({
    path: `${path}/:id/unlock`,
    tag,
    summary: 'Let a recharge card’s password be tried again',
    status: 200,
    params: cardParams,
    body: reasonBody,
    answer: CardAnswer,
    useCase: unlockRechargeCard,
    input: ({ params: { id }, body }) => ({ cardId: id, ...body }),
  }),
];

const readings: readonly Route[] = [
  readRoute({
    path,
    tag,
    summary: 'List recharge cards; never a password',
    permission: 'rechargecards.read',
    query: cardQuery,
    answer: pageOf(CardAnswer),
    async read(db, { query }, { merchantId, actor, now }) {
      const number = query.number === undefined ? null : (canonicalNumber(query.number) ?? '');
      const found = await listRechargeCards(db, merchantId, {
        after: query.cursor ?? null,
        batchId: query.batchId ?? null,
        number,
        state: query.state ?? null,
        locked: query.locked !== undefined,
        storeIds: actor.storeIds === null ? null : [...actor.storeIds],
        limit: query.limit + 1,
      });
      const shown = await shower(db, merchantId, found, now);
      return page(found, query.limit, shown, ({ id }) => encodeId('rcc', id));
    },
  }),
  readRoute({
    path: '/v1/recharge-card-faces',
    tag,
    summary: 'What a recharge card is worth, by its number alone; nothing where no card has such a number',
    permission: 'rechargecards.use',
    query: z.strictObject({ number: numberIn.optional() }),
    answer: z.object({ items: z.array(FaceAnswer), nextCursor: z.null() }),
    async read(db, { query }, { merchantId }) {
      const number = canonicalNumber(query.number ?? '');
      const { batch } = await lookUp(rechargeCardsSql, db, merchantId, (find) => ({
        batch: batchOfNumber(number, find),
      }));
      const face = faceOf(number, batch);
      return { items: isRefused(face) ? [] : [face], nextCursor: null };
    },
  }),
];

/** How cards are shown, each with its batch. */
async function shower(db: Db, merchantId: string, cards: readonly RechargeCard[], now: Date) {
  const ids = [...new Set(cards.map(({ batchId }) => batchId))];
  const { merchant, batches } = await lookUp(
    [...rechargeCardsSql, ...merchantsSql],
    db,
    merchantId,
    (find) => ({
      merchant: find.one(merchantById, merchantId),
      batches: new Map(ids.map((id) => [id, find.one(rechargeBatchById, id)])),
    }),
  );
  return (card: RechargeCard) => {
    const batch = batches.get(card.batchId);
    assert(merchant !== undefined && batch !== undefined, 'a recharge card has its batch');
    return rechargeCardAnswer(card, batch, merchant.timezone, now);
  };
}
