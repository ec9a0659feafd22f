import { allocate, jsonAmount } from '../../kernel/money.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import {
  type Account,
  accountsOf,
  availableOn,
  type Book,
  inSpendingOrder,
  ownerAnd,
  type Share,
  spread,
} from '../ledger/index.ts';

/** The purpose of the accounts that are a member's wallet, each a lot: value on the same terms. */
export const walletPurpose = 'wallet';
/** What the merchant has given to members on top of what they paid. */
export const givenPurpose = 'wallet_bonus';
/** What was given, and ended before it was spent. */
export const lapsedPurpose = 'breakage';
/** What members had in another system before they came here. */
export const openingPurpose = 'opening_balance';

/** One whole, in parts per million. */
export const whole = 1_000_000n;

/** What sets a lot apart from the others of a wallet. */
export type LotTerms = {
  readonly kind: 'principal' | 'bonus';
  /** Who settles it. */
  readonly storeId: string;
  /** Of principal: which part of it was paid. */
  readonly paidPpm: bigint | null;
  readonly usableFrom: Date | null;
  /** Exclusive. */
  readonly usableUntil: Date | null;
  /** What keeps it apart from all others: the import that it came by, to be taken back, or the rule that says for what it pays. */
  readonly apart?: string;
};

/** The detail of the account of a lot. */
export function lotDetail({ kind, storeId, paidPpm, usableFrom, usableUntil, apart }: LotTerms): string {
  const detail = `${kind}|${storeId}|${paidPpm ?? ''}|${usableUntil?.toISOString() ?? ''}`;
  if (apart !== undefined) return `${detail}|${usableFrom?.toISOString() ?? ''}|${apart}`;
  return usableFrom === null ? detail : `${detail}|${usableFrom.toISOString()}`;
}

/** The fields of a detail before the one that says from whom a lot came over. */
const ownFields = 6;

/**
 * The detail of a lot once it has gone over from this member to another. It says whose it was, so that it stays apart from
 * lots on the same terms: which top-up what is left of it came from is told by the lot alone, and a top-up goes back to
 * who paid it. It stays the same, however often it goes over.
 */
export function detailAfter(detail: string, memberId: string): string {
  const fields = detail.split('|');
  if (fields.length > ownFields) return detail;
  return [...fields, ...Array.from({ length: ownFields - fields.length }, () => ''), memberId].join('|');
}

/** The lot of another member into which a lot has gone over, or goes; opened if there is none. */
export function lotAfter(book: Book, lot: Account, memberId: string): Account {
  if (lot.ownerId === memberId) return book.now(lot);
  const { purpose, asset, floor, ceiling, usableFrom, usableUntil } = lot;
  return book.account(
    { ownerId: memberId, purpose, detail: detailAfter(lot.detail, lot.ownerId), asset },
    { floor, ceiling, usableFrom, usableUntil },
  );
}

/** Whether a lot is of what was paid for; the rest was given. */
export const isPrincipal = ({ detail }: Pick<Account, 'detail'>): boolean => detail.startsWith('principal|');

/** For `needs`: the lots of a member's wallet. */
export function walletLots(memberId: string | undefined, find: Find): readonly Account[] {
  return memberId === undefined ? [] : find.all(accountsOf, ownerAnd(memberId, walletPurpose));
}

/** The account of a lot, opened if there is none. */
export function lotIn(book: Book, memberId: string, asset: string, terms: LotTerms): Account {
  const { usableFrom, usableUntil } = terms;
  return book.account(
    { ownerId: memberId, purpose: walletPurpose, detail: lotDetail(terms), asset },
    { floor: 0n, usableFrom, usableUntil },
  );
}

/** What is on a wallet: principal and bonus apart, and what of the bonus can be spent only later. */
export type WalletMoney = {
  readonly principal: bigint;
  readonly bonus: bigint;
  readonly later: bigint;
  readonly total: bigint;
};

const isOver = (lot: Account, now: Date): boolean => lot.usableUntil !== null && lot.usableUntil <= now;
const isLater = (lot: Account, now: Date): boolean => lot.usableFrom !== null && lot.usableFrom > now;

/** Whether a lot was given and has ended. What was paid for stays on the wallet: it does not pay, and can be paid back. */
export const isLapsed = (lot: Account, now: Date): boolean => !isPrincipal(lot) && isOver(lot, now);

/** Opens those of the lots again that were closed when they ended: what comes back onto them lapses as the rest did. */
export function reopen(lots: readonly Account[], book: Book, now: Date): void {
  for (const lot of lots.map((one) => book.now(one))) {
    if (lot.state === 'closed' && isLapsed(lot, now)) book.set({ ...lot, state: 'open' });
  }
}

/** What of these lots can be spent at a time, and what only later. */
export function moneyIn(lots: readonly Account[], currency: string, now: Date): WalletMoney {
  const money = { principal: 0n, bonus: 0n, later: 0n };
  for (const lot of lots) {
    if (lot.asset !== currency || lot.state === 'closed' || isOver(lot, now)) continue;
    if (isLater(lot, now)) money.later += lot.balance;
    else money[isPrincipal(lot) ? 'principal' : 'bonus'] += availableOn(lot);
  }
  return { ...money, total: money.principal + money.bonus };
}

/** The same as the API shows it. */
export function moneyAnswer({ principal, bonus, later, total }: WalletMoney) {
  return {
    principal: jsonAmount(principal),
    bonus: jsonAmount(bonus),
    later: jsonAmount(later),
    total: jsonAmount(total),
  };
}

/** Those of the lots that can pay now. */
export function payable(lots: readonly Account[], currency: string, now: Date): readonly Account[] {
  return lots.filter(
    (lot) =>
      lot.asset === currency &&
      lot.state === 'open' &&
      availableOn(lot) > 0n &&
      !isOver(lot, now) &&
      !isLater(lot, now),
  );
}

/** What is spent first: what ends soonest, bonus or principal as long as there is any, or both in proportion. */
export const spendingOrders = ['soonest_end', 'bonus_first', 'principal_first', 'pro_rata'] as const;
export type SpendingOrder = (typeof spendingOrders)[number];

/** Takes an amount out of lots by a policy, each kind soonest end first; undefined when they do not hold it together. */
export function sharesOf(
  lots: readonly Account[],
  amount: bigint,
  order: SpendingOrder,
): readonly Share[] | undefined {
  const sorted = inSpendingOrder(lots);
  if (order === 'soonest_end') return spread(sorted, amount);
  const principal = sorted.filter(isPrincipal);
  const bonus = sorted.filter((lot) => !isPrincipal(lot));
  if (order === 'bonus_first') return spread([...bonus, ...principal], amount);
  if (order === 'principal_first') return spread([...principal, ...bonus], amount);
  const [paid, given] = [sumOf(principal), sumOf(bonus)];
  if (amount > paid + given) return undefined;
  const [ofPaid = 0n, ofGiven = 0n] = amount === 0n ? [] : allocate(amount, [paid, given]);
  const [first, second] = [spread(principal, ofPaid), spread(bonus, ofGiven)];
  return first && second && [...first, ...second];
}

/** What can be taken out of these lots together. */
export const sumOf = (lots: readonly Account[]): bigint =>
  lots.reduce((sum, lot) => sum + availableOn(lot), 0n);
