import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { type Device, deviceById, devices } from './devices.ts';
import { type LegalEntity, legalEntities, legalEntityById } from './legalEntities.ts';
import { type Merchant, merchantById, merchants, type SlugOwner, slugOwner, slugOwners } from './merchant.ts';
import { allStores, type Store, storeByCode, storeById, stores } from './stores.ts';

/** Which part of a list is asked for: what comes after this id, at most so much, of these stores (null: all). */
export type Slice = {
  readonly after: string | null;
  readonly limit: number;
  readonly storeIds: readonly string[] | null;
};

const merchantColumns = `merchant_id as id, name, currency, timezone, slug, contact_phone as "contactPhone",
  contact_email as "contactEmail", contact_address as "contactAddress", terms_zh as "termsZh", terms_en as "termsEn",
  terms_version as "termsVersion", widget_origins as "widgetOrigins", created_at as "createdAt"`;
const selectMerchant = statement(
  'merchants.selectMerchant',
  `select ${merchantColumns} from merchants.merchant where merchant_id = $1`,
);
const selectMerchantBySlug = statement(
  'merchants.selectMerchantBySlug',
  `-- all merchants: the address of a public page says whose it is
   select ${merchantColumns} from merchants.merchant where slug = $1`,
);
const selectSlugOwner = statement(
  'merchants.selectSlugOwner',
  `-- all merchants: a slug is one merchant's alone
   select wanted as slug, owner as "merchantId"
   from unnest($1::text[]) as w(wanted) cross join lateral merchants.slug_owner(wanted) as owner where owner is not null`,
);
const insertMerchant = statement(
  'merchants.insertMerchant',
  `insert into merchants.merchant (merchant_id, name, currency, timezone, slug, created_at)
   select $1, v.name, v.currency, v.timezone, v.slug, v.created_at
   from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
     as v(name, currency, timezone, slug, created_at)`,
);
const updateMerchants = guarded(
  'merchants.updateMerchant',
  `update merchants.merchant set slug = $2, contact_phone = $3, contact_email = $4, contact_address = $5, terms_zh = $6,
     terms_en = $7, terms_version = $8, widget_origins = $9
   where merchant_id = $1 and slug = $10 and terms_version = $11`,
  'the merchant is not as it was judged',
);

type MerchantRow = Omit<Merchant, 'contact' | 'terms'> & {
  readonly contactPhone: string | null;
  readonly contactEmail: string | null;
  readonly contactAddress: string | null;
  readonly termsZh: string | null;
  readonly termsEn: string | null;
};

function merchantOf(row: MerchantRow): Merchant {
  const { contactPhone, contactEmail, contactAddress, termsZh, termsEn, ...rest } = row;
  return {
    ...rest,
    contact: { phone: contactPhone, email: contactEmail, address: contactAddress },
    terms: { zh: termsZh, en: termsEn },
  };
}

/** The merchant whose id this is; every API key has one. */
export async function readMerchant(db: Db, merchantId: string): Promise<Merchant | undefined> {
  const [row] = await db.query<MerchantRow>(selectMerchant, [merchantId]);
  return row && merchantOf(row);
}

/** The merchant that this slug names. Run it for all merchants: the one question that public pages ask first. */
export async function readMerchantBySlug(db: Db, slug: string): Promise<Merchant | undefined> {
  const [row] = await db.query<MerchantRow>(selectMerchantBySlug, [slug]);
  return row && merchantOf(row);
}

const merchantSql = entitySql<Merchant>(merchants, {
  insert: (db, merchantId, rows) =>
    db.execute(insertMerchant, [
      merchantId,
      rows.map((m) => m.name),
      rows.map((m) => m.currency),
      rows.map((m) => m.timezone),
      rows.map((m) => m.slug),
      rows.map((m) => m.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    Promise.all(
      updates.map(({ from, to: { slug, contact, terms, termsVersion, widgetOrigins } }) => {
        const said = [
          contact.phone,
          contact.email,
          contact.address,
          terms.zh,
          terms.en,
          termsVersion,
          widgetOrigins,
        ];
        return db.execute(updateMerchants, [merchantId, slug, ...said, from.slug, from.termsVersion, 1]);
      }),
    ),
  finds: [
    [
      merchantById,
      async (db, merchantId) => (await db.query<MerchantRow>(selectMerchant, [merchantId])).map(merchantOf),
    ],
  ],
});

const slugSql = entitySql<SlugOwner>(slugOwners, {
  insert: () => Promise.reject(new Error('a slug is written with its merchant')),
  finds: [[slugOwner, (db, _merchantId, slugs) => db.query<SlugOwner>(selectSlugOwner, [slugs])]],
});

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

const storeColumns = `id, code, name, region, legal_entity_id as "legalEntityId", state, created_at as "createdAt"`;
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
  `select ${storeColumns} from merchants.store
   where merchant_id = $1 and ($2::uuid is null or id > $2) and ($4::uuid[] is null or id = any($4))
   order by id limit $3`,
);
const insertStores = statement(
  'merchants.insertStores',
  `insert into merchants.store (merchant_id, id, code, name, region, legal_entity_id, state, created_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::timestamptz[]) as v`,
);
const updateStores = guarded(
  'merchants.updateStores',
  `update merchants.store s set name = v.name, region = v.region, legal_entity_id = v.legal_entity_id, state = v.state
   from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::uuid[], $10::text[])
     as v(id, name, region, legal_entity_id, state, name_was, region_was, legal_entity_id_was, state_was)
   where s.merchant_id = $1 and s.id = v.id and s.name = v.name_was and s.region is not distinct from v.region_was
     and s.legal_entity_id is not distinct from v.legal_entity_id_was and s.state = v.state_was`,
  'a store is not as it was judged',
);

/** A merchant's stores, oldest first. */
export function listStores(db: Db, merchantId: string, { after, limit, storeIds }: Slice): Promise<Store[]> {
  return db.query<Store>(selectStores, [merchantId, after, limit, storeIds]);
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
      updates.map(({ from }) => from.name),
      updates.map(({ from }) => from.region),
      updates.map(({ from }) => from.legalEntityId),
      updates.map(({ from }) => from.state),
      updates.length,
    ]),
  finds: [
    [storeById, storesById],
    [storeByCode, storesByCode],
    [allStores, (db, m) => db.query<Store>(everyStore, [m])],
  ],
});

const deviceColumns = `id, store_id as "storeId", name, state, created_at as "createdAt"`;
const devicesById = statement(
  'merchants.devicesById',
  `select ${deviceColumns} from merchants.device where merchant_id = $1 and id = any($2::uuid[])`,
);
const selectDevices = statement(
  'merchants.selectDevices',
  `select ${deviceColumns} from merchants.device
   where merchant_id = $1 and ($2::uuid is null or id > $2) and ($4::uuid[] is null or store_id = any($4))
   order by id limit $3`,
);
const insertDevices = statement(
  'merchants.insertDevices',
  `insert into merchants.device (merchant_id, id, store_id, name, state, created_at)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[]) as v`,
);
const revokeDevices = guarded(
  'merchants.revokeDevices',
  `update merchants.device set state = 'revoked' where merchant_id = $1 and id = any($2::uuid[]) and state = 'active'`,
  'a device was revoked meanwhile',
);

/** A merchant's devices, oldest first. */
export function listDevices(
  db: Db,
  merchantId: string,
  { after, limit, storeIds }: Slice,
): Promise<Device[]> {
  return db.query<Device>(selectDevices, [merchantId, after, limit, storeIds]);
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
    db.execute(revokeDevices, [merchantId, updates.map(({ to }) => to.id), updates.length]),
  finds: [[deviceById, devicesById]],
});

/** The merchants' tables for the executor. */
export const merchantsSql = [merchantSql, slugSql, legalEntitySql, storeSql, deviceSql];
