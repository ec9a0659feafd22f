import type { Context } from '../../../platform/executor/useCase.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import {
  type Account,
  accountsOf,
  availableOn,
  type Book,
  ownerAnd,
  type Transfer,
} from '../../ledger/index.ts';
import { type PointsRows, pointsRows, takeBonusBack } from '../../points/index.ts';
import { givenPurpose, isLapsed, reopen, walletLots, walletPurpose } from '../wallet.ts';
import { type TopUp, topUpBySource } from './topUp.ts';

/** A top-up and the accounts that taking it off moves. */
export type UnloadRows = {
  readonly topUp: TopUp | undefined;
  readonly accounts: readonly Account[];
  /** Where points were given with it. */
  readonly points: PointsRows | undefined;
};

/** For `needs`: the top-up that came of a payment order, and what taking it off again moves. */
export function unloadRows(sourceId: string | undefined, find: Find): UnloadRows {
  const topUp = sourceId === undefined ? undefined : find.one(topUpBySource, sourceId);
  const points = topUpPoints(topUp, find);
  return { topUp, points, accounts: [...topUpAccounts(topUp, find), ...(points?.accounts ?? [])] };
}

/** For `needs`: the points of who topped up, where some were given with it. */
export function topUpPoints(topUp: TopUp | undefined, find: Find): PointsRows | undefined {
  return topUp && topUp.points > 0n ? pointsRows(topUp.memberId, find) : undefined;
}

/** Takes back of the points what goes with the principal that goes back; puts it back with principal that comes again. */
export function pointsOff(
  topUp: TopUp,
  principal: bigint,
  rows: PointsRows | undefined,
  book: Book,
  when: When,
): readonly Transfer[] {
  if (!rows) return [];
  const returning = { total: topUp.principal, before: topUp.refundedPrincipal, now: principal };
  return takeBonusBack(rows, { points: topUp.points, lot: topUp.pointsLot, returning }, book, when);
}

/** The accounts that a top-up went over. */
export function topUpAccounts(topUp: TopUp | undefined, find: Find): readonly Account[] {
  if (!topUp) return [];
  return [
    ...walletLots(topUp.memberId, find),
    ...find.all(accountsOf, ownerAnd(topUp.storeId, 'tender')),
    ...find.all(accountsOf, ownerAnd(find.merchantId, 'sale_difference')),
    ...find.all(accountsOf, ownerAnd(find.merchantId, givenPurpose)),
  ];
}

/** What of the bonus leaves one of its lots, by the lot's detail; negative: comes back onto it. */
export type BonusOff = { readonly detail: string; readonly amount: bigint };
/** What of a top-up leaves the wallet, and what is paid back for it. */
export type Off = {
  readonly principal: bigint;
  readonly bonus: readonly BonusOff[];
  readonly refunded: bigint;
};
type When = Pick<Context, 'now' | 'merchantId'>;
export type Unloaded = { readonly transfers: readonly Transfer[]; readonly topUp: TopUp };

/**
 * Takes a part of a top-up off the wallet again: as much of the principal as goes back to who paid, and the same part of the
 * bonus, as far as it is still there. A negative amount puts back what was taken off so.
 */
export function unload(topUp: TopUp, amount: bigint, book: Book, when: When, points?: PointsRows): Unloaded {
  const taken = moneyOff(topUp, amount, book, when);
  return { ...taken, transfers: [...taken.transfers, ...pointsOff(topUp, amount, points, book, when)] };
}

function moneyOff(topUp: TopUp, amount: bigint, book: Book, when: When): Unloaded {
  const { principal, bonus, lapsedBonus, refundedPrincipal, refundedBonus, refunded } = topUp;
  if (amount < 0n) {
    const given = refunded === 0n ? 0n : (refundedBonus * -amount) / refunded;
    const back = inOrder(
      bonusLots(topUp, book).map(({ detail, given }) => ({ detail, most: given })),
      given,
    ).map(({ detail, amount }) => ({ detail, amount: -amount }));
    return takeOff(topUp, { principal: amount, bonus: back, refunded: amount }, book, when);
  }
  const due = ((bonus - lapsedBonus) * (refundedPrincipal + amount)) / principal - refundedBonus;
  const living = bonusLots(topUp, book).filter(({ lot }) => !isLapsed(book.now(lot), when.now));
  const lots = living.map(({ detail, lot, given }) => {
    const there = availableOn(book.now(lot));
    // What else is on the lot came with another top-up.
    return { detail, most: there < given ? there : given };
  });
  return takeOff(topUp, { principal: amount, bonus: inOrder(lots, due), refunded: amount }, book, when);
}

/** As much of an amount as the lots hold, from the first of them on. */
function inOrder(
  lots: readonly { readonly detail: string; readonly most: bigint }[],
  amount: bigint,
): readonly BonusOff[] {
  let rest = amount < 0n ? 0n : amount;
  return lots.map(({ detail, most }) => {
    const part = most < rest ? most : rest;
    rest -= part;
    return { detail, amount: part };
  });
}

/** The transfers by which a part of a top-up leaves the wallet; what is not paid back is a difference of the merchant's. */
export function takeOff(topUp: TopUp, off: Off, book: Book, { now, merchantId }: When): Unloaded {
  const { memberId, storeId, currency: asset } = topUp;
  const main = book.account(
    { ownerId: memberId, purpose: walletPurpose, detail: topUp.lot, asset },
    { floor: 0n },
  );
  const tender = book.account({ ownerId: storeId, purpose: 'tender', detail: topUp.tender, asset });
  const difference = book.account({ ownerId: merchantId, purpose: 'sale_difference', asset });
  const source = book.account({ ownerId: merchantId, purpose: givenPurpose, asset });
  const { principal, refunded } = off;
  const transfers: Transfer[] =
    principal < 0n
      ? [{ from: tender, to: main, amount: -principal }]
      : [
          { from: main, to: tender, amount: principal < refunded ? principal : refunded },
          { from: main, to: difference, amount: principal - refunded },
          { from: difference, to: tender, amount: refunded - principal },
        ];
  const lotOf = (detail: string) =>
    book.account({ ownerId: memberId, purpose: walletPurpose, detail, asset }, { floor: 0n });
  for (const { detail, amount } of off.bonus) {
    const lot = lotOf(detail);
    if (amount < 0n) reopen([lot], book, now);
    transfers.push(
      amount < 0n ? { from: source, to: lot, amount: -amount } : { from: lot, to: source, amount },
    );
  }
  return {
    transfers: transfers.filter(({ amount }) => amount > 0n),
    topUp: {
      ...topUp,
      refundedPrincipal: topUp.refundedPrincipal + principal,
      refundedBonus: off.bonus.reduce((sum, { amount }) => sum + amount, topUp.refundedBonus),
      refunded: topUp.refunded + refunded,
    },
  };
}

/** The lots that the bonus of a top-up is on. */
function bonusLots({ memberId, currency: asset, bonusParts }: TopUp, book: Book) {
  return bonusParts.map(({ detail, amount }) => ({
    detail,
    given: BigInt(amount),
    lot: book.account({ ownerId: memberId, purpose: walletPurpose, detail, asset }, { floor: 0n }),
  }));
}
