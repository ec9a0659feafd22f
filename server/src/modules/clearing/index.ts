export { becameOf } from './liability/store.ts';
export { adjustStatement } from './period/adjustStatement.ts';
export { clearingJobs } from './plan/jobs.ts';
export { clearingRoutes } from './routes.ts';
export { clearingSql } from './sql.ts';
