import { amountOf, least } from '../../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Context } from '../../../platform/executor/useCase.ts';
import { type Account, type Book, type Share, spread, type Transfer } from '../../ledger/index.ts';
import { type Scheme, whole } from '../scheme/scheme.ts';
import { schemeAt } from '../scheme/version.ts';
import { current, issueOf, isUsable, lotsIn, type PointsRows, purseOf } from './purse.ts';

/** Which lot paid how many points, to be kept for `returnSpent`. */
export type Part = { readonly detail: string; readonly points: bigint };

type Taken = { readonly transfers: readonly Transfer[]; readonly parts: readonly Part[] };

/** Which lots pay these points, what lapses soonest first; refused where too few can be spent. */
export function sharesOf(rows: PointsRows, points: bigint, now: Date): readonly Share[] | Refusal {
  const lots = lotsIn(rows, now).filter((lot) => isUsable(lot, now));
  const shares = spread(
    lots.map(({ account }) => account),
    points,
  );
  if (shares) return shares;
  const { usable, pending } = purseOf(rows, now);
  return refused('insufficient_points', {
    field: 'points',
    detail: `${usable} can be spent${pending > 0n ? `, ${pending} more later` : ''}.`,
  });
}

/** Takes points out of a purse. */
export function take(rows: PointsRows, points: bigint, to: Account, now: Date): Taken | Refusal {
  const shares = sharesOf(rows, points, now);
  if (isRefused(shares)) return shares;
  return {
    transfers: shares.map(({ account, amount }) => ({ from: account, to, amount })),
    parts: shares.map(({ account, amount }) => ({ detail: account.detail, points: amount })),
  };
}

export type Spent = Taken & {
  /** What they pay, in minor units of the merchant's currency. */
  readonly worth: bigint;
};

/** What points are worth as a tender by a scheme, whole steps only; undefined where they pay nothing. */
export function worthOf(scheme: Scheme | undefined, points: bigint): bigint | undefined {
  if (!scheme?.spend) return undefined;
  return (points / amountOf(scheme.spend.points)) * amountOf(scheme.spend.worth);
}

/** How many points may pay of a bill and what they pay of it: what can be spent, in whole steps, within their part of it. */
export function mostPoints(
  rows: PointsRows,
  bill: bigint,
  now: Date,
): Pick<Spent, 'worth'> & { points: bigint } {
  const spend = schemeAt(rows.versions, now)?.spend;
  if (!spend) return { points: 0n, worth: 0n };
  const [step, worth] = [amountOf(spend.points), amountOf(spend.worth)];
  const [held, allowed] = [
    purseOf(rows, now).usable / step,
    (bill * amountOf(spend.billPpm)) / amountOf(whole) / worth,
  ];
  const steps = least(held, allowed);
  return steps > 0n ? { points: steps * step, worth: steps * worth } : { points: 0n, worth: 0n };
}

/** Pays with points, at most the part of a bill that the scheme lets them pay. */
export function spendPoints(
  rows: PointsRows,
  points: bigint,
  bill: bigint,
  book: Book,
  context: Context,
): Spent | Refusal {
  const scheme = schemeAt(rows.versions, context.now);
  const worth = worthOf(scheme, points);
  if (!scheme?.spend || worth === undefined) return refused('points_not_spendable', { field: 'points' });
  const step = amountOf(scheme.spend.points);
  if (points <= 0n || points % step !== 0n) {
    return refused('points_step', { field: 'points', next: `Name a multiple of ${step}.` });
  }
  const most = (bill * amountOf(scheme.spend.billPpm)) / amountOf(whole);
  if (worth > most) {
    const steps = most / amountOf(scheme.spend.worth);
    return refused('points_over_share', {
      field: 'points',
      detail: `They may pay ${most} of this bill.`,
      next: `${steps * step} points are the most.`,
    });
  }
  const to = issueOf(book, context.merchantId, 'spent');
  const taken = take(current(rows, book), points, to, context.now);
  return isRefused(taken) ? taken : { ...taken, worth };
}
