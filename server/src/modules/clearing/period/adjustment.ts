import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { entity } from '../../../platform/executor/entity.ts';

/** A correction of a statement, booked after its period ended. */
export type Adjustment = {
  readonly id: string;
  readonly statementId: string;
  readonly periodId: string;
  readonly ownerId: string;
  readonly counterpartId: string;
  readonly currency: string;
  /** What the counterpart owes the owner more; negative: less. */
  readonly amount: bigint;
  readonly reason: string;
  /** Its place in the log. */
  readonly seq: bigint;
  readonly createdAt: Date;
  readonly createdBy: string;
};

export const adjustments = entity<Adjustment>('clearingAdjustment', ({ id }) => id);

/** An adjustment as the API shows it. The counterpart is a store or, null, the merchant. */
export function adjustmentAnswer(adjustment: Adjustment, merchantId: string) {
  const { id, statementId, counterpartId, currency, amount, reason, createdAt } = adjustment;
  return {
    id: encodeId('sad', id),
    statementId: encodeId('sst', statementId),
    storeId: counterpartId === merchantId ? null : encodeId('store', counterpartId),
    currency,
    amount: jsonAmount(amount),
    reason,
    createdAt: createdAt.toISOString(),
  };
}
