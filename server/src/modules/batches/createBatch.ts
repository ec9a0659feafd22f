import { assert } from '../../kernel/assert.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { cardById, cards, decoyCard, serialCounter, serialCounters } from '../cards/index.ts';
import { beyondScope } from '../merchants/index.ts';
import { offers, programById, versionById } from '../programs/index.ts';
import { type Batch, batchAnswer, batches, dataKeys, progresses } from './batch.ts';

type CreateBatchInput = {
  /** From the edge, where the key was sealed for it. */
  readonly batchId: string;
  readonly sealedKey: Buffer;
  /** What the merchant's decoy card gets as the hash of a code, should it not have one yet: random, so no code's. */
  readonly decoyHash: Uint8Array;
  readonly programId: string;
  readonly quantity: number;
  readonly faceValue: bigint;
};

/** Orders cards of a program: they get the next serial numbers now, and are made by the job. */
export const createBatch = useCase({
  name: 'batch.create',
  permission: 'batches.write',
  movesValue: false,
  needs({ programId }: CreateBatchInput, find) {
    const program = find.one(programById, programId);
    return {
      program,
      version: program && find.one(versionById, program.versionId),
      counter: find.one(serialCounter, find.merchantId),
      decoy: find.one(cardById, find.merchantId),
    };
  },
  secondPerson: {
    kind: 'issue',
    by: 'carry',
    amountOf: (_rows, { quantity, faceValue }) => BigInt(quantity) * faceValue,
  },
  decide({ program, version, counter, decoy }, input, { actor, merchantId, now }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (!program) return refused('program_not_found', { field: 'programId' });
    if (program.state === 'retired') return refused('program_retired', { field: 'programId' });
    assert(version !== undefined, 'a program has its terms');
    const { quantity, faceValue } = input;
    if (!offers(version, faceValue)) return refused('face_value_not_offered', { field: 'faceValue' });
    const last = counter?.last ?? 0n;
    const batch: Batch = {
      id: input.batchId,
      programId: program.id,
      versionId: version.id,
      quantity,
      faceValue,
      firstSerial: last + 1n,
      status: 'generating',
      failure: null,
      releasedAt: null,
      createdAt: now,
    };
    const result = batchAnswer(batch, 0);
    return accepted({
      activities: [
        {
          type: 'batch.created',
          subjectId: batch.id,
          amount: faceValue,
          details: {
            programId: program.id,
            version: version.version,
            quantity,
            firstSerial: result.firstSerial,
            lastSerial: result.lastSerial,
          },
        },
      ],
      changes: [
        ...(decoy ? [] : [put(cards, decoyCard(merchantId, version.id, input.decoyHash))]),
        put(serialCounters, { merchantId, last: last + BigInt(quantity) }),
        put(batches, batch),
        put(progresses, { batchId: batch.id, done: 0 }),
        put(dataKeys, { batchId: batch.id, sealed: input.sealedKey }),
      ],
      result,
    });
  },
});
