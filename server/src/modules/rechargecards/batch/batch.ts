import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import type { Validity } from '../../../kernel/time.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';

/** Recharge cards that are made together: their terms, and the key that their numbers and passwords derive from. */
export type RechargeBatch = {
  readonly id: string;
  /** What their numbers begin with. One batch has it, so that it tells the face value. */
  readonly prefix: string;
  readonly name: string;
  readonly quantity: number;
  readonly currency: string;
  readonly faceValue: bigint;
  /** What is paid for one; the paid ratio of what it puts on a wallet. */
  readonly salePrice: bigint;
  readonly bonus: bigint;
  readonly validity: Validity;
  /** Whether a card is good when a store has sold it, or all of them once their numbers are handed out. */
  readonly activation: 'on_sale' | 'on_release';
  /** The store that answers for what cards that no store sold put on wallets. */
  readonly storeId: string | null;
  readonly status: 'generating' | 'ready' | 'failed';
  readonly failure: string | null;
  readonly releasedAt: Date | null;
  /** When all of them were made worthless at once. */
  readonly voidedAt: Date | null;
  readonly createdAt: Date;
};

export const rechargeBatches = entity<RechargeBatch>('rechargeBatch', ({ id }) => id);
export const rechargeBatchById = finder(rechargeBatches, 'byId', ({ id }) => [id]);
export const rechargeBatchByPrefix = finder(rechargeBatches, 'byPrefix', ({ prefix }) => [prefix]);

/** How many of a batch's cards are there; the job moves it on outside of the executor. */
export type RechargeProgress = { readonly batchId: string; readonly done: number };
export const rechargeProgresses = entity<RechargeProgress>(
  'rechargeProgress',
  ({ batchId }) => batchId,
  'none',
);
export const rechargeProgressOf = finder(rechargeProgresses, 'ofBatch', ({ batchId }) => [batchId]);

/** The sealed key; destroyed at release. */
export type RechargeDataKey = { readonly batchId: string; readonly sealed: Buffer };
export const rechargeDataKeys = entity<RechargeDataKey>('rechargeDataKey', ({ batchId }) => batchId, 'none');

/** What a sealed data key is bound to. */
export function rechargeKeyContext(merchantId: string, batchId: string): string {
  return `recharge-batch|${merchantId}|${batchId}`;
}

/** A batch as the API shows it. Never a password. */
export function batchAnswer(batch: RechargeBatch, done: number) {
  const { status } = batch;
  return {
    id: encodeId('rcb', batch.id),
    status: status === 'generating' ? (done === 0 ? 'pending' : 'running') : status,
    name: batch.name,
    prefix: batch.prefix,
    quantity: batch.quantity,
    done,
    currency: batch.currency,
    faceValue: jsonAmount(batch.faceValue),
    salePrice: jsonAmount(batch.salePrice),
    bonus: jsonAmount(batch.bonus),
    validity: batch.validity,
    activation: batch.activation,
    storeId: batch.storeId === null ? null : encodeId('store', batch.storeId),
    failure: batch.failure,
    releasedAt: batch.releasedAt?.toISOString() ?? null,
    voidedAt: batch.voidedAt?.toISOString() ?? null,
    createdAt: batch.createdAt.toISOString(),
  };
}
