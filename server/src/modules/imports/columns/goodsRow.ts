import { currencyExponent } from '../../../kernel/money.ts';
import type { GoodsField } from './fields.ts';
import type { RowProblem, RowTerms } from './memberRow.ts';
import { amountIn, type Bad, isBad, textOf, wordIn } from './values.ts';

/** Something that is sold, as a row of a file tells of it. Amounts in minor units. */
export type GoodsRow = {
  readonly sku: string;
  readonly nameZh: string;
  readonly nameEn: string | null;
  readonly categoryId: string | null;
  readonly price: bigint;
  readonly cost: bigint | null;
  readonly state: 'sold' | 'retired';
};

/** Categories by what they are called, in either language. */
export type CategoryIds = ReadonlyMap<string, string>;

const states = {
  sold: ['在售', '上架', '正常', '是', 'sold', 'active', 'on', 'yes', '1'],
  retired: ['停售', '下架', '停用', '否', 'retired', 'inactive', 'off', 'no', '0'],
} as const;

/** Reads a row; every problem of it at once. */
export function goodsRow(
  cells: readonly string[],
  { mapping, currency }: Pick<RowTerms, 'mapping' | 'currency'>,
  categories: CategoryIds,
): GoodsRow | readonly RowProblem[] {
  const exponent = currencyExponent(currency) ?? 2;
  const problems: RowProblem[] = [];
  const cell = (field: GoodsField): string => cells[mapping[field] ?? -1] ?? '';
  function good<T>(field: GoodsField, value: T | Bad): T | undefined {
    if (!isBad(value)) return value;
    problems.push({ column: mapping[field] ?? 0, code: value.bad });
    return undefined;
  }
  const sku = good('sku', textOf(cell('sku'), 64) ?? { bad: 'missing' });
  const nameZh = good('nameZh', textOf(cell('nameZh'), 200) ?? { bad: 'missing' });
  const nameEn = good('nameEn', textOf(cell('nameEn'), 200)) ?? null;
  const categoryId = good('category', categoryIn(cell('category'), categories)) ?? null;
  const price = good(
    'price',
    cell('price').trim() === '' ? { bad: 'missing' } : amountIn(cell('price'), exponent),
  );
  const cost = cell('cost').trim() === '' ? null : (good('cost', amountIn(cell('cost'), exponent)) ?? null);
  const state = good('state', wordIn(cell('state'), states, 'not_a_state')) ?? 'sold';
  if (sku === undefined || nameZh === undefined || price === undefined || problems.length > 0)
    return problems;
  return { sku, nameZh, nameEn, categoryId, price, cost, state };
}

function categoryIn(cell: string, categories: CategoryIds): string | null | Bad {
  const name = cell.trim();
  return name === '' ? null : (categories.get(name.toLowerCase()) ?? { bad: 'no_such_category' });
}
