import type { Pool } from '../../../platform/db/connection.ts';
import { keepUpJob } from '../../../platform/jobs/keepUp.ts';
import type { Job } from '../../../platform/jobs/runner.ts';
import { bringUp, merchantsBehind } from './store.ts';

const entriesAtOnce = 5_000;

/** Keeps what purchases are found by up with the log. Their lists are right without it, only slower. */
export function purchaseListJob(pools: { readonly readers: Pool; readonly writers: Pool }): Job {
  return keepUpJob('checkout.keepList', {
    ...pools,
    behind: merchantsBehind,
    step: (db, merchantId) => bringUp(db, merchantId, entriesAtOnce),
  });
}
