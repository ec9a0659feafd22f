export { newSecret } from './apiKey.ts';
export { boundsOf } from './bounds.ts';
export { createApiKey } from './createApiKey.ts';
export { behalfLead, behalfOf, gate, limitedBy, systemKeyId } from './gate.ts';
export { findGranted, mayGrant, mayManage, type Terms } from './granting.ts';
export { type LimitsRow, limitsAnswer, limitsOf, limitsText } from './limits/limits.ts';
export { ceilingWords, permissionWords } from './permissions.ts';
export { peopleRoutes } from './routes.ts';
export {
  allStaff,
  everywhere,
  ownRoleOf,
  type Staff,
  staff,
  staffById,
  staffResult,
  staffTerms,
} from './staff.ts';
export { oneRole, termsIn, termsOf, termsOut } from './staffing/shapes.ts';
export { listRoles, readStaff } from './staffing/store.ts';
export { actorForRead, findKeyByHash, noteKeyUses, peopleSql } from './store.ts';
