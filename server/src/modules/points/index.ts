export { pointsJobs } from './jobs.ts';
export { adjustPoints } from './purse/adjust.ts';
export { bringBackPoints, bringInPoints } from './purse/bringIn.ts';
export { earn } from './purse/earn.ts';
export { issueRows, type PointsRows, pointsRows, purseOf } from './purse/purse.ts';
export { type Part, spendPoints } from './purse/spend.ts';
export { returnSpent, takeBack } from './purse/takeBack.ts';
export { pointsRoutes } from './routes.ts';

export { pointsSql } from './store.ts';
