import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { faceSql } from './faces/store.ts';
import { type Image, type ImageFacts, imageById, images, newImages } from './images/image.ts';
import { type Profile, profileOf, profiles } from './profile.ts';
import { allViews, type View, viewById, views } from './views/view.ts';

const selectProfile = statement(
  'settings.profile',
  `select merchant_id as "merchantId", logo_id as "logoId", updated_at as "updatedAt" from settings.merchant where merchant_id = $1`,
);
const insertProfile = statement(
  'settings.insertProfile',
  `insert into settings.merchant (merchant_id, logo_id, updated_at) values ($1, $2, $3)`,
);
const updateProfile = guarded(
  'settings.updateProfile',
  `update settings.merchant set logo_id = $2, updated_at = $3 where merchant_id = $1 and updated_at = $4`,
  'the settings are not as they were judged',
);

const profileSql = entitySql<Profile>(profiles, {
  insert: (db, merchantId, rows) =>
    Promise.all(rows.map((p) => db.execute(insertProfile, [merchantId, p.logoId, p.updatedAt]))),
  update: (db, merchantId, updates) =>
    Promise.all(
      updates.map(({ from, to }) =>
        db.execute(updateProfile, [merchantId, to.logoId, to.updatedAt, from.updatedAt, 1]),
      ),
    ),
  finds: [[profileOf, (db, m) => db.query<Profile>(selectProfile, [m])]],
});

/** What stands for a merchant on its pages; undefined: nothing yet. */
export async function readProfile(db: Db, merchantId: string): Promise<Profile | undefined> {
  const [profile] = await db.query<Profile>(selectProfile, [merchantId]);
  return profile;
}

const insertImages = statement(
  'settings.insertImages',
  `insert into settings.image (merchant_id, id, purpose, width, height, bytes, created_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::int[], $5::int[], $6::bytea[], $7::timestamptz[]) as v`,
);
const imagesById = statement(
  'settings.imagesById',
  `select id, purpose, width, height, created_at as "createdAt" from settings.image
   where merchant_id = $1 and id = any($2::uuid[])`,
);
const selectBytes = statement(
  'settings.imageBytes',
  `select bytes from settings.image where merchant_id = $1 and id = $2`,
);
const imageSql = [
  entitySql<Image>(newImages, {
    insert: (db, merchantId, rows) =>
      db.execute(insertImages, [
        merchantId,
        rows.map((i) => i.id),
        rows.map((i) => i.purpose),
        rows.map((i) => i.width),
        rows.map((i) => i.height),
        rows.map((i) => i.bytes),
        rows.map((i) => i.createdAt),
      ]),
    finds: [],
  }),
  entitySql<ImageFacts>(images, {
    insert: () => Promise.reject(new Error('an image is put with its bytes')),
    finds: [[imageById, imagesById]],
  }),
];

/** The bytes of a picture. */
export async function readImage(db: Db, merchantId: string, id: string): Promise<Buffer | undefined> {
  const [image] = await db.query<{ bytes: Buffer }>(selectBytes, [merchantId, id]);
  return image?.bytes;
}

const viewColumns = `id, owner_id as "ownerId", page, name, query, removed, created_at as "createdAt"`;
const viewsById = statement(
  'settings.viewsById',
  `select ${viewColumns} from settings.view where merchant_id = $1 and id = any($2::uuid[])`,
);
const everyView = statement(
  'settings.everyView',
  `select ${viewColumns} from settings.view where merchant_id = $1 and not removed`,
);
const insertViews = statement(
  'settings.insertViews',
  `insert into settings.view (merchant_id, id, owner_id, page, name, query, removed, created_at)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::timestamptz[]) as v`,
);
const updateViews = guarded(
  'settings.updateViews',
  `update settings.view s set name = v.name, query = v.query, removed = v.removed
   from unnest($2::uuid[], $3::text[], $4::text[], $5::boolean[], $6::text[], $7::text[]) as v(id, name, query, removed, name_was, query_was)
   where s.merchant_id = $1 and s.id = v.id and s.name = v.name_was and s.query = v.query_was and not s.removed`,
  'a view is not as it was judged',
);
const selectViews = statement(
  'settings.views',
  `select ${viewColumns} from settings.view
   where merchant_id = $1 and not removed and (owner_id is null or owner_id = $2) and ($3::text is null or page = $3)
   order by owner_id is not null, name, id`,
);

const viewSql = entitySql<View>(views, {
  insert: (db, merchantId, rows) =>
    db.execute(insertViews, [
      merchantId,
      rows.map((v) => v.id),
      rows.map((v) => v.ownerId),
      rows.map((v) => v.page),
      rows.map((v) => v.name),
      rows.map((v) => v.query),
      rows.map((v) => v.removed),
      rows.map((v) => v.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateViews, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.name),
      updates.map(({ to }) => to.query),
      updates.map(({ to }) => to.removed),
      updates.map(({ from }) => from.name),
      updates.map(({ from }) => from.query),
      updates.length,
    ]),
  finds: [
    [viewById, viewsById],
    [allViews, (db, m) => db.query<View>(everyView, [m])],
  ],
});

/** Views for all and of this owner, of one page where it is given. */
export function listViews(db: Db, merchantId: string, ownerId: string, page: string | null): Promise<View[]> {
  return db.query<View>(selectViews, [merchantId, ownerId, page]);
}

/** The settings' tables for the executor. */
export const settingsSql = [profileSql, ...imageSql, faceSql, viewSql];
