import { amountMax, amountOf, jsonAmount } from '../../../kernel/money.ts';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import { categoryPath, type Product, productBySku } from '../../catalog/index.ts';

/** What a till says is bought. */
export type LineInput = {
  /** Of a product, which then says what it is called and costs where the till does not. */
  readonly sku: string | undefined;
  readonly name: string | undefined;
  readonly quantity: number;
  /** Of one piece, before discounts. */
  readonly price: bigint | undefined;
};

type FoundLine = { readonly product: Product | undefined; readonly categoryPath: readonly string[] };

/** A line as it is sold. */
export type BasketLine = {
  readonly sku: string | null;
  readonly name: string;
  readonly productId: string | null;
  readonly categoryPath: readonly string[];
  readonly quantity: number;
  readonly price: bigint;
  readonly amount: bigint;
};

/** For `needs`: the products in a basket. */
export function basketRows(lines: readonly LineInput[], find: Find): readonly FoundLine[] {
  return lines.map(({ sku }) => {
    const product = sku === undefined ? undefined : find.one(productBySku, sku);
    return { product, categoryPath: product ? categoryPath(product.categoryId, find) : [] };
  });
}

/** The lines as they are sold; refused where neither the till nor the catalog knows what one is or costs. */
export function basketOf(
  inputs: readonly LineInput[],
  rows: readonly FoundLine[],
): readonly BasketLine[] | Refusal {
  const lines: BasketLine[] = [];
  for (const [n, { sku, name, quantity, price }] of inputs.entries()) {
    const { product, categoryPath: path = [] } = rows[n] ?? {};
    const each = price ?? product?.price;
    const called = name ?? product?.nameZh;
    if (each === undefined || called === undefined) {
      const field = `lines.${n}`;
      if (sku !== undefined) return refused('product_not_found', { field: `${field}.sku` });
      return refused('invalid_request', { field, detail: 'Name a product, or what it is and costs.' });
    }
    lines.push({
      sku: sku ?? null,
      name: called,
      productId: product?.id ?? null,
      categoryPath: path,
      quantity,
      price: each,
      amount: each * amountOf(quantity),
    });
  }
  if (totalOf(lines) <= amountMax) return lines;
  return refused('invalid_request', { field: 'lines', detail: `${amountMax} is the most at once.` });
}

export const totalOf = (lines: readonly BasketLine[]): bigint =>
  lines.reduce((sum, { amount }) => sum + amount, 0n);

/** What comes off each line: for the member, and behind that by a coupon. */
type Off = { readonly discounts: readonly bigint[]; readonly couponDiscounts: readonly bigint[] };

/** Lines as an order keeps them and the API shows them, each with what came off. */
export function linesAnswer(lines: readonly BasketLine[], { discounts, couponDiscounts }: Off) {
  return lines.map(({ sku, name, quantity, price, amount }, n) => ({
    sku,
    name,
    quantity,
    price: jsonAmount(price),
    amount: jsonAmount(amount),
    discount: jsonAmount(discounts[n] ?? 0n),
    couponDiscount: jsonAmount(couponDiscounts[n] ?? 0n),
  }));
}
