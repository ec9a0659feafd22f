import type { Context } from '../../../platform/executor/useCase.ts';
import type { Change } from '../../../platform/executor/workingSet.ts';
import type { Book, Transfer } from '../../ledger/index.ts';
import { type Earning, pointsFor, termOf } from '../scheme/scheme.ts';
import { schemeAt } from '../scheme/version.ts';
import { give } from './give.ts';
import { current, issueOf, lotDetail, type PointsRows } from './purse.ts';

export type Earned = {
  readonly transfers: readonly Transfer[];
  readonly changes: readonly Change[];
  /** How many points it earned, also those that only paid a debt. */
  readonly earned: bigint;
  /** Into which lot they went, to be kept with the purchase for `takeBack`; null where nothing was earned. */
  readonly lot: string | null;
};

/** What a purchase earns by the scheme of the day: nothing where there is none. One transfer, unless points are owed. */
export function earn(rows: PointsRows, earning: Earning, book: Book, context: Context): Earned {
  const scheme = schemeAt(rows.versions, context.now);
  const earned = scheme === undefined ? 0n : pointsFor(scheme, earning, context.now);
  if (earned === 0n || scheme === undefined || rows.merchant === undefined) {
    return { transfers: [], changes: [], earned: 0n, lot: null };
  }
  const detail = lotDetail(termOf(scheme, context.now, rows.merchant.timezone));
  const from = issueOf(book, context.merchantId, 'earned');
  return {
    transfers: give(current(rows, book), { points: earned, detail, from }, book),
    changes: [],
    earned,
    lot: detail,
  };
}
