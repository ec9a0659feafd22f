import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import type { Posting } from '../../platform/executor/activity.ts';
import type { Context } from '../../platform/executor/useCase.ts';
import { type Change, type Find, put } from '../../platform/executor/workingSet.ts';
import {
  type Account,
  accounts,
  accountsOf,
  end,
  type Hold,
  inSpendingOrder,
  isStanding,
  openBook,
  openHoldsOf,
  ownerAnd,
  spread,
  type Waiver,
  withoutHolds,
} from '../ledger/index.ts';
import { type Settling, settle } from '../settlement/index.ts';
import { cardPurpose, type Money, moneyOn } from './card.ts';

/** The terms of value that was paid for at a store. */
export const principalOf = (storeId: string) => `principal|${storeId}`;
/** The terms of value that the merchant gave. */
export const compensation = 'compensation|';

/** How many postings lots have had together: more than loading made means that they have been used. */
export const postingsOn = (lots: readonly Account[]): bigint =>
  lots.reduce((sum, lot) => sum + lot.postings, 0n);

/** The lots of a card with the holds on them. */
export type Lots = { readonly lots: readonly Account[]; readonly holds: readonly Hold[] };

/** The lots of a card and, where something is held, the holds on them. */
export function lotsOf(cardId: string | undefined, find: Find): Lots {
  if (cardId === undefined) return { lots: [], holds: [] };
  const lots = find.all(accountsOf, ownerAnd(cardId, cardPurpose));
  return { lots, holds: lots.some((lot) => lot.held > 0n) ? find.all(openHoldsOf, cardId) : [] };
}

/** Lots as if holds past their time had been let go of, and the changes that let go of them. */
export function freed(
  found: Lots,
  context: Context,
): { lots: readonly Account[]; changes: readonly Change[] } {
  const { lots, lapsed } = freedAt(found, context.now);
  if (lapsed.length === 0) return { lots, changes: [] };
  return {
    lots,
    // To be applied before what is then done to the same lots.
    changes: [
      ...lapsed.map((hold) => end(hold, 'expired', context.seq())),
      ...lots.map((lot) => put(accounts, lot)),
    ],
  };
}

/** Lots as they are at a time, and the holds whose time is up by then. */
export function freedAt(
  { lots, holds }: Lots,
  now: Date,
): { lots: readonly Account[]; lapsed: readonly Hold[] } {
  const lapsed = holds.filter((hold) => hold.state === 'open' && !isStanding(hold, now));
  return { lots: lapsed.length === 0 ? lots : withoutHolds(lots, lapsed), lapsed };
}

export type Paid = {
  readonly postings: readonly Posting[];
  readonly changes: readonly Change[];
  readonly money: Money;
};

type Sources = { readonly lots: readonly Account[]; readonly settling: Settling };

type Due = {
  readonly amount: bigint;
  readonly storeId: string;
  readonly currency: string;
  /** The lots that pay, in order, where those are not all in spending order. */
  readonly from?: readonly Account[];
  readonly waiver?: Waiver;
};

/** Pays a store out of a card's lots, and posts what others come to owe the store for honouring what they sold. */
export function payStore({ lots, settling }: Sources, due: Due, context: Context): Paid | Refusal {
  const { storeId, currency } = due;
  const shares = spread(due.from ?? inSpendingOrder(lots), due.amount);
  if (!shares) return refused('insufficient_balance', { field: 'amount' });
  const book = openBook([...lots, ...settling.accounts], context.now);
  const transfers = settle(settling, { storeId, currency, shares, tender: 'gift_card' }, book, context);
  const postings = book.post(transfers, due.waiver);
  if (isRefused(postings)) return postings;
  return { postings, changes: book.changes(), money: moneyOn(lots.map((lot) => book.now(lot))) };
}
