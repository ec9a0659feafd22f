import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { amountOf } from '../../kernel/money.ts';
import type { Db } from '../../platform/db/statement.ts';
import { lookUp } from '../../platform/executor/lookUp.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import { amountJson, idIn, idOut, instant, pageOf, pageQuery, textIn } from '../../platform/http/shapes.ts';
import { ledgerSql } from '../ledger/index.ts';
import { categoryAnswer } from './category.ts';
import { createCategory, renameCategory } from './changeCategories.ts';
import { createGift, stockGift, updateGift } from './changeGifts.ts';
import { createProduct, updateProduct } from './changeProducts.ts';
import { type Gift, giftAnswer, stockRows } from './gift.ts';
import { productAnswer } from './product.ts';
import { listCategories, listGifts, listProducts } from './store.ts';

const tag = 'Catalogue';

const nameIn = (lengthMax: number) =>
  z
    .strictObject({ zh: textIn(lengthMax), en: textIn(lengthMax).nullable().default(null) })
    .transform(({ zh, en }) => ({ nameZh: zh, nameEn: en }));
const nameOut = z.object({ zh: z.string(), en: z.string().nullable() });
const priceIn = z
  .int()
  .min(0)
  .max(1e15)
  .transform((n) => amountOf(n));
const pointsIn = z
  .int()
  .min(1)
  .max(1e12)
  .transform((n) => amountOf(n));

const CategoryAnswer = z.object({
  id: idOut('cat'),
  parentId: idOut('cat').nullable(),
  name: nameOut,
  createdAt: instant,
});
const ProductAnswer = z.object({
  id: idOut('prd'),
  sku: z.string(),
  name: nameOut,
  categoryId: idOut('cat').nullable(),
  price: amountJson,
  cost: amountJson.nullable(),
  state: z.enum(['sold', 'retired']),
  createdAt: instant,
});
const GiftAnswer = z.object({
  id: idOut('gft'),
  name: nameOut,
  productId: idOut('prd').nullable(),
  points: z.int(),
  state: z.enum(['offered', 'resting']),
  stock: z.array(z.object({ storeId: idOut('store'), pieces: z.int() })),
  createdAt: instant,
});

/** Shows gifts with what is in the stores. */
async function withStock(db: Db, merchantId: string, found: readonly Gift[]) {
  const accounts = await lookUp(ledgerSql, db, merchantId, (find) =>
    found.flatMap(({ id }) => stockRows(id, find)),
  );
  return (gift: Gift) => giftAnswer(gift, accounts);
}

const categoryRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/product-categories',
    tag,
    summary: 'List categories of goods, oldest first',
    permission: 'catalog.read',
    query: z.strictObject({ cursor: idIn('cat').optional(), limit: pageQuery.limit }),
    answer: pageOf(CategoryAnswer),
    async read(db, { query }, { merchantId }) {
      const rows = await listCategories(db, merchantId, query.cursor ?? null, query.limit + 1);
      return page(rows, query.limit, categoryAnswer, ({ id }) => encodeId('cat', id));
    },
  }),
  commandRoute({
    path: '/v1/product-categories',
    tag,
    summary: 'Add a category, under another or on top',
    status: 201,
    body: z.strictObject({ name: nameIn(100), parentId: idIn('cat').nullable().default(null) }),
    answer: CategoryAnswer,
    useCase: createCategory,
    input: ({ body: { name, parentId } }) => ({ ...name, parentId }),
  }),
  commandRoute({
    method: 'PATCH',
    path: '/v1/product-categories/:id',
    tag,
    summary: 'Give a category other names',
    status: 200,
    params: z.strictObject({ id: idIn('cat') }),
    body: z.strictObject({ name: nameIn(100) }),
    answer: CategoryAnswer,
    useCase: renameCategory,
    input: ({ params, body }) => ({ ...params, ...body.name }),
  }),
];

const productRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/products',
    tag,
    summary: 'List products, newest first; by category, number, state, or a part of the name',
    permission: 'catalog.read',
    query: z.strictObject({
      cursor: idIn('prd').optional(),
      limit: pageQuery.limit,
      categoryId: idIn('cat').optional(),
      sku: textIn(64).optional(),
      state: z.enum(['sold', 'retired']).optional(),
      words: textIn(100).optional(),
    }),
    answer: pageOf(ProductAnswer),
    async read(db, { query }, { merchantId, actor }) {
      const { cursor = null, categoryId = null, sku = null, state = null, words = null, limit } = query;
      const filter = { before: cursor, limit: limit + 1, categoryId, sku, state, words };
      const rows = await listProducts(db, merchantId, filter);
      return page(
        rows,
        limit,
        (product) => productAnswer(product, actor),
        ({ id }) => encodeId('prd', id),
      );
    },
  }),
  commandRoute({
    path: '/v1/products',
    tag,
    summary: 'Add a product',
    status: 201,
    body: z.strictObject({
      sku: textIn(64),
      name: nameIn(200),
      categoryId: idIn('cat').nullable().default(null),
      price: priceIn,
      cost: priceIn.nullable().default(null),
    }),
    answer: ProductAnswer,
    useCase: createProduct,
    input: ({ body: { name, ...body } }) => ({ ...body, ...name }),
  }),
  commandRoute({
    method: 'PATCH',
    path: '/v1/products/:id',
    tag,
    summary: 'Change what is said of a product',
    status: 200,
    params: z.strictObject({ id: idIn('prd') }),
    body: z.strictObject({
      name: nameIn(200).optional(),
      categoryId: idIn('cat').nullable().optional(),
      price: priceIn.optional(),
      cost: priceIn.nullable().optional(),
      state: z.enum(['sold', 'retired']).optional(),
    }),
    answer: ProductAnswer,
    useCase: updateProduct,
    input: ({ params: { id }, body: { name, ...rest } }) => ({ id, terms: { ...rest, ...name } }),
  }),
];

const giftParams = z.strictObject({ id: idIn('gft') });
const giftRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/gift-items',
    tag,
    summary: 'List what members get for points, newest first, with how many are in which store',
    permission: 'catalog.read',
    query: z.strictObject({
      cursor: idIn('gft').optional(),
      limit: pageQuery.limit,
      state: z.enum(['offered', 'resting']).optional(),
    }),
    answer: pageOf(GiftAnswer),
    async read(db, { query }, { merchantId }) {
      const { cursor = null, state = null, limit } = query;
      const rows = await listGifts(db, merchantId, { before: cursor, limit: limit + 1, state });
      return page(rows, limit, await withStock(db, merchantId, rows), ({ id }) => encodeId('gft', id));
    },
  }),
  commandRoute({
    path: '/v1/gift-items',
    tag,
    summary: 'Offer something for points',
    status: 201,
    body: z.strictObject({
      name: nameIn(200),
      productId: idIn('prd').nullable().default(null),
      points: pointsIn,
    }),
    answer: GiftAnswer,
    useCase: createGift,
    input: ({ body: { name, ...body } }) => ({ ...body, ...name }),
  }),
  commandRoute({
    method: 'PATCH',
    path: '/v1/gift-items/:id',
    tag,
    summary: 'Change a gift, what it costs, or whether it is offered',
    status: 200,
    params: giftParams,
    body: z.strictObject({
      name: nameIn(200).optional(),
      points: pointsIn.optional(),
      state: z.enum(['offered', 'resting']).optional(),
    }),
    answer: GiftAnswer,
    useCase: updateGift,
    input: ({ params: { id }, body: { name, ...rest } }) => ({ id, terms: { ...rest, ...name } }),
  }),
  commandRoute({
    path: '/v1/gift-items/:id/stock',
    tag,
    summary: 'Book pieces of a gift into a store, or out of it, with a reason',
    status: 201,
    params: giftParams,
    body: z.strictObject({
      storeId: idIn('store'),
      pieces: z
        .int()
        .min(-1e6)
        .max(1e6)
        .refine((n) => n !== 0, 'must not be 0')
        .transform((n) => amountOf(n)),
      reason: textIn(200),
    }),
    answer: GiftAnswer,
    useCase: stockGift,
    input: ({ params, body }) => ({ giftId: params.id, ...body }),
  }),
];

/** Goods by category, and gifts. */
export const catalogRoutes: readonly Route[] = [...categoryRoutes, ...productRoutes, ...giftRoutes];
