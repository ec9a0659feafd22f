export { waitingOrdersOf } from './gifts/order.ts';
export { pointsJobs } from './jobs.ts';
export { adjustPoints } from './purse/adjust.ts';
export { bonusPart, giveBonus, takeBonusBack } from './purse/bonus.ts';
export { bringBackPoints, bringInPoints } from './purse/bringIn.ts';
export { earn } from './purse/earn.ts';
export { mergePurses } from './purse/merge.ts';
export { issueRows, isUsable, lotsIn, type PointsRows, pointsRows, purseOf } from './purse/purse.ts';
export { mostPoints, type Part, spendPoints } from './purse/spend.ts';
export { returnSpent, takeBack } from './purse/takeBack.ts';
export { pointsRoutes } from './routes.ts';

export { pointsSql } from './store.ts';
