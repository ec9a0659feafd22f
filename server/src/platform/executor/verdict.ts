import { setTimeout as delay } from 'node:timers/promises';
import type { JournalHead } from './activity.ts';
import { type Command, gather, type Judged, judge } from './batch.ts';
import { Conflict } from './entity.ts';
import { isConflict, isTransient, OutcomeUnknown } from './failures.ts';
import { forget, type Lane, type LaneParts } from './lane.ts';
import { AmbiguousCommit, type Storage, type Turn } from './storage.ts';
import type { Taken } from './workingSet.ts';

/** A batch as it was judged, over which head, and what is to be written of it. */
export type Verdict = { readonly before: JournalHead; readonly judged: Judged; readonly taken: Taken };

const sharedForBatches = 64;
/** About ten seconds in all: longer than a server takes to recover from a crash with little to replay. */
const lookUpsMax = 10;

/** Takes the lock and judges over the rows that are in memory, if nobody wrote since, or over what is fetched anew. */
export async function judgeLocked(
  turn: Turn,
  lane: Lane,
  commands: readonly Command[],
  { env }: LaneParts,
): Promise<Verdict> {
  // The first wave of look-ups travels with the lock.
  const [locked, gathered] = await Promise.allSettled([
    turn.lockHead(),
    gather(commands, lane.set, turn.load, env),
  ]);
  if (locked.status === 'rejected') throw locked.reason;
  if (gathered.status === 'rejected') throw gathered.reason;
  const before = locked.value;
  if (lane.sharedFor > 0) lane.sharedFor--;
  if (before.seq !== lane.knownSeq) {
    if (lane.knownSeq >= 0n) lane.sharedFor = sharedForBatches;
    forget(lane);
    await gather(commands, lane.set, turn.load, env);
  }
  const judged = await judge(commands, lane.set, before, turn.load, env);
  return { before, judged, taken: lane.set.take() };
}

/** Judges over what the batch before leaves, with what else is needed looked up beside it. */
export async function judgeAhead(
  before: JournalHead,
  lane: Lane,
  commands: readonly Command[],
  { storage, env }: LaneParts,
): Promise<Verdict> {
  return storage.lookAhead(lane.merchantId, async (load) => {
    await gather(commands, lane.set, load, env);
    const judged = await judge(commands, lane.set, before, load, env);
    return { before, judged, taken: lane.set.take() };
  });
}

/** As `commit`; but what changes nothing was judged under the lock, and nothing is left to be asked. */
export async function commitLocked(
  turn: Turn,
  lane: Lane,
  verdict: Verdict,
  parts: LaneParts,
): Promise<void> {
  if (verdict.judged.head.seq !== verdict.before.seq) await commit(turn, lane, verdict, parts);
}

/** Commits; where the answer was lost, asks the log. Throws where it certainly did not happen, or nobody knows. */
export async function commit(
  turn: Turn,
  lane: Lane,
  { taken, before, judged: { head: after } }: Verdict,
  { storage, tally }: LaneParts,
): Promise<void> {
  try {
    await turn.commit(taken, before, after);
    return;
  } catch (error) {
    if (isConflict(error)) lane.sharedFor = sharedForBatches;
    if (!(error instanceof AmbiguousCommit)) throw error;
  }
  if (after.seq === before.seq) throw new Conflict('the journal was not heard of');
  tally.ambiguous++;
  if (!(await wasCommitted(storage, lane.merchantId, after))) throw new Conflict('the commit did not happen');
}

async function wasCommitted(storage: Storage, merchantId: string, head: JournalHead): Promise<boolean> {
  for (let attempt = 0; attempt < lookUpsMax; attempt++) {
    try {
      return await storage.wasCommitted(merchantId, head);
    } catch (error) {
      if (!isTransient(error)) throw error;
      await delay(10 << attempt);
    }
  }
  throw new OutcomeUnknown('the database went away while it was committing');
}
