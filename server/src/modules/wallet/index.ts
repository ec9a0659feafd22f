import { passIssuerSql } from './passes/store.ts';
import { walletSql as ownSql } from './store.ts';

export { openComplaintsOf } from './complaint.ts';
export { isOpen as isOpenGift, openGiftsOf } from './gift.ts';
export { walletJobs } from './jobs.ts';
export { walletRoutes } from './routes.ts';

/** The wallet's tables for the executor. */
export const walletSql = [...ownSql, passIssuerSql];
