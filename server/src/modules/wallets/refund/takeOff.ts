import { least } from '../../../kernel/money.ts';
import type { Context } from '../../../platform/executor/useCase.ts';
import type { Change } from '../../../platform/executor/workingSet.ts';
import { comeAgain, goingWith, withdrawWith } from '../../coupons/index.ts';
import type { Book, Transfer } from '../../ledger/index.ts';
import { takeBonusBack } from '../../points/index.ts';
import type { TopUp } from '../topUp/topUp.ts';
import { givenPurpose, reopen, walletPurpose } from '../wallet.ts';
import type { RefundRows } from './rows.ts';

/** What of a top-up leaves the wallet, and what is paid back for it. Negative: comes back onto it. */
export type Off = {
  readonly principal: bigint;
  /** By the order of the parts of its bonus. */
  readonly bonus: readonly bigint[];
  readonly refunded: bigint;
  /** The coupons that come again, by id; left out: those that are due with the principal go. */
  readonly couponsAgain?: readonly string[];
};
type When = Pick<Context, 'now' | 'merchantId'>;
export type TakenOff = {
  readonly transfers: readonly Transfer[];
  readonly topUp: TopUp;
  /** Besides what the book and the top-up have. */
  readonly changes: readonly Change[];
  /** The coupons that were withdrawn, by id. */
  readonly couponIds: readonly string[];
};

/**
 * The transfers by which a part of a top-up leaves the wallet, with the points and coupons that were given with it; what is not paid back
 * is a difference of the merchant's. A negative part comes back just so, also onto lots that have ended.
 */
export function takeOff(topUp: TopUp, off: Off, rows: RefundRows, book: Book, when: When): TakenOff {
  const { principal, refunded } = off;
  const returning = { total: topUp.principal, before: topUp.refundedPrincipal, now: principal };
  const coupons = couponsOff(topUp, off, rows, book, when);
  const bonus = { points: topUp.points, lot: topUp.pointsLot, returning };
  return {
    transfers: [
      ...principalOff(topUp, off, book, when),
      ...bonusOff(topUp, off, book, when),
      ...(rows.points ? takeBonusBack(rows.points, bonus, book, when) : []),
      ...coupons.transfers,
    ].filter(({ amount }) => amount > 0n),
    topUp: {
      ...topUp,
      refundedPrincipal: topUp.refundedPrincipal + principal,
      refundedBonus: off.bonus.reduce((sum, amount) => sum + amount, topUp.refundedBonus),
      refunded: topUp.refunded + refunded,
    },
    changes: coupons.changes,
    couponIds: coupons.ids,
  };
}

function couponsOff(
  topUp: TopUp,
  { principal, couponsAgain }: Off,
  { coupons }: RefundRows,
  book: Book,
  { now }: When,
) {
  if (!coupons) return { transfers: [], changes: [], ids: [] };
  if (couponsAgain) {
    const again = { ids: couponsAgain, memberId: topUp.memberId };
    return { ...comeAgain(coupons, again, book, now), ids: [] };
  }
  const returning = { total: topUp.principal, before: topUp.refundedPrincipal, now: principal };
  const going = goingWith(coupons.coupons, returning, now);
  return { ...withdrawWith(coupons, going, book, now), ids: going.map(({ id }) => id) };
}

const lotOf = ({ memberId, currency: asset }: TopUp, detail: string, book: Book) =>
  book.account({ ownerId: memberId, purpose: walletPurpose, detail, asset }, { floor: 0n });

function principalOff(
  topUp: TopUp,
  { principal, refunded }: Off,
  book: Book,
  { merchantId }: When,
): Transfer[] {
  const { storeId, currency: asset } = topUp;
  const lot = lotOf(topUp, topUp.lot, book);
  const tender = book.account({ ownerId: storeId, purpose: 'tender', detail: topUp.tender, asset });
  const difference = book.account({ ownerId: merchantId, purpose: 'sale_difference', asset });
  const isBack = principal < 0n || refunded < 0n;
  const [off, paid] = isBack ? [-principal, -refunded] : [principal, refunded];
  const transfers = [
    { from: lot, to: tender, amount: least(off, paid) },
    { from: lot, to: difference, amount: off - paid },
    { from: difference, to: tender, amount: paid - off },
  ];
  return isBack ? transfers.map(backwards) : transfers;
}

function bonusOff(topUp: TopUp, { bonus }: Off, book: Book, { now, merchantId }: When): Transfer[] {
  const source = book.account({ ownerId: merchantId, purpose: givenPurpose, asset: topUp.currency });
  return topUp.bonusParts.map(({ detail }, n) => {
    const amount = bonus[n] ?? 0n;
    const lot = lotOf(topUp, detail, book);
    if (amount >= 0n) return { from: lot, to: source, amount };
    reopen([lot], book, now);
    return { from: source, to: lot, amount: -amount };
  });
}

const backwards = ({ from, to, amount }: Transfer): Transfer => ({ from: to, to: from, amount });
