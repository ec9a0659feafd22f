import { setTimeout as delay } from 'node:timers/promises';
import { refused } from '../../kernel/outcome.ts';
import type { JournalHead } from './activity.ts';
import { type Answer, type Command, gather, type Judged, judge, type Surroundings } from './batch.ts';
import { Conflict } from './entity.ts';
import { isOneCommandsFault, isTransient, OutcomeUnknown } from './failures.ts';
import { AmbiguousCommit, type BatchTransaction, NoJournal, type Storage } from './storage.ts';
import { WorkingSet } from './workingSet.ts';

export type ExecutorSettings = {
  /** Commands carried out in one transaction at most. */
  readonly batchMax: number;
  /** Commands that may wait for one merchant before new ones are turned away. */
  readonly queueMax: number;
  /** Rows and keys a merchant's working set may keep in memory between batches. */
  readonly keptMax: number;
  /** How often a batch is tried anew after a conflict or a lost connection. */
  readonly retriesMax: number;
};

export const executorDefaults: ExecutorSettings = {
  batchMax: 200,
  queueMax: 20_000,
  keptMax: 120_000,
  retriesMax: 6,
};

/** About ten seconds in all: longer than a server takes to recover from a crash with little to replay. */
const lookUpsMax = 10;

export type Tally = { batches: number; commands: number; retries: number; splits: number; ambiguous: number };

type Waiting = { readonly command: Command; readonly answer: (answer: Answer) => void };

/** One merchant's queue. Only one of its batches is under way at a time in this process. */
type Lane = {
  readonly merchantId: string;
  waiting: Waiting[];
  running: boolean;
  set: WorkingSet;
  knownSeq: bigint;
};

export type Executor = {
  /** Decides a command; resolves only when its outcome is durable. Rejects on a fault, never on a refusal. */
  run(merchantId: string, command: Command): Promise<Exclude<Answer, { failed: unknown }>>;
  readonly tally: Tally;
  /** Resolves when nothing is under way any more. */
  drain(): Promise<void>;
};

/** Carries commands out in batches: those of a merchant that arrived while its last batch was being committed. */
export function startExecutor(storage: Storage, env: Surroundings, settings = executorDefaults): Executor {
  const lanes = new Map<string, Lane>();
  const tally: Tally = { batches: 0, commands: 0, retries: 0, splits: 0, ambiguous: 0 };
  const busy = new Set<Promise<void>>();

  async function work(lane: Lane): Promise<void> {
    while (lane.waiting.length > 0) {
      const batch = lane.waiting.splice(0, settings.batchMax);
      const answers = await carryOut(
        lane,
        batch.map(({ command }) => command),
      );
      batch.forEach(({ answer }, n) => {
        answer(answers[n] ?? { failed: new Error('a command was left unanswered') });
      });
    }
    lane.running = false;
    if (lane.set.size === 0) lanes.delete(lane.merchantId);
  }

  /** Never throws: whatever goes wrong is the answer of the commands it went wrong for. */
  async function carryOut(lane: Lane, commands: readonly Command[]): Promise<readonly Answer[]> {
    for (let attempt = 0; ; attempt++) {
      try {
        tally.batches++;
        tally.commands += commands.length;
        return await runBatch(lane, commands, storage, env, settings, tally);
      } catch (error) {
        lane.set = new WorkingSet(lane.merchantId);
        if (error instanceof NoJournal) return commands.map(() => ({ refusal: refused('unauthenticated') }));
        if (isOneCommandsFault(error) && commands.length > 1) {
          tally.splits++;
          const half = commands.length >> 1;
          const first = await carryOut(lane, commands.slice(0, half));
          return [...first, ...(await carryOut(lane, commands.slice(half)))];
        }
        if (!isTransient(error) || attempt >= settings.retriesMax)
          return commands.map(() => ({ failed: error }));
        tally.retries++;
        await delay(5 << attempt);
      }
    }
  }

  return {
    tally,
    run(merchantId, command) {
      const known = lanes.get(merchantId);
      const lane = known ?? {
        merchantId,
        waiting: [],
        running: false,
        set: new WorkingSet(merchantId),
        knownSeq: -1n,
      };
      if (!known) lanes.set(merchantId, lane);
      if (lane.waiting.length >= settings.queueMax)
        return Promise.resolve({ refusal: refused('overloaded') });
      return new Promise((resolve, reject) => {
        const answer = (given: Answer) => ('failed' in given ? reject(given.failed) : resolve(given));
        lane.waiting.push({ command, answer });
        if (lane.running) return;
        lane.running = true;
        // What else arrived in this turn of the event loop joins the batch; nobody waits on a timer.
        setImmediate(() => {
          const working = work(lane).finally(() => busy.delete(working));
          busy.add(working);
        });
      });
    },
    async drain() {
      while ([...lanes.values()].some((lane) => lane.running)) {
        await Promise.all(busy);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

async function runBatch(
  lane: Lane,
  commands: readonly Command[],
  storage: Storage,
  env: Surroundings,
  settings: ExecutorSettings,
  tally: Tally,
): Promise<readonly Answer[]> {
  const tx = await storage.begin(lane.merchantId);
  let before: JournalHead;
  try {
    // The first wave travels with the lock, over the rows kept from the last batch; they hold if nobody wrote since.
    const [locked] = await Promise.all([tx.lockHead(), gather(commands, lane.set, tx.load, env)]);
    before = locked;
    if (before.seq !== lane.knownSeq) {
      lane.set = new WorkingSet(lane.merchantId);
      await gather(commands, lane.set, tx.load, env);
    }
  } catch (error) {
    await tx.rollback();
    throw error;
  }
  let judged: Judged;
  try {
    judged = await judge(commands, lane.set, before, tx.load, env);
  } catch (error) {
    await tx.rollback();
    throw error;
  }
  if (judged.head.seq === before.seq) await tx.rollback();
  else if (!(await commit(tx, lane, before, judged.head, storage, tally)))
    throw new Conflict('the commit did not happen');
  lane.knownSeq = judged.head.seq;
  lane.set.settle();
  if (lane.set.size > settings.keptMax) lane.set = new WorkingSet(lane.merchantId);
  return judged.answers;
}

/** Commits; where the answer was lost, asks the log. False: it certainly did not happen. */
async function commit(
  tx: BatchTransaction,
  lane: Lane,
  before: JournalHead,
  after: JournalHead,
  storage: Storage,
  tally: Tally,
): Promise<boolean> {
  try {
    await tx.commit(lane.set, before, after);
    return true;
  } catch (error) {
    await tx.rollback();
    if (!(error instanceof AmbiguousCommit)) throw error;
    tally.ambiguous++;
  }
  for (let attempt = 0; attempt < lookUpsMax; attempt++) {
    try {
      return await storage.wasCommitted(lane.merchantId, after);
    } catch (error) {
      if (!isTransient(error)) throw error;
      await delay(10 << attempt);
    }
  }
  throw new OutcomeUnknown('the database went away while it was committing');
}
