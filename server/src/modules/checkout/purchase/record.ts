import { z } from 'zod';
import { amountOf } from '../../../kernel/money.ts';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Activity } from '../../../platform/executor/activity.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import { fieldsOf } from '../../../platform/http/merge.ts';

/** What has gone back of a purchase. No row: nothing. */
export type PurchaseReturn = {
  readonly purchaseSeq: bigint;
  readonly returned: bigint;
  /** Of each line how many pieces, and of each share of a bonus bound to goods how much; none of those behind the end. */
  readonly parts: { readonly pieces: readonly number[]; readonly bound: readonly number[] };
};

export const purchaseReturns = entity<PurchaseReturn>('purchaseReturn', (row) => String(row.purchaseSeq));
export const returnOfPurchase = finder(purchaseReturns, 'ofPurchase', (row) => [String(row.purchaseSeq)]);

/** Why so much cannot go back. What came to nothing, by its coupon, goes back once, and nothing is paid out for it. */
export function mayRefund(
  back: PurchaseReturn | undefined,
  due: bigint,
  amount: bigint,
  isByLines: boolean,
): Refusal | undefined {
  const left = due - (back?.returned ?? 0n);
  const isOver = due === 0n && back !== undefined && !isByLines;
  if (amount > left || isOver) {
    return refused('refund_exceeds_purchase', { field: 'amount', detail: `${left} can still go back.` });
  }
  // Pieces that came to nothing go back like others: that there are any was seen to.
  if (amount > 0n || due === 0n || isByLines) return undefined;
  return refused('invalid_request', { field: 'amount', detail: 'Say how much goes back.' });
}

const PaidTender = z.object({
  kind: z.enum(['wallet', 'gift_card', 'points', 'money']),
  /** What a drawer or a statement calls it: `cash`, `bank_card`, `wallet`. */
  tender: z.string(),
  amount: z.int(),
  reference: z.string().nullable(),
  /** Of a gift card: the entry of the log by which it paid. */
  redemptionSeq: z.string().nullable(),
  points: z.int().nullable(),
  pointParts: z.array(z.object({ detail: z.string(), points: z.int() })),
  /** Where it is somebody else's wallet: whose, and by which family share. */
  family: z.object({ shareId: z.string(), payerId: z.string() }).optional(),
});
export type PaidTender = z.output<typeof PaidTender>;

/** What the log keeps of a purchase: the order as it was, for its refunds and for whoever asks later. */
export const PurchaseDetails = z.object({
  lines: z.array(
    z.object({
      sku: z.string().nullable(),
      name: z.string(),
      quantity: z.int(),
      price: z.int(),
      amount: z.int(),
      discount: z.int(),
      couponDiscount: z.int().default(0),
    }),
  ),
  total: z.int(),
  discount: z.int(),
  /** What a coupon took off, behind that. */
  couponDiscount: z.int().default(0),
  coupon: z.object({ id: z.string(), templateId: z.string(), name: z.string() }).optional(),
  currency: z.string(),
  tenders: z.array(PaidTender),
  /** What lots that are bound to goods paid of which line. Of purchases from before that was kept: nothing. */
  bound: z.array(z.object({ lot: z.string(), line: z.int(), amount: z.int() })).default([]),
  earned: z.object({ points: z.int(), lot: z.string().nullable() }),
  snapshot: z.unknown().optional(),
  balance: z.object({ principal: z.int(), bonus: z.int(), later: z.int(), total: z.int() }).nullable(),
});
export type PurchaseDetails = z.output<typeof PurchaseDetails>;

/** What was to be paid for all pieces of a line, after all that came off it. */
export function dueOfLine({ amount, discount, couponDiscount }: PurchaseDetails['lines'][number]): bigint {
  return amountOf(amount) - amountOf(discount) - amountOf(couponDiscount);
}

/** What the log has of a purchase; undefined where this entry is none. */
export function detailsOf(
  activity: Pick<Activity, 'type' | 'details'> | undefined,
): PurchaseDetails | undefined {
  if (activity?.type !== 'purchase.made' || activity.details === null) return undefined;
  return fieldsOf(activity.details, PurchaseDetails);
}
