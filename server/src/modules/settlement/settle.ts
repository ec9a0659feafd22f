import { type Refusal, refused } from '../../kernel/outcome.ts';
import type { Context } from '../../platform/executor/useCase.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import {
  type Account,
  accountsOf,
  availableOn,
  type Book,
  ownerAnd,
  type Share,
  type Transfer,
} from '../ledger/index.ts';
import { type Store, storeById } from '../merchants/index.ts';
import { ruleOf, takes } from './acceptance.ts';
import { clearing, type Income, lotKind, settlesWith } from './lot.ts';
import { bearers, commissionOn, furtherParties, partOf, ratioOf, type SettlementTerms } from './terms.ts';
import { acceptanceAt, type SettlementVersion, termsAt, versionsIn } from './version.ts';

/** The rows behind paying a store out of lots: the terms, the stores that sold, and all accounts that may move but the lots. */
export type Settling = {
  readonly versions: readonly SettlementVersion[];
  /** Those that sold the lots; looked up only where somebody laid down who takes what. */
  readonly sellers: readonly Store[];
  /** The store's revenue, and the clearing accounts of the parties. */
  readonly accounts: readonly Account[];
};

/** For `needs`: what paying this store out of these lots is about. */
export function settlingRows(storeId: string, lots: readonly Account[], find: Find): Settling {
  const versions = versionsIn(find);
  const sellerIds = new Set(lots.map((lot) => settlesWith(lot, find.merchantId)));
  sellerIds.delete(storeId);
  const parties = new Set(sellerIds);
  let sellers: readonly Store[] = [];
  for (const version of versions) {
    if (version.kind === 'acceptance') {
      sellers = Array.from(sellerIds, (id) => find.one(storeById, id)).filter((store) => store !== undefined);
    } else {
      for (const party of furtherParties(version.body, find.merchantId)) parties.add(party);
    }
  }
  const revenue = find.all(accountsOf, ownerAnd(storeId, 'revenue'));
  if (parties.size === 0) return { versions, sellers, accounts: revenue };
  const clearings = [storeId, ...parties].flatMap((party) =>
    find.all(accountsOf, ownerAnd(party, 'clearing')),
  );
  return { versions, sellers, accounts: [...revenue, ...clearings] };
}

/** Those of the lots that a store takes at this time. What the merchant itself gave is taken everywhere. */
export function acceptedLots(
  { versions, sellers }: Settling,
  store: Store,
  lots: readonly Account[],
  context: Context,
): readonly Account[] {
  const rule = ruleOf(acceptanceAt(versions, context.now), store.id, context.now);
  if (rule === undefined) return lots;
  return lots.filter((lot) => {
    const sellerId = settlesWith(lot, context.merchantId);
    if (sellerId === store.id || sellerId === context.merchantId) return true;
    const seller = sellers.find(({ id }) => id === sellerId);
    return seller !== undefined && takes(rule, store, seller);
  });
}

/** Refused where a store takes too little of the lots to be paid this much; what other refusals there are goes before. */
export function notAccepted(accepted: readonly Account[], amount: bigint): Refusal | undefined {
  const available = accepted.reduce((sum, lot) => sum + availableOn(lot), 0n);
  if (amount <= available) return undefined;
  return refused('not_accepted_here', {
    field: 'storeId',
    detail: `${available} of it was sold by stores whose cards are taken here.`,
    next: 'Ask for less, or pay at the store that sold it.',
  });
}

export type Due = {
  readonly storeId: string;
  readonly currency: string;
  /** Which lots pay how much. */
  readonly shares: readonly Share[];
  /** By what it is paid, as commission rules name it: `gift_card`, `wallet`. */
  readonly tender: string;
  /** What the store takes it as; left out: revenue. */
  readonly income?: Income;
};

/**
 * Transfers by which lots pay a store: each lot's payment, and behind it what others come to owe the store for honouring
 * it; commission comes last. `settledParts` reads them back in this order. Nothing is owed but between pairs, so the
 * clearing accounts of all parties sum to zero.
 */
export function settle(rows: Settling, due: Due, book: Book, context: Context): Transfer[] {
  const { storeId, currency, shares, tender, income = 'revenue' } = due;
  const terms = termsAt(rows.versions, context.now);
  const revenue = book.account({ ownerId: storeId, purpose: income, asset: currency });
  const transfers: Transfer[] = [];
  for (const share of shares) {
    transfers.push({ from: share.account, to: revenue, amount: share.amount });
    transfers.push(...owedFor(terms, share, storeId, book, context.merchantId));
  }
  const amount = shares.reduce((sum, share) => sum + share.amount, 0n);
  const fee = commissionOn(terms, { kind: 'redemption', storeId, tender, amount });
  if (fee > 0n) {
    const creditor = context.merchantId;
    transfers.push(clearing(book, { debtor: storeId, creditor, asset: currency, amount: fee, kind: 'fee' }));
  }
  return transfers;
}

function owedFor(
  terms: SettlementTerms,
  { account: lot, amount }: Share,
  storeId: string,
  book: Book,
  merchantId: string,
): Transfer[] {
  const sellerId = settlesWith(lot, merchantId);
  const kind = lotKind(lot);
  const settled = partOf(amount, ratioOf(terms, sellerId, storeId, kind));
  if (settled === 0n) return [];
  return bearers(terms, kind, settled, { sellerId, redeemerId: storeId, merchantId })
    .filter((borne) => borne.amount > 0n && borne.partyId !== storeId)
    .map((borne) =>
      clearing(book, {
        debtor: borne.partyId,
        creditor: storeId,
        asset: lot.asset,
        amount: borne.amount,
        kind: kind === 'principal' ? 'principal' : 'bonus',
      }),
    );
}
