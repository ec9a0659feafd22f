import { assert } from '../../../kernel/assert.ts';
import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { batchAnswer, rechargeBatchById, rechargeBatches, rechargeProgressOf } from './batch.ts';

type FinishInput = {
  readonly batchId: string;
  /** Why it can never be made; null: all its cards are there. */
  readonly failure: string | null;
};

/** Closes the making of a batch, for good or ill. */
export const finishRechargeBatch = useCase({
  name: 'recharge_batch.finish',
  permission: 'system',
  movesValue: false,
  needs: ({ batchId }: FinishInput, find) => ({
    batch: find.one(rechargeBatchById, batchId),
    progress: find.one(rechargeProgressOf, batchId),
  }),
  decide({ batch, progress }, { failure }) {
    if (!batch) return refused('batch_not_found');
    assert(progress !== undefined, 'a batch has its progress');
    const { done } = progress;
    if (batch.status !== 'generating') return { unchanged: JSON.stringify(batchAnswer(batch, done)) };
    if (failure === null && done < batch.quantity) return refused('batch_not_ready');
    const finished = { ...batch, status: failure === null ? 'ready' : 'failed', failure } as const;
    return accepted({
      activities: [
        failure === null
          ? { type: 'recharge_batch.ready', subjectId: batch.id, details: { quantity: batch.quantity } }
          : { type: 'recharge_batch.failed', subjectId: batch.id, details: { done, failure } },
      ],
      changes: [put(rechargeBatches, finished)],
      result: batchAnswer(finished, done),
    });
  },
});
