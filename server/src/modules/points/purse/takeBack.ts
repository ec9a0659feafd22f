import type { Context } from '../../../platform/executor/useCase.ts';
import type { Change } from '../../../platform/executor/workingSet.ts';
import type { Account, Book, Transfer } from '../../ledger/index.ts';
import { termOf } from '../scheme/scheme.ts';
import { schemeAt } from '../scheme/version.ts';
import { give } from './give.ts';
import {
  current,
  debtOf,
  issueOf,
  isUsable,
  type Lot,
  lotDetail,
  lotsIn,
  type PointsRows,
  termIn,
} from './purse.ts';
import type { Part } from './spend.ts';

/** How much of a purchase is returned: `before` went back already, `now` goes back, of `total`. */
export type Returning = { readonly total: bigint; readonly before: bigint; readonly now: bigint };

/** The part of a number that a return is: what has gone back in all is rounded down, so that returns of the whole sum to it. */
function partOf(number: bigint, { total, before, now }: Returning): bigint {
  return (number * (before + now)) / total - (number * before) / total;
}

export type TakenBack = {
  readonly transfers: readonly Transfer[];
  readonly changes: readonly Change[];
  readonly taken: bigint;
  /** How many of them were not there any more, and are owed now. */
  readonly owed: bigint;
};

/**
 * Takes back what a purchase earned, or what else came with something, in proportion to what of it is returned: out of its own lot first, then what cannot be
 * spent yet, then the rest, what lapses last first. What is not there any more is owed.
 */
export function takeBack(
  rows: PointsRows,
  { earned, lot, returning }: { earned: bigint; lot: string | null; returning: Returning },
  book: Book,
  context: Pick<Context, 'now' | 'merchantId'>,
  cause: 'earned' | 'bonus' = 'earned',
): TakenBack {
  const taken = partOf(earned, returning);
  if (taken === 0n) return { transfers: [], changes: [], taken, owed: 0n };
  const to = issueOf(book, context.merchantId, cause);
  const rank = (one: Lot) => (one.account.detail === lot ? 0 : isUsable(one, context.now) ? 2 : 1);
  const lots = lotsIn(current(rows, book), context.now).toReversed();
  const transfers: Transfer[] = [];
  let rest = taken;
  for (const { account } of lots.toSorted((a, b) => rank(a) - rank(b))) {
    if (rest === 0n) break;
    const amount = account.balance < rest ? account.balance : rest;
    transfers.push({ from: account, to, amount });
    rest -= amount;
  }
  if (rest > 0n) transfers.push({ from: debtOf(book, rows.memberId), to, amount: rest });
  return { transfers, changes: [], taken, owed: rest };
}

export type GivenBack = { readonly transfers: readonly Transfer[]; readonly points: bigint };

/**
 * Gives back points that were spent, in proportion to what is returned: to the lots they came from, the last first. What
 * has lapsed since comes back with the term of points earned now, so that a return is worth what was paid.
 */
export function returnSpent(
  rows: PointsRows,
  { parts, returning, cause }: { parts: readonly Part[]; returning: Returning; cause: 'spent' | 'gifts' },
  book: Book,
  context: Context,
): GivenBack {
  const spent = parts.reduce((sum, part) => sum + part.points, 0n);
  const points = partOf(spent, returning);
  let skip = (spent * returning.before) / returning.total;
  let rest = points;
  const from: Account = issueOf(book, context.merchantId, cause);
  const shares = new Map<string, bigint>();
  for (const part of parts.toReversed()) {
    const skipped = skip < part.points ? skip : part.points;
    skip -= skipped;
    const left = part.points - skipped;
    const share = left < rest ? left : rest;
    rest -= share;
    if (share === 0n) continue;
    const detail = standing(part.detail, rows, context.now);
    shares.set(detail, (shares.get(detail) ?? 0n) + share);
  }
  const transfers: Transfer[] = [];
  let standingRows = current(rows, book);
  for (const [detail, share] of shares) {
    transfers.push(...give(standingRows, { points: share, detail, from }, book));
    // A debt is paid once: by the first of them as far as it goes.
    standingRows = withoutDebt(standingRows, share);
  }
  return { transfers, points };
}

/** The lot itself while it has not ended; else that of points earned now. */
function standing(detail: string, { versions, merchant }: PointsRows, now: Date): string {
  const until = termIn(detail)?.until ?? null;
  if (until === null || now < until) return detail;
  const scheme = schemeAt(versions, now);
  if (!scheme || !merchant) return lotDetail({ from: null, until: null });
  return lotDetail(termOf({ ...scheme, pendingDays: 0 }, now, merchant.timezone));
}

function withoutDebt(rows: PointsRows, paid: bigint): PointsRows {
  return {
    ...rows,
    accounts: rows.accounts.map((account) =>
      account.ownerId === rows.memberId && account.balance < 0n
        ? { ...account, balance: account.balance + paid > 0n ? 0n : account.balance + paid }
        : account,
    ),
  };
}
