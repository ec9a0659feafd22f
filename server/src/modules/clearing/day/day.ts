import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import type { Book, Transfer } from '../../ledger/index.ts';

/** What a tender took since the last close, and what was counted of it. */
export type TenderCount = {
  readonly tender: string;
  readonly currency: string;
  readonly taken: bigint;
  /** null: nobody counted. */
  readonly counted: bigint | null;
};

/** The end of a store's day: a cut of the log, where the last one ended. */
export type DayClose = {
  readonly id: string;
  readonly storeId: string;
  readonly number: number;
  readonly fromSeq: bigint;
  readonly toSeq: bigint;
  readonly tenders: readonly TenderCount[];
  readonly reason: string | null;
  readonly closedAt: Date;
  readonly closedBy: string;
};

export const dayCloses = entity<DayClose>('clearingDayClose', ({ id }) => id, 'none');
/** The last one of a store; of several that are under way all. */
export const lastClose = finder(dayCloses, 'lastOf', ({ storeId }) => [storeId]);

/** What a store took since its last close, by the log: read out of it, never written. */
export type DayTaken = {
  readonly storeId: string;
  readonly fromSeq: bigint;
  /** Exclusive. */
  readonly toSeq: bigint;
  readonly tenders: readonly Omit<TenderCount, 'counted'>[];
};

export const dayTaken = entity<DayTaken>('clearingDayTaken', ({ storeId }) => storeId, 'none');
export const takenIn = finder(dayTaken, 'ofStore', ({ storeId }) => [storeId]);

/** What was counted beyond what was taken (negative: what is missing); nothing where nobody counted. */
export function differenceOf({ taken, counted }: TenderCount): bigint {
  return counted === null ? 0n : counted - taken;
}

/** What is there beyond what should be becomes the store's gain, what is missing its loss. */
export function bookDifferences(book: Book, storeId: string, tenders: readonly TenderCount[]): Transfer[] {
  return tenders.flatMap((one) => {
    const difference = differenceOf(one);
    if (difference === 0n) return [];
    const { tender, currency: asset } = one;
    const till = book.account({ ownerId: storeId, purpose: 'tender', detail: tender, asset });
    const detail = tender === 'cash' ? '' : tender;
    const gain = book.account({ ownerId: storeId, purpose: 'cash_difference', detail, asset });
    // What was taken is a debit: more of it leaves the tender's account, as where a sale is paid.
    return difference > 0n
      ? [{ from: till, to: gain, amount: difference }]
      : [{ from: gain, to: till, amount: -difference }];
  });
}

/** A closed day as the API shows it. */
export function dayAnswer(close: DayClose) {
  return {
    id: encodeId('dcl', close.id),
    storeId: encodeId('store', close.storeId),
    number: close.number,
    tenders: close.tenders.map((one) => ({
      tender: one.tender,
      currency: one.currency,
      taken: jsonAmount(one.taken),
      counted: one.counted === null ? null : jsonAmount(one.counted),
      difference: one.counted === null ? null : jsonAmount(differenceOf(one)),
    })),
    reason: close.reason,
    closedAt: close.closedAt.toISOString(),
  };
}
