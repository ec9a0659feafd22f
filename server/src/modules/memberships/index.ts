export { mergedStanding, mergedTerm } from './merge.ts';
export { overview } from './overview.ts';
export { planNamed } from './plan/named.ts';
export { type Plan, planOf, plansIn } from './plan/plan.ts';
export { progress } from './progress.ts';
export { membershipRoutes } from './routes.ts';
export {
  type MembershipRows,
  membershipRows,
  priceLines,
  type Snapshot,
  tierNow,
} from './rows.ts';
export { MembershipAnswer, OverviewAnswer } from './shapes.ts';
export { membershipsSql } from './store.ts';
export { bringMembership, isAsBrought, takeBackMembership } from './term/bringIn.ts';
export { cancelMembership } from './term/cancel.ts';
export { mayJoin } from './term/may.ts';
export { currentOf, type Membership, memberships, membershipsOfMember } from './term/membership.ts';
export { standings } from './tier/standing.ts';
