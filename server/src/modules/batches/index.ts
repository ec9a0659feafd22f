export { createBatch } from './createBatch.ts';
export { generateBatches } from './jobs.ts';
export { releaseBatch } from './releaseBatch.ts';
export { batchRoutes } from './routes.ts';
export { batchesSql } from './store.ts';
