import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import type { Actor } from '../../platform/executor/useCase.ts';

/** Something that is sold. Its price is in the merchant's currency. */
export type Product = {
  readonly id: string;
  /** The merchant's own number for it; never changes. */
  readonly sku: string;
  readonly nameZh: string;
  readonly nameEn: string | null;
  readonly categoryId: string | null;
  readonly price: bigint;
  readonly cost: bigint | null;
  readonly state: 'sold' | 'retired';
  readonly revision: number;
  readonly createdAt: Date;
};

export const products = entity<Product>('product', (product) => product.id);
export const productById = finder(products, 'byId', (product) => [product.id]);
export const productBySku = finder(products, 'bySku', (product) => [product.sku]);

/** A product as the API shows it; what it costs only to who may change it. */
export function productAnswer(product: Product, actor: Actor) {
  const { id, sku, nameZh, nameEn, categoryId, price, cost, state, createdAt } = product;
  const shown = cost !== null && actor.permissions.has('catalog.write');
  return {
    id: encodeId('prd', id),
    sku,
    name: { zh: nameZh, en: nameEn },
    categoryId: categoryId === null ? null : encodeId('cat', categoryId),
    price: jsonAmount(price),
    cost: shown ? jsonAmount(cost) : null,
    state,
    createdAt: createdAt.toISOString(),
  };
}
