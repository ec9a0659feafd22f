import type { Pool } from '../../../platform/db/connection.ts';
import type { Job } from '../../../platform/jobs/runner.ts';
import { followJob } from '../../ledger/index.ts';
import { keepListUp } from './standing/store.ts';
import { keepListName } from './store.ts';

export type ListingParts = { readonly readers: Pool; readonly writers: Pool; readonly clock: () => Date };

/** Keeps what lists of cards are narrowed by up with the log. The lists are right without it, only slower. */
export function listingJob({ readers, writers, clock }: ListingParts): Job {
  return followJob(keepListName, {
    readers,
    writers,
    make: (db, stretch) => keepListUp(db, stretch, clock()),
  });
}
