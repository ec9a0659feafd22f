import type { Pool } from '../../../platform/db/connection.ts';
import { allMerchants, read, writeAside } from '../../../platform/db/read.ts';
import { refreshStatistics } from '../../../platform/db/statistics.ts';
import type { Job } from '../../../platform/jobs/runner.ts';
import { goOn, type Make, merchantsBehind } from './store.ts';

const entriesMax = 5_000;

type Follower = { readonly readers: Pool; readonly writers: Pool; readonly make: Make };

/**
 * A job that keeps what is made of the log up with it, a bounded stretch a merchant and run. A kill leaves what it makes and its place in
 * the log both as they were.
 */
export function followJob(name: string, { readers, writers, make }: Follower): Job {
  let met = 0n;
  let metWhenPlanned = 0n;
  return {
    name,
    everyMs: 1_000,
    async run(signal) {
      let more = false;
      const merchants = await read(readers, allMerchants, (db) => merchantsBehind(db, name));
      met += merchants.reduce((sum, { entries }) => sum + entries, 0n);
      // A stretch of the log is joined with whole tables: by a plan of when they were empty each would be gone through for every
      // entry, and a shop's first busy minute would be added up for longer than it lasted. Looking costs as much as adding up a
      // second of sales, so it is done when as much has come as there was.
      if (met > 0n && met >= 2n * metWhenPlanned) {
        await writeAside(writers, allMerchants, (db) => db.query(refreshStatistics, []));
        metWhenPlanned = met;
      }
      for (const { merchantId } of merchants) {
        if (signal.aborted) return false;
        if (await writeAside(writers, merchantId, (db) => goOn(db, merchantId, name, { entriesMax, make })))
          more = true;
      }
      return more;
    },
  };
}
