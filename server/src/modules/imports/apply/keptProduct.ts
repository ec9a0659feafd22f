import { z } from 'zod';
import { amountOf, jsonAmount } from '../../../kernel/money.ts';
import type { Product } from '../../catalog/index.ts';

/** What a file may change of a product. */
type Terms = Pick<Product, 'nameZh' | 'nameEn' | 'categoryId' | 'price' | 'cost' | 'state'>;

const Kept = z.strictObject({
  nameZh: z.string(),
  nameEn: z.string().nullable(),
  categoryId: z.string().nullable(),
  price: z.int(),
  cost: z.int().nullable(),
  state: z.enum(['sold', 'retired']),
});

/** A product as it was before a file changed it, as it is kept. */
export function keptProduct({
  nameZh,
  nameEn,
  categoryId,
  price,
  cost,
  state,
}: Terms): z.output<typeof Kept> {
  const kept = cost === null ? null : jsonAmount(cost);
  return { nameZh, nameEn, categoryId, price: jsonAmount(price), cost: kept, state };
}

/** The same as it is to be again. */
export function restoredTerms(before: Readonly<Record<string, unknown>>): Terms {
  const { price, cost, ...rest } = Kept.parse(before);
  return { ...rest, price: amountOf(price), cost: cost === null ? null : amountOf(cost) };
}
