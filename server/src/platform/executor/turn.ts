import type { JournalHead } from './activity.ts';
import { Conflict } from './entity.ts';
import {
  answerAll,
  commandsOf,
  forget,
  type Lane,
  type LaneParts,
  type LaneSettings,
  nextBatch,
  type Waiting,
} from './lane.ts';
import type { Turn } from './storage.ts';
import { commit, commitLocked, judgeAhead, judgeLocked, type Verdict } from './verdict.ts';
import type { Taken } from './workingSet.ts';

/** Batches sent to the database and not heard of: while one is carried out there the next already stands behind it. */
const underWayMax = 2;
/** Batches of one turn, where others wait for theirs. */
const turnMax = 16;
/** What has become of a turn's batches so far. */
type Progress = {
  readonly turn: Turn;
  readonly sent: number;
  /** Those not heard of, with how many wait for each. */
  readonly underWay: ReadonlyMap<Promise<void>, number>;
  /** Those that are to be carried out again. */
  readonly undone: readonly Undone[];
};

export type Undone = {
  readonly batch: readonly Waiting[];
  readonly wasAhead: boolean;
  readonly error: unknown;
};

/**
 * One batch under the lock and, for as long as commands wait, further ones judged ahead: over what the one before leaves,
 * while that is still being written. Nobody is answered before his batch is committed; a batch that was judged over what
 * did not come to be fails at the journal. Answers with the batches that are to be carried out again.
 */
export async function takeTurn(lane: Lane, parts: LaneParts): Promise<readonly Undone[]> {
  const undone: Undone[] = [];
  const underWay = new Map<Promise<void>, number>();
  const committed: Taken[] = [];
  let batch = nextBatch(lane, parts);
  let isAhead = false;
  let turn: Turn | undefined;
  let head: JournalHead | undefined;

  function follow({ judged, taken }: Verdict, written: Promise<void>): JournalHead {
    const waiting = batch;
    const wasAhead = isAhead;
    const ended = written
      .then(
        () => {
          committed.push(taken);
          answerAll(waiting, judged.answers);
        },
        (error: unknown) => {
          undone.push({ batch: waiting, wasAhead, error });
        },
      )
      .finally(() => underWay.delete(ended));
    underWay.set(ended, waiting.length);
    return judged.head;
  }

  try {
    turn = await parts.storage.begin(lane.merchantId);
    const first = await judgeLocked(turn, lane, commandsOf(batch), parts);
    head = follow(first, commitLocked(turn, lane, first, parts));
    for (let sent = 1; await goesOn(lane, { turn, sent, underWay, undone }, parts.settings); sent++) {
      for (const taken of committed.splice(0)) taken.settle();
      batch = nextBatch(lane, parts);
      isAhead = true;
      parts.tally.ahead++;
      const ahead = await judgeAhead(head, lane, commandsOf(batch), parts);
      if (undone.length > 0) throw new Conflict('the batch before it did not happen');
      head = follow(ahead, commit(turn, lane, ahead, parts));
    }
  } catch (error) {
    undone.push({ batch, wasAhead: isAhead, error });
  }
  await Promise.all(underWay.keys());
  await turn?.end();
  for (const taken of committed) taken.settle();
  if (undone.length > 0 || lane.set.size > parts.settings.keptMax) forget(lane);
  else lane.knownSeq = head?.seq ?? -1n;
  return undone;
}

/** Whether the next batch is to be judged ahead; waits until that can be told. */
async function goesOn(
  lane: Lane,
  { turn, sent, underWay, undone }: Progress,
  settings: LaneSettings,
): Promise<boolean> {
  for (;;) {
    if (underWay.size === 0 || undone.length > 0 || lane.sharedFor > 0) return false;
    if (lane.set.size > settings.keptMax || (turn.isWanted && sent >= turnMax)) return false;
    const unanswered = [...underWay.values()].reduce((sum, waiting) => sum + waiting, 0);
    // A batch costs much the same however few are in it: it pays when enough wait.
    if (underWay.size < underWayMax && 2 * lane.waiting.length >= unanswered) return true;
    await Promise.race([
      ...underWay.keys(),
      new Promise<void>((resolve) => {
        lane.arrived = resolve;
      }),
    ]);
    // What else arrives in this turn of the event loop joins the batch; nobody waits on a timer.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
