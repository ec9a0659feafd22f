import { timingSafeEqual } from 'node:crypto';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import type { Context, Recorded } from '../../platform/executor/useCase.ts';
import { type Find, put } from '../../platform/executor/workingSet.ts';
import { type RechargeBatch, rechargeBatchById } from './batch/batch.ts';
import {
  type RechargeCard,
  rechargeCardById,
  rechargeCardByNumber,
  rechargeCards,
  triesMax,
} from './card.ts';
import type { PresentedPair } from './secrets.ts';

export type PairRows = {
  readonly card: RechargeCard | undefined;
  readonly batch: RechargeBatch | undefined;
  readonly decoy: RechargeCard | undefined;
};

/** The rows behind a presented pair. */
export function pairRows({ number }: PresentedPair, find: Find): PairRows {
  const decoy = find.one(rechargeCardById, find.merchantId);
  const card = number === undefined ? undefined : find.one(rechargeCardByNumber, number);
  const shown = card ?? decoy;
  return { card, decoy, batch: shown && find.one(rechargeBatchById, shown.batchId) };
}

export type Recognised = { readonly card: RechargeCard; readonly batch: RechargeBatch };

/**
 * Whether number and password are a pair. A wrong password is counted in the transaction that judges it, before the answer
 * goes out, so no number of parallel tries gets more than five looks. An unknown number, a wrong password and, to the public,
 * a locked card are one answer, and cost the same: one entry in the log and one changed row.
 */
export function recognisePair(
  { card, batch, decoy }: PairRows,
  { hashes }: PresentedPair,
  { actor }: Pick<Context, 'actor'>,
  storeId: string | undefined,
): Recognised | Refusal | Recorded {
  const invalid = refused('recharge_card_invalid', { next: 'Check number and password.' });
  if (!card || !batch || card.id === decoy?.id) {
    if (!decoy) return invalid;
    return counted(invalid, 'unknown', { ...decoy, tries: decoy.tries % triesMax }, storeId);
  }
  if (card.tries >= triesMax) {
    if (!actor.isPublic)
      return refused('recharge_card_locked', { next: 'Look at the card, then unlock it.' });
    return counted(invalid, 'locked', { ...(decoy ?? card), tries: (decoy?.tries ?? 0) % triesMax }, storeId);
  }
  const given = hashes.get(card.keyVersion);
  if (given !== undefined && same(given, card.passwordHash)) return { card, batch };
  return counted(invalid, 'password', card, storeId);
}

function same(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

function counted(
  refusal: Refusal,
  reason: string,
  card: RechargeCard,
  storeId: string | undefined,
): Recorded {
  return {
    recorded: refusal,
    activities: [{ type: 'recharge_card.not_recognised', subjectId: card.id, storeId, details: { reason } }],
    changes: [put(rechargeCards, { ...card, tries: card.tries + 1 })],
  };
}
