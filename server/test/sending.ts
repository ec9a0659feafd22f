import { outletJobs } from '../src/app/outlets.ts';
import type { Runtime } from '../src/app.ts';

/** The sending of webhooks of one process; its runs go on with what the one before has begun. */
export function sendingOf(runtime: Runtime, timeoutMs = 15_000): () => Promise<boolean> {
  const job = outletJobs({ ...runtime, limits: { timeoutMs, bodyBytesMax: 4_096 } }).find(
    ({ name }) => name === 'webhooks.deliver',
  );
  if (!job) throw new Error('there is no such job');
  return () => job.run(new AbortController().signal);
}
