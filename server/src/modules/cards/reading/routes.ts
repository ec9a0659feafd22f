import { z } from 'zod';
import { activityId, encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { refused } from '../../../kernel/outcome.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import { type ReadContext, type Route, readRoute } from '../../../platform/http/route.ts';
import { idIn, pageQuery, textIn } from '../../../platform/http/shapes.ts';
import { ledgerSql } from '../../ledger/index.ts';
import { programsSql, versionById } from '../../programs/index.ts';
import { serialText } from '../activate.ts';
import { allowedOn } from '../allowed.ts';
import { cardAt, moneyOn, pinTriesMax, releasedBatchById, shownState } from '../card.ts';
import { maskCode } from '../code.ts';
import { freedAt, lotsOf } from '../pay.ts';
import { activityPage, cardPage, cardShape, serialIn, stateIn } from '../shapes.ts';
import { cardsSql } from '../store.ts';
import { type CardActivity, type ListedCard, selectActivities, selectCards } from './store.ts';

const tag = 'Cards';
const params = z.strictObject({ id: idIn('card') });
const seqMax = 2n ** 62n;
const seqCursor = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform((text) => BigInt(text));

const listQuery = z.strictObject({
  ...pageQuery,
  cursor: seqCursor.optional(),
  serial: serialIn.optional(),
  state: stateIn.optional(),
  batchId: idIn('batch').optional(),
  holder: textIn(100).optional(),
});

/** The pages that show cards. */
export const cardReadingRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/cards',
    tag,
    summary: 'Cards by serial number, state, batch or holder.',
    permission: 'cards.read',
    query: listQuery,
    answer: cardPage,
    async read(db, { query }, { merchantId, now }) {
      const {
        serial = null,
        state = null,
        batchId = null,
        holder = null,
        cursor: afterSerial = 0n,
        limit,
      } = query;
      const filter = { serial, state, batchId, holder, afterSerial, limit: limit + 1, now };
      const found = await selectCards(db, merchantId, filter);
      const items = found.slice(0, limit);
      return {
        items: items.map((card) => listed(card, now)),
        nextCursor: found.length > limit ? String(items.at(-1)?.serial) : null,
      };
    },
  }),
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
    async read(db, { params, query: { cursor = seqMax, limit } }, { merchantId }) {
      const { card } = await lookUp(cardsSql, db, merchantId, (find) => ({ card: cardAt(params.id, find) }));
      if (!card) return refused('card_not_found');
      const found = await selectActivities(db, merchantId, card.id, cursor, limit + 1);
      const items = found.slice(0, limit);
      return { items: items.map(shown), nextCursor: found.length > limit ? String(items.at(-1)?.seq) : null };
    },
  }),
];

async function readCard(db: Db, cardId: string, { merchantId, actor, now }: ReadContext) {
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

/** A card as lists show it. */
export function listed(card: ListedCard, now: Date) {
  return {
    id: encodeId('card', card.id),
    serial: serialText(card.serial),
    kind: 'gift',
    state: shownState(card, card, card.released, now),
    balance: jsonAmount(card.balance),
    held: jsonAmount(card.held),
    available: jsonAmount(card.balance - card.held),
    currency: card.currency,
    faceValue: jsonAmount(card.faceValue),
    loaded: jsonAmount(card.loaded),
    validUntil: card.validUntil?.toISOString() ?? null,
    maskedCode: maskCode(card.last4),
    programId: encodeId('prog', card.programId),
    programVersion: card.programVersion,
    batchId: card.batchId === null ? null : encodeId('batch', card.batchId),
    holder: card.holder,
    reason: card.reason,
    pinLocked: card.pinTries >= pinTriesMax,
    activatedAt: card.activatedAt?.toISOString() ?? null,
    soldStoreId: card.soldStoreId === null ? null : encodeId('store', card.soldStoreId),
    replacedBy: card.replacedBy === null ? null : encodeId('card', card.replacedBy),
    replaces: card.replaces === null ? null : encodeId('card', card.replaces),
  };
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
    redemptionId: redeeming.includes(activity.type) ? encodeId('red', id) : null,
    details: activity.details,
    postings: activity.postings.map((posting) => ({
      accountId: encodeId('acct', posting.accountId),
      amount: jsonAmount(BigInt(posting.amount)),
      balanceAfter: jsonAmount(BigInt(posting.balanceAfter)),
    })),
  };
}
