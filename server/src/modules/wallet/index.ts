export { walletRoutes } from './routes.ts';
export { walletSql } from './store.ts';
