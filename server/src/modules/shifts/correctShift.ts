import { isRefused, refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { accountsOf, openBook, ownerAnd } from '../ledger/index.ts';
import { bookDifference, type Shift, shiftAnswer, shiftById, shifts } from './shift.ts';

type CorrectShiftInput = { readonly id: string; readonly amount: bigint; readonly reason: string };

/** Adds to (or takes from) what a closed shift counted. The shift stays closed: what was counted then stays written. */
export const correctShift = useCase({
  name: 'shift.correct',
  permission: 'shifts.correct',
  movesValue: true,
  needs({ id }: CorrectShiftInput, find) {
    const shift = find.one(shiftById, id);
    return {
      shift,
      accounts: shift
        ? ['tender', 'cash_difference'].flatMap((purpose) =>
            find.all(accountsOf, ownerAnd(shift.storeId, purpose)),
          )
        : [],
    };
  },
  ownerStoreOf: ({ shift }) => shift?.storeId,
  decide({ shift, accounts }, { amount, reason }, { now }) {
    if (!shift) return refused('shift_not_found');
    if (shift.state !== 'closed') return refused('shift_not_closed');
    const corrected: Shift = { ...shift, corrected: shift.corrected + amount };
    const book = openBook(accounts, now);
    const postings = book.post(bookDifference(book, shift, amount));
    if (isRefused(postings)) return postings;
    const { id, storeId, currency } = shift;
    const details = { currency, reason };
    return accepted({
      activities: [{ type: 'shift.corrected', subjectId: id, storeId, amount, details, postings }],
      changes: [put(shifts, corrected), ...book.changes()],
      result: shiftAnswer(corrected),
    });
  },
});
