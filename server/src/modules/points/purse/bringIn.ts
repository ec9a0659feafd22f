import type { Context } from '../../../platform/executor/useCase.ts';
import { availableOn, type Book, type Transfer } from '../../ledger/index.ts';
import { termOf } from '../scheme/scheme.ts';
import { schemeAt } from '../scheme/version.ts';
import { give } from './give.ts';
import { issueOf, lotDetail, lotWith, type PointsRows } from './purse.ts';

/** Points that a member had in another system. */
export type BroughtPoints = { readonly points: bigint; readonly importId: string };

/**
 * Puts points into a purse that a member had elsewhere. They can be spent at once and lapse as points earned today do; they
 * are a lot of their own, so that they can be taken back. `rows` as the book has them.
 */
export function bringInPoints(
  rows: PointsRows,
  { points, importId }: BroughtPoints,
  book: Book,
  { now, merchantId }: Pick<Context, 'now' | 'merchantId'>,
): { readonly transfers: readonly Transfer[]; readonly lot: string } {
  const scheme = schemeAt(rows.versions, now);
  const term =
    scheme && rows.merchant
      ? termOf({ ...scheme, pendingDays: 0 }, now, rows.merchant.timezone)
      : { from: null, until: null };
  const lot = `${lotDetail(term)}|${importId}`;
  return {
    transfers: give(rows, { points, detail: lot, from: issueOf(book, merchantId, 'imported') }, book),
    lot,
  };
}

/** Takes back what is left of them; what was spent, or paid a debt, is missing. */
export function bringBackPoints(
  memberId: string,
  { points, lot }: { readonly points: bigint; readonly lot: string },
  book: Book,
  merchantId: string,
): { readonly transfers: readonly Transfer[]; readonly missing: bigint } {
  const from = lotWith(book, memberId, lot);
  const left = availableOn(book.now(from));
  const amount = left < points ? left : points;
  const to = issueOf(book, merchantId, 'imported');
  return { transfers: amount > 0n ? [{ from, to, amount }] : [], missing: points - amount };
}
