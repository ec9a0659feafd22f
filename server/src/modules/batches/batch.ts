import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import { serialText } from '../cards/index.ts';

/** Cards that are made together, under one key, and whose codes leave the system together, once. */
export type Batch = {
  readonly id: string;
  readonly programId: string;
  /** The terms that its cards are issued under. */
  readonly versionId: string;
  readonly quantity: number;
  readonly faceValue: bigint;
  /** Its serials run from here without a gap. */
  readonly firstSerial: bigint;
  readonly status: 'generating' | 'ready' | 'failed';
  /** Why it failed. */
  readonly failure: string | null;
  /** When its codes were handed out, and the key to them destroyed. */
  readonly releasedAt: Date | null;
  readonly createdAt: Date;
};

export const batches = entity<Batch>('batch', (batch) => batch.id);
export const batchById = finder(batches, 'byId', (batch) => [batch.id]);

/** How many of a batch's cards are there. Begun here; the job moves it on outside of batches, so it is not kept in memory. */
export type Progress = { readonly batchId: string; readonly done: number };
export const progresses = entity<Progress>('batchProgress', (progress) => progress.batchId, 'none');
export const progressOf = finder(progresses, 'ofBatch', (progress) => [progress.batchId]);

/** The sealed key that a batch's codes derive from. Put here once, and taken out by the release alone. */
export type DataKey = { readonly batchId: string; readonly sealed: Buffer };
export const dataKeys = entity<DataKey>('batchDataKey', (key) => key.batchId, 'none');

/** What a sealed data key is bound to: it does not open as the key of another batch. */
export function dataKeyContext(merchantId: string, batchId: string): string {
  return `batch|${merchantId}|${batchId}`;
}

/** The last of a batch's serials. */
export function lastSerialOf({ firstSerial, quantity }: Pick<Batch, 'firstSerial' | 'quantity'>): bigint {
  return firstSerial + BigInt(quantity) - 1n;
}

/** What people are shown: whether the job has come to it yet. */
function shownStatus({ status }: Pick<Batch, 'status'>, done: number) {
  if (status !== 'generating') return status;
  return done === 0 ? 'pending' : 'running';
}

/** A batch as the API shows it. Never a code. */
export function batchAnswer(batch: Batch, done: number) {
  return {
    id: encodeId('batch', batch.id),
    status: shownStatus(batch, done),
    quantity: batch.quantity,
    done,
    programId: encodeId('prog', batch.programId),
    faceValue: jsonAmount(batch.faceValue),
    firstSerial: serialText(batch.firstSerial),
    lastSerial: serialText(lastSerialOf(batch)),
    failure: batch.failure,
    releasedAt: batch.releasedAt?.toISOString() ?? null,
    createdAt: batch.createdAt.toISOString(),
  };
}
