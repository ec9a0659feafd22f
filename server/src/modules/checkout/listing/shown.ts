import { z } from 'zod';
import { assert } from '../../../kernel/assert.ts';
import { activityId, encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { amountJson, currencyCode, idOut, instant } from '../../../platform/http/shapes.ts';
import { dueOfLine, PurchaseDetails } from '../purchase/record.ts';
import { couponBack, couponOut, lineOut, linesBack, tenderOut } from '../shapes.ts';
import { type PurchaseRow, purchaseStates, type RefundRow } from './store.ts';

/** A purchase as its list shows it. What was left on the wallet is not told: the house may hide it. */
export const PurchaseItem = z.object({
  id: idOut('pur'),
  createdAt: instant,
  storeId: idOut('store'),
  reference: z.string(),
  memberId: idOut('mem').nullable(),
  total: amountJson.meta({ description: 'Before discounts.' }),
  discount: amountJson,
  couponDiscount: amountJson.meta({ description: 'What the coupon takes off, behind that.' }),
  due: amountJson.meta({ description: 'What was paid.' }),
  currency: currencyCode,
  tenders: z.array(tenderOut),
  returned: amountJson.meta({ description: 'What has gone back of it.' }),
  refundable: amountJson.meta({ description: 'What of it can still go back.' }),
  state: z.enum(purchaseStates),
});

const boughtLine = lineOut.extend({
  index: z.int().meta({ description: 'Its place, from 0; a refund names it by this.' }),
  due: amountJson.meta({ description: 'What was paid for all of its pieces.' }),
  returned: z.int().meta({ description: 'Pieces of it that have gone back.' }),
});
const refundOut = z.object({
  id: idOut('ref'),
  createdAt: instant,
  amount: amountJson,
  reason: z.string(),
  lines: linesBack.meta({ description: 'None where a sum went back.' }),
  tenders: z.array(z.object({ tender: z.string(), amount: amountJson })),
  pointsTaken: z.int(),
  coupon: couponBack,
});
export const PurchaseWhole = PurchaseItem.extend({
  activityId: idOut('act').meta({ description: 'Its entry of the log.' }),
  lines: z.array(boughtLine),
  coupon: couponOut.nullable(),
  earned: z.int().meta({ description: 'Points.' }),
  refunds: z.array(refundOut).meta({ description: 'What went back, the first first.' }),
});

function detailsIn({ details }: PurchaseRow): PurchaseDetails {
  const kept = PurchaseDetails.safeParse(details);
  assert(kept.success, 'the log has all of a purchase');
  return kept.data;
}

const idOf = (prefix: string, { occurredAt, seq }: Pick<PurchaseRow, 'occurredAt' | 'seq'>) =>
  encodeId(prefix, activityId(occurredAt, seq));

/** A purchase as its list shows it. */
export function itemOf(row: PurchaseRow): z.output<typeof PurchaseItem> {
  const { total, discount, couponDiscount, currency, tenders } = detailsIn(row);
  return {
    id: idOf('pur', row),
    createdAt: row.occurredAt.toISOString(),
    storeId: encodeId('store', row.storeId),
    reference: row.reference,
    memberId: row.memberId === null ? null : encodeId('mem', row.memberId),
    total,
    discount,
    couponDiscount,
    due: jsonAmount(row.due),
    currency,
    tenders: tenders.map(({ tender, amount, reference, family }) => ({
      tender,
      amount,
      reference,
      payerId: family?.payerId ?? null,
    })),
    returned: jsonAmount(row.returned),
    refundable: jsonAmount(row.due - row.returned),
    state: row.state,
  };
}

const RefundDetails = z.object({
  reason: z.string(),
  lines: z.array(z.object({ line: z.int(), quantity: z.int(), amount: z.int() })).default([]),
  tenders: z.array(z.object({ tender: z.string(), amount: z.int() })),
  pointsTaken: z.int(),
  coupon: z.enum(['returned', 'lost']).nullable().default(null),
});

function refundOf(row: RefundRow): z.output<typeof refundOut> {
  const kept = RefundDetails.safeParse(row.details);
  assert(kept.success, 'the log has all of a refund');
  return {
    id: idOf('ref', row),
    createdAt: row.occurredAt.toISOString(),
    amount: jsonAmount(row.amount),
    ...kept.data,
  };
}

/** All of a purchase, and what went back of it. */
export function wholeOf(row: PurchaseRow, refunds: readonly RefundRow[]): z.output<typeof PurchaseWhole> {
  const { lines, earned, coupon } = detailsIn(row);
  return {
    ...itemOf(row),
    activityId: idOf('act', row),
    lines: lines.map((line, index) => ({
      index,
      ...line,
      due: jsonAmount(dueOfLine(line)),
      returned: row.pieces?.[index] ?? 0,
    })),
    coupon: coupon ?? null,
    earned: earned.points,
    refunds: refunds.map(refundOf),
  };
}
