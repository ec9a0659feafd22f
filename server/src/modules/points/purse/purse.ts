import type { Find } from '../../../platform/executor/workingSet.ts';
import { type Account, accountsOf, type Book, ownerAnd } from '../../ledger/index.ts';
import { type Merchant, merchantById } from '../../merchants/index.ts';
import type { Term } from '../scheme/scheme.ts';
import { type SchemeVersion, schemesIn } from '../scheme/version.ts';

/** The asset: points are counted whole. */
const pointsAsset = 'points';
/** What a member has of them. */
const pursePurpose = 'points';
/** The merchant's end of it: an account each for why points came or went. */
const issuePurpose = 'points_issue';
const debtDetail = 'debt';

/** Why points come into a purse or leave it. */
export type Cause = 'earned' | 'spent' | 'gifts' | 'adjusted' | 'lapsed' | 'imported' | 'bonus';

/** All that a decision about a member's points is about. */
export type PointsRows = {
  readonly memberId: string;
  readonly merchant: Merchant | undefined;
  readonly versions: readonly SchemeVersion[];
  /** The member's lots and debt, and the merchant's end. */
  readonly accounts: readonly Account[];
};

/**
 * For `needs`: a member's points. One look-up of the member's own, the
 * rest is the merchant's and in memory after the first.
 */
export function pointsRows(memberId: string, find: Find): PointsRows {
  return {
    memberId,
    merchant: find.one(merchantById, find.merchantId),
    versions: schemesIn(find),
    accounts: [
      ...find.all(accountsOf, ownerAnd(memberId, pursePurpose)),
      ...find.all(accountsOf, ownerAnd(find.merchantId, issuePurpose)),
    ],
  };
}

const instantText = (instant: Date | null) => instant?.toISOString() ?? '';

/** For `needs`: the same without a member, for points of those who had none yet. */
export function issueRows(find: Find): Omit<PointsRows, 'memberId'> {
  return {
    merchant: find.one(merchantById, find.merchantId),
    versions: schemesIn(find),
    accounts: find.all(accountsOf, ownerAnd(find.merchantId, issuePurpose)),
  };
}

/** A lot in an account's detail: `lot|<when it lapses>|<from when on it can be spent>`, empty for none. */
export function lotDetail({ from, until }: Term): string {
  return `lot|${instantText(until)}|${instantText(from)}`;
}

/** The term in a lot's detail; undefined where it is no lot. */
export function termIn(detail: string): Term | undefined {
  const [word, until = '', from = ''] = detail.split('|');
  if (word !== 'lot') return undefined;
  return { until: until === '' ? null : new Date(until), from: from === '' ? null : new Date(from) };
}

/** A member's lot with this detail. */
export function lotWith(book: Book, memberId: string, detail: string): Account {
  const terms = { ownerId: memberId, purpose: pursePurpose, asset: pointsAsset, detail };
  return book.account(terms, { floor: 0n, usableUntil: termIn(detail)?.until ?? null });
}

/** Where what was taken back and not there any more stands, below zero: the next points go there first. */
export function debtOf(book: Book, memberId: string): Account {
  const terms = { ownerId: memberId, purpose: pursePurpose, asset: pointsAsset, detail: debtDetail };
  return book.account(terms, { ceiling: 0n });
}

/** The merchant's end, by cause. */
export function issueOf(book: Book, merchantId: string, cause: Cause): Account {
  return book.account({ ownerId: merchantId, purpose: issuePurpose, asset: pointsAsset, detail: cause });
}

export type Lot = { readonly account: Account; readonly term: Term };

/** The lots of a purse that have points on them and have not ended, in the order in which they are spent. */
export function lotsIn({ memberId, accounts }: PointsRows, now: Date): readonly Lot[] {
  const lots: Lot[] = [];
  for (const account of accounts) {
    if (account.ownerId !== memberId || account.balance <= 0n) continue;
    const term = termIn(account.detail);
    if (term && (term.until === null || now < term.until)) lots.push({ account, term });
  }
  const endOf = ({ term }: Lot) => term.until?.getTime() ?? Number.POSITIVE_INFINITY;
  const beginOf = ({ term }: Lot) => term.from?.getTime() ?? 0;
  return lots.sort(
    (a, b) =>
      endOf(a) - endOf(b) || beginOf(a) - beginOf(b) || (a.account.detail < b.account.detail ? -1 : 1),
  );
}

/** Whether its points can be spent at this time. */
export function isUsable({ term }: Lot, now: Date): boolean {
  return term.from === null || term.from <= now;
}

/** What is in a purse. */
export type Purse = {
  readonly usable: bigint;
  readonly pending: bigint;
  /** What the next points pay first. */
  readonly owed: bigint;
};

/** What of a member's points can be spent at this time, what waits, and what is owed. */
export function purseOf(rows: PointsRows, now: Date): Purse {
  let usable = 0n;
  let pending = 0n;
  for (const lot of lotsIn(rows, now)) {
    if (isUsable(lot, now)) usable += lot.account.balance;
    else pending += lot.account.balance;
  }
  return { usable, pending, owed: owedBy(rows) };
}

export function owedBy({ memberId, accounts }: PointsRows): bigint {
  const debt = accounts.find(({ ownerId, detail }) => ownerId === memberId && detail === debtDetail);
  return debt === undefined ? 0n : -debt.balance;
}

/** The same rows as a book has them by now; `opened` are accounts that were not among them. */
export function current(rows: PointsRows, book: Book, opened: readonly Account[] = []): PointsRows {
  const known = new Map([...rows.accounts, ...opened].map((account) => [account.id, book.now(account)]));
  return { ...rows, accounts: [...known.values()] };
}
