import { z } from 'zod';
import { activityId, encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import { type ReadContext, type Route, readRoute } from '../../../platform/http/route.ts';
import { idIn, pageQuery } from '../../../platform/http/shapes.ts';
import { ledgerSql } from '../../ledger/index.ts';
import { beyondScope } from '../../merchants/index.ts';
import { programsSql, versionById } from '../../programs/index.ts';
import { allowedOn } from '../allowed.ts';
import { type Card, cardAt, moneyOn, releasedBatchById } from '../card.ts';
import { isOfPurchase } from '../giveBack.ts';
import { freedAt, lotsOf } from '../pay.ts';
import { activityPage, cardShape } from '../shapes.ts';
import { cardsSql } from '../store.ts';
import { listed } from './shown.ts';
import { type CardActivity, selectActivities, wasPresentedTo } from './store.ts';

const tag = 'Cards';
const params = z.strictObject({ id: idIn('card') });
const seqMax = 2n ** 62n;
const seqCursor = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform((text) => BigInt(text));

/** The pages that show cards. */
export const cardReadingRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/cards/:id',
    tag,
    summary: 'One card, with what may be done with it now.',
    permission: 'cards.read',
    params,
    answer: cardShape,
    read: (db, { params }, context) => readCard(db, params.id, context),
  }),
  readRoute({
    path: '/v1/cards/:id/activities',
    tag,
    summary: 'What happened to a card, the newest first.',
    permission: 'cards.read',
    params,
    query: z.strictObject({ ...pageQuery, cursor: seqCursor.optional() }),
    answer: activityPage,
    async read(db, { params, query: { cursor = seqMax, limit } }, context) {
      const { merchantId } = context;
      const { card } = await lookUp(cardsSql, db, merchantId, (find) => ({ card: cardAt(params.id, find) }));
      if (!card) return refused('card_not_found');
      const beyond = await beyondReader(db, card, context);
      if (beyond) return beyond;
      const found = await selectActivities(db, merchantId, card.id, cursor, limit + 1);
      const items = found.slice(0, limit);
      return { items: items.map(shown), nextCursor: found.length > limit ? String(items.at(-1)?.seq) : null };
    },
  }),
];

/** For how long whoever was given a card's code may look at the card, in milliseconds. */
const shownAfterCodeMs = 15 * 60_000;

/** Who is limited to stores reads the cards that those sold, and any whose code was just presented to them. */
async function beyondReader(db: Db, card: Card, context: ReadContext): Promise<Refusal | undefined> {
  const { merchantId, actor, now } = context;
  const beyond = beyondScope(actor, card.soldStoreId === null ? null : [card.soldStoreId]);
  if (!beyond) return undefined;
  const since = new Date(now.getTime() - shownAfterCodeMs);
  return (await wasPresentedTo(db, merchantId, card.id, actor.id, since)) ? undefined : beyond;
}

async function readCard(db: Db, cardId: string, context: ReadContext) {
  const { merchantId, actor, now } = context;
  const sql = [...cardsSql, ...ledgerSql, ...programsSql];
  const { card, version, found, released } = await lookUp(sql, db, merchantId, (find) => {
    const card = cardAt(cardId, find);
    return {
      card,
      version: card && find.one(versionById, card.versionId),
      found: lotsOf(card?.id, find),
      released: card?.batchId ? find.one(releasedBatchById, card.batchId) : undefined,
    };
  });
  if (!card || !version) return refused('card_not_found');
  const beyond = await beyondReader(db, card, context);
  if (beyond) return beyond;
  const money = moneyOn(freedAt(found, now).lots);
  const row = {
    ...card,
    ...money,
    currency: version.currency,
    programId: version.programId,
    programVersion: version.version,
    released: released !== undefined,
  };
  const allowed = allowedOn({ card, version, money, store: undefined, actor }, now);
  return { ...listed(row, now), allowed };
}

const redeeming = ['card.redeemed', 'card.captured'];

function shown(activity: CardActivity) {
  const id = activityId(activity.occurredAt, activity.seq);
  return {
    id: encodeId('act', id),
    type: activity.type,
    occurredAt: activity.occurredAt.toISOString(),
    actorId: encodeId(activity.byStaff ? 'stf' : 'key', activity.actorId),
    actorName: activity.actorName,
    storeId: activity.storeId === null ? null : encodeId('store', activity.storeId),
    reference: activity.reference,
    amount: activity.amount === null ? null : jsonAmount(activity.amount),
    redemptionId: redeeming.includes(activity.type) && !isOfPurchase(activity) ? encodeId('red', id) : null,
    details: activity.details,
    postings: activity.postings.map((posting) => ({
      accountId: encodeId('acct', posting.accountId),
      amount: jsonAmount(BigInt(posting.amount)),
      balanceAfter: jsonAmount(BigInt(posting.balanceAfter)),
    })),
  };
}
