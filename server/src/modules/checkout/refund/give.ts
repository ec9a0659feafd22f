import { encodeId } from '../../../kernel/id.ts';
import { amountOf, jsonAmount } from '../../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import { civilDay } from '../../../kernel/time.ts';
import type { ActivityDraft } from '../../../platform/executor/activity.ts';
import type { Context } from '../../../platform/executor/useCase.ts';
import type { Change } from '../../../platform/executor/workingSet.ts';
import { giveBackIn, mayGiveBack, returned } from '../../cards/index.ts';
import { giveBackOn } from '../../families/index.ts';
import type { Account, Book, Transfer } from '../../ledger/index.ts';
import { returnSpent, takeBack as takePointsBack } from '../../points/index.ts';
import { type Settled, settledParts, takeBackOf, type Undoing, undoLast } from '../../settlement/index.ts';
import { lotAfter, reopen } from '../../wallets/index.ts';
import type { PaidTender, PurchaseDetails } from '../purchase/record.ts';
import type { RefundRows as Rows } from './rows.ts';
import type { Part, Taking } from './taking.ts';

/** What is given back, as it is gathered. */
export type Given = {
  postings: NonNullable<ActivityDraft['postings']>[number][];
  activities: ActivityDraft[];
  changes: Change[];
  tenders: { tender: string; amount: number }[];
  /** Where something came back to; lots that were opened for it are among them. */
  receivers: Account[];
  pointsTaken: number;
};

/** Gives back to what paid: to what pays for the goods alone, then to the last tender first. */
export function giveAll(rows: Rows, taking: Taking, book: Book, context: Context): Given | Refusal {
  const given: Given = {
    postings: [],
    activities: [],
    changes: [],
    tenders: [],
    receivers: [],
    pointsTaken: 0,
  };
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, one) => total + one, 0n);
  const boundPaid = sum(rows.details.bound.map(({ amount }) => amountOf(amount)));
  const boundNow = sum(taking.bound.map(({ amount }) => amount));
  const { tenders } = rows.details;
  const paidByAll = tenders.map(({ kind, amount }) => ({
    amount: amountOf(amount) - (kind === 'wallet' ? boundPaid : 0n),
  }));
  const undoing = undoLast(paidByAll, taking.general.before, taking.general.amount);
  for (const [nth, tender] of [...tenders.entries()].toReversed()) {
    const part = undoing[nth] ?? { before: 0n, amount: 0n };
    const share = part.amount + (tender.kind === 'wallet' ? boundNow : 0n);
    if (share === 0n) continue;
    const refusal =
      tender.kind === 'gift_card'
        ? giveToCard(rows, nth, part, book, given)
        : post(transfersTo(tender, rows, { part, bound: taking.bound }, book, context), book, given);
    if (refusal) return refusal;
    if (tender.family) {
      const dayOf = (at: Date) => civilDay(at, rows.zone);
      given.changes.push(...giveBackOn(rows.share, share, dayOf(rows.paidAt), dayOf(context.now)));
    }
    given.tenders.push({ tender: tender.tender, amount: jsonAmount(share) });
  }
  return takeEarned(rows, taking, book, given, context) ?? given;
}

function post(transfers: readonly Transfer[], book: Book, given: Given): Refusal | undefined {
  if (transfers.length === 0) return undefined;
  const postings = book.post(transfers, { evenIfUnusable: true });
  if (isRefused(postings)) return postings;
  given.postings.push(...postings);
  given.receivers.push(...transfers.map(({ to }) => to));
  return undefined;
}

/** What goes back of a tender, and what of the shares that are bound to goods, which are the wallet's. */
type OfTender = { readonly part: Part; readonly bound: readonly Part[] };

function transfersTo(
  tender: PaidTender,
  rows: Rows,
  { part: { before, amount }, bound }: OfTender,
  book: Book,
  context: Context,
): readonly Transfer[] {
  const { storeId, details } = rows;
  const revenue = book.account({ ownerId: storeId, purpose: 'revenue', asset: details.currency });
  if (tender.kind === 'wallet') {
    const settled = settledParts(rows.postings, rows.lots, rows.settled);
    const { parts, owed } = takeBackOf(
      settled,
      undoingOf(settled, details, { part: { before, amount }, bound }),
    );
    const { walletOf } = rows;
    const back = parts.map((part) => ({
      from: revenue,
      to: walletOf === null ? part.lot : lotAfter(book, part.lot, walletOf),
      amount: part.amount,
    }));
    reopen(
      back.map(({ to }) => to),
      book,
      context.now,
    );
    return [...back, ...owed];
  }
  const terms = { ownerId: storeId, purpose: 'tender', detail: tender.tender, asset: details.currency };
  const money = { from: revenue, to: book.account(terms), amount };
  if (tender.kind !== 'points' || !rows.points) return [money];
  const parts = tender.pointParts.map(({ detail, points }) => ({ detail, points: amountOf(points) }));
  const returning = { total: amountOf(tender.amount), before, now: amount };
  return [...returnSpent(rows.points, { parts, returning, cause: 'spent' }, book, context).transfers, money];
}

/** How much of what each lot paid goes back: what is bound to goods by its shares, the rest to the last lot first. */
function undoingOf(
  { parts }: Settled,
  { bound: shares }: PurchaseDetails,
  { part: { before, amount }, bound }: OfTender,
): readonly Undoing[] {
  const boundOn = (lot: Account, of: (nth: number) => bigint) => {
    const id = encodeId('acct', lot.id);
    return shares.reduce((total, share, nth) => (share.lot === id ? total + of(nth) : total), 0n);
  };
  const free = parts.map((part) => ({
    amount: part.amount - boundOn(part.lot, (nth) => amountOf(shares[nth]?.amount ?? 0)),
  }));
  const undoing = undoLast(free, before, amount);
  return parts.map(({ lot }, n) => ({
    before: (undoing[n]?.before ?? 0n) + boundOn(lot, (nth) => bound[nth]?.before ?? 0n),
    amount: (undoing[n]?.amount ?? 0n) + boundOn(lot, (nth) => bound[nth]?.amount ?? 0n),
  }));
}

function giveToCard(
  rows: Rows,
  nth: number,
  { amount }: Part,
  book: Book,
  given: Given,
): Refusal | undefined {
  const card = rows.cards[nth];
  if (!card) return refused('redemption_not_found');
  const unable = mayGiveBack(card, amount);
  if (unable) return unable;
  const back = giveBackIn(card, amount, book);
  if (isRefused(back)) return back;
  given.changes.push(returned(card, amount, null));
  given.activities.push({
    type: 'card.refunded',
    subjectId: card.current?.id,
    storeId: rows.storeId,
    relatedSeq: card.redemption?.seq,
    amount,
    details: { balance: jsonAmount(back.balance) },
    postings: back.postings,
  });
  return undefined;
}

function takeEarned(
  { points, details, due }: Rows & { readonly details: PurchaseDetails },
  { before, amount }: Part,
  book: Book,
  given: Given,
  context: Context,
): Refusal | undefined {
  const { points: earned, lot } = details.earned;
  if (!points || earned === 0) return undefined;
  const returning = { total: due, before, now: amount };
  // Points that just came back are there to be taken, whichever lot they are on.
  const known = { ...points, accounts: [...points.accounts, ...given.receivers] };
  const taken = takePointsBack(known, { earned: amountOf(earned), lot, returning }, book, context);
  given.pointsTaken = jsonAmount(taken.taken);
  given.changes.push(...taken.changes);
  return post(taken.transfers, book, given);
}
