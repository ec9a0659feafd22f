export { approveDividend } from './decide.ts';
export { dividendJobs } from './jobs.ts';
export { dividendRoutes } from './routes.ts';
export { dividendsSql } from './store.ts';
