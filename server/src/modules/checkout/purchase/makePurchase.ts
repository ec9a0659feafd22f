import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import type { ActivityDraft } from '../../../platform/executor/activity.ts';
import { accepted, type Context, type Recorded, useCase } from '../../../platform/executor/useCase.ts';
import type { BoughtLine } from '../../catalog/index.ts';
import type { Usable } from '../../coupons/index.ts';
import { type Account, type Book, openBook } from '../../ledger/index.ts';
import { hasBirthday } from '../../members/index.ts';
import { progress } from '../../memberships/index.ts';
import { earn } from '../../points/index.ts';
import { boundShares, isTold, lowNews, moneyAnswer, moneyIn, type WalletMoney } from '../../wallets/index.ts';
import { type BasketLine, basketOf, linesAnswer, totalOf } from './basket.ts';
import { usableIn, useIn } from './coupon.ts';
import { discounted, type Price, plainPrice, priceWith } from './discount.ts';
import { type PaidPart, payBy } from './pay.ts';
import type { PaidTender, PurchaseDetails } from './record.ts';
import { mayBuy, type PurchaseInput, type PurchaseRows, purchaseRows } from './rows.ts';

/**
 * Sells a basket against whatever pays for it: a wallet, gift cards, points and money, together what is due. A wallet and a
 * card pay stores as the terms between them say; points are earned on what was paid with money.
 */
export const makePurchase = useCase({
  name: 'purchase.make',
  permission: 'checkout.sell',
  movesValue: true,
  storeOf: ({ storeId }: PurchaseInput) => storeId,
  amountOf: ({ tenders }) =>
    tenders.reduce((sum, tender) => sum + (tender.kind === 'points' ? 0n : tender.amount), 0n),
  needs: purchaseRows,
  decide(rows, input, context) {
    const unable = mayBuy(rows, input);
    if (unable || !rows.merchant) return unable ?? refused('store_not_found');
    if (rows.claimed) return refused('duplicate_reference', { field: 'reference' });
    const { currency } = rows.merchant;
    const lines = basketOf(input.lines, rows.basket);
    if (isRefused(lines)) return lines;
    const usable = usableIn(rows, input, context.now);
    if (isRefused(usable)) return usable;
    const only = input.tenders.every(({ kind }) => kind === 'wallet');
    const off = discounted(rows, lines, only, context.now);
    const price = usable ? priceWith(usable, input.storeId, lines, off) : plainPrice(lines, off);
    if ('refusal' in price) return price.refusal;
    const { due, bought } = price;
    const book = openBook(accountsIn(rows), context.now);
    const paid = payAll(rows, input, { due, bought, currency, book, context });
    if (!Array.isArray(paid)) return paid;
    return sell(rows, input, { lines, bought, price, usable, due, currency, paid, book }, context);
  },
});

const accountsIn = (rows: PurchaseRows): readonly Account[] => [
  ...rows.lots,
  ...(rows.family?.lots ?? []),
  ...rows.cards.flatMap(({ lots }) => lots.lots),
  ...rows.settling.accounts,
  ...rows.tills,
  ...(rows.points?.accounts ?? []),
  ...(rows.coupon?.accounts ?? []),
];

type Posted = PaidPart & { readonly postings: ActivityDraft['postings'] };
type Bill = {
  readonly due: bigint;
  /** What is to be paid of each line. */
  readonly bought: readonly BoughtLine[];
  readonly currency: string;
  readonly book: Book;
  readonly context: Context;
};

/** Has each tender pay, one after the other; refused where they do not come to what is due. */
function payAll(rows: PurchaseRows, input: PurchaseInput, bill: Bill): Posted[] | Refusal | Recorded {
  const parts: Posted[] = [];
  let sum = 0n;
  for (const [nth, tender] of input.tenders.entries()) {
    const part = payBy(tender, nth, { rows, input, ...bill });
    if (!('transfers' in part)) return part;
    sum += part.amount;
    const postings = bill.book.post(part.transfers);
    if (isRefused(postings)) return postings;
    parts.push({ ...part, postings });
  }
  if (sum === bill.due) return parts;
  return refused('payment_mismatch', {
    field: 'tenders',
    detail: `It comes to ${bill.due}; ${sum} is paid.`,
    next: 'Quote again: what is due depends on what pays.',
  });
}

type Sale = Omit<Bill, 'context'> & {
  readonly lines: readonly BasketLine[];
  readonly price: Price;
  /** The coupon that takes something off. */
  readonly usable: Usable | undefined;
  readonly paid: readonly Posted[];
};

function sell(rows: PurchaseRows, input: PurchaseInput, sale: Sale, context: Context) {
  const { storeId, reference } = input;
  const { member } = rows;
  const { lines, price, usable, due, currency, paid, book } = sale;
  const earned = earnedBy(rows, input, sale, context);
  const given = earned.transfers.length === 0 ? [] : book.post(earned.transfers);
  if (isRefused(given)) return given;
  const used = useIn(usable, { storeId, discount: price.couponDiscount }, book, context);
  if (isRefused(used)) return used;
  const risen =
    rows.membership && progress(rows.membership, { spent: due, currency, points: earned.earned }, context);
  const after = moneyAfter(rows.lots, sale, context);
  const byCard = paid.filter(({ card }) => card !== undefined);
  const tenders = paid.map((part) => tenderAnswer(part, byCard.indexOf(part), rows, context));
  const details: PurchaseDetails = {
    lines: linesAnswer(lines, price),
    total: jsonAmount(totalOf(lines)),
    discount: jsonAmount(price.discount),
    couponDiscount: jsonAmount(price.couponDiscount),
    ...(usable && { coupon: couponIn(usable) }),
    currency,
    tenders,
    bound: boundIn(rows, input, sale),
    earned: { points: jsonAmount(earned.earned), lot: earned.lot },
    ...(price.snapshot === undefined ? {} : { snapshot: price.snapshot }),
    balance: member ? moneyAnswer(after) : null,
  };
  const own = paid.filter(({ card }) => card === undefined).flatMap(({ postings = [] }) => postings);
  const activities: ActivityDraft[] = [
    {
      type: 'purchase.made',
      subjectId: member?.id,
      storeId,
      reference,
      amount: due,
      details,
      postings: [...own, ...given],
    },
    ...byCard.map((part) => redeemed(part, storeId, book, rows)),
    ...used.activities,
    ...(risen?.activities ?? []),
    ...newsOfWallets(rows, input, sale, after, context),
  ];
  return accepted({
    activities,
    changes: [
      ...paid.flatMap(({ changes }) => changes),
      ...used.changes,
      ...(risen?.changes ?? []),
      ...book.changes(),
    ],
    result: {
      id: encodeId('pur', context.activityId()),
      storeId: encodeId('store', storeId),
      reference,
      memberId: member ? encodeId('mem', member.id) : null,
      ...details,
      coupon: details.coupon ?? null,
      balance: isTold(rows, shownIn(input), currency, context) ? details.balance : null,
      snapshot: undefined,
      bound: undefined,
      tenders: tenders.map(({ tender, amount, reference: paidBy, family }) => ({
        tender,
        amount,
        reference: paidBy,
        payerId: family?.payerId ?? null,
      })),
      earned: details.earned.points,
      due: jsonAmount(due),
      createdAt: context.now.toISOString(),
    },
  });
}

/** What a bonus that is bound to goods paid of each line, as the order keeps it. */
const boundIn = ({ rules }: PurchaseRows, { storeId }: PurchaseInput, { bought, paid }: Sale) =>
  boundShares(
    { storeId, lines: bought },
    paid.flatMap(({ shares = [] }) => shares),
    rules,
  ).map(({ lot, line, amount }) => ({ lot: encodeId('acct', lot.id), line, amount: jsonAmount(amount) }));

/** A coupon as the order keeps it. */
const couponIn = ({ coupon, template }: Usable) => ({
  id: encodeId('cpn', coupon.id),
  templateId: encodeId('cpt', coupon.templateId),
  name: template.name,
});

/** What is on lots once all of it is paid. */
function moneyAfter(lots: readonly Account[], { book, currency }: Sale, { now }: Context): WalletMoney {
  return moneyIn(
    lots.map((lot) => book.now(lot)),
    currency,
    now,
  );
}

/** What there is to tell the one whose wallet it was: that another paid with it, and that little is left. */
function newsOfWallets(
  { family, ...rows }: PurchaseRows,
  { storeId, tenders, memberId }: PurchaseInput,
  sale: Sale,
  ownAfter: WalletMoney,
  context: Context,
): readonly ActivityDraft[] {
  const { currency } = sale;
  const spent = family ? { ...rows, member: family.payer, lots: family.lots } : rows;
  const before = moneyIn(spent.lots, currency, context.now);
  const after = family ? moneyAfter(family.lots, sale, context) : ownAfter;
  const low = lowNews(spent, before, after, currency);
  const paid = tenders.find(({ kind }) => kind === 'wallet');
  if (!family?.share || paid?.kind !== 'wallet' || memberId === undefined) return low;
  const { id, payerId } = family.share;
  const details = { payerId: encodeId('mem', payerId), relativeId: encodeId('mem', memberId), currency };
  return [{ type: 'family_share.paid', subjectId: id, storeId, amount: paid.amount, details }, ...low];
}

/** What the member's phone shows, where the wallet pays with it. */
function shownIn({ tenders }: PurchaseInput) {
  const wallet = tenders.find(({ kind }) => kind === 'wallet');
  return wallet?.kind === 'wallet' ? wallet.shown : undefined;
}

function earnedBy(
  { points, merchant, member }: PurchaseRows,
  { storeId, birthdayHashes }: PurchaseInput,
  { lines, bought, paid, book }: Sale,
  context: Context,
) {
  if (!points || !merchant) return { transfers: [], earned: 0n, lot: null };
  const eligible = paid.reduce((sum, part) => sum + part.eligible, 0n);
  const earning = bought.map((line, n) => ({
    ...line,
    pieces: BigInt(lines[n]?.quantity ?? 0),
  }));
  const isBirthday =
    member !== undefined && hasBirthday(member, birthdayHashes, context.now, merchant.timezone);
  return earn(points, { storeId, eligible, lines: earning, isBirthday }, book, context);
}

/** A tender as the order keeps it. The redemptions by gift cards stand in the log right behind the purchase. */
function tenderAnswer(
  { tender, amount, parts = [] }: Posted,
  nthCard: number,
  { family }: PurchaseRows,
  context: Context,
): PaidTender {
  const share = tender.kind === 'wallet' ? family?.share : undefined;
  return {
    kind: tender.kind,
    tender: tender.kind === 'money' ? tender.tender : tender.kind,
    amount: jsonAmount(amount),
    reference: tender.kind === 'money' ? (tender.reference ?? null) : null,
    redemptionSeq: nthCard < 0 ? null : String(context.seq(nthCard + 1)),
    points: tender.kind === 'points' ? jsonAmount(tender.points) : null,
    pointParts: parts.map(({ detail, points }) => ({ detail, points: jsonAmount(points) })),
    ...(share && {
      family: { shareId: encodeId('fsh', share.id), payerId: encodeId('mem', share.payerId) },
    }),
  };
}

function redeemed(
  { card, amount, postings }: Posted,
  storeId: string,
  book: Book,
  rows: PurchaseRows,
): ActivityDraft {
  const lots = rows.cards
    .flatMap(({ lots: found }) => found.lots)
    .filter(({ ownerId }) => ownerId === card?.id);
  const balance = lots.reduce((sum, lot) => sum + book.now(lot).balance, 0n);
  return {
    type: 'card.redeemed',
    subjectId: card?.id,
    storeId,
    amount,
    details: { balance: jsonAmount(balance) },
    postings,
  };
}
