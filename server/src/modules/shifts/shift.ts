import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import type { Account, Book, Transfer } from '../ledger/index.ts';

/** Somebody's time at a counter. Its takings are those of its device, or of who opened it, from its opening to its count. */
export type Shift = {
  readonly id: string;
  readonly storeId: string;
  readonly deviceId: string | null;
  /** The key or the member of staff. */
  readonly openedBy: string;
  /** That of its cash. */
  readonly currency: string;
  readonly openingFloat: bigint;
  readonly state: 'open' | 'counted' | 'closed';
  readonly openedAt: Date;
  readonly openedSeq: bigint;
  readonly counted: bigint | null;
  readonly countedAt: Date | null;
  /** With this entry of the log its takings end. */
  readonly countedSeq: bigint | null;
  readonly countedBy: string | null;
  /** What should have been in the drawer; known from the closing on. */
  readonly expected: bigint | null;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly reason: string | null;
  readonly corrected: bigint;
};

export const shifts = entity<Shift>('shift', ({ id }) => id, 'none');
export const shiftById = finder(shifts, 'byId', ({ id }) => [id]);
/** Those of a device; open ones are among them. */
export const shiftsOnDevice = finder(shifts, 'onDevice', ({ deviceId }) =>
  deviceId === null ? [] : [deviceId],
);
/** Those without a device, under this one key; open ones are among them. */
export const shiftsAlone = finder(shifts, 'alone', ({ deviceId }) => (deviceId === null ? ['alone'] : []));

/** The cash that a counted shift took, by the log; there is none before the count is in the log. */
export type CashTaken = { readonly id: string; readonly taken: bigint };

export const cashTaken = entity<CashTaken>('shiftCash', ({ id }) => id, 'none');
export const cashTakenIn = finder(cashTaken, 'byShift', ({ id }) => [id]);

/** What a tender is called that is counted. */
export const cash = 'cash';

/** What is in the drawer beyond what should be (negative: what is missing) becomes the store's gain or loss. */
export function bookDifference(
  book: Book,
  { storeId, currency }: Pick<Shift, 'storeId' | 'currency'>,
  difference: bigint,
): Transfer[] {
  if (difference === 0n) return [];
  const drawer: Account = book.account({
    ownerId: storeId,
    purpose: 'tender',
    detail: cash,
    asset: currency,
  });
  const gain: Account = book.account({ ownerId: storeId, purpose: 'cash_difference', asset: currency });
  // Cash at hand is a debit: more of it leaves the drawer's account, as where a sale is paid.
  return difference > 0n
    ? [{ from: drawer, to: gain, amount: difference }]
    : [{ from: gain, to: drawer, amount: -difference }];
}

/** Whether a shift is of this device; without one, whether it is of who opened it. */
export const isOf = (shift: Shift, deviceId: string | null, actorId: string): boolean =>
  shift.deviceId === deviceId && (deviceId !== null || shift.openedBy === actorId);

const amountOrNull = (amount: bigint | null) => (amount === null ? null : jsonAmount(amount));

/** A shift as the API shows it. What was expected is not part of it until it was counted. */
export function shiftAnswer(shift: Shift) {
  const { counted, expected, corrected } = shift;
  return {
    id: encodeId('shift', shift.id),
    storeId: encodeId('store', shift.storeId),
    deviceId: shift.deviceId === null ? null : encodeId('dev', shift.deviceId),
    state: shift.state,
    currency: shift.currency,
    openingFloat: jsonAmount(shift.openingFloat),
    openedAt: shift.openedAt.toISOString(),
    counted: amountOrNull(counted),
    countedAt: shift.countedAt?.toISOString() ?? null,
    expected: amountOrNull(expected),
    difference: counted === null || expected === null ? null : jsonAmount(counted + corrected - expected),
    corrected: jsonAmount(corrected),
    reason: shift.reason,
    closedAt: shift.closedAt?.toISOString() ?? null,
  };
}
