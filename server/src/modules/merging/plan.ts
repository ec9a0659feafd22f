import { isRefused, type Refusal } from '../../kernel/outcome.ts';
import type { Posting } from '../../platform/executor/activity.ts';
import type { Context } from '../../platform/executor/useCase.ts';
import { type Account, type Book, openBook } from '../ledger/index.ts';
import type { Member } from '../members/index.ts';
import { mergedStanding, mergedTerm, tierNow } from '../memberships/index.ts';
import { mergePurses, type PointsRows } from '../points/index.ts';
import { lotAfter } from '../wallets/index.ts';
import { type Against, bothOf, type MergeRows, standingOpen } from './merge.ts';

/** A lot of the wallet, and where it goes. */
export type MovedLot = { readonly from: Account; readonly to: Account };

/** All that merging two members does, before anything is said about it. */
export type MergePlan = {
  readonly from: Member;
  readonly into: Member;
  readonly book: Book;
  readonly lots: readonly MovedLot[];
  readonly postings: readonly Posting[];
  /** The purse of the one who stays, as it is then. */
  readonly points: PointsRows;
  readonly term: Exclude<ReturnType<typeof mergedTerm>, Refusal>;
  readonly standing: ReturnType<typeof mergedStanding>;
  readonly tiers: {
    readonly from: string | null;
    readonly into: string | null;
    readonly after: string | null;
  };
};

/** What merging comes to, and all that is against it: with something against it, it is only for showing. */
export type Planned = { readonly plan: MergePlan; readonly against: readonly Against[] };

/** Works out what merging two members does; refused where one of them is not there. */
export function planOf(rows: MergeRows, { now }: Pick<Context, 'now'>): Planned | Refusal {
  const both = bothOf(rows);
  if (isRefused(both)) return both;
  const { from, into } = both;
  const against = [...standingOpen(rows.from, now)];
  const accounts = [rows.from, rows.into].flatMap(({ lots, points }) => [...lots, ...points.accounts]);
  const book = openBook(accounts, now);
  const { lots, postings } = moveLots(rows.from.lots, into.id, book, against);
  const purse = mergePurses(rows.from.points, rows.into.points, book, now);
  if (isRefused(purse)) against.push({ refusal: purse });
  else close(purse.emptied, book);
  const term = mergedTerm(rows.from.membership, rows.into.membership, now);
  if (isRefused(term)) against.push({ refusal: term });
  const standing = mergedStanding(rows.from.membership, rows.into.membership, now);
  const settled = isRefused(term) ? { kept: undefined, ended: undefined, days: 0 } : term;
  const after = {
    ...rows.into.membership,
    membership: settled.kept ?? rows.into.membership.membership,
    standing: standing?.kept ?? rows.into.membership.standing,
  };
  return {
    plan: {
      ...{ from, into, book, lots, standing },
      points: isRefused(purse) ? rows.into.points : purse.after,
      postings: [...postings, ...(isRefused(purse) ? [] : purse.postings)],
      term: settled,
      tiers: {
        from: tierNow(rows.from.membership, now)?.code ?? null,
        into: tierNow(rows.into.membership, now)?.code ?? null,
        after: tierNow(after, now)?.code ?? null,
      },
    },
    against,
  };
}

/**
 * Moves each lot as it is: when it ends, who answers for it and what was paid for it stand in its detail. Those with nothing
 * on them go too, since something may come back onto them.
 */
function moveLots(lots: readonly Account[], intoId: string, book: Book, against: Against[]) {
  const moved = lots.map((from): MovedLot => ({ from, to: lotAfter(book, from, intoId) }));
  for (const { from, to } of moved) book.set({ ...book.now(to), state: from.state });
  const full = moved.filter(({ from }) => from.balance > 0n);
  const postings = book.post(
    full.map(({ from, to }) => ({ from, to, amount: from.balance })),
    { evenIfUnusable: true },
  );
  if (isRefused(postings)) against.push({ refusal: postings });
  else close(lots, book);
  return { lots: moved, postings: isRefused(postings) ? [] : postings };
}

/** Nothing comes onto what has gone over: not even by a command that knows the member of before. */
function close(accounts: readonly Account[], book: Book): void {
  for (const account of accounts) book.set({ ...book.now(account), state: 'closed' });
}
