import { isRefused, type Refusal } from '../../../kernel/outcome.ts';
import type { Posting } from '../../../platform/executor/activity.ts';
import { type Account, type Book, spread } from '../../ledger/index.ts';
import { give } from './give.ts';
import { current, debtOf, isUsable, lotsIn, owedBy, type PointsRows } from './purse.ts';

export type MergedPurse = {
  readonly postings: readonly Posting[];
  /** What was moved: accounts with nothing on them from now on. */
  readonly emptied: readonly Account[];
  /** The other one as it is then. */
  readonly after: PointsRows;
};

/**
 * Puts all that is in one purse into another: each lot into the one of the same term, so that nothing lasts longer or can be
 * spent sooner for it. What one of them owes is paid by what the other has, as the next points would pay it. What has lapsed
 * stays where it is, for the job that sweeps it.
 */
export function mergePurses(
  from: PointsRows,
  into: PointsRows,
  book: Book,
  now: Date,
): MergedPurse | Refusal {
  const postings: Posting[] = [];
  const emptied: Account[] = [];
  const opened: Account[] = [];
  const standing = () => current(into, book, opened);
  const post = (transfers: Parameters<Book['post']>[0]): Refusal | undefined => {
    const posted = book.post(transfers);
    if (isRefused(posted)) return posted;
    const ends = transfers.flatMap((transfer) => [transfer.from, transfer.to]);
    opened.push(...ends.filter(({ ownerId }) => ownerId === into.memberId));
    postings.push(...posted);
    return undefined;
  };
  for (const { account } of lotsIn(from, now)) {
    const { balance, detail } = account;
    const refusal = post(give(standing(), { points: balance, detail, from: account }, book));
    if (refusal) return refusal;
    emptied.push(account);
  }
  const owed = owedBy(from);
  if (owed > 0n) {
    const to = debtOf(book, from.memberId);
    const refusal = post(payers(standing(), owed, book, now).map((payer) => ({ ...payer, to })));
    if (refusal) return refusal;
    emptied.push(to);
  }
  return { postings, emptied, after: standing() };
}

/** What pays a debt: what cannot be spent yet before the rest, what lapses last first, as a return takes it; then a debt. */
function payers(rows: PointsRows, owed: bigint, book: Book, now: Date) {
  const lots = lotsIn(rows, now).toReversed();
  const late = lots.filter((lot) => !isUsable(lot, now));
  const accounts = [...late, ...lots.filter((lot) => isUsable(lot, now))].map(({ account }) => account);
  const there = accounts.reduce((sum, { balance }) => sum + balance, 0n);
  const shares = spread(accounts, there < owed ? there : owed) ?? [];
  const paid = shares.map(({ account, amount }) => ({ from: account, amount }));
  return there < owed ? [...paid, { from: debtOf(book, rows.memberId), amount: owed - there }] : paid;
}
