import { type Db, statement } from '../../../platform/db/statement.ts';

/** Which part of a list is asked for: what comes after this id, of these stores (null: all). */
export type Part = {
  readonly after: string | null;
  readonly storeIds: readonly string[] | null;
  readonly limit: number;
};

const partOf = (id: string, scope: string) =>
  `($2::uuid is null or ${id} > $2) and ($3::uuid[] is null or ${scope}) order by ${id} limit $4`;

const selectStores = statement(
  'exports.stores',
  `select s.id, s.code, s.name, s.region, s.state from merchants.store_view s
   where s.merchant_id = $1 and ${partOf('s.id', 's.id = any($3)')}`,
);
const selectStaff = statement(
  'exports.staff',
  `select s.id, s.name, s.login, s.role, s.state, s.created_at as "createdAt" from people.staff_view s
   where s.merchant_id = $1 and ${partOf('s.id', 's.store_ids && $3')}`,
);
const selectKeys = statement(
  'exports.keys',
  `select k.id, k.name, k.prefix, k.revoked_at as "revokedAt" from people.key_view k
   where k.merchant_id = $1 and ${partOf('k.id', 'k.store_ids && $3')}`,
);
const selectDevices = statement(
  'exports.devices',
  `select d.id, d.name, s.name as store, d.state, d.created_at as "createdAt"
   from merchants.device_view d left join merchants.store_view s on s.merchant_id = d.merchant_id and s.id = d.store_id
   where d.merchant_id = $1 and ${partOf('d.id', 'd.store_id = any($3)')}`,
);
// Who is limited to stores sees batches as a whole, as in their list: cards in stock belong to no store.
const selectBatches = statement(
  'exports.batches',
  `select b.id, b.first_serial as "firstSerial", b.quantity, b.status, b.failure, b.created_at as "createdAt"
   from batches.batch_view b where b.merchant_id = $1 and ${partOf('b.id', 'true')}`,
);
const selectPrograms = statement(
  'exports.programs',
  `select p.id, p.name_zh as "nameZh", p.name_en as "nameEn", p.currency, p.version from (
     select distinct on (v.program_id) v.program_id as id, v.name_zh, v.name_en, v.currency, v.version
     from programs.version_view v where v.merchant_id = $1 order by v.program_id, v.version desc) p
   where ${partOf('p.id', 'true')}`,
);
// An account of a card is its seller's; one of a store is that store's.
const selectAccounts = statement(
  'exports.accounts',
  `select a.id, a.owner_id as "ownerId", a.purpose, a.detail, a.asset, a.balance, a.held, a.state from ledger.account_view a
   where a.merchant_id = $1 and ${partOf('a.id', 'a.owner_id = any($3)')}`,
);

type Id = { readonly id: string };
export type StoreRow = Id & {
  readonly code: string;
  readonly name: string;
  readonly region: string | null;
  readonly state: string;
};
export type StaffRow = Id & {
  readonly name: string;
  readonly login: string | null;
  readonly role: string | null;
  readonly state: string;
  readonly createdAt: Date;
};
export type KeyRow = Id & { readonly name: string; readonly prefix: string; readonly revokedAt: Date | null };
export type DeviceRow = Id & {
  readonly name: string;
  readonly store: string | null;
  readonly state: string;
  readonly createdAt: Date;
};
export type BatchRow = Id & {
  readonly firstSerial: bigint;
  readonly quantity: number;
  readonly status: string;
  readonly failure: string | null;
  readonly createdAt: Date;
};
export type ProgramRow = Id & {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly currency: string;
  readonly version: number;
};
export type AccountRow = Id & {
  readonly ownerId: string;
  readonly purpose: string;
  readonly detail: string;
  readonly asset: string;
  readonly balance: bigint;
  readonly held: bigint;
  readonly state: string;
};

const parts = (merchantId: string, { after, storeIds, limit }: Part) => [merchantId, after, storeIds, limit];

export const storePart = (db: Db, m: string, part: Part) => db.query<StoreRow>(selectStores, parts(m, part));
export const staffPart = (db: Db, m: string, part: Part) => db.query<StaffRow>(selectStaff, parts(m, part));
export const keyPart = (db: Db, m: string, part: Part) => db.query<KeyRow>(selectKeys, parts(m, part));
export const devicePart = (db: Db, m: string, part: Part) =>
  db.query<DeviceRow>(selectDevices, parts(m, part));
export const batchPart = (db: Db, m: string, part: Part) => db.query<BatchRow>(selectBatches, parts(m, part));
export const programPart = (db: Db, m: string, part: Part) =>
  db.query<ProgramRow>(selectPrograms, parts(m, part));
export const accountPart = (db: Db, m: string, part: Part) =>
  db.query<AccountRow>(selectAccounts, parts(m, part));
