import type { Pool } from '../db/connection.ts';
import { allMerchants, read, writeAside } from '../db/read.ts';
import type { Db } from '../db/statement.ts';
import { refreshStatistics } from '../db/statistics.ts';
import type { Job } from './runner.ts';

type Steps = {
  readonly readers: Pool;
  readonly writers: Pool;
  /** Merchants whose log has gone further than what is made of it. */
  readonly behind: (db: Db) => Promise<readonly string[]>;
  /** Goes on for one of them, in a transaction of its own; answers whether there is more. */
  readonly step: (db: Db, merchantId: string) => Promise<boolean>;
};

/** A job that keeps what is made of the log up with it, a bounded step a merchant and run. */
export function keepUpJob(name: string, { readers, writers, behind, step }: Steps): Job {
  return {
    name,
    everyMs: 1_000,
    async run(signal) {
      let more = false;
      const merchants = await read(readers, allMerchants, behind);
      // A step joins a stretch of the log with whole tables: by a plan of when they were empty it would go through all of
      // each for every entry, and a shop's first busy minute would be added up for longer than it lasted.
      if (merchants.length > 0)
        await writeAside(writers, allMerchants, (db) => db.query(refreshStatistics, []));
      for (const merchantId of merchants) {
        if (signal.aborted) return false;
        if (await writeAside(writers, merchantId, (db) => step(db, merchantId))) more = true;
      }
      return more;
    },
  };
}
