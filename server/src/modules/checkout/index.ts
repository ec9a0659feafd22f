export { purchaseListJob } from './listing/jobs.ts';
export { refundPurchase } from './refund/refundPurchase.ts';
export { checkoutRoutes } from './routes.ts';
export { checkoutSql } from './store.ts';
