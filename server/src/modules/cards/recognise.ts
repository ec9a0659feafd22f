import { timingSafeEqual } from 'node:crypto';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import type { Actor, Context, Recorded } from '../../platform/executor/useCase.ts';
import { type Change, type Find, put } from '../../platform/executor/workingSet.ts';
import { type ProgramVersion, versionById } from '../programs/index.ts';
import { type Card, cardAt, cardByCode, cardById, cards, pinTriesMax } from './card.ts';
import {
  mayPayWith,
  noteUse,
  type PaymentCode,
  type PaymentCodeUse,
  paymentCodeUseById,
} from './payment/paymentCode.ts';

/** A code and PIN as somebody presented them, already turned into what the database holds of them. */
export type Presented = {
  /** One for each version of the code key, the newest first; lower-case hex. */
  readonly codeHashes: readonly string[];
  /** In the order of `codeHashes`, since a PIN's hash is bound to its card by the code's; null: no PIN was given. */
  readonly pinHashes: readonly Buffer[] | null;
  /** False: the check characters already tell that the code was mistyped. */
  readonly wellFormed: boolean;
  /** It is what a phone shows to pay, and no code of a card. */
  readonly payment?: PaymentCode | undefined;
};

export type PresentedRows = {
  readonly card: Card | undefined;
  readonly version: ProgramVersion | undefined;
  /** Takes the place of the card where there is none, so that a miss costs as much as a hit. */
  readonly decoy: Card | undefined;
  /** What has been done with the payment code. */
  readonly use: PaymentCodeUse | undefined;
};

/** The rows behind a presented code. */
export function presentedRows(presented: Presented, find: Find): PresentedRows {
  const decoy = find.one(cardById, find.merchantId);
  const { payment } = presented;
  const card = payment
    ? cardAt(payment.cardId, find)
    : presented.codeHashes.map((hash) => find.one(cardByCode, hash)).find((found) => found !== undefined);
  const shown = card ?? decoy;
  const use = payment && find.one(paymentCodeUseById, payment.id);
  return { card, decoy, use, version: shown && find.one(versionById, shown.versionId) };
}

export type Recognised = {
  readonly card: Card;
  readonly version: ProgramVersion;
  /** A right PIN sets the count of wrong ones back. */
  readonly changes: readonly Change[];
};

/**
 * Whether the code and PIN are those of a card. A wrong PIN is counted in the transaction that judges it, under the
 * merchant's lock and before the answer goes out, so no number of parallel tries gets more than five looks.
 * To a public key every failure is one answer, and costs one entry in the log and one changed row.
 */
export function recognise(
  { card, version, decoy, use }: PresentedRows,
  presented: Presented,
  { actor, now }: Pick<Context, 'actor' | 'now'>,
  storeId: string | undefined,
  spends = true,
): Recognised | Refusal | Recorded {
  if (!card || !version || card.id === decoy?.id) {
    const refusal = refused(presented.wellFormed ? 'card_not_found' : 'check_character_wrong', {
      field: 'code',
      next: 'Type the code again from the card.',
    });
    return fail(refusal, decoy, actor, storeId);
  }
  if (presented.payment) {
    const unfit = mayPayWith(presented.payment, card, use, { actor, now });
    if (unfit) return fail(unfit, decoy, actor, storeId);
    return { card, version, changes: noteUse(presented.payment, use, spends, { actor, now }) };
  }
  if (card.pinHash === null) return { card, version, changes: [] };
  if (presented.pinHashes === null) {
    if (actor.permissions.has('cards.redeem_without_pin') && !actor.isPublic)
      return { card, version, changes: [] };
    return fail(
      refused('pin_required', { field: 'pin', next: 'Ask the holder for the PIN.' }),
      decoy,
      actor,
      storeId,
    );
  }
  if (card.pinTries >= pinTriesMax) {
    const next = 'Check the holder and unlock the PIN, or replace the card.';
    return fail(refused('pin_locked', { field: 'pin', next }), decoy, actor, storeId);
  }
  const given = presented.pinHashes[presented.codeHashes.indexOf(card.codeHash)];
  if (given !== undefined && timingSafeEqual(given, card.pinHash)) {
    return { card, version, changes: card.pinTries === 0 ? [] : [put(cards, { ...card, pinTries: 0 })] };
  }
  const left = pinTriesMax - card.pinTries - 1;
  return counted(
    refused('pin_wrong', {
      field: 'pin',
      detail: `${left} tries are left.`,
      next: 'Ask the holder to try again.',
    }),
    card,
    actor,
    storeId,
  );
}

function fail(
  refusal: Refusal,
  decoy: Card | undefined,
  actor: Actor,
  storeId: string | undefined,
): Refusal | Recorded {
  if (!actor.isPublic || !decoy) return actor.isPublic ? refused('not_recognised') : refusal;
  return counted(refusal, { ...decoy, pinTries: decoy.pinTries % pinTriesMax }, actor, storeId);
}

function counted(refusal: Refusal, card: Card, actor: Actor, storeId: string | undefined): Recorded {
  return {
    recorded: actor.isPublic ? refused('not_recognised') : refusal,
    activities: [
      { type: 'card.not_recognised', subjectId: card.id, storeId, details: { reason: refusal.refused } },
    ],
    changes: [put(cards, { ...card, pinTries: card.pinTries + 1 })],
  };
}
