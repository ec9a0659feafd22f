export { createRechargeBatch } from './batch/createBatch.ts';
export { rechargeCardJobs } from './batch/jobs.ts';
export { releaseRechargeBatch } from './batch/releaseBatch.ts';
export { rechargeCardRoutes } from './routes.ts';
export { type RechargeDesk, rechargeDesk } from './secrets.ts';
export { rechargeCardsSql } from './store.ts';
export { voidRechargeCard } from './voidCard.ts';
