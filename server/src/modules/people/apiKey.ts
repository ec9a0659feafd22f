import { hash } from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import { type Role, roles } from './bundles.ts';
import { lacking, type Permission, permissionWords } from './permissions.ts';
import { heldBy, isUnlimited, type Staff } from './staff.ts';

/** What a program or a person shows to be let in. The key itself is nowhere; its hash finds it. */
export type ApiKey = {
  readonly id: string;
  readonly kind: 'secret' | 'public';
  readonly name: string;
  /** How it begins, to tell it from others in a list. */
  readonly prefix: string;
  readonly secretHash: Buffer;
  readonly staffId: string | null;
  readonly deviceId: string | null;
  /** The person who had it made, and so has seen it; null where that was the operator. */
  readonly madeBy: string | null;
  /** Where it has one it can do what the role can, also what a later version adds to it. */
  readonly role: Role | null;
  /** What it can do where it has no role. */
  readonly permissions: ReadonlySet<Permission>;
  /** null: all stores. */
  readonly storeIds: ReadonlySet<string> | null;
  /** The largest amount for a permission, in minor units. */
  readonly ceilings: ReadonlyMap<Permission, bigint>;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
};

export const apiKeys = entity<ApiKey>('apiKey', (key) => key.id);
export const apiKeyById = finder(apiKeys, 'byId', (key) => [key.id]);
/** The keys of a member of staff that are not revoked. Revoked ones may be among them while they are in memory. */
export const liveKeysOfStaff = finder(apiKeys, 'liveByStaff', (key) =>
  key.staffId === null ? [] : [key.staffId],
);
/** The keys with a role that are not revoked. Revoked ones may be among them while they are in memory. */
export const liveKeysOfRole = finder(apiKeys, 'liveByRole', (key) => (key.role === null ? [] : [key.role]));

const lead = { secret: 'sk_', public: 'pk_' };
const prefixLength = 10;

export type NewSecret = { readonly text: string; readonly prefix: string; readonly secretHash: Buffer };

/** A new key out of 32 random bytes: its text, to be shown once, and what is kept of it. */
export function newSecret(kind: ApiKey['kind'], random: Uint8Array): NewSecret {
  assert(random.length === 32, 'a key takes 32 random bytes');
  const text = lead[kind] + Buffer.from(random).toString('base64url');
  return { text, prefix: text.slice(0, prefixLength), secretHash: secretHashOf(text) };
}

/** What is stored of a key. Fast, because a key has 256 random bits: there is nothing to guess slowly. */
export function secretHashOf(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

/** What a key was given, by its role or word by word. */
export function givenTo(key: ApiKey): ReadonlySet<Permission> {
  return key.role === null ? key.permissions : roles[key.role];
}

/** What a key can do: what it was given, and no more than its member of staff may. */
export function permissionsOf(
  key: ApiKey,
  held: ReadonlySet<Permission> | undefined,
): ReadonlySet<Permission> {
  const given = givenTo(key);
  if (key.staffId === null || given === held) return given;
  return new Set(held && [...given].filter((word) => held.has(word)));
}

/**
 * Whether it can do everything, everywhere, without end. A merchant always keeps one such key: what nobody holds
 * nobody could give any more.
 */
export function isOwnerKey(key: ApiKey, member: Staff | undefined): boolean {
  return (
    key.kind === 'secret' &&
    key.role === 'owner' &&
    key.revokedAt === null &&
    key.expiresAt === null &&
    key.storeIds === null &&
    key.deviceId === null &&
    key.ceilings.size === 0 &&
    (key.staffId === null || (member?.state === 'active' && isUnlimited(member))) &&
    lacking(permissionWords, permissionsOf(key, member && heldBy(member))).length === 0
  );
}

/** A key as the API shows it. */
export function apiKeyAnswer(key: ApiKey) {
  const given = givenTo(key);
  return {
    id: encodeId('key', key.id),
    kind: key.kind,
    name: key.name,
    prefix: key.prefix,
    role: key.role,
    permissions: permissionWords.filter((word) => given.has(word)),
    storeIds: key.storeIds === null ? null : [...key.storeIds].map((id) => encodeId('store', id)),
    ceilings: Object.fromEntries([...key.ceilings].map(([word, amount]) => [word, jsonAmount(amount)])),
    staffId: key.staffId === null ? null : encodeId('stf', key.staffId),
    deviceId: key.deviceId === null ? null : encodeId('dev', key.deviceId),
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  };
}
