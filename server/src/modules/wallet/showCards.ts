import { activityId, encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import type { Db } from '../../platform/db/statement.ts';
import { lookUp } from '../../platform/executor/lookUp.ts';
import type { Actor } from '../../platform/executor/useCase.ts';
import {
  allowedOn,
  type CardActivity,
  heldCards,
  type ListedCard,
  maskCode,
  memberHolder,
  selectActivities,
  shownState,
} from '../cards/index.ts';
import { walletId } from '../members/index.ts';
import { merchantsSql, storeById } from '../merchants/index.ts';
import { type ProgramVersion, programsSql, versionById } from '../programs/index.ts';
import { type Gift, isOpen, openGiftsOfCard } from './gift.ts';
import { walletSql } from './store.ts';

/** More cards than anybody carries; who has more sees the first. */
const cardsMax = 200;

/** A member's cards as the wallet shows them; what has gone to somebody else is no card of theirs. */
export async function cardsOf(db: Db, merchantId: string, memberId: string, now: Date) {
  const asked = { holder: memberHolder(memberId), afterSerial: 0n, limit: cardsMax, now };
  const found = await heldCards(db, merchantId, asked);
  const mine = found.filter(({ state }) => state !== 'replaced');
  const more = await lookUp([...programsSql, ...walletSql], db, merchantId, (find) =>
    mine.map(({ id, versionId }) => ({
      version: find.one(versionById, versionId),
      gift: find.all(openGiftsOfCard, id).find((gift) => isOpen(gift, now)),
    })),
  );
  return mine.flatMap((card, n) => {
    const { version, gift } = more[n] ?? {};
    return version ? [shown(card, version, gift, now)] : [];
  });
}

/** What a holder may do with a card, as far as it is the card that says so. */
const holder: Actor = {
  id: walletId,
  isPublic: true,
  permissions: new Set(['cards.redeem', 'cards.transfer', 'cards.freeze']),
  storeIds: null,
  ceilings: new Map(),
};

function shown(card: ListedCard, version: ProgramVersion, gift: Gift | undefined, now: Date) {
  const allowed = allowedOn({ card, version, money: card, store: undefined, actor: holder }, now);
  return {
    id: encodeId('card', card.id),
    program: { name: version.name, id: encodeId('prog', card.programId) },
    faceValue: jsonAmount(card.faceValue),
    currency: card.currency,
    maskedCode: maskCode(card.last4),
    balance: jsonAmount(card.balance),
    available: jsonAmount(card.balance - card.held),
    state: shownState(card, card, card.released, now),
    validUntil: card.validUntil?.toISOString() ?? null,
    gift: gift ? { id: encodeId('gift', gift.id), expiresAt: gift.expiresAt.toISOString() } : null,
    allowed: {
      pay: allowed.redeem,
      give: gift ? { ok: false, reason: 'gift_open' } : allowed.transfer,
      freeze: allowed.freeze,
    },
  };
}

/** What of a card's past is its holder's business: what moved money, and what stopped or changed the card. */
const told: ReadonlySet<string> = new Set([
  'card.activated',
  'card.adjusted',
  'card.bound',
  'card.captured',
  'card.deactivated',
  'card.expired',
  'card.extended',
  'card.frozen',
  'card.issued',
  'card.moved_to_wallet',
  'card.reactivated',
  'card.redeemed',
  'card.refunded',
  'card.reloaded',
  'card.replaced',
  'card.reversed',
  'card.transferred',
  'card.unfrozen',
  'card.voided',
  'hold.placed',
  'hold.released',
  'hold.expired',
  'hold.reversed',
]);

/** What moves by itself another's postings, and says how much as its own amount. */
const byAmount: ReadonlySet<string> = new Set([
  'card.issued',
  'hold.placed',
  'hold.released',
  'hold.expired',
]);

/** A page of a card's history: when, what, in which store and how much; never who served. */
export async function historyOf(
  db: Db,
  merchantId: string,
  cardId: string,
  beforeSeq: bigint,
  limit: number,
) {
  const found = await selectActivities(db, merchantId, cardId, beforeSeq, limit + 1);
  const items = found.slice(0, limit);
  const stores = await lookUp(merchantsSql, db, merchantId, (find) =>
    items.map(({ storeId }) => (storeId === null ? undefined : find.one(storeById, storeId))),
  );
  const lines = items.map((activity, n) => ({ activity, store: stores[n]?.name ?? null }));
  return {
    items: lines.filter(({ activity }) => told.has(activity.type)).map(line),
    nextCursor: found.length > limit ? String(items.at(-1)?.seq) : null,
  };
}

function line({ activity, store }: { readonly activity: CardActivity; readonly store: string | null }) {
  const moved = activity.postings.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  return {
    id: encodeId('act', activityId(activity.occurredAt, activity.seq)),
    type: activity.type,
    occurredAt: activity.occurredAt.toISOString(),
    store,
    amount: jsonAmount(byAmount.has(activity.type) ? (activity.amount ?? 0n) : moved),
  };
}
