export { walletJobs } from './jobs.ts';
export { walletRoutes } from './routes.ts';
export { walletSql } from './store.ts';
