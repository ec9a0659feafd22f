import type { Pool } from '../../../platform/db/connection.ts';
import type { Job } from '../../../platform/jobs/runner.ts';
import { followJob } from '../../ledger/index.ts';
import { addMembers } from '../growth/store.ts';
import { addUp } from './store.ts';

export const addUpName = 'reports.addUp';

/** Adds the log up by days. */
export function rollupJob(pools: { readonly readers: Pool; readonly writers: Pool }): Job {
  return followJob(addUpName, {
    ...pools,
    async make(db, stretch) {
      await addUp(db, stretch);
      await addMembers(db, stretch);
    },
  });
}
