import type { Answer, Command, Surroundings } from './batch.ts';
import type { Storage } from './storage.ts';
import { WorkingSet } from './workingSet.ts';

export type LaneSettings = {
  /** Commands carried out in one transaction at most. */
  readonly batchMax: number;
  /** Rows and keys that may stay in memory between batches, of all merchants together. */
  readonly keptMax: number;
  /** How often a batch is tried anew after a conflict or a lost connection. */
  readonly retriesMax: number;
};

export type Tally = {
  batches: number;
  /** Batches judged while the one before was still being written. */
  ahead: number;
  commands: number;
  retries: number;
  splits: number;
  ambiguous: number;
  /** Rows and keys that are in memory for the next batches of those merchants for whom none is carried out. */
  kept: number;
};

export type LaneParts = {
  readonly storage: Storage;
  readonly env: Surroundings;
  readonly settings: LaneSettings;
  readonly tally: Tally;
};

export type Waiting = { readonly command: Command; readonly answer: (answer: Answer) => void };

/** One merchant's queue, with what this process knows of the merchant's rows. */
export type Lane = {
  readonly merchantId: string;
  readonly waiting: Waiting[];
  set: WorkingSet;
  /** The head that the set is of; -1 where it may be of any. */
  knownSeq: bigint;
  /** For how many batches the merchant still counts as one that another process writes for, too. */
  sharedFor: number;
  /** To be called when a command has joined those that wait. */
  arrived: () => void;
  /** What of this merchant stays in memory while nobody waits. */
  kept: number;
};

/** A queue in which nobody waits, and nothing is in memory. */
export function newLane(merchantId: string): Lane {
  return {
    merchantId,
    waiting: [],
    set: new WorkingSet(merchantId),
    knownSeq: -1n,
    sharedFor: 0,
    arrived: () => undefined,
    kept: 0,
  };
}

/** Takes what waits, as far as a batch goes. */
export function nextBatch({ waiting }: Lane, { settings, tally }: LaneParts): readonly Waiting[] {
  const batch = waiting.splice(0, settings.batchMax);
  tally.batches++;
  tally.commands += batch.length;
  return batch;
}

export const commandsOf = (batch: readonly Waiting[]): readonly Command[] =>
  batch.map(({ command }) => command);

/** Answers each of a batch in the order in which they were judged. */
export function answerAll(batch: readonly Waiting[], answers: readonly Answer[]): void {
  batch.forEach(({ answer }, n) => {
    answer(answers[n] ?? { failed: new Error('a command was left unanswered') });
  });
}

/** Starts anew, with nothing in memory. */
export function forget(lane: Lane): void {
  lane.set = new WorkingSet(lane.merchantId);
  lane.knownSeq = -1n;
}
