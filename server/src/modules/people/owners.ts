import type { Find } from '../../platform/executor/workingSet.ts';
import { type ApiKey, isOwnerKey, liveKeysOfRole } from './apiKey.ts';
import { allStaff, isOwner, type Staff, staffById } from './staff.ts';

export type Holder = { readonly key: ApiKey; readonly member: Staff | undefined };

/** Who can do everything: by a key, and by signing in. */
export type Owners = { readonly keys: readonly Holder[]; readonly staff: readonly Staff[] };

/** All keys of owners, with who holds them, and all owners who can sign in. */
export function findOwners(find: Find): Owners {
  return {
    keys: find.all(liveKeysOfRole, 'owner').map((key) => ({
      key,
      member: key.staffId === null ? undefined : find.one(staffById, key.staffId),
    })),
    staff: find.all(allStaff, 'all').filter(isOwner),
  };
}

/** Whether taking these keys away would leave nobody who can do everything, though now there is somebody. */
export function takesLastOwner(owners: Owners, isTaken: (holder: Holder) => boolean): boolean {
  const standing = owners.keys.filter(({ key, member }) => isOwnerKey(key, member));
  return owners.staff.length === 0 && standing.length > 0 && standing.every(isTaken);
}

/** Whether this member of staff is the only owner who can sign in. */
export function isLastOwner({ staff }: Owners, id: string): boolean {
  return staff.length === 1 && staff[0]?.id === id;
}
