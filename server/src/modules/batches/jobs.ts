import { setImmediate as nextTurn } from 'node:timers/promises';
import { newId } from '../../kernel/id.ts';
import type { Random } from '../../kernel/random.ts';
import { allMerchants, read, writeAside } from '../../platform/db/read.ts';
import { refreshStatistics } from '../../platform/db/statistics.ts';
import { isConstraintViolation } from '../../platform/executor/failures.ts';
import type { UseCase } from '../../platform/executor/useCase.ts';
import type { Log } from '../../platform/log/log.ts';
import { type CardKeys, type GeneratedCard, secretKey, unseal } from '../cards/index.ts';
import { dataKeyContext } from './batch.ts';
import { drawCards, type IssuingKeys, issuingKeys } from './draw.ts';
import { finishBatch } from './finishBatch.ts';
import { HopelessBatch, type Making, serialsFrom, writeChunk } from './generate.ts';
import { dropForgottenKeys, readBatch, sealedKey, unfinished, type Work } from './store.ts';

type Pool = Parameters<typeof read>[0];

export type GenerationParts = {
  readonly readers: Pool;
  readonly writers: Pool;
  readonly keys: CardKeys;
  readonly clock: () => Date;
  readonly random: Random;
  readonly log: Log;
  /** Has a use case decided as the system itself. */
  readonly asSystem: <Input, Rows, Result>(
    merchantId: string,
    useCase: UseCase<Input, Rows, Result>,
    input: Input,
  ) => Promise<unknown>;
  /** Once it is aborted the job ends with the chunk at hand. */
  readonly signal: AbortSignal;
};

/** Cards in one transaction: large enough that the commit does not count, small enough to be done again after a kill. */
const chunkCards = 2_500;
/** Chunks in a row of one batch while others wait: about two seconds. */
const turnChunks = 20;
/** Cards drawn at a stretch: for so long, some 3 ms, the process answers nobody. */
const stretchCards = 250;
const batchesAtOnce = 100;
/** A release that has not taken its key by then has died on the way. */
const keyKeptMs = 15 * 60_000;

/**
 * Makes cards of all batches that want some, a turn for each, oldest first. Several processes may do so at once: each
 * chunk is claimed by a row lock. Before that it destroys the keys of releases that died on the way. Answers whether it
 * made any cards; throws when all it met were faults.
 */
export async function generateBatches(parts: GenerationParts): Promise<boolean> {
  const { readers, writers, clock, log, signal } = parts;
  const forgotten = new Date(clock().getTime() - keyKeptMs);
  await writeAside(writers, allMerchants, (db) => dropForgottenKeys(db, forgotten));
  const waiting = await read(readers, allMerchants, (db) => unfinished(db, batchesAtOnce));
  const keys = issuingKeys(parts.keys);
  const faults: unknown[] = [];
  let worked = false;
  for (const work of waiting) {
    if (signal.aborted) break;
    try {
      if (await takeTurn(parts, work, keys)) worked = true;
    } catch (error) {
      // One batch that cannot go on must not hold up the others.
      log.error('a batch could not go on', { merchant: work.merchantId, batch: work.batchId }, error);
      faults.push(error);
    }
  }
  if (faults.length > 0 && !worked) throw new AggregateError(faults, 'no batch could go on');
  return worked;
}

async function takeTurn(parts: GenerationParts, work: Work, keys: IssuingKeys): Promise<boolean> {
  const { merchantId, batchId, quantity } = work;
  let done: number | undefined;
  try {
    const begun = await making(parts, work, keys);
    if (begun === undefined) return false;
    done = await makeCards(parts, begun);
  } catch (error) {
    if (!(error instanceof HopelessBatch || isConstraintViolation(error))) throw error;
    parts.log.error('a batch has failed', { merchant: merchantId, batch: batchId }, error);
    const failure = error instanceof HopelessBatch ? error.message : 'The database refused its cards.';
    await parts.asSystem(merchantId, finishBatch, { batchId, failure });
    return true;
  }
  if (done === quantity) {
    // Whoever sells these cards next should not meet plans made for a table without them.
    await writeAside(parts.writers, allMerchants, (db) => db.query(refreshStatistics, []));
    await parts.asSystem(merchantId, finishBatch, { batchId, failure: null });
  }
  return done === quantity || (done !== undefined && done > work.done);
}

/** What it takes to go on with a batch; undefined where it was made meanwhile, and its key went with its codes. */
async function making(
  { readers, ...parts }: GenerationParts,
  work: Work,
  keys: IssuingKeys,
): Promise<Making | undefined> {
  const { merchantId, batchId, hasPin } = work;
  const [sealed, batch] = await read(readers, merchantId, (db) =>
    Promise.all([sealedKey(db, merchantId, batchId), readBatch(db, merchantId, batchId)]),
  );
  if (batch?.status !== 'generating') return undefined;
  if (sealed === undefined) throw new HopelessBatch('Its key is gone.');
  const dataKey = secretKey(unseal(parts.keys.seal, sealed, dataKeyContext(merchantId, batchId)));
  const newCardId = () => newId(parts.clock(), parts.random);
  return { work, source: { merchantId, hasPin, dataKey }, keys, newCardId };
}

/** Makes some chunks. While the database writes one, the next is drawn. Answers where the batch stands; undefined: another has it. */
async function makeCards({ writers, signal }: GenerationParts, making: Making): Promise<number | undefined> {
  const { work } = making;
  let done: number | undefined = work.done;
  let next = await drawChunk(making, done);
  for (let chunk = 0; chunk < turnChunks && next.cards.length > 0 && !signal.aborted; chunk++) {
    const { from, cards } = next;
    [done, next] = await Promise.all([
      writeAside(writers, work.merchantId, (db) => writeChunk(db, making, from, cards)),
      drawChunk(making, from + cards.length),
    ]);
    if (done === undefined) return undefined;
    if (done !== next.from) next = await drawChunk(making, done);
  }
  return done;
}

type Drawn = { readonly from: number; readonly cards: readonly GeneratedCard[] };

async function drawChunk({ work, source, keys, newCardId }: Making, from: number): Promise<Drawn> {
  const serials = serialsFrom(work, from, chunkCards);
  const cards: GeneratedCard[] = [];
  for (let at = 0; at < serials.length; at += stretchCards) {
    cards.push(...drawCards(source, keys, serials.slice(at, at + stretchCards), 0, newCardId));
    await nextTurn();
  }
  return { from, cards };
}
