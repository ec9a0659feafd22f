import { z } from 'zod';
import { assert } from '../../../kernel/assert.ts';
import { amountOf, currencyExponent } from '../../../kernel/money.ts';
import { type Cell, decimal } from '../../../platform/files/table.ts';
import { amountJson } from '../../../platform/http/shapes.ts';

/** A column of a list as a file: where the field stands in an item, and whether it is money. */
export type FieldColumn = { readonly path: readonly string[]; readonly isAmount: boolean };

type Schema = z.core.JSONSchema._JSONSchema;

/** What somebody may do is about the one who asks, and no fact of the row. */
const leftOut = 'allowed';

/** The columns of a list: every field that its items may have, those of an object one by one, in the order of the shape. */
export function columnsOf(item: z.ZodType): readonly FieldColumn[] {
  const schema = z.toJSONSchema(item, {
    io: 'output',
    unrepresentable: 'any',
    reused: 'inline',
    override({ zodSchema, jsonSchema }) {
      if (isAmount(zodSchema)) jsonSchema.isAmount = true;
    },
  });
  const columns = new Map<string, FieldColumn>();
  walk(schema, [], columns);
  return [...columns.values()];
}

function walk(schema: Schema, path: readonly string[], columns: Map<string, FieldColumn>): void {
  if (typeof schema === 'boolean') return;
  const options = schema.anyOf ?? schema.oneOf;
  if (options) {
    for (const option of options) walk(option, path, columns);
    return;
  }
  if (schema.properties) {
    for (const [name, field] of Object.entries(schema.properties))
      if (name !== leftOut) walk(field, [...path, name], columns);
    return;
  }
  const key = path.join('.');
  const isMoney = schema.isAmount === true || columns.get(key)?.isAmount === true;
  columns.set(key, { path, isAmount: isMoney });
}

/** An amount with a description of its own is still the amount of which it was made. */
function isAmount(schema: z.core.$ZodType | undefined): boolean {
  return schema !== undefined && (schema === amountJson || isAmount(schema._zod.parent));
}

/** The cells of an item: amounts in major units of the currency that stands nearest, else the merchant's. */
export function cellsOf(columns: readonly FieldColumn[], item: unknown, currency: string): readonly Cell[] {
  return columns.map(({ path, isAmount: isMoney }) => {
    const value = valueAt(item, path);
    if (isMoney && typeof value === 'number') return money(value, assetAt(item, path) ?? currency);
    return cellOf(value);
  });
}

function money(value: number, asset: string): Cell {
  return currencyExponent(asset) === undefined ? value : decimal(amountOf(value), asset);
}

function valueAt(item: unknown, path: readonly string[]): unknown {
  let value = item;
  for (const name of path) value = fieldIn(value, name);
  return value;
}

function fieldIn(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function assetAt(item: unknown, path: readonly string[]): string | undefined {
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const beside = valueAt(item, path.slice(0, depth));
    const asset = fieldIn(beside, 'currency') ?? fieldIn(beside, 'asset');
    if (typeof asset === 'string') return asset;
  }
  return undefined;
}

function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join('; ');
  const text = JSON.stringify(value);
  assert(typeof text === 'string', 'an answer is JSON');
  return text;
}
