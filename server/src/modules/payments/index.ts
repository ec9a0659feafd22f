export { paymentJobs } from './jobs.ts';
export { pendingOrdersOf } from './order/order.ts';
export { refundOrder } from './order/refundOrder.ts';
export { paymentRoutes } from './routes.ts';
export { paymentsSql } from './store.ts';
