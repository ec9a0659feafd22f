import { hash } from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import { newId } from '../../kernel/id.ts';
import { amountMax } from '../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import type { Posting } from '../../platform/executor/activity.ts';
import { entity, finder } from '../../platform/executor/entity.ts';

export type AccountState = 'open' | 'frozen' | 'closed';

/** A balance of one asset, in minor units. */
export type Account = {
  readonly id: string;
  /** The card, store or merchant that it belongs to. */
  readonly ownerId: string;
  readonly purpose: string;
  /** What sets it apart from its owner's other accounts of this purpose: the terms of a lot, a tender, a counterpart. */
  readonly detail: string;
  readonly asset: string;
  readonly balance: bigint;
  /** Part of the balance that holds reserve. */
  readonly held: bigint;
  readonly floor: bigint | null;
  readonly ceiling: bigint | null;
  readonly state: AccountState;
  readonly usableFrom: Date | null;
  /** Exclusive. */
  readonly usableUntil: Date | null;
  readonly postings: bigint;
};

export const accounts = entity<Account>('account', (account) => account.id);

/** The accounts of one owner for one purpose: `ownerAnd(ownerId, purpose)`. */
export const accountsOf = finder(accounts, 'byOwner', (account) => [
  ownerAnd(account.ownerId, account.purpose),
]);

/** The key of `accountsOf`. */
export function ownerAnd(ownerId: string, purpose: string): string {
  return `${ownerId}|${purpose}`;
}

/** Value on its way from one account to another of the same asset. The amount is positive. */
export type Transfer = { readonly from: Account; readonly to: Account; readonly amount: bigint };

/** Which of the guards on the paying account a use case may set aside, because undoing or closing is what it is for. */
export type Waiver = { readonly evenIfUnusable?: boolean };

export type Posted = {
  readonly postings: readonly Posting[];
  /** Each account that the transfers touched, as they left it. */
  readonly accounts: readonly Account[];
};

type Opening = Pick<Account, 'id' | 'ownerId' | 'purpose' | 'asset'> &
  Partial<Pick<Account, 'detail' | 'floor' | 'ceiling' | 'usableFrom' | 'usableUntil'>>;

/** What never changes about an account. */
export type Identity = Pick<Account, 'ownerId' | 'purpose' | 'detail' | 'asset' | 'floor' | 'ceiling'>;

/**
 * The id of an account opened then: its random part is a digest of the account's terms. The log's chain covers the ids of
 * accounts, so nobody can hand a balance to another owner behind its back.
 */
export function accountId(identity: Identity, openedAt: Date): string {
  const { ownerId, purpose, detail, asset, floor, ceiling } = identity;
  const terms = JSON.stringify([ownerId, purpose, detail, asset, String(floor), String(ceiling)]);
  return newId(openedAt, (bytes) => hash('sha256', terms, 'buffer').subarray(0, bytes));
}

/** Whether an account has the terms that it was opened with. */
export function hasItsTerms(account: Identity & Pick<Account, 'id'>): boolean {
  const timeDigits = 'xxxxxxxx-xxxx'.length;
  return accountId(account, new Date(0)).slice(timeDigits) === account.id.slice(timeDigits);
}

/** A new account with nothing on it. It is written with the first transfer that names it. */
export function newAccount(opening: Opening): Account {
  return {
    detail: '',
    floor: null,
    ceiling: null,
    usableFrom: null,
    usableUntil: null,
    ...opening,
    balance: 0n,
    held: 0n,
    state: 'open',
    postings: 0n,
  };
}

/** What may be taken from an account now, not counting what holds reserve. */
export function availableOn(account: Account): bigint {
  return account.balance - account.held;
}

/** Why nothing may be taken from this account at this time, in check order; undefined if it may. */
export function mayPay(account: Account, now: Date): Refusal | undefined {
  if (account.state === 'closed') return refused('account_closed');
  if (account.state === 'frozen') return refused('account_frozen');
  if (account.usableFrom !== null && now < account.usableFrom) return refused('account_not_yet_usable');
  if (account.usableUntil !== null && now >= account.usableUntil) return refused('account_expired');
  return undefined;
}

/**
 * Carries transfers out, in order, over the accounts as they stand: the only place where a balance changes.
 * Refuses the whole, and changes nothing, if one of them would leave an account outside its bounds.
 */
export function post(transfers: readonly Transfer[], now: Date, waiver: Waiver = {}): Posted | Refusal {
  const standing = new Map<string, Account>();
  const postings: Posting[] = [];
  for (const { from, to, amount } of transfers) {
    assert(amount > 0n && amount <= amountMax, 'a transfer moves a positive amount');
    assert(from.id !== to.id, 'a transfer has two ends');
    assert(from.asset === to.asset, 'a transfer is of one asset');
    const payer = standing.get(from.id) ?? from;
    const payee = standing.get(to.id) ?? to;
    const unusable = waiver.evenIfUnusable ? undefined : mayPay(payer, now);
    if (unusable) return unusable;
    if (payee.state === 'closed' && !waiver.evenIfUnusable) return refused('account_closed');
    const paid = move(payer, -amount, postings);
    if (isRefused(paid)) return paid;
    const received = move(payee, amount, postings);
    if (isRefused(received)) return received;
    standing.set(from.id, paid);
    standing.set(to.id, received);
  }
  return { postings, accounts: [...standing.values()] };
}

function move(account: Account, amount: bigint, postings: Posting[]): Account | Refusal {
  const balance = account.balance + amount;
  if (amount < 0n && account.floor !== null && balance - account.held < account.floor) {
    return refused('insufficient_balance');
  }
  if (amount > 0n && account.ceiling !== null && balance > account.ceiling)
    return refused('balance_limit_exceeded');
  if (balance > amountMax || balance < -amountMax) return refused('balance_limit_exceeded');
  const accountSeq = account.postings + 1n;
  postings.push({ accountId: account.id, asset: account.asset, accountSeq, amount, balanceAfter: balance });
  return { ...account, balance, postings: accountSeq };
}

export type Share = { readonly account: Account; readonly amount: bigint };

/** Takes an amount out of lots in the given order, as far as each goes; undefined when they do not hold it together. */
export function spread(lots: readonly Account[], amount: bigint): readonly Share[] | undefined {
  const shares: Share[] = [];
  let rest = amount;
  for (const account of lots) {
    if (rest === 0n) break;
    const available = availableOn(account);
    if (available <= 0n) continue;
    const share = available < rest ? available : rest;
    shares.push({ account, amount: share });
    rest -= share;
  }
  return rest === 0n ? shares : undefined;
}

/** Spending order: what ends soonest goes first, then gifts before what was paid for, then the oldest. */
export function inSpendingOrder(lots: readonly Account[]): readonly Account[] {
  const endOf = (account: Account) => account.usableUntil?.getTime() ?? Number.POSITIVE_INFINITY;
  const rank = (account: Account) => (account.detail.startsWith('principal') ? 1 : 0);
  return [...lots].sort((a, b) => endOf(a) - endOf(b) || rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}
