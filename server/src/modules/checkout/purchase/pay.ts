import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import { civilDay } from '../../../kernel/time.ts';
import type { Context, Recorded } from '../../../platform/executor/useCase.ts';
import type { Change } from '../../../platform/executor/workingSet.ts';
import { type Card, spendable } from '../../cards/index.ts';
import type { BoughtLine } from '../../catalog/index.ts';
import { claimOn, type SharedRows, shareIn } from '../../families/index.ts';
import { type Book, type Share, spread, type Transfer } from '../../ledger/index.ts';
import { type Part, spendPoints } from '../../points/index.ts';
import { settle } from '../../settlement/index.ts';
import { isPrincipal, payFromWallet } from '../../wallets/index.ts';
import type { PurchaseInput, PurchaseRows, Tender } from './rows.ts';

/** What one tender paid, and how. */
export type PaidPart = {
  readonly tender: Tender;
  readonly amount: bigint;
  /** What of it counts as money: not what was given, and not points. */
  readonly eligible: bigint;
  readonly transfers: readonly Transfer[];
  readonly changes: readonly Change[];
  /** Of a wallet: which lots paid it. */
  readonly shares?: readonly Share[];
  /** Of a gift card. */
  readonly card?: Card;
  /** Of points: which lots paid them. */
  readonly parts?: readonly Part[];
};

type Paying = {
  readonly rows: PurchaseRows;
  readonly input: PurchaseInput;
  /** What is to be paid in all. */
  readonly due: bigint;
  /** What is to be paid of each line. */
  readonly bought: readonly BoughtLine[];
  readonly currency: string;
  readonly book: Book;
  readonly context: Context;
};

/** What a tender pays, or why it does not. */
export function payBy(tender: Tender, nth: number, paying: Paying): PaidPart | Refusal | Recorded {
  switch (tender.kind) {
    case 'wallet':
      return payByWallet(tender, nth, paying);
    case 'gift_card':
      return payByCard(tender, paying);
    case 'points':
      return payByPoints(tender, nth, paying);
    case 'money':
      return payByMoney(tender, tender.amount, tender.tender, paying);
  }
}

type Of<Kind extends Tender['kind']> = Extract<Tender, { kind: Kind }>;

function payByWallet(
  tender: Of<'wallet'>,
  nth: number,
  { rows, bought, currency, book, context }: Paying,
): PaidPart | Refusal {
  const { amount, shown } = tender;
  const field = `tenders.${nth}`;
  const spending = { amount, currency, shown, lines: bought, field };
  if (!rows.family) {
    const paid = payFromWallet(rows, spending, book, context);
    return isRefused(paid) ? paid : { tender, amount, ...paid };
  }
  const claimed = claimOfShare(rows.family, amount, rows.merchant?.timezone ?? 'UTC', context);
  if (isRefused(claimed)) return { ...claimed, field: `${field}.amount` };
  // It is the relative whose code speaks for the payment: the lots alone are the payer's.
  const paid = payFromWallet({ ...rows, lots: rows.family.lots }, spending, book, context);
  return isRefused(paid) ? paid : { tender, amount, ...paid, changes: [...paid.changes, claimed] };
}

function claimOfShare(family: SharedRows, amount: bigint, zone: string, { now }: Context) {
  const share = shareIn(family);
  return isRefused(share) ? share : claimOn(share, amount, civilDay(now, zone));
}

const eligibleOf = (shares: readonly Share[]): bigint =>
  shares.reduce((sum, { account, amount }) => (isPrincipal(account) ? sum + amount : sum), 0n);

function payByCard(
  tender: Of<'gift_card'>,
  { rows, input, currency, book, context }: Paying,
): PaidPart | Refusal | Recorded {
  const { amount, presented } = tender;
  const { storeId, reference } = input;
  const at = input.tenders.filter(({ kind }) => kind === 'gift_card').indexOf(tender);
  const found = rows.cards[at];
  if (!found) return refused('card_not_found');
  const spending = spendable(found, { presented, amount, currency, storeId, reference }, context);
  if (!('card' in spending)) return spending;
  // Holds whose time is up were let go of by now, in the book too.
  for (const lot of spending.lots) book.set({ ...book.now(lot), held: lot.held });
  const shares = spread(
    spending.payable.map((lot) => book.now(lot)),
    amount,
  );
  if (!shares) return refused('insufficient_balance', { field: 'tenders' });
  return {
    tender,
    amount,
    eligible: eligibleOf(shares),
    transfers: settle(rows.settling, { storeId, currency, shares, tender: 'gift_card' }, book, context),
    changes: spending.changes,
    card: spending.card,
  };
}

function payByPoints(tender: Of<'points'>, nth: number, paying: Paying): PaidPart | Refusal {
  const { rows, due, book, context } = paying;
  if (!rows.member || !rows.points) return refused('member_required', { field: 'memberId' });
  const spent = spendPoints(rows.points, tender.points, due, book, context);
  if (isRefused(spent)) return { ...spent, field: `tenders.${nth}.points` };
  const money = payByMoney(tender, spent.worth, 'points', paying);
  return { ...money, eligible: 0n, transfers: [...spent.transfers, ...money.transfers], parts: spent.parts };
}

function payByMoney(
  tender: Tender,
  amount: bigint,
  name: string,
  { input, currency, book }: Paying,
): PaidPart {
  const { storeId } = input;
  const till = book.account({ ownerId: storeId, purpose: 'tender', detail: name, asset: currency });
  const revenue = book.account({ ownerId: storeId, purpose: 'revenue', asset: currency });
  return { tender, amount, eligible: amount, transfers: [{ from: till, to: revenue, amount }], changes: [] };
}
