export { overview } from './overview.ts';
export { progress } from './progress.ts';
export { membershipRoutes } from './routes.ts';
export {
  membershipRows,
  priceLines,
  type Snapshot,
} from './rows.ts';
export { OverviewAnswer } from './shapes.ts';
export { membershipsSql } from './store.ts';
