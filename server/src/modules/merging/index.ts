export { mergeMembers } from './mergeMembers.ts';
export { mergingRoutes } from './routes.ts';
