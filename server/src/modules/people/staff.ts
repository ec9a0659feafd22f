import { encodeId } from '../../kernel/id.ts';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import { allStores, regionByCode, storeById } from '../merchants/index.ts';
import { type Role, roles } from './bundles.ts';
import { type Limits, limitsAnswer } from './limits/limits.ts';
import type { Permission } from './permissions.ts';
import { type OwnRole, roleById } from './roles/role.ts';

/** Where somebody works: everywhere where both are null, else in these stores, or in all stores of these regions, named by code. */
export type Scope = {
  readonly storeIds: ReadonlySet<string> | null;
  readonly regions: ReadonlySet<string> | null;
};
export const everywhere: Scope = { storeIds: null, regions: null };

/** Somebody who works for the merchant. */
export type Staff = Scope & {
  readonly id: string;
  readonly name: string;
  /** What they, and their keys, can do at most; null where it is a role of the merchant's own. */
  readonly role: Role | null;
  readonly roleId: string | null;
  readonly limits: Limits;
  /** Who signs in as this member of staff; null where nobody can. A person may work for several merchants. */
  readonly personId: string | null;
  /** What they sign in by, masked. */
  readonly login: string | null;
  readonly state: 'active' | 'left';
  readonly createdAt: Date;
};

export const staff = entity<Staff>('staff', (member) => member.id);
export const staffById = finder(staff, 'byId', (member) => [member.id]);
/** All of a merchant's staff, under this one key: roles and persons change, so they are looked for among all. */
export const allStaff = finder(staff, 'all', () => ['all']);

const nothing: ReadonlySet<Permission> = new Set();

/** What somebody can do, of all that there is. */
export function heldBy(
  { role, roleId }: Pick<Staff, 'role' | 'roleId'>,
  own?: OwnRole,
): ReadonlySet<Permission> {
  if (role !== null) return roles[role];
  return own !== undefined && own.id === roleId ? own.permissions : nothing;
}

/** The role of the merchant's own that somebody has. */
export function ownRoleOf(find: Find, { roleId }: Pick<Staff, 'roleId'>): OwnRole | undefined {
  return roleId === null ? undefined : find.one(roleById, roleId);
}

/** The stores of a scope as it is now; null: all. */
export function storesOf(find: Find, { storeIds, regions }: Scope): ReadonlySet<string> | null {
  if (regions === null) return storeIds;
  const within = find.all(allStores, 'all').filter(({ region }) => region !== null && regions.has(region));
  return new Set([...within.map(({ id }) => id), ...(storeIds ?? [])]);
}

/** The first part of a scope that this merchant does not have. */
export function unknownPlace(find: Find, { storeIds, regions }: Scope): Refusal | undefined {
  const ids = [...(storeIds ?? [])];
  const unknown = ids.map((id) => find.one(storeById, id) !== undefined).indexOf(false);
  if (unknown !== -1) return refused('store_not_found', { field: `scope.storeIds.${unknown}` });
  const at = [...(regions ?? [])].map((code) => find.one(regionByCode, code) !== undefined).indexOf(false);
  return at === -1 ? undefined : refused('region_not_found', { field: `scope.regions.${at}` });
}

/** Whether somebody may what they may everywhere and for any amount. */
export function isUnlimited({ storeIds, regions, limits }: Staff): boolean {
  return storeIds === null && regions === null && limits.size === 0;
}

/** Whether somebody can do everything, everywhere, without limit, and can sign in to do it. */
export function isOwner(member: Staff): boolean {
  const { role, personId, state } = member;
  return role === 'owner' && personId !== null && state === 'active' && isUnlimited(member);
}

/** What a member of staff may, and where: without names, since the log keeps it for ever. */
export function staffTerms({ role, roleId, storeIds, regions, limits, state }: Staff) {
  return {
    role,
    roleId: roleId === null ? null : encodeId('role', roleId),
    scope: {
      storeIds: storeIds === null ? null : [...storeIds].map((id) => encodeId('store', id)),
      regions: regions === null ? null : [...regions],
    },
    ceilings: limitsAnswer(limits),
    state,
  };
}

/** A member of staff as answered under an idempotency key: without the name, since the log keeps answers for ever. */
export function staffResult(member: Staff) {
  return {
    id: encodeId('stf', member.id),
    ...staffTerms(member),
    canSignIn: member.personId !== null,
    createdAt: member.createdAt.toISOString(),
  };
}
