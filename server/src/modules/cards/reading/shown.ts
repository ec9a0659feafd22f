import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { pinTriesMax, serialText, shownState } from '../card.ts';
import { maskCode } from '../code.ts';
import type { ListedCard } from './store.ts';

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
