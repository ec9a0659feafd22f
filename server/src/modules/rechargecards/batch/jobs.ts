import { setImmediate as nextTurn } from 'node:timers/promises';
import { newId } from '../../../kernel/id.ts';
import type { Random } from '../../../kernel/random.ts';
import type { KeyRing } from '../../../platform/config/keys.ts';
import { secretKey, unseal } from '../../../platform/crypto/seal.ts';
import type { Pool } from '../../../platform/db/connection.ts';
import { allMerchants, read, writeAside } from '../../../platform/db/read.ts';
import { isConstraintViolation } from '../../../platform/executor/failures.ts';
import type { UseCase } from '../../../platform/executor/useCase.ts';
import type { Job } from '../../../platform/jobs/runner.ts';
import type { Log } from '../../../platform/log/log.ts';
import { rechargeKeyContext } from './batch.ts';
import { finishRechargeBatch } from './finishBatch.ts';
import {
  drawMade,
  HopelessRechargeBatch,
  type Making,
  passwordKeyOf,
  serialsAt,
  writeMade,
} from './generate.ts';
import {
  dropForgottenRechargeKeys,
  type RechargeWork,
  readRechargeBatch,
  rechargeKey,
  unfinishedRecharge,
} from './store.ts';

export type RechargeJobParts = {
  readonly readers: Pool;
  readonly writers: Pool;
  readonly keys: { readonly pin: KeyRing; readonly seal: KeyRing };
  readonly clock: () => Date;
  readonly random: Random;
  readonly log: Log;
  /** Has a use case decided as the system itself. */
  readonly asSystem: <I, R, O>(merchantId: string, useCase: UseCase<I, R, O>, input: I) => Promise<unknown>;
};

const chunkCards = 2_500;
const turnChunks = 20;
const batchesAtOnce = 100;
/** A release that has not taken its key by then has died on the way. */
const keyKeptMs = 15 * 60_000;

/** Makes recharge cards, a turn for each batch, oldest first; each chunk is claimed by a row lock. */
export function rechargeCardJobs(parts: RechargeJobParts): readonly Job[] {
  return [{ name: 'rechargecards.generate', everyMs: 2_000, run: (signal) => generate(parts, signal) }];
}

async function generate(parts: RechargeJobParts, signal: AbortSignal): Promise<boolean> {
  const { readers, writers, clock, log } = parts;
  const forgotten = new Date(clock().getTime() - keyKeptMs);
  await writeAside(writers, allMerchants, (db) => dropForgottenRechargeKeys(db, forgotten));
  const waiting = await read(readers, allMerchants, (db) => unfinishedRecharge(db, batchesAtOnce));
  let worked = false;
  for (const work of waiting) {
    if (signal.aborted) break;
    try {
      if (await takeTurn(parts, work, signal)) worked = true;
    } catch (error) {
      // One batch that cannot go on must not hold up the others.
      log.error('recharge cards could not be made', { batch: work.batchId }, error);
    }
  }
  return worked;
}

async function takeTurn(parts: RechargeJobParts, work: RechargeWork, signal: AbortSignal): Promise<boolean> {
  const { merchantId, batchId, quantity } = work;
  let done: number | undefined;
  try {
    const begun = await makingOf(parts, work);
    if (begun === undefined) return false;
    done = await makeSome(parts, begun, signal);
  } catch (error) {
    if (!(error instanceof HopelessRechargeBatch || isConstraintViolation(error))) throw error;
    parts.log.error('a batch of recharge cards has failed', { batch: batchId }, error);
    const failure =
      error instanceof HopelessRechargeBatch ? error.message : 'The database refused its cards.';
    await parts.asSystem(merchantId, finishRechargeBatch, { batchId, failure });
    return true;
  }
  if (done === quantity) await parts.asSystem(merchantId, finishRechargeBatch, { batchId, failure: null });
  return done === quantity || (done !== undefined && done > work.done);
}

/** What it takes to go on with a batch; undefined where it was made meanwhile, and its key went with its passwords. */
async function makingOf(parts: RechargeJobParts, work: RechargeWork): Promise<Making | undefined> {
  const { merchantId, batchId } = work;
  const [sealed, batch] = await read(parts.readers, merchantId, (db) =>
    Promise.all([rechargeKey(db, merchantId, batchId), readRechargeBatch(db, merchantId, batchId)]),
  );
  if (batch?.status !== 'generating') return undefined;
  if (sealed === undefined) throw new HopelessRechargeBatch('Its key is gone.');
  const dataKey = secretKey(unseal(parts.keys.seal, sealed, rechargeKeyContext(merchantId, batchId)));
  const newCardId = () => newId(parts.clock(), parts.random);
  return { work, dataKey, newCardId, ...passwordKeyOf(parts.keys.pin) };
}

async function makeSome(
  { writers }: RechargeJobParts,
  making: Making,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { work } = making;
  let done: number | undefined = work.done;
  for (let chunk = 0; chunk < turnChunks && !signal.aborted; chunk++) {
    const from: number = done;
    const serials = serialsAt(work, from, chunkCards);
    if (serials.length === 0) break;
    const drawn = drawMade(making, serials, 0);
    await nextTurn();
    done = await writeAside(writers, work.merchantId, (db) => writeMade(db, making, from, drawn));
    if (done === undefined) break;
  }
  return done;
}
