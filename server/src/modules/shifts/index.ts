export { shiftRoutes } from './routes.ts';
export { shiftsSql } from './store.ts';
