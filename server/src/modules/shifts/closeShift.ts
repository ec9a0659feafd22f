import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { accountsOf, openBook, ownerAnd } from '../ledger/index.ts';
import { bookDifference, cashTakenIn, type Shift, shiftAnswer, shiftById, shifts } from './shift.ts';

type CloseShiftInput = { readonly id: string; readonly reason: string | undefined };

/** Closes a counted shift for good. What is in the drawer beyond or below what should be is booked, and has a reason. */
export const closeShift = useCase({
  name: 'shift.close',
  permission: 'shifts.work',
  movesValue: true,
  needs({ id }: CloseShiftInput, find) {
    const shift = find.one(shiftById, id);
    return {
      shift,
      taken: find.one(cashTakenIn, id),
      accounts: shift
        ? ['tender', 'cash_difference'].flatMap((purpose) =>
            find.all(accountsOf, ownerAnd(shift.storeId, purpose)),
          )
        : [],
    };
  },
  ownerStoreOf: ({ shift }) => shift?.storeId,
  decide({ shift, taken, accounts }, { reason }, { now, actor }) {
    if (!shift) return refused('shift_not_found');
    if (shift.state === 'closed') return refused('shift_closed');
    // A count that is being written at this moment is not in the log yet, nor is all that it ends.
    if (shift.counted === null || !taken) return refused('shift_not_counted');
    const expected = shift.openingFloat + taken.taken;
    const difference = shift.counted - expected;
    if (difference !== 0n && reason === undefined) {
      return refused('shift_reason_required', { field: 'reason', detail: `${expected} was expected.` });
    }
    const closed: Shift = {
      ...shift,
      state: 'closed',
      expected,
      closedAt: now,
      closedBy: actor.id,
      reason: reason ?? null,
    };
    const book = openBook(accounts, now);
    const transfers = bookDifference(book, shift, difference);
    const postings = transfers.length === 0 ? [] : book.post(transfers);
    if (isRefused(postings)) return postings;
    const { id, storeId, currency } = shift;
    const details = { currency, expected: jsonAmount(expected), difference: jsonAmount(difference), reason };
    return accepted({
      activities: [
        { type: 'shift.closed', subjectId: id, storeId, amount: shift.counted, details, postings },
      ],
      changes: [put(shifts, closed), ...book.changes()],
      result: shiftAnswer(closed),
    });
  },
});
