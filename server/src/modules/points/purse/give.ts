import type { Account, Book, Transfer } from '../../ledger/index.ts';
import { debtOf, lotWith, owedBy, type PointsRows } from './purse.ts';

/** Puts points into a lot; what is owed is paid first. */
export function give(
  rows: PointsRows,
  { points, detail, from }: { points: bigint; detail: string; from: Account },
  book: Book,
): readonly Transfer[] {
  const owed = owedBy(rows);
  const repaid = owed < points ? owed : points;
  const transfers: Transfer[] = [];
  if (repaid > 0n) transfers.push({ from, to: debtOf(book, rows.memberId), amount: repaid });
  if (points > repaid) {
    transfers.push({ from, to: lotWith(book, rows.memberId, detail), amount: points - repaid });
  }
  return transfers;
}
