import { encodeId } from '../../../kernel/id.ts';
import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../../merchants/index.ts';
import { rechargeBatchById, rechargeBatches } from './batch.ts';

/** Hands a batch's numbers and passwords out, once: from here on it is on the record who took them. */
export const releaseRechargeBatch = useCase({
  name: 'recharge_batch.release',
  permission: 'rechargecards.release',
  movesValue: false,
  needs: ({ batchId }: { readonly batchId: string }, find) => find.one(rechargeBatchById, batchId),
  secondPerson: { kind: 'release', by: 'permit' },
  decide(batch, _input, { actor, now }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (!batch) return refused('batch_not_found');
    if (batch.voidedAt !== null) return refused('recharge_card_void');
    if (batch.releasedAt !== null) {
      return refused('codes_already_released', {
        detail: `They were released at ${batch.releasedAt.toISOString()}.`,
        next: 'If the file is lost, void the batch and have a new one made.',
      });
    }
    if (batch.status !== 'ready') {
      return refused('batch_not_ready', batch.failure === null ? {} : { detail: batch.failure });
    }
    return accepted({
      activities: [
        { type: 'recharge_batch.released', subjectId: batch.id, details: { quantity: batch.quantity } },
      ],
      changes: [put(rechargeBatches, { ...batch, releasedAt: now })],
      result: { id: encodeId('rcb', batch.id), releasedAt: now.toISOString() },
    });
  },
});
