import { jsonAmount } from '../../kernel/money.ts';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import type { ActivityDraft } from '../../platform/executor/activity.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import { type Category, categoryById } from './category.ts';
import { type Product, productAnswer, productById, productBySku, products } from './product.ts';

type Terms = Omit<Product, 'id' | 'sku' | 'revision' | 'createdAt'>;

function badCategory(categoryId: string | null, category: Category | undefined): Refusal | undefined {
  return categoryId !== null && !category
    ? refused('category_not_found', { field: 'categoryId' })
    : undefined;
}

function detailsOf({ nameZh, nameEn, categoryId, price, cost, state }: Terms) {
  return {
    nameZh,
    nameEn,
    categoryId,
    price: jsonAmount(price),
    cost: cost === null ? null : jsonAmount(cost),
    state,
  };
}

/** What the log and those who listen to it are told of a product that is there now, or is another than it was. */
export function productDraft(product: Product, before: Product | undefined): ActivityDraft {
  return before
    ? {
        type: 'product.updated',
        subjectId: product.id,
        details: { before: detailsOf(before), after: detailsOf(product) },
      }
    : {
        type: 'product.created',
        subjectId: product.id,
        details: { sku: product.sku, ...detailsOf(product) },
      };
}

/** Adds something that is sold. */
export const createProduct = useCase({
  name: 'product.create',
  permission: 'catalog.write',
  movesValue: false,
  needs: ({ sku, categoryId }: Omit<Terms, 'state'> & Pick<Product, 'sku'>, find) => ({
    namesake: find.one(productBySku, sku),
    category: categoryId === null ? undefined : find.one(categoryById, categoryId),
  }),
  decide({ namesake, category }, { sku, ...terms }, { actor, now, newId }) {
    const refusal = beyondScope(actor, null) ?? badCategory(terms.categoryId, category);
    if (refusal) return refusal;
    if (namesake) return refused('sku_taken', { field: 'sku' });
    const product: Product = { ...terms, sku, state: 'sold', id: newId(), revision: 1, createdAt: now };
    return accepted({
      activities: [productDraft(product, undefined)],
      changes: [put(products, product)],
      result: productAnswer(product, actor),
    });
  },
});

type Changed = { readonly [Key in keyof Terms]?: Terms[Key] | undefined };

/** Changes what is said of a product; what is left out stays. */
export const updateProduct = useCase({
  name: 'product.update',
  permission: 'catalog.write',
  movesValue: false,
  needs: ({ id, terms }: { readonly id: string; readonly terms: Changed }, find) => ({
    before: find.one(productById, id),
    category:
      terms.categoryId === null || terms.categoryId === undefined
        ? undefined
        : find.one(categoryById, terms.categoryId),
  }),
  decide({ before, category }, { terms }, { actor }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (!before) return refused('product_not_found');
    const refusal = badCategory(terms.categoryId ?? null, category);
    if (refusal) return refusal;
    const product: Product = {
      ...before,
      nameZh: terms.nameZh ?? before.nameZh,
      nameEn: terms.nameEn === undefined ? before.nameEn : terms.nameEn,
      categoryId: terms.categoryId === undefined ? before.categoryId : terms.categoryId,
      price: terms.price ?? before.price,
      cost: terms.cost === undefined ? before.cost : terms.cost,
      state: terms.state ?? before.state,
      revision: before.revision + 1,
    };
    return accepted({
      activities: [productDraft(product, before)],
      changes: [put(products, product)],
      result: productAnswer(product, actor),
    });
  },
});
