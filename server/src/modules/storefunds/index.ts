export { fundRows, keepCash, returnCash } from './fund.ts';
export { storeFundRoutes } from './routes.ts';
export { storeFundsSql } from './store.ts';
