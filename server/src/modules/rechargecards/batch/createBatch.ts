import { refused } from '../../../kernel/outcome.ts';
import { validUntil } from '../../../kernel/time.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope, merchantById, storeById } from '../../merchants/index.ts';
import { decoyOf, rechargeCardById, rechargeCards } from '../card.ts';
import {
  batchAnswer,
  type RechargeBatch,
  rechargeBatchByPrefix,
  rechargeBatches,
  rechargeDataKeys,
  rechargeProgresses,
} from './batch.ts';

type CreateInput = Pick<
  RechargeBatch,
  'name' | 'quantity' | 'faceValue' | 'salePrice' | 'bonus' | 'validity' | 'activation' | 'storeId'
> & {
  /** From the edge, where the key was sealed for it. */
  readonly batchId: string;
  readonly sealedKey: Buffer;
  /** The one that was asked for, or some at random, of which the first free one is taken. */
  readonly prefixes: readonly string[];
};

/** Orders recharge cards; they are made by the job. */
export const createRechargeBatch = useCase({
  name: 'recharge_batch.create',
  permission: 'rechargecards.make',
  movesValue: false,
  needs: ({ prefixes, storeId }: CreateInput, find) => ({
    merchant: find.one(merchantById, find.merchantId),
    store: storeId === null ? undefined : find.one(storeById, storeId),
    taken: prefixes.filter((prefix) => find.one(rechargeBatchByPrefix, prefix) !== undefined),
    decoy: find.one(rechargeCardById, find.merchantId),
  }),
  secondPerson: {
    kind: 'issue',
    by: 'carry',
    amountOf: (_rows, { quantity, faceValue }) => BigInt(quantity) * faceValue,
  },
  decide({ merchant, store, taken, decoy }, input, { actor, merchantId, now }) {
    const denied = beyondScope(actor, input.storeId === null ? null : [input.storeId]);
    if (denied) return denied;
    if (!merchant || (input.storeId !== null && !store)) {
      return refused('store_not_found', { field: 'storeId' });
    }
    const prefix = input.prefixes.find((one) => !taken.includes(one));
    if (prefix === undefined) return refused('recharge_prefix_taken', { field: 'prefix' });
    const end = input.validity.type === 'until' ? validUntil(input.validity, now, merchant.timezone) : null;
    if (end !== null && end <= now) {
      return refused('invalid_request', { field: 'validity', detail: 'must not be over already' });
    }
    const { batchId, sealedKey, prefixes: _, ...terms } = input;
    const batch: RechargeBatch = {
      ...terms,
      id: batchId,
      prefix,
      currency: merchant.currency,
      status: 'generating',
      failure: null,
      releasedAt: null,
      voidedAt: null,
      createdAt: now,
    };
    const { quantity, faceValue } = batch;
    return accepted({
      activities: [
        {
          type: 'recharge_batch.created',
          subjectId: batch.id,
          amount: faceValue,
          details: { prefix, quantity },
        },
      ],
      changes: [
        ...(decoy ? [] : [put(rechargeCards, decoyOf(merchantId))]),
        put(rechargeBatches, batch),
        put(rechargeProgresses, { batchId, done: 0 }),
        put(rechargeDataKeys, { batchId, sealed: sealedKey }),
      ],
      result: batchAnswer(batch, 0),
    });
  },
});
