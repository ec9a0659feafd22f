import { encodeId } from '../../../kernel/id.ts';
import { amountOf, jsonAmount } from '../../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import { accepted, type Context, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import type { Book } from '../../ledger/index.ts';
import { progress } from '../../memberships/index.ts';
import { backFrom, type CouponBack } from '../purchase/coupon.ts';
import { purchaseReturns } from '../purchase/record.ts';
import { giveAll } from './give.ts';
import { type Named, type RefundRows, refundBook, refundRows } from './rows.ts';
import { sumOfWanted, type Taking, takingOf, type Wanted } from './taking.ts';

type Needed = { readonly purchase: RefundRows | undefined };
export type RefundInput = Named & Wanted & { readonly reason: string };

/** Gives a part of a purchase back to what paid for it, the last first; what it earned goes in proportion. */
export const refundPurchase = useCase({
  name: 'purchase.refund',
  permission: 'checkout.refund',
  movesValue: true,
  amountOf: (input: RefundInput, rows: Needed | undefined) =>
    rows?.purchase ? sumOfWanted(rows.purchase, input) : input.amount,
  needs: (input, find): Needed => ({ purchase: refundRows(input, find) }),
  ownerStoreOf: ({ purchase }) => purchase?.storeId,
  secondPerson: {
    kind: 'refund',
    by: 'carry',
    amountOf: ({ purchase }, input) =>
      purchase ? (purchase.back?.returned ?? 0n) + sumOfWanted(purchase, input) : input.amount,
  },
  decide({ purchase: rows }, input, context) {
    if (!rows) return refused('purchase_not_found');
    const taking = takingOf(rows, input);
    if (isRefused(taking)) return taking;
    const { before, amount, lines } = taking;
    const book = refundBook(rows, context.now);
    const given = giveAll(rows, taking, book, context);
    if (isRefused(given)) return given;
    const coupon = couponOf(rows, input, taking, book, context);
    if (isRefused(coupon)) return coupon;
    const outcome = coupon?.outcome ?? null;
    const { tenders, pointsTaken } = given;
    const details = { reason: input.reason, lines, tenders, pointsTaken, coupon: outcome };
    const undone = { spent: -amount, currency: rows.details.currency, points: -amountOf(pointsTaken) };
    const fallen = rows.membership && progress(rows.membership, undone, context);
    return accepted({
      activities: [
        {
          type: 'purchase.refunded',
          subjectId: rows.memberId ?? undefined,
          storeId: rows.storeId,
          relatedSeq: rows.seq,
          amount,
          details,
          postings: given.postings,
        },
        ...given.activities,
        ...(coupon?.activities ?? []),
        ...(fallen?.activities ?? []),
      ],
      changes: [
        put(purchaseReturns, { purchaseSeq: rows.seq, returned: before + amount, parts: taking.parts }),
        ...given.changes,
        ...(coupon?.changes ?? []),
        ...(fallen?.changes ?? []),
        ...book.changes(),
      ],
      result: {
        id: encodeId('ref', context.activityId()),
        purchaseId: encodeId('pur', input.purchaseId),
        amount: jsonAmount(amount),
        refunded: jsonAmount(before + amount),
        currency: rows.details.currency,
        lines,
        tenders,
        pointsTaken,
        coupon: outcome,
        createdAt: context.now.toISOString(),
      },
    });
  },
});

/** What becomes of the coupon: it comes back with the last of what was bought, and is used up as long as any of it is not. */
function couponOf(
  { coupon, memberId, seq, storeId }: RefundRows,
  { purchaseId }: Named,
  { isAll }: Taking,
  book: Book,
  context: Context,
): CouponBack | Refusal | undefined {
  // By then it may have come back, and have been used for something else.
  if (coupon?.coupon?.usedSeq !== seq || memberId === null || !isAll) return undefined;
  return backFrom(coupon, { purchaseId, seq, storeId, memberId }, book, context);
}
