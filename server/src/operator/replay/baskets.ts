import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { z } from 'zod';

/** What one household bought in one store at one time. */
export type Basket = {
  readonly id: string;
  readonly householdId: string;
  readonly storeId: string;
  /** Cents. */
  readonly total: bigint;
};

export type Sales = {
  /** In time order; those of one instant in the order of the file. */
  readonly baskets: readonly Basket[];
  readonly lines: number;
  /** Lines whose value was not in whole cents and was rounded. */
  readonly rounded: number;
  /** SHA-256 of the unpacked file: other data is another replay. */
  readonly digest: string;
};

// Such ids become store codes, references and parts of idempotency keys.
const id = z.string().regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, dots or hyphens');
const Line = z.object({
  household_id: id,
  store_id: id,
  basket_id: id,
  sales_value: z.string(),
  transaction_timestamp: z.iso.datetime({ offset: true }),
});

type Gathered = { -readonly [Fact in keyof Basket]: Basket[Fact] } & { readonly at: number };

/** Reads `sales.csv.gz` of a folder. Throws where a line is not understood, naming it. */
export async function readSales(folder: string): Promise<Sales> {
  const path = join(folder, 'sales.csv.gz');
  await access(path).catch(() => {
    throw new Error(`${path} is not there`);
  });
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const byId = new Map<string, Gathered>();
  let lines = 0;
  let rounded = 0;
  await pipeline(
    createReadStream(path),
    createGunzip(),
    hashing,
    parse({ columns: true }),
    async (records: AsyncIterable<unknown>) => {
      for await (const record of records) {
        lines++;
        if (!addLine(byId, record, lines + 1)) rounded++;
      }
    },
  );
  // The sort is stable, so the file decides between baskets of one instant.
  const baskets = [...byId.values()].sort((one, other) => one.at - other.at);
  return {
    baskets: baskets.map(({ at: _, ...basket }) => basket),
    lines,
    rounded,
    digest: hash.digest('hex'),
  };
}

/** Adds a line to its basket; answers whether its value was in whole cents. */
function addLine(byId: Map<string, Gathered>, record: unknown, number: number): boolean {
  const parsed = Line.safeParse(record);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`line ${number} of sales.csv.gz: ${issue?.path.join('.')} ${issue?.message}`);
  }
  const line = parsed.data;
  const value = centsOf(line.sales_value);
  if (value === undefined) {
    throw new Error(`line ${number} of sales.csv.gz: sales_value "${line.sales_value}" is not an amount`);
  }
  const at = Date.parse(line.transaction_timestamp);
  const basket = byId.get(line.basket_id);
  if (!basket) {
    const { household_id: householdId, store_id: storeId } = line;
    byId.set(line.basket_id, { id: line.basket_id, householdId, storeId, total: value.cents, at });
    return value.exact;
  }
  if (basket.householdId !== line.household_id || basket.storeId !== line.store_id || basket.at !== at) {
    throw new Error(
      `line ${number} of sales.csv.gz: basket ${basket.id} has another household, store or time`,
    );
  }
  basket.total += value.cents;
  return value.exact;
}

/** Digits beyond this many decimals or thousands of powers are no amount, and would only cost memory. */
const exponentMax = 400;

/**
 * Cents out of a decimal text, such as `1.5` or `4.440892e-16` (which is in the data), without ever being a float;
 * half a cent rounds up. Undefined where it is not a decimal.
 */
export function centsOf(text: string): { readonly cents: bigint; readonly exact: boolean } | undefined {
  const [, whole = '', fraction = '', power = '0'] =
    /^(\d{1,30})(?:\.(\d{1,30}))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text) ?? [];
  if (whole === '') return undefined;
  const digits = BigInt(whole + fraction);
  // The value in cents is digits * 10^shift.
  const shift = Number(power) - fraction.length + 2;
  if (Math.abs(shift) > exponentMax) return undefined;
  if (shift >= 0) return { cents: digits * 10n ** BigInt(shift), exact: true };
  const unit = 10n ** BigInt(-shift);
  return { cents: (digits + unit / 2n) / unit, exact: digits % unit === 0n };
}
