import type { Context } from '../../../platform/executor/useCase.ts';
import type { Book, Transfer } from '../../ledger/index.ts';
import { termOf } from '../scheme/scheme.ts';
import { schemeAt } from '../scheme/version.ts';
import { give } from './give.ts';
import { current, issueOf, lotDetail, type PointsRows, termIn } from './purse.ts';
import { takeBack } from './takeBack.ts';

type Given = { readonly transfers: readonly Transfer[]; readonly lot: string };
type When = Pick<Context, 'now' | 'merchantId'>;

/** Gives points that nothing was bought for: they can be spent at once, and lapse as points earned now would. */
export function giveBonus(rows: PointsRows, points: bigint, book: Book, { now, merchantId }: When): Given {
  const scheme = schemeAt(rows.versions, now);
  const term =
    scheme && rows.merchant
      ? termOf({ ...scheme, pendingDays: 0 }, now, rows.merchant.timezone)
      : { from: null, until: null };
  const lot = lotDetail(term);
  const from = issueOf(book, merchantId, 'bonus');
  return { transfers: give(current(rows, book), { points, detail: lot, from }, book), lot };
}

/** What came with something of which a part goes back: `before` of `total` went back already, `now` does. */
export type BonusBack = {
  readonly points: bigint;
  readonly lot: string | null;
  readonly returning: { readonly total: bigint; readonly before: bigint; readonly now: bigint };
};

/**
 * Takes back the part of a bonus that goes with what goes back: out of its own lot first; what is not there any more is
 * owed. Where less has gone back than before, the part comes again, as new where its lot has ended.
 */
export function takeBonusBack(
  rows: PointsRows,
  { points, lot, returning }: BonusBack,
  book: Book,
  when: When,
): readonly Transfer[] {
  if (returning.now >= 0n) {
    return takeBack(rows, { earned: points, lot, returning }, book, when, 'bonus').transfers;
  }
  const again = -bonusPart(points, returning);
  if (again === 0n) return [];
  const until = lot === null ? null : termIn(lot)?.until;
  const isOver = until !== undefined && until !== null && until <= when.now;
  if (lot === null || isOver) return giveBonus(rows, again, book, when).transfers;
  const from = issueOf(book, when.merchantId, 'bonus');
  return give(current(rows, book), { points: again, detail: lot, from }, book);
}

/** How many points go with what goes back. */
export function bonusPart(points: bigint, { total, before, now }: BonusBack['returning']): bigint {
  return (points * (before + now)) / total - (points * before) / total;
}
