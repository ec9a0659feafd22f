import type { ActivityDraft } from '../../../platform/executor/activity.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { type Change, put } from '../../../platform/executor/workingSet.ts';
import { type Product, productById, productDraft, products } from '../../catalog/index.ts';
import { restoredTerms } from '../apply/keptProduct.ts';
import { importById } from '../import.ts';
import { blockByKey, blockKey, type Row, rowsOfBlock } from '../row.ts';
import { takenBack } from './takenBack.ts';

type ReverseInput = { readonly id: string; readonly n: number };

/** Puts goods back to what they were; those that the import added are no longer sold. What was changed since stays. */
export const reverseGoods = useCase({
  name: 'import.reverse_goods',
  permission: 'system',
  movesValue: false,
  needs: ({ id, n }: ReverseInput, find) => ({
    before: find.one(importById, id),
    block: find.one(blockByKey, blockKey(id, n)),
    brought: find.all(rowsOfBlock, blockKey(id, n)).map((row) => ({
      row,
      product: row.subjectId === null ? undefined : find.one(productById, row.subjectId),
    })),
  }),
  decide({ before, block, brought }, _input, { now }) {
    if (before?.state !== 'reversing' || block?.state !== 'applied') return { unchanged: '{}' };
    const ended = brought.map(({ row, product }) => putBack(row, product));
    const moved = takenBack(
      before,
      block,
      ended.map(({ row }) => row),
      now,
    );
    return accepted({
      activities: [...ended.flatMap(({ activities }) => activities), ...moved.activities],
      changes: [...ended.flatMap(({ changes }) => changes), ...moved.changes],
      result: {},
    });
  },
});

type Ended = {
  readonly row: Row;
  readonly activities: readonly ActivityDraft[];
  readonly changes: readonly Change[];
};

function putBack(row: Row, product: Product | undefined): Ended {
  const brought = row.outcome === 'created' || row.outcome === 'updated';
  if (!brought || !product) return { row: { ...row, reversal: 'nothing' }, activities: [], changes: [] };
  if (product.revision !== row.subjectRevision) {
    return { row: { ...row, reversal: 'kept' }, activities: [], changes: [] };
  }
  const terms = row.before === null ? { state: 'retired' as const } : restoredTerms(row.before);
  const after: Product = { ...product, ...terms, revision: product.revision + 1 };
  return {
    row: { ...row, reversal: row.before === null ? 'withdrawn' : 'taken_back' },
    activities: [productDraft(after, product)],
    changes: [put(products, after)],
  };
}
