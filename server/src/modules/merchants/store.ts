import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { type Device, deviceById, devices } from './devices.ts';
import { type LegalEntity, legalEntities, legalEntityById } from './legalEntities.ts';
import { merchantOwnSql } from './own/store.ts';
import { regionSql } from './regions/store.ts';
import { allStores, type Store, storeByCode, storeById, stores } from './stores.ts';

/** Which part of a list is asked for: what comes after this id, at most so much, of these stores (null: all). */
export type Slice = {
  readonly after: string | null;
  readonly limit: number;
  readonly storeIds: readonly string[] | null;
};

const legalEntityColumns = `id, name, registration, created_at as "createdAt"`;
const legalEntitiesById = statement(
  'merchants.legalEntitiesById',
  `select ${legalEntityColumns} from merchants.legal_entity where merchant_id = $1 and id = any($2::uuid[])`,
);
const insertLegalEntities = statement(
  'merchants.insertLegalEntities',
  `insert into merchants.legal_entity (merchant_id, id, name, registration, created_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) as v`,
);
const selectLegalEntities = statement(
  'merchants.selectLegalEntities',
  `select ${legalEntityColumns} from merchants.legal_entity
   where merchant_id = $1 and ($2::uuid is null or id > $2) order by id limit $3`,
);

/** A merchant's legal entities, oldest first. */
export function listLegalEntities(
  db: Db,
  merchantId: string,
  { after, limit }: Omit<Slice, 'storeIds'>,
): Promise<LegalEntity[]> {
  return db.query<LegalEntity>(selectLegalEntities, [merchantId, after, limit]);
}

const legalEntitySql = entitySql<LegalEntity>(legalEntities, {
  insert: (db, merchantId, rows) =>
    db.execute(insertLegalEntities, [
      merchantId,
      rows.map((e) => e.id),
      rows.map((e) => e.name),
      rows.map((e) => e.registration),
      rows.map((e) => e.createdAt),
    ]),
  finds: [[legalEntityById, legalEntitiesById]],
});

const storeColumns = `id, code, name, region, legal_entity_id as "legalEntityId", state, ownership, created_at as "createdAt"`;
const storesById = statement(
  'merchants.storesById',
  `select ${storeColumns} from merchants.store where merchant_id = $1 and id = any($2::uuid[])`,
);
const storesByCode = statement(
  'merchants.storesByCode',
  `select ${storeColumns} from merchants.store where merchant_id = $1 and code = any($2::text[])`,
);
const everyStore = statement(
  'merchants.everyStore',
  `select ${storeColumns} from merchants.store where merchant_id = $1`,
);
const selectStores = statement(
  'merchants.selectStores',
  `select ${storeColumns},
     (select r.name from merchants.region r where r.merchant_id = $1 and r.code = s.region) as "regionName"
   from merchants.store s
   where merchant_id = $1 and ($2::uuid is null or id > $2) and ($4::uuid[] is null or id = any($4))
     and ($5::text is null or region = $5) and ($6::text is null or state = $6)
     and ($7::text is null or strpos(lower(name), lower($7)) > 0 or strpos(lower(code), lower($7)) > 0)
   order by id limit $3`,
);
const insertStores = statement(
  'merchants.insertStores',
  `insert into merchants.store (merchant_id, id, code, name, region, legal_entity_id, state, ownership, created_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::timestamptz[]) as v`,
);
const updateStores = guarded(
  'merchants.updateStores',
  `update merchants.store s set name = v.name, region = v.region, legal_entity_id = v.legal_entity_id, state = v.state,
     ownership = v.ownership
   from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::uuid[], $11::text[], $12::text[])
     as v(id, name, region, legal_entity_id, state, ownership, name_was, region_was, legal_entity_id_was, state_was, ownership_was)
   where s.merchant_id = $1 and s.id = v.id and s.name = v.name_was and s.region is not distinct from v.region_was
     and s.legal_entity_id is not distinct from v.legal_entity_id_was and s.state = v.state_was
     and s.ownership = v.ownership_was`,
  'a store is not as it was judged',
);

/** What a list is narrowed by; what is left out narrows nothing. */
type Narrowed = {
  readonly region?: string | undefined;
  readonly state?: string | undefined;
  /** A part of the name or the code. */
  readonly text?: string | undefined;
  readonly storeId?: string | undefined;
};

type ListedStore = Store & { readonly regionName: string | null };

/** A merchant's stores, oldest first. */
export function listStores(
  db: Db,
  merchantId: string,
  { after, limit, storeIds }: Slice,
  { region, state, text }: Narrowed = {},
): Promise<ListedStore[]> {
  return db.query<ListedStore>(selectStores, [
    merchantId,
    after,
    limit,
    storeIds,
    region ?? null,
    state ?? null,
    text ?? null,
  ]);
}

const storeSql = entitySql<Store>(stores, {
  insert: (db, merchantId, rows) =>
    db.execute(insertStores, [
      merchantId,
      rows.map((s) => s.id),
      rows.map((s) => s.code),
      rows.map((s) => s.name),
      rows.map((s) => s.region),
      rows.map((s) => s.legalEntityId),
      rows.map((s) => s.state),
      rows.map((s) => s.ownership),
      rows.map((s) => s.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateStores, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.name),
      updates.map(({ to }) => to.region),
      updates.map(({ to }) => to.legalEntityId),
      updates.map(({ to }) => to.state),
      updates.map(({ to }) => to.ownership),
      updates.map(({ from }) => from.name),
      updates.map(({ from }) => from.region),
      updates.map(({ from }) => from.legalEntityId),
      updates.map(({ from }) => from.state),
      updates.map(({ from }) => from.ownership),
      updates.length,
    ]),
  finds: [
    [storeById, storesById],
    [storeByCode, storesByCode],
    [allStores, (db, m) => db.query<Store>(everyStore, [m])],
  ],
});

const deviceColumns = `id, store_id as "storeId", name, state, created_at as "createdAt", limits, paired_at as "pairedAt"`;
const devicesById = statement(
  'merchants.devicesById',
  `select ${deviceColumns} from merchants.device where merchant_id = $1 and id = any($2::uuid[])`,
);
const selectDevices = statement(
  'merchants.selectDevices',
  `select ${deviceColumns}, last_seen_at as "lastSeenAt" from merchants.device
   where merchant_id = $1 and ($2::uuid is null or id > $2) and ($4::uuid[] is null or store_id = any($4))
     and ($5::uuid is null or store_id = $5) and ($6::text is null or state = $6)
   order by id limit $3`,
);
const insertDevices = statement(
  'merchants.insertDevices',
  `insert into merchants.device (merchant_id, id, store_id, name, state, created_at)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[]) as v`,
);
const updateDevices = guarded(
  'merchants.updateDevices',
  `update merchants.device set name = $3, state = $4, limits = $5::jsonb, paired_at = $6
   where merchant_id = $1 and id = $2 and name = $7 and state = $8 and limits = $9::jsonb`,
  'a device is not as judged',
);
const seenDevices = statement(
  'merchants.noteDevicesSeen',
  `update merchants.device d set last_seen_at = greatest(d.last_seen_at, v.seen_at) -- all merchants: noted together
   from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as v(merchant_id, id, seen_at)
   where d.merchant_id = v.merchant_id and d.id = v.id`,
);

/** Notes when devices were last used, each once in a call. Run it for all merchants. */
export async function noteDevicesSeen(
  db: Db,
  seen: readonly { readonly merchantId: string; readonly deviceId: string; readonly usedAt: Date }[],
): Promise<void> {
  await db.execute(seenDevices, [
    seen.map(({ merchantId }) => merchantId),
    seen.map(({ deviceId }) => deviceId),
    seen.map(({ usedAt }) => usedAt),
  ]);
}

export type ListedDevice = Device & { readonly lastSeenAt: Date | null };

/** A merchant's devices, oldest first. */
export function listDevices(
  db: Db,
  merchantId: string,
  { after, limit, storeIds }: Slice,
  { storeId, state }: Narrowed = {},
): Promise<ListedDevice[]> {
  return db.query<ListedDevice>(selectDevices, [
    merchantId,
    after,
    limit,
    storeIds,
    storeId ?? null,
    state ?? null,
  ]);
}

const deviceSql = entitySql<Device>(devices, {
  insert: (db, merchantId, rows) =>
    db.execute(insertDevices, [
      merchantId,
      rows.map((d) => d.id),
      rows.map((d) => d.storeId),
      rows.map((d) => d.name),
      rows.map((d) => d.state),
      rows.map((d) => d.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    Promise.all(
      updates.map(({ from, to }) => {
        const row = [to.id, to.name, to.state, JSON.stringify(to.limits), to.pairedAt];
        return db.execute(updateDevices, [
          ...[merchantId, ...row, from.name, from.state, JSON.stringify(from.limits), 1],
        ]);
      }),
    ),
  finds: [[deviceById, devicesById]],
});

/** The merchants' tables for the executor. */
export const merchantsSql = [...merchantOwnSql, legalEntitySql, regionSql, storeSql, deviceSql];
