import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { lookUp } from '../../platform/executor/lookUp.ts';
import type { Actor } from '../../platform/executor/useCase.ts';
import { type Device, merchantsSql } from '../merchants/index.ts';
import { type ApiKey, apiKeyById, apiKeys, liveKeysOfRole, liveKeysOfStaff } from './apiKey.ts';
import { boundsOf } from './bounds.ts';
import { actorOf, type Bearer } from './gate.ts';
import { isPermission, type Permission } from './permissions.ts';
import { policySql } from './policy/store.ts';
import type { Staff } from './staff.ts';
import { type StaffRow, staffingSql, staffOf } from './staffing/store.ts';

const keyColumns = `k.id, k.kind, k.name, k.prefix, k.secret_hash as "secretHash", k.staff_id as "staffId",
  k.device_id as "deviceId", k.made_by as "madeBy", k.role, k.permissions, k.store_ids::text[] as "storeIds", k.ceilings,
  k.created_at as "createdAt", k.expires_at as "expiresAt", k.revoked_at as "revokedAt"`;
const keysById = statement(
  'people.keysById',
  `select ${keyColumns} from people.api_key k where k.merchant_id = $1 and k.id = any($2::uuid[])`,
);
const liveKeysByStaff = statement(
  'people.liveKeysByStaff',
  `select ${keyColumns} from people.api_key k
   where k.merchant_id = $1 and k.staff_id = any($2::uuid[]) and k.revoked_at is null`,
);
const liveKeysByRole = statement(
  'people.liveKeysByRole',
  `select ${keyColumns} from people.api_key k
   where k.merchant_id = $1 and k.role = any($2::text[]) and k.revoked_at is null`,
);
const selectKeys = statement(
  'people.selectKeys',
  `select ${keyColumns}, u.last_used_at as "lastUsedAt" from people.api_key k
   left join people.key_use u on u.merchant_id = k.merchant_id and u.key_id = k.id
   where k.merchant_id = $1 and ($2::uuid is null or k.id > $2) and ($4::uuid[] is null or k.store_ids <@ $4)
   order by k.id limit $3`,
);
const selectBearer = statement(
  'people.selectBearer',
  `select ${keyColumns}, d.state as "deviceState", s.name as "staffName", s.role as "staffRole",
     s.role_id as "staffRoleId", s.person_id as "staffPersonId", s.login as "staffLogin", s.state as "staffState",
     s.store_ids::text[] as "staffStoreIds", s.regions as "staffRegions", s.limits as "staffLimits",
     s.created_at as "staffCreatedAt"
   from people.api_key k
   left join people.staff s on s.merchant_id = k.merchant_id and s.id = k.staff_id
   left join merchants.device_view d on d.merchant_id = k.merchant_id and d.id = k.device_id
   where k.merchant_id = $1 and k.id = $2`,
);
const insertKeys = statement(
  'people.insertKeys',
  `insert into people.api_key (merchant_id, id, kind, name, prefix, secret_hash, staff_id, device_id, role, permissions,
     store_ids, ceilings, created_at, expires_at, made_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text[], $11::uuid[], $12::jsonb, $13, $14, $15)`,
);
const revokeKeys = guarded(
  'people.revokeKeys',
  `update people.api_key k set revoked_at = v.revoked_at
   from unnest($2::uuid[], $3::timestamptz[]) as v(id, revoked_at)
   where k.merchant_id = $1 and k.id = v.id and k.revoked_at is null`,
  'a key was revoked meanwhile',
);

type KeyRow = Omit<ApiKey, 'permissions' | 'storeIds' | 'ceilings'> & {
  readonly permissions: readonly string[];
  readonly storeIds: readonly string[] | null;
  readonly ceilings: Readonly<Record<string, string>>;
};

function keyOf(row: KeyRow): ApiKey {
  const ceilings = new Map<Permission, bigint>();
  for (const [word, amount] of Object.entries(row.ceilings)) {
    if (isPermission(word)) ceilings.set(word, BigInt(amount));
  }
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    prefix: row.prefix,
    secretHash: row.secretHash,
    staffId: row.staffId,
    deviceId: row.deviceId,
    madeBy: row.madeBy,
    role: row.role,
    permissions: new Set(row.permissions.filter(isPermission)),
    storeIds: row.storeIds === null ? null : new Set(row.storeIds),
    ceilings,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    revokedAt: row.revokedAt,
  };
}

function insertKey(db: Db, merchantId: string, key: ApiKey): Promise<number> {
  return db.execute(insertKeys, [
    merchantId,
    key.id,
    key.kind,
    key.name,
    key.prefix,
    key.secretHash,
    key.staffId,
    key.deviceId,
    key.role,
    [...key.permissions],
    key.storeIds === null ? null : [...key.storeIds],
    JSON.stringify(Object.fromEntries([...key.ceilings].map(([word, amount]) => [word, String(amount)]))),
    key.createdAt,
    key.expiresAt,
    key.madeBy,
  ]);
}

const keySql = entitySql<ApiKey>(apiKeys, {
  // One statement a key: arrays of arrays must be of one length in PostgreSQL, and keys are made one at a time.
  insert: (db, merchantId, rows) => Promise.all(rows.map((key) => insertKey(db, merchantId, key))),
  update: (db, merchantId, updates) =>
    db.execute(revokeKeys, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.revokedAt),
      updates.length,
    ]),
  finds: [
    [apiKeyById, async (db, m, keys) => (await db.query<KeyRow>(keysById, [m, keys])).map(keyOf)],
    [liveKeysOfStaff, async (db, m, keys) => (await db.query<KeyRow>(liveKeysByStaff, [m, keys])).map(keyOf)],
    [liveKeysOfRole, async (db, m, keys) => (await db.query<KeyRow>(liveKeysByRole, [m, keys])).map(keyOf)],
  ],
});

/** The people's tables for the executor. */
export const peopleSql = [...staffingSql, keySql, policySql];

/** Which part of the keys is asked for: what comes after this id, at most so much, of these stores only (null: all). */
export type KeySlice = {
  readonly after: string | null;
  readonly limit: number;
  readonly storeIds: readonly string[] | null;
};

export type ListedKey = { readonly key: ApiKey; readonly lastUsedAt: Date | null };

/** A merchant's keys with their last use, oldest first. */
export async function listApiKeys(
  db: Db,
  merchantId: string,
  { after, limit, storeIds }: KeySlice,
): Promise<ListedKey[]> {
  const rows = await db.query<KeyRow & { lastUsedAt: Date | null }>(selectKeys, [
    merchantId,
    after,
    limit,
    storeIds,
  ]);
  return rows.map((row) => ({ key: keyOf(row), lastUsedAt: row.lastUsedAt }));
}

type BearerRow = KeyRow & {
  readonly deviceState: Device['state'] | null;
  readonly staffName: string | null;
  readonly staffRole: StaffRow['role'];
  readonly staffRoleId: StaffRow['roleId'];
  readonly staffPersonId: StaffRow['personId'];
  readonly staffLogin: StaffRow['login'];
  readonly staffState: StaffRow['state'];
  readonly staffStoreIds: StaffRow['storeIds'];
  readonly staffRegions: StaffRow['regions'];
  readonly staffLimits: StaffRow['limits'];
  readonly staffCreatedAt: Date;
};

function memberOf(row: BearerRow): Staff | undefined {
  if (row.staffId === null || row.staffName === null) return undefined;
  return staffOf({
    id: row.staffId,
    name: row.staffName,
    role: row.staffRole,
    roleId: row.staffRoleId,
    personId: row.staffPersonId,
    login: row.staffLogin,
    state: row.staffState,
    storeIds: row.staffStoreIds,
    regions: row.staffRegions,
    limits: row.staffLimits,
    createdAt: row.staffCreatedAt,
  });
}

/** A key with its member of staff, what bounds them, and the state of its device. */
export async function readBearer(db: Db, merchantId: string, keyId: string): Promise<Bearer | undefined> {
  const [row] = await db.query<BearerRow>(selectBearer, [merchantId, keyId]);
  if (!row) return undefined;
  const member = memberOf(row);
  return {
    key: keyOf(row),
    member,
    // Only a role of the merchant's own, a region or an allowance for a day must be looked up besides.
    bounds:
      member &&
      (await lookUp([...staffingSql, ...merchantsSql], db, merchantId, (find) => boundsOf(find, member))),
    device: row.deviceState === null ? undefined : { state: row.deviceState },
  };
}

/** Who reads with this key, as of this snapshot; undefined when it is revoked, expired, or of another merchant. */
export async function actorForRead(
  db: Db,
  merchantId: string,
  keyId: string,
  now: Date,
): Promise<Actor | undefined> {
  const bearer = await readBearer(db, merchantId, keyId);
  return bearer && actorOf(bearer, now);
}

const selectKeyByHash = statement(
  'people.selectKeyByHash',
  `select id as "keyId", merchant_id as "merchantId" from people.api_key -- all merchants: the key says whose it is
   where secret_hash = $1 and revoked_at is null`,
);
const upsertKeyUses = statement(
  'people.upsertKeyUses',
  `insert into people.key_use as u (merchant_id, key_id, last_used_at) -- all merchants: uses are noted together
   select v.merchant_id, v.key_id, v.used_at
   from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as v(merchant_id, key_id, used_at)
   order by v.merchant_id, v.key_id
   on conflict (merchant_id, key_id) do update set last_used_at = greatest(u.last_used_at, excluded.last_used_at)`,
);

/** Whose key has this SHA-256. Run it for all merchants: the one question that is asked before the merchant is known. */
export async function findKeyByHash(
  db: Db,
  secretHash: Buffer,
): Promise<{ readonly keyId: string; readonly merchantId: string } | undefined> {
  const [found] = await db.query<{ keyId: string; merchantId: string }>(selectKeyByHash, [secretHash]);
  return found;
}

export type KeyUse = { readonly merchantId: string; readonly keyId: string; readonly usedAt: Date };

/** Notes when keys were last used, each key at most once in a call. Run it for all merchants. */
export async function noteKeyUses(db: Db, uses: readonly KeyUse[]): Promise<void> {
  await db.execute(upsertKeyUses, [
    uses.map((use) => use.merchantId),
    uses.map((use) => use.keyId),
    uses.map((use) => use.usedAt),
  ]);
}
