import type { Pool } from '../../../platform/db/connection.ts';
import type { Job } from '../../../platform/jobs/runner.ts';
import { followJob } from '../../ledger/index.ts';
import { addUp } from './store.ts';

/** Adds the log up by days. */
export function rollupJob(pools: { readonly readers: Pool; readonly writers: Pool }): Job {
  return followJob('reports.addUp', { ...pools, make: addUp });
}
