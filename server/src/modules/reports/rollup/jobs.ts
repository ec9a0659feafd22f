import type { Pool } from '../../../platform/db/connection.ts';
import { allMerchants, read, writeAside } from '../../../platform/db/read.ts';
import type { Job } from '../../../platform/jobs/runner.ts';
import { addUp, merchantsBehind } from './store.ts';

const entriesAtOnce = 5_000;

/** Adds the log up by days. A kill leaves the sums and the place in the log both as they were. */
export function rollupJob({ readers, writers }: { readonly readers: Pool; readonly writers: Pool }): Job {
  return {
    name: 'reports.addUp',
    everyMs: 1_000,
    async run(signal) {
      const behind = await read(readers, allMerchants, merchantsBehind);
      let more = false;
      for (const merchantId of behind) {
        if (signal.aborted) return false;
        if (await writeAside(writers, merchantId, (db) => addUp(db, merchantId, entriesAtOnce))) more = true;
      }
      return more;
    },
  };
}
