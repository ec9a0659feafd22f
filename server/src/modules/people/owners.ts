import type { Find } from '../../platform/executor/workingSet.ts';
import { type ApiKey, isOwnerKey, liveKeysOfRole } from './apiKey.ts';
import { type Staff, staffById } from './staff.ts';

export type Holder = { readonly key: ApiKey; readonly member: Staff | undefined };

/** All keys of owners, with who holds them. */
export function findOwners(find: Find): readonly Holder[] {
  return find.all(liveKeysOfRole, 'owner').map((key) => ({
    key,
    member: key.staffId === null ? undefined : find.one(staffById, key.staffId),
  }));
}

/** Whether taking these keys away would leave nobody who can do everything, though now there is somebody. */
export function takesLastOwner(owners: readonly Holder[], isTaken: (holder: Holder) => boolean): boolean {
  const standing = owners.filter(({ key, member }) => isOwnerKey(key, member));
  return standing.length > 0 && standing.every(isTaken);
}
