import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import {
  type Category,
  categories,
  categoryAnswer,
  categoryById,
  categoryPath,
  levelsMax,
} from './category.ts';

type Names = Pick<Category, 'nameZh' | 'nameEn'>;

/** Adds a category, under another or on top. */
export const createCategory = useCase({
  name: 'category.create',
  permission: 'catalog.write',
  movesValue: false,
  needs: ({ parentId }: Names & Pick<Category, 'parentId'>, find) => ({
    parent: parentId === null ? undefined : find.one(categoryById, parentId),
    path: categoryPath(parentId, find),
  }),
  decide({ parent, path }, { parentId, nameZh, nameEn }, { actor, now, newId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (parentId !== null && !parent) return refused('category_not_found', { field: 'parentId' });
    if (path.length >= levelsMax) {
      return refused('category_too_deep', { field: 'parentId', detail: `${levelsMax} levels are the most.` });
    }
    const category: Category = { id: newId(), parentId, nameZh, nameEn, revision: 1, createdAt: now };
    return accepted({
      activities: [
        { type: 'category.created', subjectId: category.id, details: { parentId, nameZh, nameEn } },
      ],
      changes: [put(categories, category)],
      result: categoryAnswer(category),
    });
  },
});

/** Gives a category other names. */
export const renameCategory = useCase({
  name: 'category.rename',
  permission: 'catalog.write',
  movesValue: false,
  needs: ({ id }: Names & { readonly id: string }, find) => find.one(categoryById, id),
  decide(before, { nameZh, nameEn }, { actor }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (!before) return refused('category_not_found');
    const category = { ...before, nameZh, nameEn, revision: before.revision + 1 };
    return accepted({
      activities: [{ type: 'category.renamed', subjectId: before.id, details: { nameZh, nameEn } }],
      changes: [put(categories, category)],
      result: categoryAnswer(category),
    });
  },
});
