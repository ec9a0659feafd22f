import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { type Category, categories, categoryById } from './category.ts';
import { type Gift, giftById, gifts } from './gift.ts';
import { type Product, productById, productBySku, products } from './product.ts';

const categoryColumns = `c.id, c.parent_id as "parentId", c.name_zh as "nameZh", c.name_en as "nameEn", c.revision,
  c.created_at as "createdAt"`;
const categoriesById = statement(
  'catalog.categoriesById',
  `select ${categoryColumns} from catalog.category c where c.merchant_id = $1 and c.id = any($2::uuid[])`,
);
const insertCategories = statement(
  'catalog.insertCategories',
  `insert into catalog.category (merchant_id, id, parent_id, name_zh, name_en, revision, created_at)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::integer[], $7::timestamptz[]) as v`,
);
const updateCategories = guarded(
  'catalog.updateCategories',
  `update catalog.category c set name_zh = v.name_zh, name_en = v.name_en, revision = v.revision
   from unnest($2::uuid[], $3::text[], $4::text[], $5::integer[], $6::integer[]) as v(id, name_zh, name_en, revision, was)
   where c.merchant_id = $1 and c.id = v.id and c.revision = v.was`,
  'a category is not as it was judged',
);
const selectCategories = statement(
  'catalog.selectCategories',
  `select ${categoryColumns} from catalog.category c
   where c.merchant_id = $1 and ($2::uuid is null or c.id > $2) order by c.id limit $3`,
);

const categorySql = entitySql<Category>(categories, {
  insert: (db, merchantId, rows) =>
    db.execute(insertCategories, [
      merchantId,
      rows.map((c) => c.id),
      rows.map((c) => c.parentId),
      rows.map((c) => c.nameZh),
      rows.map((c) => c.nameEn),
      rows.map((c) => c.revision),
      rows.map((c) => c.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateCategories, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.nameZh),
      updates.map(({ to }) => to.nameEn),
      updates.map(({ to }) => to.revision),
      updates.map(({ from }) => from.revision),
      updates.length,
    ]),
  finds: [[categoryById, categoriesById]],
});

const productColumns = `p.id, p.sku, p.name_zh as "nameZh", p.name_en as "nameEn", p.category_id as "categoryId", p.price, p.cost,
  p.state, p.revision, p.created_at as "createdAt"`;
const productsById = statement(
  'catalog.productsById',
  `select ${productColumns} from (select id from unnest($2::uuid[]) as k(id) limit cardinality($2::uuid[])) k
   join catalog.product p on p.merchant_id = $1 and p.id = k.id`,
);
const productsBySku = statement(
  'catalog.productsBySku',
  `select ${productColumns} from (select sku from unnest($2::text[]) as k(sku) limit cardinality($2::text[])) k
   join catalog.product p on p.merchant_id = $1 and p.sku = k.sku`,
);
const insertProducts = statement(
  'catalog.insertProducts',
  `insert into catalog.product (merchant_id, id, sku, name_zh, name_en, category_id, price, cost, state, revision, created_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::bigint[], $8::bigint[],
     $9::text[], $10::integer[], $11::timestamptz[]) as v`,
);
const updateProducts = guarded(
  'catalog.updateProducts',
  `update catalog.product p set name_zh = v.name_zh, name_en = v.name_en, category_id = v.category_id, price = v.price,
     cost = v.cost, state = v.state, revision = v.revision
   from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::bigint[], $7::bigint[], $8::text[], $9::integer[],
     $10::integer[]) as v(id, name_zh, name_en, category_id, price, cost, state, revision, was)
   where p.merchant_id = $1 and p.id = v.id and p.revision = v.was`,
  'a product is not as it was judged',
);
const selectProducts = statement(
  'catalog.selectProducts',
  `select ${productColumns} from catalog.product p
   where p.merchant_id = $1 and ($2::uuid is null or p.id < $2) and ($4::uuid is null or p.category_id = $4)
     and ($5::text is null or p.sku = $5) and ($6::text is null or p.state = $6)
     and ($7::text is null or strpos(lower(p.name_zh || ' ' || coalesce(p.name_en, '') || ' ' || p.sku), lower($7)) > 0)
   order by p.id desc limit $3`,
);

const productSql = entitySql<Product>(products, {
  insert: (db, merchantId, rows) =>
    db.execute(insertProducts, [
      merchantId,
      rows.map((p) => p.id),
      rows.map((p) => p.sku),
      rows.map((p) => p.nameZh),
      rows.map((p) => p.nameEn),
      rows.map((p) => p.categoryId),
      rows.map((p) => p.price),
      rows.map((p) => p.cost),
      rows.map((p) => p.state),
      rows.map((p) => p.revision),
      rows.map((p) => p.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateProducts, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.nameZh),
      updates.map(({ to }) => to.nameEn),
      updates.map(({ to }) => to.categoryId),
      updates.map(({ to }) => to.price),
      updates.map(({ to }) => to.cost),
      updates.map(({ to }) => to.state),
      updates.map(({ to }) => to.revision),
      updates.map(({ from }) => from.revision),
      updates.length,
    ]),
  finds: [
    [productById, productsById],
    [productBySku, productsBySku],
  ],
});

const giftColumns = `g.id, g.name_zh as "nameZh", g.name_en as "nameEn", g.product_id as "productId", g.points, g.state,
  g.revision, g.created_at as "createdAt"`;
const giftsById = statement(
  'catalog.giftsById',
  `select ${giftColumns} from catalog.gift g where g.merchant_id = $1 and g.id = any($2::uuid[])`,
);
const insertGifts = statement(
  'catalog.insertGifts',
  `insert into catalog.gift (merchant_id, id, name_zh, name_en, product_id, points, state, revision, created_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::bigint[], $7::text[], $8::integer[],
     $9::timestamptz[]) as v`,
);
const updateGifts = guarded(
  'catalog.updateGifts',
  `update catalog.gift g set name_zh = v.name_zh, name_en = v.name_en, points = v.points, state = v.state, revision = v.revision
   from unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::integer[], $8::integer[])
     as v(id, name_zh, name_en, points, state, revision, was)
   where g.merchant_id = $1 and g.id = v.id and g.revision = v.was`,
  'a gift is not as it was judged',
);
const selectGifts = statement(
  'catalog.selectGifts',
  `select ${giftColumns} from catalog.gift g
   where g.merchant_id = $1 and ($2::uuid is null or g.id < $2) and ($4::text is null or g.state = $4)
   order by g.id desc limit $3`,
);

const giftSql = entitySql<Gift>(gifts, {
  insert: (db, merchantId, rows) =>
    db.execute(insertGifts, [
      merchantId,
      rows.map((g) => g.id),
      rows.map((g) => g.nameZh),
      rows.map((g) => g.nameEn),
      rows.map((g) => g.productId),
      rows.map((g) => g.points),
      rows.map((g) => g.state),
      rows.map((g) => g.revision),
      rows.map((g) => g.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateGifts, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.nameZh),
      updates.map(({ to }) => to.nameEn),
      updates.map(({ to }) => to.points),
      updates.map(({ to }) => to.state),
      updates.map(({ to }) => to.revision),
      updates.map(({ from }) => from.revision),
      updates.length,
    ]),
  finds: [[giftById, giftsById]],
});

/** The tables of the catalogue for the executor. */
export const catalogSql = [categorySql, productSql, giftSql];

/** Categories, oldest first, after one. */
export function listCategories(db: Db, merchantId: string, after: string | null, limit: number) {
  return db.query<Category>(selectCategories, [merchantId, after, limit]);
}

const selectNames = statement(
  'catalog.categoryNames',
  `select c.id, c.name_zh as "nameZh", c.name_en as "nameEn" from catalog.category c where c.merchant_id = $1`,
);

/** The ids of all categories by their names, in lower case, in either language. */
export async function categoryNames(db: Db, merchantId: string): Promise<ReadonlyMap<string, string>> {
  const found = await db.query<Pick<Category, 'id' | 'nameZh' | 'nameEn'>>(selectNames, [merchantId]);
  const pairs = found.flatMap(({ id, nameZh, nameEn }) =>
    [nameZh, nameEn].flatMap((name): [string, string][] => (name === null ? [] : [[name.toLowerCase(), id]])),
  );
  return new Map(pairs);
}

export type ProductFilter = {
  readonly before: string | null;
  readonly limit: number;
  readonly categoryId: string | null;
  readonly sku: string | null;
  readonly state: Product['state'] | null;
  readonly words: string | null;
};

/** Products, newest first, before one. */
export function listProducts(db: Db, merchantId: string, filter: ProductFilter) {
  const { before, limit, categoryId, sku, state, words } = filter;
  return db.query<Product>(selectProducts, [merchantId, before, limit, categoryId, sku, state, words]);
}

/** Gifts, newest first, before one. */
export function listGifts(
  db: Db,
  merchantId: string,
  { before, limit, state }: { before: string | null; limit: number; state: Gift['state'] | null },
) {
  return db.query<Gift>(selectGifts, [merchantId, before, limit, state]);
}
