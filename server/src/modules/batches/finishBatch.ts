import { assert } from '../../kernel/assert.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { batchAnswer, batchById, batches, progressOf } from './batch.ts';

type FinishBatchInput = {
  readonly batchId: string;
  /** Why it can never be made; null: all its cards are there. */
  readonly failure: string | null;
};

/** Closes the making of a batch, for good or ill. */
export const finishBatch = useCase({
  name: 'batch.finish',
  permission: 'system',
  movesValue: false,
  needs: ({ batchId }: FinishBatchInput, find) => ({
    batch: find.one(batchById, batchId),
    progress: find.one(progressOf, batchId),
  }),
  decide({ batch, progress }, { failure }) {
    if (!batch) return refused('batch_not_found');
    assert(progress !== undefined, 'a batch has its progress');
    // Two processes may both see the last card made; the second has nothing left to say.
    if (batch.status !== 'generating')
      return { unchanged: JSON.stringify(batchAnswer(batch, progress.done)) };
    if (failure === null && progress.done < batch.quantity) return refused('batch_not_ready');
    const finished = { ...batch, status: failure === null ? 'ready' : 'failed', failure } as const;
    return accepted({
      activities: [
        failure === null
          ? { type: 'batch.ready', subjectId: batch.id, details: { quantity: batch.quantity } }
          : { type: 'batch.failed', subjectId: batch.id, details: { done: progress.done, failure } },
      ],
      changes: [put(batches, finished)],
      result: batchAnswer(finished, progress.done),
    });
  },
});
