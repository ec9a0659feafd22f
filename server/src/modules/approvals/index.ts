export { type ApprovalDesk, approvalDesk } from './desk.ts';
export { fourEyes } from './fourEyes.ts';
export { approvalJobs } from './jobs.ts';
export { approvalRoutes } from './routes.ts';
export { approvalsSql } from './store.ts';
