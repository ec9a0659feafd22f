export { generateBatches } from './jobs.ts';
export { batchRoutes } from './routes.ts';
export { batchesSql } from './store.ts';
