import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import type { Posting } from '../../platform/executor/activity.ts';
import type { Context } from '../../platform/executor/useCase.ts';
import { type Change, type Find, put } from '../../platform/executor/workingSet.ts';
import {
  type Account,
  accounts,
  accountsOf,
  type Book,
  end,
  type Hold,
  inSpendingOrder,
  isStanding,
  openBook,
  openHoldsOf,
  ownerAnd,
  spread,
  type Transfer,
  type Waiver,
  withoutHolds,
} from '../ledger/index.ts';
import { cardPurpose, type Money, moneyOn } from './card.ts';

/** Who answers for a lot: the store that sold it, or the merchant itself where no store did. */
export function settlesWith(lot: Pick<Account, 'detail'>, merchantId: string): string {
  return lot.detail.split('|')[1] || merchantId;
}

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

/** Where a store's sales against cards go, and its accounts with those stores that sold them. */
export function storeAccounts(storeId: string, lots: readonly Account[], find: Find): readonly Account[] {
  const sellers = new Set(
    lots.map((lot) => settlesWith(lot, find.merchantId)).filter((seller) => seller !== storeId),
  );
  const revenue = find.all(accountsOf, ownerAnd(storeId, 'revenue'));
  if (sellers.size === 0) return revenue;
  const parties = [storeId, ...sellers];
  return [...revenue, ...parties.flatMap((party) => find.all(accountsOf, ownerAnd(party, 'clearing')))];
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

type Sources = { readonly lots: readonly Account[]; readonly storeAccounts: readonly Account[] };

type Due = {
  readonly amount: bigint;
  readonly storeId: string;
  readonly currency: string;
  /** The lots that pay, in order, where that is not for the spending order to say. */
  readonly from?: readonly Account[];
  readonly waiver?: Waiver;
};

/**
 * Pays a store out of a card's lots. Where another store sold a lot, that one owes the amount to this one: the pair's
 * clearing accounts move by the same amount in opposite directions, so all stores together net to zero.
 */
export function payStore({ lots, storeAccounts }: Sources, due: Due, context: Context): Paid | Refusal {
  const { storeId, currency } = due;
  const shares = spread(due.from ?? inSpendingOrder(lots), due.amount);
  if (!shares) return refused('insufficient_balance', { field: 'amount' });
  const book = openBook([...lots, ...storeAccounts], context.now);
  const revenue = book.account({ ownerId: storeId, purpose: 'revenue', asset: currency });
  const transfers: Transfer[] = shares.map(({ account, amount }) => ({ from: account, to: revenue, amount }));
  for (const { account, amount } of shares) {
    const seller = settlesWith(account, context.merchantId);
    if (seller !== storeId) transfers.push(clearing(book, seller, storeId, currency, amount));
  }
  const postings = book.post(transfers, due.waiver);
  if (isRefused(postings)) return postings;
  return { postings, changes: book.changes(), money: moneyOn(lots.map((lot) => book.now(lot))) };
}

/** What `debtor` comes to owe to `creditor`. */
export function clearing(
  book: Book,
  debtor: string,
  creditor: string,
  asset: string,
  amount: bigint,
): Transfer {
  return {
    from: book.account({ ownerId: debtor, purpose: 'clearing', detail: creditor, asset }),
    to: book.account({ ownerId: creditor, purpose: 'clearing', detail: debtor, asset }),
    amount,
  };
}
