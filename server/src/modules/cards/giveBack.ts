import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import type { Activity, Posting } from '../../platform/executor/activity.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import type { Context } from '../../platform/executor/useCase.ts';
import { type Change, type Find, put } from '../../platform/executor/workingSet.ts';
import {
  type Account,
  accountsOf,
  activityBySeq,
  type Book,
  openBook,
  ownerAnd,
  type Transfer,
} from '../ledger/index.ts';
import { settledParts, settledRows, takeBack } from '../settlement/index.ts';
import { type Card, cardById, cardPurpose, moneyOn } from './card.ts';

/** What has gone back of a redemption, and by which activity it was reversed. No row: nothing. */
export type RedemptionReturn = {
  readonly redemptionSeq: bigint;
  readonly returned: bigint;
  readonly reversalSeq: bigint | null;
};

export const redemptionReturns = entity<RedemptionReturn>('redemptionReturn', (row) =>
  String(row.redemptionSeq),
);
export const returnOf = finder(redemptionReturns, 'ofRedemption', (row) => [String(row.redemptionSeq)]);

export type RedemptionRows = {
  readonly redemption: (Activity & { readonly storeId: string; readonly amount: bigint }) | undefined;
  readonly back: RedemptionReturn | undefined;
  /** The card that paid, and the one that stands in its place now. */
  readonly card: Card | undefined;
  readonly current: Card | undefined;
  readonly lots: readonly Account[];
  readonly currentLots: readonly Account[];
  readonly storeAccounts: readonly Account[];
};

/** A card may have been replaced again and again; more often than this, somebody is going round in circles. */
const successionsMax = 100;

/** The rows behind a redemption or a capture. */
export function redemptionRows(seq: bigint | undefined, find: Find): RedemptionRows {
  const found = seq === undefined ? undefined : find.one(activityBySeq, String(seq));
  const redemption = isRedemption(found) ? found : undefined;
  const card = redemption?.subjectId ? find.one(cardById, redemption.subjectId) : undefined;
  let current = card;
  for (let n = 0; current?.replacedBy && n < successionsMax; n++)
    current = find.one(cardById, current.replacedBy);
  const lots = card ? find.all(accountsOf, ownerAnd(card.id, cardPurpose)) : [];
  return {
    redemption,
    back: redemption && find.one(returnOf, String(redemption.seq)),
    card,
    current,
    lots,
    currentLots: current ? find.all(accountsOf, ownerAnd(current.id, cardPurpose)) : [],
    storeAccounts: redemption ? settledRows(redemption.storeId, redemption.postings, lots, find) : [],
  };
}

function isRedemption(
  a: Activity | undefined,
): a is Activity & { readonly storeId: string; readonly amount: bigint } {
  return (
    (a?.type === 'card.redeemed' || a?.type === 'card.captured') && a.storeId !== null && a.amount !== null
  );
}

/** Whether it is what a card paid of a purchase, which has the reference: a redemption by itself has its own. */
export const isOfPurchase = ({ type, reference }: Pick<Activity, 'type' | 'reference'>): boolean =>
  type === 'card.redeemed' && reference === null;

/** Why this much cannot go back, in check order; undefined if it can. */
export function mayGiveBack(
  { redemption, back, current }: RedemptionRows,
  amount: bigint,
): Refusal | undefined {
  if (!redemption || !current) return refused('redemption_not_found');
  if (back && back.reversalSeq !== null) return refused('redemption_reversed');
  const left = redemption.amount - (back?.returned ?? 0n);
  if (amount > left) {
    return refused('refund_exceeds_redemption', {
      field: 'amount',
      detail: `${left} can still go back.`,
      next: 'Refund at most that.',
    });
  }
  if (current.state === 'voided') return refused('card_voided', { next: 'Refund by other means.' });
  return undefined;
}

/** The note that this much more has gone back. */
export function returned(
  { redemption, back }: RedemptionRows,
  amount: bigint,
  reversalSeq: bigint | null,
): Change {
  const redemptionSeq = redemption?.seq ?? 0n;
  return put(redemptionReturns, { redemptionSeq, returned: (back?.returned ?? 0n) + amount, reversalSeq });
}

export type GivenBack = {
  readonly postings: readonly Posting[];
  readonly changes: readonly Change[];
  /** On the card that has it now. */
  readonly balance: bigint;
};

/**
 * Undoes this much of a redemption: the lots get back what they paid, the last to pay first, on the card that stands
 * in the payer's place now, and the stores owe each other as much less.
 */
export function giveBack(rows: RedemptionRows, amount: bigint, context: Context): GivenBack | Refusal {
  const book = openBook(giveBackAccounts(rows), context.now);
  const given = giveBackIn(rows, amount, book);
  return isRefused(given) ? given : { ...given, changes: book.changes() };
}

/** The accounts that giving back moves. */
export function giveBackAccounts(rows: RedemptionRows): readonly Account[] {
  return [...rows.lots, ...rows.currentLots, ...rows.storeAccounts];
}

/** The same in a book that other things are done in too, which must be over `giveBackAccounts`. */
export function giveBackIn(
  rows: RedemptionRows,
  amount: bigint,
  book: Book,
): Omit<GivenBack, 'changes'> | Refusal {
  const { redemption, current, back } = rows;
  if (!redemption || !current) return refused('redemption_not_found');
  const { storeId } = redemption;
  const settled = settledParts(redemption.postings, rows.lots, rows.storeAccounts);
  const { parts, owed } = takeBack(settled, back?.returned ?? 0n, amount);
  const transfers: Transfer[] = parts.map((part) => {
    const { asset, detail } = part.lot;
    const terms = { ownerId: current.id, purpose: cardPurpose, detail, asset };
    const lot = book.account(terms, { floor: 0n, usableUntil: current.validUntil });
    return {
      from: book.account({ ownerId: storeId, purpose: 'revenue', asset }),
      to: lot,
      amount: part.amount,
    };
  });
  transfers.push(...owed);
  const postings = book.post(transfers);
  if (isRefused(postings)) return postings;
  const lots = new Map(rows.currentLots.map((lot) => [lot.id, book.now(lot)]));
  for (const { to } of transfers) if (to.ownerId === current.id) lots.set(to.id, book.now(to));
  return { postings, balance: moneyOn([...lots.values()]).balance };
}
