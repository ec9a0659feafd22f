import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import { validUntil } from '../../kernel/time.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import type { RechargeBatch } from './batch/batch.ts';
import { maskNumber } from './number.ts';

/** A number and a password that together are good for one top-up. */
export type RechargeCard = {
  readonly id: string;
  readonly batchId: string;
  /** From 1 in its batch. */
  readonly serial: bigint;
  readonly number: string;
  /** Lower-case hex. */
  readonly passwordHash: string;
  readonly keyVersion: number;
  /** Which draw made it. */
  readonly draw: number;
  readonly state: 'made' | 'sold' | 'used' | 'void';
  /** Wrong passwords in a row; at five it is locked. */
  readonly tries: number;
  readonly soldStoreId: string | null;
  /** The merchant answers for it: the store that sold it paid for it out of its settlement account. */
  readonly merchantAnswers: boolean;
  readonly soldAt: Date | null;
  readonly usedBy: string | null;
  readonly usedAt: Date | null;
};

// Made in bulk, by another door than the executor's.
export const rechargeCards = entity<RechargeCard>('rechargeCard', ({ id }) => id, 'found');
export const rechargeCardById = finder(rechargeCards, 'byId', ({ id }) => [id]);
export const rechargeCardByNumber = finder(rechargeCards, 'byNumber', ({ number }) => [number]);
export const rechargeCardBySerial = finder(rechargeCards, 'bySerial', ({ batchId, serial }) => [
  serialIn(batchId, serial),
]);

/** The key of `rechargeCardBySerial`. */
export function serialIn(batchId: string, serial: bigint): string {
  return `${batchId}|${serial}`;
}

export const triesMax = 5;

/** The row that stands in for unknown cards, so that a miss costs as much as a hit. Its number is nobody's. */
export function decoyOf(merchantId: string): RechargeCard {
  return {
    id: merchantId,
    batchId: merchantId,
    serial: 0n,
    number: '0'.repeat(16),
    passwordHash: '',
    keyVersion: 1,
    draw: 0,
    state: 'made',
    tries: 0,
    soldStoreId: null,
    merchantAnswers: false,
    soldAt: null,
    usedBy: null,
    usedAt: null,
  };
}

/** The card with this id; the row that stands in for unknown ones is none. */
export function rechargeCardAt(id: string, find: Find): RechargeCard | undefined {
  return id === find.merchantId ? undefined : find.one(rechargeCardById, id);
}

type Dated = Pick<RechargeBatch, 'validity' | 'activation' | 'releasedAt'>;

/** When it ends: counted from when it was sold or, where it needs no sale, handed out. Exclusive; null: never. */
function endOf(card: Pick<RechargeCard, 'soldAt'>, batch: Dated, zone: string): Date | null {
  const from = batch.activation === 'on_sale' ? card.soldAt : batch.releasedAt;
  return from === null ? null : validUntil(batch.validity, from, zone);
}

export type ShownState = 'made' | 'active' | 'used' | 'expired' | 'void';

/** What state people are shown. */
export function shownState(
  card: Pick<RechargeCard, 'state' | 'soldAt'>,
  batch: Dated & Pick<RechargeBatch, 'voidedAt'>,
  zone: string,
  now: Date,
): ShownState {
  if (card.state === 'used') return 'used';
  if (card.state === 'void' || batch.voidedAt !== null) return 'void';
  const isOut = card.state === 'sold' || (batch.activation === 'on_release' && batch.releasedAt !== null);
  if (!isOut) return 'made';
  const end = endOf(card, batch, zone);
  return end !== null && end <= now ? 'expired' : 'active';
}

/** Why a card whose password was right is not good for a top-up, in check order. */
export function mayUse(
  card: RechargeCard,
  batch: RechargeBatch,
  zone: string,
  now: Date,
): Refusal | undefined {
  switch (shownState(card, batch, zone, now)) {
    case 'used':
      return refused('recharge_card_used', {
        field: 'number',
        ...(card.usedAt === null ? {} : { detail: `It was used at ${card.usedAt.toISOString()}.` }),
      });
    case 'void':
      return refused('recharge_card_void', { field: 'number' });
    case 'made':
      return refused('recharge_card_not_sold', {
        field: 'number',
        next: 'Ask the store where it was bought to activate it.',
      });
    case 'expired':
      return refused('recharge_card_expired', { field: 'number' });
    case 'active':
      return undefined;
  }
}

/** A card as staff see it. */
export function rechargeCardAnswer(card: RechargeCard, batch: RechargeBatch, zone: string, now: Date) {
  return {
    id: encodeId('rcc', card.id),
    batchId: encodeId('rcb', card.batchId),
    serial: jsonAmount(card.serial),
    number: card.number,
    maskedNumber: maskNumber(card.number),
    state: shownState(card, batch, zone, now),
    locked: card.tries >= triesMax,
    currency: batch.currency,
    faceValue: jsonAmount(batch.faceValue),
    bonus: jsonAmount(batch.bonus),
    validUntil: endOf(card, batch, zone)?.toISOString() ?? null,
    soldStoreId: card.soldStoreId === null ? null : encodeId('store', card.soldStoreId),
    soldAt: card.soldAt?.toISOString() ?? null,
    usedBy: card.usedBy === null ? null : encodeId('mem', card.usedBy),
    usedAt: card.usedAt?.toISOString() ?? null,
  };
}
