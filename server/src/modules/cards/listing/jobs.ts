import type { Pool } from '../../../platform/db/connection.ts';
import { keepUpJob } from '../../../platform/jobs/keepUp.ts';
import type { Job } from '../../../platform/jobs/runner.ts';
import { bringUp, merchantsBehind } from './standing/store.ts';

export type ListingParts = { readonly readers: Pool; readonly writers: Pool; readonly clock: () => Date };

const entriesAtOnce = 5_000;

/** Keeps what lists of cards are narrowed by up with the log. The lists are right without it, only slower. */
export function listingJob({ readers, writers, clock }: ListingParts): Job {
  return keepUpJob('cards.keepList', {
    readers,
    writers,
    behind: merchantsBehind,
    step: (db, merchantId) => bringUp(db, merchantId, clock(), entriesAtOnce),
  });
}
