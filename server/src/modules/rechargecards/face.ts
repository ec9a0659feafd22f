import { jsonAmount } from '../../kernel/money.ts';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import { type RechargeBatch, rechargeBatchByPrefix } from './batch/batch.ts';
import { maskNumber, prefixOf } from './number.ts';

/** The batch that a number, whoever's it is, would be of. */
export function batchOfNumber(number: string | undefined, find: Find): RechargeBatch | undefined {
  return number === undefined ? undefined : find.one(rechargeBatchByPrefix, prefixOf(number));
}

/**
 * What a number tells before its password is given. It is the batch's prefix that tells, never the card: every number with
 * that prefix and right check digits has this one answer, so nobody learns by it which cards there are.
 */
export function faceOf(number: string | undefined, batch: RechargeBatch | undefined) {
  if (number === undefined || !batch || batch.releasedAt === null || batch.voidedAt !== null) {
    const invalid: Refusal = refused('recharge_card_invalid', { field: 'number' });
    return invalid;
  }
  return {
    maskedNumber: maskNumber(number),
    currency: batch.currency,
    faceValue: jsonAmount(batch.faceValue),
    bonus: jsonAmount(batch.bonus),
  };
}
