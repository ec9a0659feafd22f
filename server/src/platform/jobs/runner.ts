import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Log } from '../log/log.ts';

/** Work that nobody waits for. It is on time when it runs every `everyMs`; it may stop at any `await` for good. */
export type Job = {
  readonly name: string;
  readonly everyMs: number;
  /** True: there may be more, run again at once. To end soon when the signal is aborted is its own duty. */
  readonly run: (signal: AbortSignal) => Promise<boolean>;
  /** What it does once after its last run, where the process is stopped in order; nothing may depend on it. */
  readonly atStop?: () => Promise<void>;
};

export type Jobs = {
  /** Has a job run at once, or once more if it is running; one that is backing off still waits. Throws on an unknown name. */
  poke(name: string): void;
  /** Resolves when nothing runs any more; safe to call twice. */
  stop(): Promise<void>;
};

const restMaxMs = 60_000;

/** How long a job rests, in milliseconds: longer after each failure in a row, up to a minute. */
export function restMs(everyMs: number, failures: number): number {
  return failures === 0 ? everyMs : Math.max(everyMs, Math.min(everyMs * 2 ** failures, restMaxMs));
}

/** Runs each job at once and from then on, one run of it at a time. A run that throws is logged, and tried again later. */
export function startJobs(jobs: readonly Job[], log: Log): Jobs {
  const stopping = new AbortController();
  const running = jobs.map((job) => keepRunning(job, log, stopping.signal));
  return {
    poke(name) {
      const poked = running.filter((one) => one.name === name);
      if (poked.length === 0) throw new Error(`there is no job ${name}`);
      for (const one of poked) one.poke();
    },
    async stop() {
      stopping.abort();
      await Promise.all(running.map(({ ended }) => ended));
    },
  };
}

type Running = { readonly name: string; readonly ended: Promise<void>; poke(): void };

function keepRunning(job: Job, log: Log, signal: AbortSignal): Running {
  let poked = false;
  let failures = 0;
  let wake = () => {};

  async function once(): Promise<boolean> {
    try {
      const more = await job.run(signal);
      failures = 0;
      return more;
    } catch (error) {
      fail(error);
      return false;
    }
  }

  function fail(error: unknown): void {
    failures++;
    log.error('job failed', { job: job.name, failures }, error);
  }

  function rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, restMs(job.everyMs, failures));
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function loop(): Promise<void> {
    while (!signal.aborted) {
      poked = false;
      const more = await once();
      if (signal.aborted) return;
      if (failures > 0 || !(more || poked)) await rest();
      // A job that always has more must not keep the process from everything else.
      else await nextTurn();
    }
  }

  signal.addEventListener('abort', () => wake());
  return {
    name: job.name,
    ended: loop().then(() => job.atStop?.().catch(fail)),
    poke() {
      poked = true;
      if (failures === 0) wake();
    },
  };
}
