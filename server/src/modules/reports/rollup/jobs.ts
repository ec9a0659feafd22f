import type { Pool } from '../../../platform/db/connection.ts';
import { keepUpJob } from '../../../platform/jobs/keepUp.ts';
import type { Job } from '../../../platform/jobs/runner.ts';
import { addUp, merchantsBehind } from './store.ts';

const entriesAtOnce = 5_000;

/** Adds the log up by days. A kill leaves the sums and the place in the log both as they were. */
export function rollupJob({ readers, writers }: { readonly readers: Pool; readonly writers: Pool }): Job {
  return keepUpJob('reports.addUp', {
    readers,
    writers,
    behind: merchantsBehind,
    step: (db, merchantId) => addUp(db, merchantId, entriesAtOnce),
  });
}
