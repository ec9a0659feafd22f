import { type Refusal, refused } from '../../kernel/outcome.ts';
import { type Actor, accepted, useCase } from '../../platform/executor/useCase.ts';
import { type Find, put } from '../../platform/executor/workingSet.ts';
import { beyondScope, type Device, deviceById, storeById } from '../merchants/index.ts';
import { type ApiKey, apiKeyAnswer, apiKeys, givenTo, type NewSecret } from './apiKey.ts';
import { type Role, roles } from './bundles.ts';
import { lacking, type Permission } from './permissions.ts';
import { heldBy, ownRoleOf, type Staff, staffById } from './staff.ts';

/** What is left out of it a key does not have, but for what is said below. */
export type CreateApiKeyInput = {
  readonly kind: ApiKey['kind'];
  readonly name: string;
  /** Without role and permissions it gets the role of its member of staff, or that of the public. */
  readonly role?: Role | undefined;
  readonly permissions?: readonly Permission[] | undefined;
  /** Without: all stores, or the one of its device. */
  readonly storeIds?: readonly string[] | undefined;
  readonly ceilings?: ReadonlyMap<Permission, bigint> | undefined;
  readonly staffId?: string | undefined;
  readonly deviceId?: string | undefined;
  readonly expiresAt?: Date | undefined;
  /** Made before, where randomness is: here only what is kept of it is looked at. */
  readonly secret: Pick<NewSecret, 'prefix' | 'secretHash'>;
};

/** Makes a key that can do no more than the one that asks for it. */
export const createApiKey = useCase({
  name: 'apiKey.create',
  permission: 'people.write',
  movesValue: false,
  needs(input: CreateApiKeyInput, find) {
    const member = input.staffId === undefined ? undefined : find.one(staffById, input.staffId);
    return {
      member,
      held: member && heldBy(member, ownRoleOf(find, member)),
      device: input.deviceId === undefined ? undefined : find.one(deviceById, input.deviceId),
      unknownStore: unknownStore(input.storeIds ?? [], find),
    };
  },
  secondPerson: {
    kind: 'grant',
    by: 'carry',
    concerns: (_rows, input) => input.kind === 'secret' && mayDoMuch(input),
  },
  decide({ member, held, device, unknownStore }, input, { actor, now, newId }) {
    const unfit = unfitBearer(input, member, device);
    if (unfit) return unfit;
    if (unknownStore !== undefined) return refused('store_not_found', { field: `storeIds.${unknownStore}` });
    if (input.expiresAt !== undefined && input.expiresAt <= now) {
      return refused('invalid_request', { field: 'expiresAt', detail: 'must be in the future' });
    }
    const key = keyOf(input, member?.role === null ? held : member?.role, device, actor, newId(), now);
    const excess = excessOf(key, held, actor);
    if (excess) return excess;
    const result = apiKeyAnswer(key);
    const { id, name, createdAt, revokedAt, ...terms } = result;
    return accepted({
      activities: [{ type: 'api_key.created', subjectId: key.id, details: terms }],
      changes: [put(apiKeys, key)],
      result,
    });
  },
});

/** What a key may have without a second person's word: none of what makes people, cards or money. */
const much: readonly Permission[] = [
  'people.write',
  'approvals.decide',
  'batches.write',
  'batches.release',
  'cards.adjust',
  'cards.void',
];

function mayDoMuch({ role, permissions, staffId }: CreateApiKeyInput): boolean {
  // Without either it gets what its member of staff has, whatever that is.
  if (role === undefined && permissions === undefined) return staffId !== undefined;
  const given = new Set(role === undefined ? permissions : roles[role]);
  return much.some((word) => given.has(word));
}

/** The place of the first store that this merchant does not have. */
function unknownStore(storeIds: readonly string[], find: Find): number | undefined {
  // All are asked for before the first is judged, so that they are fetched together.
  const known = storeIds.map((id) => find.one(storeById, id) !== undefined);
  const at = known.indexOf(false);
  return at === -1 ? undefined : at;
}

function unfitBearer(
  { staffId, deviceId, storeIds }: CreateApiKeyInput,
  member: Staff | undefined,
  device: Device | undefined,
): Refusal | undefined {
  if (staffId !== undefined && !member) return refused('staff_not_found', { field: 'staffId' });
  if (member?.state === 'left') return refused('staff_left', { field: 'staffId' });
  if (deviceId !== undefined && !device) return refused('device_not_found', { field: 'deviceId' });
  if (device?.state === 'revoked') return refused('device_revoked', { field: 'deviceId' });
  if (device && storeIds?.some((id) => id !== device.storeId)) {
    return refused('store_out_of_scope', {
      field: 'storeIds',
      detail: 'A device acts for its own store only.',
    });
  }
  return undefined;
}

function keyOf(
  { kind, name, secret, staffId, deviceId, expiresAt, ...input }: CreateApiKeyInput,
  membersRole: Role | ReadonlySet<Permission> | undefined,
  device: Device | undefined,
  maker: Actor,
  id: string,
  now: Date,
): ApiKey {
  const fallback = kind === 'public' ? 'public' : (membersRole ?? 'public');
  const given = input.role ?? input.permissions ?? fallback;
  const storeIds = input.storeIds ?? (device ? [device.storeId] : undefined);
  return {
    id,
    kind,
    name,
    prefix: secret.prefix,
    secretHash: secret.secretHash,
    staffId: staffId ?? null,
    deviceId: deviceId ?? null,
    // Whoever has a key that somebody made is as good as them.
    madeBy: maker.makerId ?? maker.personId ?? null,
    role: typeof given === 'string' ? given : null,
    permissions: new Set(typeof given === 'string' ? [] : given),
    storeIds: storeIds === undefined ? null : new Set(storeIds),
    ceilings: input.ceilings ?? new Map(),
    createdAt: now,
    expiresAt: expiresAt ?? null,
    revokedAt: null,
  };
}

/** What of this key is more than it may be, in check order. */
function excessOf(
  key: ApiKey,
  ofMember: ReadonlySet<Permission> | undefined,
  actor: Actor,
): Refusal | undefined {
  const given = givenTo(key);
  const field = key.role === null ? 'permissions' : 'role';
  const notPublic = key.kind === 'public' ? lacking(given, roles.public) : [];
  if (notPublic.length > 0) return refused('permission_not_public', { field, detail: notPublic.join(', ') });
  const beyondMember = ofMember ? lacking(given, ofMember) : [];
  const notHeld = beyondMember.length > 0 ? beyondMember : lacking(given, actor.permissions);
  if (notHeld.length > 0) return refused('permission_not_held', { field, detail: notHeld.join(', ') });
  if (beyondScope(actor, key.storeIds)) return refused('store_out_of_scope', { field: 'storeIds' });
  for (const word of key.ceilings.keys()) {
    if (!given.has(word)) {
      return refused('invalid_request', {
        field: `ceilings.${word}`,
        detail: 'The key has no such permission.',
      });
    }
  }
  for (const word of given) {
    const held = actor.ceilings.get(word);
    const wanted = key.ceilings.get(word);
    // A key has no allowance for a day, so whoever has one cannot give what it limits.
    const isLooser = held !== undefined && (wanted === undefined || wanted > held);
    if (isLooser || actor.dayCeilings?.has(word)) {
      return refused('permission_not_held', { field: `ceilings.${word}` });
    }
  }
  return undefined;
}
