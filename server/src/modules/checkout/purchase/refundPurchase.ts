import { activityId, decodeId, encodeId } from '../../../kernel/id.ts';
import { amountOf, jsonAmount } from '../../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import { civilDay } from '../../../kernel/time.ts';
import type { ActivityDraft } from '../../../platform/executor/activity.ts';
import { accepted, type Context, useCase } from '../../../platform/executor/useCase.ts';
import { type Change, type Find, put } from '../../../platform/executor/workingSet.ts';
import { giveBackAccounts, giveBackIn, mayGiveBack, redemptionRows, returned } from '../../cards/index.ts';
import { couponRows } from '../../coupons/index.ts';
import { giveBackOn, shareById } from '../../families/index.ts';
import {
  type Account,
  accountsOf,
  activityBySeq,
  type Book,
  openBook,
  ownerAnd,
  type Transfer,
} from '../../ledger/index.ts';
import { heirOf } from '../../members/index.ts';
import { membershipRows, progress } from '../../memberships/index.ts';
import { merchantById } from '../../merchants/index.ts';
import { pointsRows, returnSpent, takeBack as takePointsBack } from '../../points/index.ts';
import { settledParts, settledRows, takeBack } from '../../settlement/index.ts';
import { lotAfter, reopen, walletLots } from '../../wallets/index.ts';
import { backFrom, type CouponBack } from './coupon.ts';
import {
  detailsOf,
  mayRefund,
  type PaidTender,
  type PurchaseDetails,
  purchaseReturns,
  returnOfPurchase,
} from './record.ts';

export type RefundInput = {
  readonly purchaseId: string;
  readonly purchaseSeq: bigint;
  readonly amount: bigint;
  readonly reason: string;
};

function refundRows({ purchaseId, purchaseSeq }: RefundInput, find: Find) {
  const found = find.one(activityBySeq, String(purchaseSeq));
  const details = detailsOf(found);
  // The id names more than a number in the log.
  const isIt = found && details && activityId(found.occurredAt, found.seq) === purchaseId;
  if (!isIt || found.storeId === null || found.amount === null) return undefined;
  const { subjectId, storeId, postings } = found;
  // Who was merged into another since has it back there.
  const memberId = subjectId === null ? null : heirOf(subjectId, find);
  const family = details.tenders.find((tender) => tender.family)?.family;
  const ownerId = family ? (decodeId('mem', family.payerId) ?? null) : subjectId;
  const walletOf = ownerId === null ? null : heirOf(ownerId, find);
  const lots = walletLots(ownerId ?? undefined, find);
  const heirLots = walletOf === null || walletOf === ownerId ? [] : walletLots(walletOf, find);
  return {
    walletOf,
    share: family && find.one(shareById, decodeId('fsh', family.shareId) ?? ''),
    paidAt: found.occurredAt,
    zone: find.one(merchantById, find.merchantId)?.timezone ?? 'UTC',
    details,
    storeId,
    memberId,
    due: found.amount,
    seq: found.seq,
    postings,
    lots,
    heirLots,
    back: find.one(returnOfPurchase, String(found.seq)),
    settled: settledRows(storeId, postings, lots, find),
    tills: find.all(accountsOf, ownerAnd(storeId, 'tender')),
    points: memberId === null ? undefined : pointsRows(memberId, find),
    membership: memberId === null ? undefined : membershipRows(memberId, find),
    coupon: details.coupon && couponRows(decodeId('cpn', details.coupon.id) ?? '', find),
    cards: details.tenders.map(({ redemptionSeq }) =>
      redemptionSeq === null ? undefined : redemptionRows(BigInt(redemptionSeq), find),
    ),
  };
}

type Rows = NonNullable<ReturnType<typeof refundRows>>;

/** Gives a part of a purchase back to what paid for it, the last first; what it earned goes in proportion. */
export const refundPurchase = useCase({
  name: 'purchase.refund',
  permission: 'checkout.refund',
  movesValue: true,
  amountOf: ({ amount }: RefundInput) => amount,
  needs: (input, find) => ({ purchase: refundRows(input, find) }),
  ownerStoreOf: ({ purchase }) => purchase?.storeId,
  secondPerson: {
    kind: 'refund',
    by: 'carry',
    amountOf: ({ purchase }, { amount }) => (purchase?.back?.returned ?? 0n) + amount,
  },
  decide({ purchase: rows }, { purchaseId, amount, reason }, context) {
    if (!rows) return refused('purchase_not_found');
    const before = rows.back?.returned ?? 0n;
    const unable = mayRefund(rows.back, rows.due, amount);
    if (unable) return unable;
    const cardAccounts = rows.cards.flatMap((card) => (card ? giveBackAccounts(card) : []));
    const known = new Map(
      [
        ...[...rows.lots, ...rows.heirLots, ...rows.settled, ...rows.tills],
        ...[...(rows.points?.accounts ?? []), ...(rows.coupon?.accounts ?? []), ...cardAccounts],
      ].map((account: Account) => [account.id, account]),
    );
    const book = openBook([...known.values()], context.now);
    const given = giveAll(rows, { before, amount }, book, context);
    if (isRefused(given)) return given;
    const coupon = couponOf(rows, { purchaseId, isAll: before + amount === rows.due }, book, context);
    if (isRefused(coupon)) return coupon;
    const outcome = coupon?.outcome ?? null;
    const details = { reason, tenders: given.tenders, pointsTaken: given.pointsTaken, coupon: outcome };
    const undone = { spent: -amount, currency: rows.details.currency, points: -amountOf(given.pointsTaken) };
    const fallen = rows.membership && progress(rows.membership, undone, context);
    return accepted({
      activities: [
        {
          type: 'purchase.refunded',
          subjectId: rows.memberId ?? undefined,
          storeId: rows.storeId,
          relatedSeq: rows.seq,
          amount,
          details,
          postings: given.postings,
        },
        ...given.activities,
        ...(coupon?.activities ?? []),
        ...(fallen?.activities ?? []),
      ],
      changes: [
        put(purchaseReturns, { purchaseSeq: rows.seq, returned: before + amount }),
        ...given.changes,
        ...(coupon?.changes ?? []),
        ...(fallen?.changes ?? []),
        ...book.changes(),
      ],
      result: {
        id: encodeId('ref', context.activityId()),
        purchaseId: encodeId('pur', purchaseId),
        amount: jsonAmount(amount),
        refunded: jsonAmount(before + amount),
        currency: rows.details.currency,
        tenders: given.tenders,
        pointsTaken: given.pointsTaken,
        coupon: outcome,
        createdAt: context.now.toISOString(),
      },
    });
  },
});

/** What becomes of the coupon: it comes back with the last of what was bought, and is used up as long as any of it is not. */
function couponOf(
  { coupon, memberId, seq, storeId }: Rows,
  { purchaseId, isAll }: { readonly purchaseId: string; readonly isAll: boolean },
  book: Book,
  context: Context,
): CouponBack | Refusal | undefined {
  if (!coupon || memberId === null || !isAll) return undefined;
  return backFrom(coupon, { purchaseId, seq, storeId, memberId }, book, context);
}

type Part = { readonly before: bigint; readonly amount: bigint };
type Given = {
  postings: NonNullable<ActivityDraft['postings']>[number][];
  activities: ActivityDraft[];
  changes: Change[];
  tenders: { tender: string; amount: number }[];
  /** Where something came back to; lots that were opened for it are among them. */
  receivers: Account[];
  pointsTaken: number;
};

function giveAll(rows: Rows, { before, amount }: Part, book: Book, context: Context): Given | Refusal {
  const given: Given = {
    postings: [],
    activities: [],
    changes: [],
    tenders: [],
    receivers: [],
    pointsTaken: 0,
  };
  let skip = before;
  let rest = amount;
  const tenders = [...rows.details.tenders.entries()].toReversed();
  for (const [nth, tender] of tenders) {
    const paid = amountOf(tender.amount);
    const skipped = skip < paid ? skip : paid;
    skip -= skipped;
    const share = paid - skipped < rest ? paid - skipped : rest;
    rest -= share;
    if (share === 0n) continue;
    const part = { before: skipped, amount: share };
    const refusal =
      tender.kind === 'gift_card'
        ? giveToCard(rows, nth, part, book, given)
        : post(transfersTo(tender, rows, part, book, context), book, given);
    if (refusal) return refusal;
    if (tender.family) {
      const dayOf = (at: Date) => civilDay(at, rows.zone);
      given.changes.push(...giveBackOn(rows.share, share, dayOf(rows.paidAt), dayOf(context.now)));
    }
    given.tenders.push({ tender: tender.tender, amount: jsonAmount(share) });
  }
  return takeEarned(rows, { before, amount }, book, given, context) ?? given;
}

function post(transfers: readonly Transfer[], book: Book, given: Given): Refusal | undefined {
  if (transfers.length === 0) return undefined;
  const postings = book.post(transfers, { evenIfUnusable: true });
  if (isRefused(postings)) return postings;
  given.postings.push(...postings);
  given.receivers.push(...transfers.map(({ to }) => to));
  return undefined;
}

function transfersTo(
  tender: PaidTender,
  rows: Rows,
  { before, amount }: Part,
  book: Book,
  context: Context,
): readonly Transfer[] {
  const { storeId, details } = rows;
  const revenue = book.account({ ownerId: storeId, purpose: 'revenue', asset: details.currency });
  if (tender.kind === 'wallet') {
    const { parts, owed } = takeBack(settledParts(rows.postings, rows.lots, rows.settled), before, amount);
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
