import type { Pool } from '../../../platform/db/connection.ts';
import { allMerchants, read, writeAside } from '../../../platform/db/read.ts';
import type { Job } from '../../../platform/jobs/runner.ts';
import { bringUp, merchantsBehind } from './standing/store.ts';

export type ListingParts = { readonly readers: Pool; readonly writers: Pool; readonly clock: () => Date };

const entriesAtOnce = 5_000;

/** Keeps what lists of cards are narrowed by up with the log. The lists are right without it, only slower. */
export function listingJob({ readers, writers, clock }: ListingParts): Job {
  return {
    name: 'cards.keepList',
    everyMs: 1_000,
    async run(signal) {
      const behind = await read(readers, allMerchants, merchantsBehind);
      let more = false;
      for (const merchantId of behind) {
        if (signal.aborted) return false;
        if (await writeAside(writers, merchantId, (db) => bringUp(db, merchantId, clock(), entriesAtOnce)))
          more = true;
      }
      return more;
    },
  };
}
