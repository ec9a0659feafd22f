export { startApply } from './apply/startApply.ts';
export { importJobs } from './jobs.ts';
export { startReverse } from './reverse/startReverse.ts';
export { importRoutes } from './routes.ts';
export { importsSql } from './store.ts';
