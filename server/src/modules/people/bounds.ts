import type { Find } from '../../platform/executor/workingSet.ts';
import { type Claim, dayClaim } from './limits/dayUse.ts';
import type { Limits } from './limits/limits.ts';
import type { Permission } from './permissions.ts';
import { heldBy, ownRoleOf, type Staff, storesOf } from './staff.ts';

/** What a member of staff may at most, as of these rows: their keys and sessions may no more. */
export type Bounds = {
  readonly permissions: ReadonlySet<Permission>;
  /** null: all stores. */
  readonly storeIds: ReadonlySet<string> | null;
  readonly limits: Limits;
  readonly claim: Claim | undefined;
};

/** Looks up what bounds a member of staff. */
export function boundsOf(find: Find, member: Staff): Bounds {
  return {
    permissions: heldBy(member, ownRoleOf(find, member)),
    storeIds: storesOf(find, member),
    limits: member.limits,
    claim: dayClaim(find, member.id, member.limits),
  };
}

/** The stores that are in both; null: all. */
export function withinBoth(
  one: ReadonlySet<string> | null,
  other: ReadonlySet<string> | null,
): ReadonlySet<string> | null {
  if (one === null || other === null) return one ?? other;
  return new Set([...one].filter((id) => other.has(id)));
}
