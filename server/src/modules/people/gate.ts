import type { Gate } from '../../platform/executor/storage.ts';
import type { Actor } from '../../platform/executor/useCase.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import { type Device, deviceById } from '../merchants/index.ts';
import { type ApiKey, apiKeyById, permissionsOf } from './apiKey.ts';
import { type Bounds, boundsOf, withinBoth } from './bounds.ts';
import { ceilingsOf, dayCeilingsOf } from './limits/limits.ts';
import { onDevice } from './limits/onDevice.ts';
import { type Permission, permissionWords } from './permissions.ts';
import { type Staff, staffById } from './staff.ts';

/** Who acts when nobody has asked: the operator at the command line, and jobs. No API key has this id. */
export const systemKeyId = '00000000-0000-0000-0000-000000000000';

const systemActor: Actor = {
  id: systemKeyId,
  isPublic: false,
  // `system` is asked for by what no API key may do.
  permissions: new Set<string>([...permissionWords, 'system']),
  storeIds: null,
  ceilings: new Map(),
};

/** A key with those it stands for. */
export type Bearer = {
  readonly key: ApiKey;
  readonly member: Staff | undefined;
  /** What bounds the member; undefined where there is none. */
  readonly bounds: Bounds | undefined;
  readonly device: Pick<Device, 'state'> | undefined;
};

/**
 * Who a key is; undefined when it is revoked, has expired, or its member of staff or device is gone. Without the time
 * its expiry is not looked at.
 */
export function actorOf({ key, member, bounds, device }: Bearer, now?: Date): Actor | undefined {
  if (key.revokedAt !== null) return undefined;
  if (key.expiresAt !== null && now !== undefined && now >= key.expiresAt) return undefined;
  if (key.staffId !== null && member?.state !== 'active') return undefined;
  if (key.deviceId !== null && device?.state !== 'active') return undefined;
  const own = {
    id: key.id,
    makerId: key.madeBy,
    isPublic: key.kind === 'public',
    permissions: permissionsOf(key, bounds?.permissions),
    storeIds: key.storeIds,
    ceilings: key.ceilings,
  };
  if (!member || !bounds) return own;
  const personId = member.personId ?? undefined;
  const storeIds = withinBoth(key.storeIds, bounds.storeIds);
  return { ...own, personId, storeIds, ...limitedBy(bounds, key.ceilings) };
}

/** What amounts an actor may move, by their own ceilings and those of a member of staff. */
function limitedBy({ limits, claim }: Bounds, ceilings: ReadonlyMap<Permission, bigint>) {
  if (limits.size === 0) return { ceilings };
  return { ceilings: ceilingsOf(limits, ceilings), dayCeilings: dayCeilingsOf(limits), claim };
}

const noCeilings: ReadonlyMap<Permission, bigint> = new Map();

/** A member of staff themselves, as these rows have them: not by a key, nor at some browser. */
export function actorOfStaff(find: Find, member: Staff): Actor {
  const bounds = boundsOf(find, member);
  return {
    id: member.id,
    personId: member.personId ?? undefined,
    isPublic: false,
    permissions: bounds.permissions,
    storeIds: bounds.storeIds,
    ...limitedBy(bounds, noCeilings),
  };
}

/** Who is behind a key, as of the rows in this batch: a key that is revoked is refused from then on, in every process. */
export const gate: Gate = (find: Find, keyId: string, now?: Date): Actor | undefined => {
  if (keyId === systemKeyId) return systemActor;
  const key = find.one(apiKeyById, keyId);
  if (!key) return undefined;
  const actor = actorOf(bearerOf(key, find), now);
  // The device was looked up already; its limits cost nothing where it has none.
  const device = key.deviceId === null ? undefined : find.one(deviceById, key.deviceId);
  return actor && device ? onDevice(find, actor, device) : actor;
};

/** What the id of somebody begins with, where else the id of a key stands, when they asked for it earlier. No request carries it. */
export const behalfLead = 'behalf:';

/** Who asked for it, as of these rows, by the id that they acted under: what they may not any more is not done for them either. */
export function behalfOf(find: Find, keyId: string, now?: Date): Actor | undefined {
  const id = keyId.slice(behalfLead.length);
  const byKey = gate(find, id, now);
  const member = find.one(staffById, id);
  return byKey || member?.state !== 'active' ? byKey : actorOfStaff(find, member);
}

/** A key with its member of staff and its device, as far as they are fetched. */
function bearerOf(key: ApiKey, find: Find): Bearer {
  const member = key.staffId === null ? undefined : find.one(staffById, key.staffId);
  return {
    key,
    member,
    bounds: member && boundsOf(find, member),
    device: key.deviceId === null ? undefined : find.one(deviceById, key.deviceId),
  };
}
