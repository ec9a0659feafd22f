import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../../merchants/index.ts';
import { batchAnswer, rechargeBatchById, rechargeBatches, rechargeProgressOf } from './batch.ts';

type VoidBatchInput = { readonly batchId: string; readonly reason: string };

/**
 * Makes all cards of a batch worthless at once, where its file may be in wrong hands. What was paid for those sold stays
 * owed to their buyers: each is voided, or paid back, by itself.
 */
export const voidRechargeBatch = useCase({
  name: 'recharge_batch.void',
  permission: 'rechargecards.make',
  movesValue: false,
  needs: ({ batchId }: VoidBatchInput, find) => ({
    batch: find.one(rechargeBatchById, batchId),
    progress: find.one(rechargeProgressOf, batchId),
  }),
  decide({ batch, progress }, { reason }, { actor, now }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (!batch) return refused('batch_not_found');
    const done = progress?.done ?? 0;
    if (batch.voidedAt !== null) return { unchanged: JSON.stringify(batchAnswer(batch, done)) };
    const voided = { ...batch, voidedAt: now };
    return accepted({
      activities: [{ type: 'recharge_batch.voided', subjectId: batch.id, details: { reason } }],
      changes: [put(rechargeBatches, voided)],
      result: batchAnswer(voided, done),
    });
  },
});
