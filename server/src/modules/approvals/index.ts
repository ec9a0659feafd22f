export type { ApprovalDesk } from './desk.ts';
export { fourEyes } from './fourEyes.ts';
export { approvalJobs } from './jobs.ts';
export { approvalRoutes } from './routes.ts';
export { approvalsSql } from './store.ts';
export { updatePolicy } from './updatePolicy.ts';
export { readBack, written } from './written.ts';
