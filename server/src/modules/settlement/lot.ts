import type { Account, Book, Transfer } from '../ledger/index.ts';

/** Value that was paid for, value given on top of it, and value given to put something right. */
export type LotKind = 'principal' | 'bonus' | 'compensation';

/** What a lot is: its detail begins with it. A word that is not known is value that was given. */
export function lotKind({ detail }: Pick<Account, 'detail'>): LotKind {
  const [word] = detail.split('|');
  return word === 'principal' || word === 'compensation' ? word : 'bonus';
}

/** Who answers for a lot: the store that sold it, or the merchant itself where no store did. */
export function settlesWith(lot: Pick<Account, 'detail'>, merchantId: string): string {
  return lot.detail.split('|')[1] || merchantId;
}

/**
 * What a pair of parties owes each other for. Each is an account of its own, so that a statement is read off the ledger:
 * `principal` and `bonus` honoured for another, `fee` commission, `adjustment`, `netting` and `payment` what clearing posts.
 */
export type ClearingKind = 'principal' | 'bonus' | 'fee' | 'adjustment' | 'netting' | 'payment';

/** The detail of a party's clearing account with another. */
function clearingDetail(party: string, kind: ClearingKind): string {
  return kind === 'principal' ? party : `${party}|${kind}`;
}

/** What a store takes value as: for what it sells, or for a membership. */
export type Income = 'revenue' | 'membership_fee';

/** Whether an account of this purpose is where a store takes value. */
export function isIncome(purpose: string): boolean {
  return purpose === 'revenue' || purpose === 'membership_fee';
}

/** With whom a clearing account is. */
export function partyIn(detail: string): string {
  return detail.split('|')[0] ?? detail;
}

const clearingKinds: readonly ClearingKind[] = ['bonus', 'fee', 'adjustment', 'netting', 'payment'];

/** For what it is; a word that is not known counts as principal. */
export function clearingKind(detail: string): ClearingKind {
  const word = detail.split('|')[1];
  return clearingKinds.find((kind) => kind === word) ?? 'principal';
}

type Debt = {
  readonly debtor: string;
  readonly creditor: string;
  readonly asset: string;
  readonly amount: bigint;
  readonly kind: ClearingKind;
};

/** What the debtor comes to owe to the creditor: their accounts move by as much in opposite directions. */
export function clearing(book: Book, { debtor, creditor, asset, amount, kind }: Debt): Transfer {
  const account = (ownerId: string, party: string) =>
    book.account({ ownerId, purpose: 'clearing', detail: clearingDetail(party, kind), asset });
  return { from: account(debtor, creditor), to: account(creditor, debtor), amount };
}
