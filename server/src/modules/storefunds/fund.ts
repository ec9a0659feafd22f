import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import { type Account, accountsOf, type Book, ownerAnd, type Transfer } from '../ledger/index.ts';

/** What a store with a settlement account has agreed to: a franchised one, which keeps the cash that it takes. */
export type StoreFund = {
  readonly storeId: string;
  readonly currency: string;
  /** Whether cash that members hand over there stays there, and is taken out of its account instead. */
  readonly keepsCash: boolean;
  /** How far the account may be drawn beyond what was paid in. */
  readonly creditLimit: bigint;
  readonly createdAt: Date;
};

export const storeFunds = entity<StoreFund>('storeFund', ({ storeId }) => storeId);
export const fundOfStore = finder(storeFunds, 'ofStore', ({ storeId }) => [storeId]);

/** The account: what was paid in and the credit granted, less what was taken. Never below zero. */
const fundPurpose = 'store_fund';
/** The merchant's other side of the credit: how much of the account is lent. By store. */
const creditPurpose = 'store_credit';
/** The other side of cash in a drawer that is the store's own: with its tender account it comes to nothing. */
const keptPurpose = 'cash_kept';
/** What a store earned for taking money in, which is the merchant's cost. By store. */
const commissionPurpose = 'commission';
/** What was paid into settlement accounts, and out, by tender: the merchant's own bank. */
const tenderPurpose = 'tender';

export type FundRows = { readonly fund: StoreFund | undefined; readonly accounts: readonly Account[] };

/** A store's agreement, and where it has one the accounts that cash taken there moves. */
export function fundRows(storeId: string, find: Find): FundRows {
  const fund = find.one(fundOfStore, storeId);
  if (!fund) return { fund, accounts: [] };
  return {
    fund,
    accounts: [
      ...find.all(accountsOf, ownerAnd(storeId, fundPurpose)),
      ...find.all(accountsOf, ownerAnd(storeId, keptPurpose)),
      ...find.all(accountsOf, ownerAnd(find.merchantId, commissionPurpose)),
    ],
  };
}

/** What changing the agreement, and paying in or out, moves besides. */
export function fundingAccounts(storeId: string, find: Find): readonly Account[] {
  return [
    ...find.all(accountsOf, ownerAnd(storeId, fundPurpose)),
    ...find.all(accountsOf, ownerAnd(find.merchantId, creditPurpose)),
    ...find.all(accountsOf, ownerAnd(find.merchantId, tenderPurpose)),
  ];
}

/** The accounts of a store's agreement in a book over them. */
export function fundBook(fund: Pick<StoreFund, 'storeId' | 'currency'>, book: Book, merchantId: string) {
  const { storeId, currency: asset } = fund;
  return {
    fund: book.account({ ownerId: storeId, purpose: fundPurpose, asset }, { floor: 0n }),
    credit: book.account({ ownerId: merchantId, purpose: creditPurpose, detail: storeId, asset }),
    kept: book.account({ ownerId: storeId, purpose: keptPurpose, asset }),
    commission: book.account({ ownerId: merchantId, purpose: commissionPurpose, detail: storeId, asset }),
    bank: (tender: string) =>
      book.account({ ownerId: merchantId, purpose: tenderPurpose, detail: tender, asset }),
  };
}

type Cash = { readonly currency: string; readonly amount: bigint; readonly commission: bigint };

/**
 * What follows where a store takes cash in for the merchant. A store that keeps it pays for it out of its settlement account,
 * less its commission; none of it from a store without an agreement, which hands its cash in. The book must be over
 * `fundRows`; the tender is posted by the caller, as always, so that the drawer has the cash.
 */
export function keepCash(
  { fund }: FundRows,
  { currency, amount, commission }: Cash,
  book: Book,
  merchantId: string,
): readonly Transfer[] | Refusal {
  if (!fund?.keepsCash) return [];
  if (fund.currency !== currency) return refused('currency_mismatch', { field: 'amount' });
  const at = fundBook(fund, book, merchantId);
  const due = amount - commission;
  const { balance } = book.now(at.fund);
  if (due > balance) {
    return refused('settlement_limit_exceeded', {
      field: 'amount',
      detail: `The store’s settlement account is good for ${balance}; this takes ${due}.`,
      next: 'Pay into the account, or have its limit raised.',
    });
  }
  return moved(
    [
      { from: at.fund, to: at.kept, amount: due },
      { from: at.commission, to: at.kept, amount: commission },
    ],
    false,
  );
}

/** The same the other way round, where the store hands cash back out of its drawer. */
export function returnCash(
  { fund }: FundRows,
  { currency, amount, commission }: Cash,
  book: Book,
  merchantId: string,
): readonly Transfer[] {
  if (!fund?.keepsCash || fund.currency !== currency) return [];
  const at = fundBook(fund, book, merchantId);
  return moved(
    [
      { from: at.fund, to: at.kept, amount: amount - commission },
      { from: at.commission, to: at.kept, amount: commission },
    ],
    true,
  );
}

function moved(transfers: readonly Transfer[], back: boolean): readonly Transfer[] {
  return transfers
    .filter(({ amount }) => amount > 0n)
    .map(({ from, to, amount }) => (back ? { from: to, to: from, amount } : { from, to, amount }));
}

/** An agreement as the API shows it, with what is on the account. */
export function fundAnswer(fund: StoreFund, balance: bigint) {
  return {
    storeId: encodeId('store', fund.storeId),
    currency: fund.currency,
    keepsCash: fund.keepsCash,
    creditLimit: jsonAmount(fund.creditLimit),
    deposit: jsonAmount(balance - fund.creditLimit),
    available: jsonAmount(balance),
    createdAt: fund.createdAt.toISOString(),
  };
}

/** What is on a store's account, out of the accounts that were found. */
export function balanceOf(fund: StoreFund, accounts: readonly Account[]): bigint {
  const account = accounts.find(
    ({ ownerId, purpose, asset }) =>
      ownerId === fund.storeId && purpose === fundPurpose && asset === fund.currency,
  );
  return account?.balance ?? 0n;
}
