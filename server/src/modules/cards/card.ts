import { type Refusal, refused } from '../../kernel/outcome.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import { type Account, availableOn } from '../ledger/index.ts';
import type { Store } from '../merchants/index.ts';
import { acceptsAt, type ProgramVersion } from '../programs/index.ts';

export type CardState = 'generated' | 'active' | 'frozen' | 'expired' | 'voided' | 'replaced';

/** What people are shown: the stored state, seen with the balance, the time and the batch. */
export type ShownState = CardState | 'printed' | 'held' | 'partially_used' | 'used_up';

/** A card. Its code and PIN are known only as keyed hashes; its money is on its lots in the ledger. */
export type Card = {
  readonly id: string;
  readonly batchId: string | null;
  /** The terms that it was issued under. */
  readonly versionId: string;
  readonly serial: bigint;
  /** Lower-case hex. */
  readonly codeHash: string;
  readonly pinHash: Buffer | null;
  readonly keyVersion: number;
  readonly draw: number;
  readonly last4: string;
  readonly faceValue: bigint;
  readonly state: CardState;
  /** All that was ever put on it. */
  readonly loaded: bigint;
  readonly loadPostings: bigint;
  readonly activationSeq: bigint | null;
  /** Wrong PINs since the last right one. */
  readonly pinTries: number;
  readonly activatedAt: Date | null;
  readonly soldStoreId: string | null;
  /** Exclusive. */
  readonly validUntil: Date | null;
  readonly holder: string | null;
  readonly replacedBy: string | null;
  readonly replaces: string | null;
  /** Why it is frozen or void. */
  readonly reason: string | null;
};

export const cards = entity<Card>('card', (card) => card.id, 'found');
export const cardById = finder(cards, 'byId', (card) => [card.id]);
export const cardByCode = finder(cards, 'byCode', (card) => [card.codeHash]);
export const cardBySerial = finder(cards, 'bySerial', (card) => [String(card.serial)]);

/** The cards of one holder: all that somebody has. */
export const cardsOfHolder = finder(cards, 'ofHolder', ({ holder }) => (holder === null ? [] : [holder]));

/** The card with this id. The merchant's decoy is a row and no card: nobody gets at it by its id. */
export function cardAt(id: string, find: Find): Card | undefined {
  return id === find.merchantId ? undefined : find.one(cardById, id);
}

/** A serial number as it is printed. */
export const serialText = (serial: bigint): string => String(serial).padStart(10, '0');

/** For `ownerStoreOf`: a card belongs to the store that sold it, and to none before that. */
export function sellerOf({ card }: { readonly card: Card | undefined }): string | null | undefined {
  return card?.soldStoreId;
}

/** Batches whose codes have left the system. */
export type ReleasedBatch = { readonly batchId: string; readonly releasedAt: Date };
export const releasedBatches = entity<ReleasedBatch>('releasedBatch', (batch) => batch.batchId);
export const releasedBatchById = finder(releasedBatches, 'byId', (batch) => [batch.batchId]);

/** The last serial number given out, one row a merchant. */
export type SerialCounter = { readonly merchantId: string; readonly last: bigint };
export const serialCounters = entity<SerialCounter>('serialCounter', (counter) => counter.merchantId);
export const serialCounter = finder(serialCounters, 'ofMerchant', (counter) => [counter.merchantId]);

export const pinTriesMax = 5;

/** The purpose under which a card's lots stand in the ledger. */
export const cardPurpose = 'card';

export type Money = { readonly balance: bigint; readonly held: bigint };

/** What is on a card's lots together. */
export function moneyOn(lots: readonly Account[]): Money {
  let balance = 0n;
  let held = 0n;
  for (const lot of lots) {
    balance += lot.balance;
    held += lot.held;
  }
  return { balance, held };
}

export function isExpired(card: Card, now: Date): boolean {
  return card.state === 'expired' || (card.validUntil !== null && now >= card.validUntil);
}

/** What people are shown of a card's state. `released`: its code has left the system. */
export function shownState(card: Card, { balance, held }: Money, released: boolean, now: Date): ShownState {
  if (card.state === 'generated') return released ? 'printed' : 'generated';
  if (card.state !== 'active' && card.state !== 'expired') return card.state;
  if (isExpired(card, now)) return 'expired';
  if (held > 0n) return 'held';
  if (balance === 0n) return 'used_up';
  return balance < card.loaded ? 'partially_used' : 'active';
}

/** Why a card is not in use, in check order; undefined if it is. */
export function mayBeUsed(card: Card, now: Date): Refusal | undefined {
  if (card.state === 'generated')
    return refused('card_not_active', { next: 'Activate it against a payment first.' });
  if (card.state === 'voided')
    return refused('card_voided', card.reason === null ? {} : { detail: card.reason });
  if (card.state === 'replaced') return refused('card_replaced', { next: 'Use the card that replaced it.' });
  if (card.state === 'frozen') return refused('card_frozen', { next: 'Unfreeze or replace it.' });
  if (isExpired(card, now))
    return refused('card_expired', { next: 'Reactivate it if the law or the merchant allows.' });
  return undefined;
}

/** A store's reference names one payment or hold, for ever. */
export const alreadyClaimed = refused('duplicate_reference', {
  field: 'reference',
  next: 'Look up what was done under it, or reverse it; a new payment needs a new reference.',
});

export type Payment = { readonly amount: bigint; readonly currency: string };

/** Why this card cannot pay this amount at this store, in check order; undefined if it can. */
export function mayPayAt(
  card: Card,
  version: ProgramVersion,
  store: Store,
  lots: readonly Account[],
  payment: Payment,
  now: Date,
): Refusal | undefined {
  const unusable = mayBeUsed(card, now);
  if (unusable) return unusable;
  if (payment.currency !== version.currency) {
    return refused('currency_mismatch', { field: 'currency', detail: `The card is in ${version.currency}.` });
  }
  if (store.state !== 'open') return refused('store_closed', { field: 'storeId' });
  if (!acceptsAt(version, store)) {
    return refused('store_not_accepting', { field: 'storeId', next: 'See the stores of its program.' });
  }
  const available = lots.reduce((sum, lot) => sum + availableOn(lot), 0n);
  if (payment.amount > available) {
    return refused('insufficient_balance', {
      field: 'amount',
      detail: `${available} is available.`,
      next: 'Ask for less, or reload the card.',
    });
  }
  return undefined;
}

/**
 * A row like a card's that no code leads to, one a merchant under the merchant's own id. To the public an unknown code
 * must cost what a wrong PIN costs: a count on a row; this is the row.
 */
export function decoyCard(merchantId: string, versionId: string, random: Uint8Array): Card {
  return {
    id: merchantId,
    batchId: null,
    versionId,
    serial: 0n,
    codeHash: Buffer.from(random).toString('hex'),
    pinHash: null,
    keyVersion: 1,
    draw: 0,
    last4: '0000',
    faceValue: 0n,
    state: 'generated',
    loaded: 0n,
    loadPostings: 0n,
    activationSeq: null,
    pinTries: 0,
    activatedAt: null,
    soldStoreId: null,
    validUntil: null,
    holder: null,
    replacedBy: null,
    replaces: null,
    reason: null,
  };
}
