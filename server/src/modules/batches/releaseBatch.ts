import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { releasedBatches } from '../cards/index.ts';
import { beyondScope } from '../merchants/index.ts';
import { batchById, batches } from './batch.ts';

/** Hands a batch's codes out, once: from here on it is on the record who took them, and its cards count as printed. */
export const releaseBatch = useCase({
  name: 'batch.release',
  permission: 'batches.release',
  movesValue: false,
  needs: ({ batchId }: { readonly batchId: string }, find) => find.one(batchById, batchId),
  secondPerson: { kind: 'release', by: 'permit' },
  decide(batch, _input, { actor, now }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (!batch) return refused('batch_not_found');
    if (batch.releasedAt !== null) {
      return refused('codes_already_released', {
        detail: `They were released at ${batch.releasedAt.toISOString()}.`,
        next: 'If the file is lost, void the cards and have a new batch made.',
      });
    }
    if (batch.status !== 'ready') {
      return refused('batch_not_ready', batch.failure === null ? {} : { detail: batch.failure });
    }
    return accepted({
      activities: [{ type: 'batch.released', subjectId: batch.id, details: { quantity: batch.quantity } }],
      changes: [
        put(batches, { ...batch, releasedAt: now }),
        put(releasedBatches, { batchId: batch.id, releasedAt: now }),
      ],
      result: { id: encodeId('batch', batch.id), releasedAt: now.toISOString() },
    });
  },
});
