import type { ActivityDraft } from '../../../platform/executor/activity.ts';
import { accepted, type Context, useCase } from '../../../platform/executor/useCase.ts';
import { type Change, put } from '../../../platform/executor/workingSet.ts';
import { type Product, productBySku, productDraft, products } from '../../catalog/index.ts';
import type { GoodsRow } from '../columns/goodsRow.ts';
import { type Import, importById } from '../import.ts';
import { blockByKey, blockKey, newRow, type Row } from '../row.ts';
import { carriedOut, unreadable } from './carriedOut.ts';
import { keptProduct } from './keptProduct.ts';

export type GoodsToBring = GoodsRow & { readonly number: number };

type ApplyInput = {
  readonly id: string;
  readonly n: number;
  readonly goods: readonly GoodsToBring[];
  /** Rows that were good when they were looked at and can no longer be read: their category has another name. */
  readonly unread: readonly number[];
};

/** Adds the goods of a block, or changes those that are there. */
export const applyGoods = useCase({
  name: 'import.apply_goods',
  permission: 'system',
  movesValue: false,
  needs: ({ id, n, goods }: ApplyInput, find) => ({
    before: find.one(importById, id),
    block: find.one(blockByKey, blockKey(id, n)),
    known: goods.map(({ sku }) => find.one(productBySku, sku)),
  }),
  decide({ before, block, known }, { n, goods, unread }, context) {
    if (before?.state !== 'applying' || block?.state !== 'staged') return { unchanged: '{}' };
    const brought = goods.map((one, place) => bring(one, known[place], before, n, context));
    const made = [...unreadable(before.id, n, unread), ...brought.map(({ row }) => row)];
    const moved = carriedOut(before, block, made, context.now);
    return accepted({
      activities: [...brought.flatMap(({ activity }) => (activity ? [activity] : [])), ...moved.activities],
      changes: [...brought.flatMap(({ changes }) => changes), ...moved.changes],
      result: {},
    });
  },
});

type Brought = { readonly row: Row; readonly activity?: ActivityDraft; readonly changes: readonly Change[] };

function bring(
  { number, ...terms }: GoodsToBring,
  known: Product | undefined,
  { id: importId, existing }: Import,
  block: number,
  { now, newId }: Pick<Context, 'now' | 'newId'>,
): Brought {
  const facts = { importId, number, block };
  if (known && existing === 'skip') {
    return { row: newRow({ ...facts, outcome: 'skipped', subjectId: known.id }), changes: [] };
  }
  const product: Product = known
    ? { ...known, ...terms, revision: known.revision + 1 }
    : { ...terms, id: newId(), revision: 1, createdAt: now };
  const row = newRow({
    ...facts,
    outcome: known ? 'updated' : 'created',
    subjectId: product.id,
    subjectRevision: product.revision,
    before: known ? keptProduct(known) : null,
  });
  return { row, activity: productDraft(product, known), changes: [put(products, product)] };
}
