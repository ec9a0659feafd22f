export { newSecret } from './apiKey.ts';
export { roles } from './bundles.ts';
export { createApiKey } from './createApiKey.ts';
export { createStaff } from './createStaff.ts';
export { actorOfStaff, behalfLead, behalfOf, gate, systemKeyId } from './gate.ts';
export { findGranted, mayGrant, mayManage, type Terms } from './granting.ts';
export {
  type Limits,
  type LimitsRow,
  limitsAnswer,
  limitsOf,
  limitsRow,
  limitsText,
} from './limits/limits.ts';
export { onDevice } from './limits/onDevice.ts';
export { ceilingWords, isPermission, permissionWords } from './permissions.ts';
export {
  changedPolicy,
  type Kind,
  kinds,
  limitedKinds,
  type Policy,
  type PolicyChange,
  policies,
  policyOf,
} from './policy/policy.ts';
export { readPolicy } from './policy/store.ts';
export { createRole } from './roles/createRole.ts';
export { updateRole } from './roles/updateRole.ts';
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
export { limitsIn, oneRole, termsIn, termsOf, termsOut } from './staffing/shapes.ts';
export { listRoles, readStaff } from './staffing/store.ts';
export { actorForRead, findKeyByHash, noteKeyUses, peopleSql } from './store.ts';
export { updateStaff } from './updateStaff.ts';
