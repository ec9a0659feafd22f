export { paymentJobs } from './jobs.ts';
export { refundOrder } from './order/refundOrder.ts';
export { paymentRoutes } from './routes.ts';
export { paymentsSql } from './store.ts';
