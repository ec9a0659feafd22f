import { refused } from '../../kernel/outcome.ts';
import type { Answer, Command, Surroundings } from './batch.ts';
import { type Lane, type LaneSettings, newLane, type Tally } from './lane.ts';
import type { Storage } from './storage.ts';
import { work } from './work.ts';

export type ExecutorSettings = LaneSettings & {
  /** Commands that may wait for one merchant before new ones are turned away. */
  readonly queueMax: number;
};

export const executorDefaults: ExecutorSettings = {
  batchMax: 200,
  queueMax: 20_000,
  keptMax: 120_000,
  retriesMax: 6,
};

export type Executor = {
  /** Decides a command; resolves only when its outcome is durable. Rejects on a fault, never on a refusal. */
  run(merchantId: string, command: Command): Promise<Exclude<Answer, { failed: unknown }>>;
  readonly tally: Tally;
  /** Resolves when nothing is under way any more. */
  drain(): Promise<void>;
};

/** Carries commands out in batches: those of a merchant that arrived while earlier ones were being written. */
export function startExecutor(storage: Storage, env: Surroundings, settings = executorDefaults): Executor {
  const lanes = new Map<string, Lane>();
  const running = new Map<Lane, Promise<void>>();
  const tally: Tally = { batches: 0, ahead: 0, commands: 0, retries: 0, splits: 0, ambiguous: 0, kept: 0 };

  /** Lets go of what is in memory of merchants for whom nothing happens, the longest quiet first, until the rest may stay. */
  function makeRoom(): void {
    for (const [merchantId, lane] of lanes) {
      if (tally.kept <= settings.keptMax) return;
      if (running.has(lane)) continue;
      lanes.delete(merchantId);
      tally.kept -= lane.kept;
    }
  }

  function wake(lane: Lane): void {
    tally.kept -= lane.kept;
    lane.kept = 0;
    running.set(lane, run(lane));
  }

  /** Nobody waits any more: it goes to the end of those that may be let go of. */
  function rest(lane: Lane): void {
    running.delete(lane);
    lanes.delete(lane.merchantId);
    lane.kept = lane.set.size;
    if (lane.kept === 0) return;
    lanes.set(lane.merchantId, lane);
    tally.kept += lane.kept;
    makeRoom();
  }

  async function run(lane: Lane): Promise<void> {
    // What else arrived in this turn of the event loop joins the batch; nobody waits on a timer.
    await new Promise((resolve) => setImmediate(resolve));
    do await work(lane, { storage, env, settings, tally });
    while (lane.waiting.length > 0);
    rest(lane);
  }

  return {
    tally,
    run(merchantId, command) {
      const lane = lanes.get(merchantId) ?? newLane(merchantId);
      lanes.set(merchantId, lane);
      if (lane.waiting.length >= settings.queueMax)
        return Promise.resolve({ refusal: refused('overloaded') });
      return new Promise((resolve, reject) => {
        const answer = (given: Answer) => ('failed' in given ? reject(given.failed) : resolve(given));
        lane.waiting.push({ command, answer });
        if (running.has(lane)) lane.arrived();
        else wake(lane);
      });
    },
    async drain() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}
