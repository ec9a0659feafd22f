import type { Pool } from '../db/connection.ts';
import { allMerchants, read, writeAside } from '../db/read.ts';
import type { Db } from '../db/statement.ts';
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
      for (const merchantId of await read(readers, allMerchants, behind)) {
        if (signal.aborted) return false;
        if (await writeAside(writers, merchantId, (db) => step(db, merchantId))) more = true;
      }
      return more;
    },
  };
}
