import { type Refusal, refused } from '../../kernel/outcome.ts';
import type { Actor } from '../../platform/executor/useCase.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import type { Role } from './bundles.ts';
import { type Limits, looserThan } from './limits/limits.ts';
import { lacking, type Permission } from './permissions.ts';
import { heldBy, ownRoleOf, type Scope, storesOf, unknownPlace } from './staff.ts';

/** What somebody is to be able to do, and where. */
export type Terms = Scope & {
  readonly role: Role | null;
  readonly roleId: string | null;
  readonly limits: Limits;
};

/** Terms with what of the rows they rest on. */
export type Granted = {
  readonly permissions: ReadonlySet<Permission>;
  readonly storeIds: ReadonlySet<string> | null;
  readonly unknown: Refusal | undefined;
};

/** Looks up what terms come to. */
export function findGranted(find: Find, terms: Terms): Granted {
  const own = ownRoleOf(find, terms);
  const unknownRole =
    terms.roleId !== null && !own ? refused('role_not_found', { field: 'roleId' }) : undefined;
  return {
    permissions: heldBy(terms, own),
    storeIds: storesOf(find, terms),
    unknown: unknownRole ?? unknownPlace(find, terms),
  };
}

/** Why an actor may not give this: nobody gives more than they have. */
export function mayGrant(actor: Actor, terms: Terms, granted: Granted): Refusal | undefined {
  if (granted.unknown) return granted.unknown;
  const denied = beyondScope(actor, granted.storeIds);
  if (denied) return { ...denied, ...(actor.storeIds === null ? {} : { field: 'scope' }) };
  const missing = lacking(granted.permissions, actor.permissions);
  const field = terms.roleId === null ? 'role' : 'roleId';
  if (missing.length > 0) return refused('permission_not_held', { field, detail: missing.join(', ') });
  const looser = looserThan(terms.limits, actor, granted.permissions);
  return looser === undefined ? undefined : refused('permission_not_held', { field: `ceilings.${looser}` });
}

/** Why an actor may not touch somebody who has this: who can do more is not theirs to change. */
export function mayManage(actor: Actor, granted: Granted): Refusal | undefined {
  const denied = beyondScope(actor, granted.storeIds);
  if (denied) return denied;
  const missing = lacking(granted.permissions, actor.permissions);
  return missing.length > 0 ? refused('permission_not_held', { detail: missing.join(', ') }) : undefined;
}
