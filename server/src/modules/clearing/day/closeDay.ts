import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { accountsOf, openBook, ownerAnd } from '../../ledger/index.ts';
import { storeById } from '../../merchants/index.ts';
import {
  bookDifferences,
  type DayClose,
  dayAnswer,
  dayCloses,
  differenceOf,
  lastClose,
  type TenderCount,
  takenIn,
} from './day.ts';

type Counted = { readonly tender: string; readonly currency: string; readonly amount: bigint };
type CloseDayInput = {
  readonly storeId: string;
  readonly counted: readonly Counted[];
  readonly reason: string | undefined;
};

/** Closes a store's day: what it took since the last close is cut off, and what was counted otherwise is booked, with a reason. */
export const closeDay = useCase({
  name: 'store_day.close',
  permission: 'shifts.correct',
  movesValue: true,
  storeOf: ({ storeId }: CloseDayInput) => storeId,
  needs: ({ storeId }, find) => ({
    store: find.one(storeById, storeId),
    closes: find.all(lastClose, storeId),
    taken: find.one(takenIn, storeId),
    accounts: ['tender', 'cash_difference'].flatMap((purpose) =>
      find.all(accountsOf, ownerAnd(storeId, purpose)),
    ),
  }),
  decide({ store, closes, taken, accounts }, { storeId, counted, reason }, { now, actor, newId }) {
    if (!store) return refused('store_not_found', { field: 'storeId' });
    const last = closes.toSorted((a, b) => b.number - a.number)[0];
    const fromSeq = last?.toSeq ?? 1n;
    // A close that is being written at this moment is not in the log yet, nor what it cuts off.
    if (!taken || taken.fromSeq !== fromSeq || taken.toSeq <= fromSeq) return refused('cut_empty');
    const tenders = countsOf(taken.tenders, counted);
    const differences = tenders.filter((one) => differenceOf(one) !== 0n);
    if (differences.length > 0 && reason === undefined) {
      return refused('day_close_reason_required', {
        field: 'reason',
        detail: differences
          .map(({ tender, currency, taken: sum }) => `${tender}: ${sum} ${currency}`)
          .join(', '),
      });
    }
    const book = openBook(accounts, now);
    const transfers = bookDifferences(book, storeId, tenders);
    const postings = transfers.length === 0 ? [] : book.post(transfers);
    if (isRefused(postings)) return postings;
    const close: DayClose = {
      id: newId(),
      storeId,
      number: (last?.number ?? 0) + 1,
      fromSeq,
      toSeq: taken.toSeq,
      tenders,
      reason: reason ?? null,
      closedAt: now,
      closedBy: actor.id,
    };
    const details = {
      number: close.number,
      reason,
      differences: differences.map((one) => ({
        tender: one.tender,
        currency: one.currency,
        amount: jsonAmount(differenceOf(one)),
      })),
    };
    return accepted({
      activities: [{ type: 'store_day.closed', subjectId: close.id, storeId, details, postings }],
      changes: [put(dayCloses, close), ...book.changes()],
      result: dayAnswer(close),
    });
  },
});

/** What was taken beside what was counted; what nobody took may be counted too. */
function countsOf(
  taken: readonly Omit<TenderCount, 'counted'>[],
  counted: readonly Counted[],
): readonly TenderCount[] {
  const same = (a: Pick<Counted, 'tender' | 'currency'>, b: Pick<Counted, 'tender' | 'currency'>) =>
    a.tender === b.tender && a.currency === b.currency;
  const besides = counted.filter((one) => !taken.some((other) => same(one, other)));
  return [
    ...taken.map((one) => ({ ...one, counted: counted.find((other) => same(one, other))?.amount ?? null })),
    ...besides.map(({ tender, currency, amount }) => ({ tender, currency, taken: 0n, counted: amount })),
  ];
}
