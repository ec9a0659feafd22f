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

/** What of a top-up leaves the wallet, and what is paid back for it. */
export type Off = { readonly principal: bigint; readonly bonus: bigint; readonly refunded: bigint };
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
    return takeOff(topUp, { principal: amount, bonus: -given, refunded: amount }, book, when);
  }
  const due = ((bonus - lapsedBonus) * (refundedPrincipal + amount)) / principal - refundedBonus;
  const left = livingLots(topUp, book, when.now).reduce(
    (sum, { lot }) => sum + availableOn(book.now(lot)),
    0n,
  );
  const off = { principal: amount, bonus: due < 0n ? 0n : due < left ? due : left, refunded: amount };
  return takeOff(topUp, off, book, when);
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
  const isBack = off.bonus < 0n;
  let rest = isBack ? -off.bonus : off.bonus;
  const lots = isBack ? bonusLots(topUp, book) : livingLots(topUp, book, now);
  if (isBack)
    reopen(
      lots.map(({ lot }) => lot),
      book,
      now,
    );
  for (const { lot, given } of lots) {
    const most = isBack ? given : availableOn(book.now(lot));
    const amount = most < rest ? most : rest;
    transfers.push(isBack ? { from: source, to: lot, amount } : { from: lot, to: source, amount });
    rest -= amount;
  }
  return {
    transfers: transfers.filter(({ amount }) => amount > 0n),
    topUp: {
      ...topUp,
      refundedPrincipal: topUp.refundedPrincipal + principal,
      refundedBonus: topUp.refundedBonus + off.bonus,
      refunded: topUp.refunded + refunded,
    },
  };
}

/** The lots that the bonus of a top-up is on. */
function bonusLots({ memberId, currency: asset, bonusParts }: TopUp, book: Book) {
  return bonusParts.map(({ detail, amount }) => ({
    given: BigInt(amount),
    lot: book.account({ ownerId: memberId, purpose: walletPurpose, detail, asset }, { floor: 0n }),
  }));
}

/** Those of them that have not ended: what did is taken off by time, not by a refund. */
function livingLots(topUp: TopUp, book: Book, now: Date) {
  return bonusLots(topUp, book).filter(({ lot }) => !isLapsed(book.now(lot), now));
}
