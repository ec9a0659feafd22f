import { encodeId } from '../../../kernel/id.ts';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import { storeById } from '../../merchants/index.ts';
import { categoryById } from '../category.ts';
import { productById } from '../product.ts';

/** Where, and for which goods, something holds; what is empty sets no bounds. */
export type Scope = {
  readonly storeIds: readonly string[];
  /** With all that is under them. */
  readonly categoryIds: readonly string[];
  readonly productIds: readonly string[];
};

export const noScope: Scope = { storeIds: [], categoryIds: [], productIds: [] };

/** A line of what is bought: what is due of it, and what the catalog knows it as. */
export type BoughtLine = {
  readonly productId: string | null;
  /** Up to the root. */
  readonly categoryIds: readonly string[];
  readonly amount: bigint;
};

export type Bought = {
  readonly storeId: string;
  /** None: what stands in no catalog, such as a fee. */
  readonly lines: readonly BoughtLine[];
};

/** Whether a scope is about goods at all. */
export const isAboutGoods = ({ categoryIds, productIds }: Scope): boolean =>
  categoryIds.length + productIds.length > 0;

/** Whether a scope holds in a store. */
export const holdsIn = ({ storeIds }: Scope, storeId: string): boolean =>
  storeIds.length === 0 || storeIds.includes(storeId);

/** Whether a scope that is about goods names what a line is of. */
export function names({ categoryIds, productIds }: Scope, line: BoughtLine): boolean {
  if (line.productId !== null && productIds.includes(line.productId)) return true;
  return line.categoryIds.some((id) => categoryIds.includes(id));
}

/** For `needs`: what a scope names. */
export function scopeRows(scope: Scope | undefined, find: Find) {
  const { storeIds, categoryIds, productIds } = scope ?? noScope;
  return {
    stores: storeIds.map((id) => find.one(storeById, id)),
    categories: categoryIds.map((id) => find.one(categoryById, id)),
    products: productIds.map((id) => find.one(productById, id)),
  };
}

/** Why a scope is about something that is not there. */
export function unknownIn({
  stores,
  categories,
  products,
}: ReturnType<typeof scopeRows>): Refusal | undefined {
  if (stores.includes(undefined)) return refused('store_not_found', { field: 'scope.storeIds' });
  if (categories.includes(undefined)) return refused('category_not_found', { field: 'scope.categoryIds' });
  if (products.includes(undefined)) return refused('product_not_found', { field: 'scope.productIds' });
  return undefined;
}

/** A scope as the API shows it. */
export function scopeAnswer({ storeIds, categoryIds, productIds }: Scope) {
  return {
    storeIds: storeIds.map((id) => encodeId('store', id)),
    categoryIds: categoryIds.map((id) => encodeId('cat', id)),
    productIds: productIds.map((id) => encodeId('prd', id)),
  };
}

/** A scope as people read it: by names, as they are now. */
export function scopeNames({ storeIds, categoryIds, productIds }: Scope, find: Find) {
  const goods = [
    ...categoryIds.map((id) => find.one(categoryById, id)),
    ...productIds.map((id) => find.one(productById, id)),
  ];
  return {
    stores: storeIds.flatMap((id) => find.one(storeById, id)?.name ?? []),
    goods: goods.flatMap((one) => (one ? [{ zh: one.nameZh, en: one.nameEn }] : [])),
  };
}
