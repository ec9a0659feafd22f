import type { Pool } from '../../../platform/db/connection.ts';
import type { Job } from '../../../platform/jobs/runner.ts';
import { followJob } from '../../ledger/index.ts';
import { keepListName, keepListUp } from './store.ts';

/** Keeps what purchases are found by up with the log. Their lists are right without it, only slower. */
export function purchaseListJob(pools: { readonly readers: Pool; readonly writers: Pool }): Job {
  return followJob(keepListName, { ...pools, make: keepListUp });
}
