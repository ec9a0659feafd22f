import { encodeId } from '../../kernel/id.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import type { Find } from '../../platform/executor/workingSet.ts';

/** A kind of goods, in a tree. It stays where it is. */
export type Category = {
  readonly id: string;
  readonly parentId: string | null;
  readonly nameZh: string;
  readonly nameEn: string | null;
  readonly revision: number;
  readonly createdAt: Date;
};

/** How many levels the tree has at most. */
export const levelsMax = 6;

export const categories = entity<Category>('category', (category) => category.id);
export const categoryById = finder(categories, 'byId', (category) => [category.id]);

/** The ids from a category up to its root, the closest first; without one, none. */
export function categoryPath(categoryId: string | null, find: Find): readonly string[] {
  const path: string[] = [];
  let next = categoryId;
  while (next !== null && path.length < levelsMax) {
    path.push(next);
    next = find.one(categoryById, next)?.parentId ?? null;
  }
  return path;
}

/** A category as the API shows it. */
export function categoryAnswer({ id, parentId, nameZh, nameEn, createdAt }: Category) {
  return {
    id: encodeId('cat', id),
    parentId: parentId === null ? null : encodeId('cat', parentId),
    name: { zh: nameZh, en: nameEn },
    createdAt: createdAt.toISOString(),
  };
}
