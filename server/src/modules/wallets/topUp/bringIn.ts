import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Context } from '../../../platform/executor/useCase.ts';
import { type Find, put } from '../../../platform/executor/workingSet.ts';
import {
  type Account,
  accountsOf,
  availableOn,
  type Book,
  ownerAnd,
  type Transfer,
} from '../../ledger/index.ts';
import { policyIn, type WalletPolicy } from '../policy/policy.ts';
import { lotDetail, lotIn, moneyIn, openingPurpose, walletLots, walletPurpose, whole } from '../wallet.ts';
import type { Loaded } from './load.ts';
import { type TopUp, topUpById, topUps } from './topUp.ts';

/** What a top-up of an opening balance is said to have been paid with. */
const importTender = 'import';

/** A balance that a member had in another system; principal or bonus may be nothing, not both. */
export type OpeningBalance = {
  readonly memberId: string;
  /** The store that answers for it; the merchant's own id: no store does. */
  readonly storeId: string;
  readonly currency: string;
  readonly importId: string;
  readonly principal: bigint;
  readonly bonus: bigint;
  /** Exclusive; null: without end. */
  readonly bonusUntil: Date | null;
};

/** The rows behind opening balances. */
export type OpeningRows = { readonly accounts: readonly Account[]; readonly policy: WalletPolicy };

/** For `needs`: what all opening balances are about; a book must be over its `accounts` and the lots of the members. */
export function openingRows(find: Find): OpeningRows {
  return {
    accounts: find.all(accountsOf, ownerAnd(find.merchantId, openingPurpose)),
    policy: policyIn(find),
  };
}

/** Puts on a wallet what a member had elsewhere, as lots of their own; `lots`: what is on the wallet already. */
export function bringIn(
  { policy }: OpeningRows,
  lots: readonly Account[],
  book: Book,
  one: OpeningBalance,
  context: Context,
): Loaded | Refusal {
  const { memberId, storeId, currency, importId, principal, bonus, bonusUntil } = one;
  const before = moneyIn(lots, currency, context.now);
  if (policy.balanceMax !== null && before.total + before.later + principal + bonus > policy.balanceMax) {
    return refused('balance_limit_exceeded');
  }
  const terms = { storeId, usableFrom: null, apart: importId };
  const paid = { ...terms, kind: 'principal' as const, paidPpm: whole, usableUntil: null };
  const given = { ...terms, kind: 'bonus' as const, paidPpm: null, usableUntil: bonusUntil };
  const from = openingOf(book, context.merchantId, currency);
  const transfers: Transfer[] = [];
  if (principal > 0n) transfers.push({ from, to: lotIn(book, memberId, currency, paid), amount: principal });
  if (bonus > 0n) transfers.push({ from, to: lotIn(book, memberId, currency, given), amount: bonus });
  const topUp: TopUp = {
    id: context.newId(),
    memberId,
    storeId,
    currency,
    tender: importTender,
    reference: encodeId('imp', importId),
    sourceId: null,
    principal,
    paid: principal,
    commission: 0n,
    bonus,
    ruleId: null,
    lot: lotDetail(paid),
    bonusParts: bonus > 0n ? [{ detail: lotDetail(given), amount: jsonAmount(bonus) }] : [],
    refundedPrincipal: 0n,
    refundedBonus: 0n,
    refunded: 0n,
    lapsedBonus: 0n,
    points: 0n,
    pointsLot: null,
    createdAt: context.now,
  };
  return { transfers, changes: [put(topUps, topUp)], topUp };
}

function openingOf(book: Book, merchantId: string, asset: string): Account {
  return book.account({ ownerId: merchantId, purpose: openingPurpose, asset });
}

/** For `needs`: an opening balance, and the lots of the wallet that it is on. */
export function broughtRows(topUpId: string | null, find: Find) {
  const topUp = topUpId === null ? undefined : find.one(topUpById, topUpId);
  return { topUp, lots: walletLots(topUp?.memberId, find) };
}

/** What of an opening balance goes back to where it came from, and what was spent or paid out by then. */
export type BroughtBack = Omit<Loaded, 'topUp'> & {
  readonly principal: bigint;
  readonly bonus: bigint;
  readonly missingPrincipal: bigint;
  readonly missingBonus: bigint;
};

/** Takes back what is left of an opening balance, never more: what a hold reserves stays too. */
export function bringBack(topUp: TopUp, book: Book, merchantId: string): BroughtBack {
  const { memberId: ownerId, currency: asset } = topUp;
  const to = openingOf(book, merchantId, asset);
  const transfers: Transfer[] = [];
  const take = (detail: string, most: bigint): bigint => {
    const lot = book.account({ ownerId, purpose: walletPurpose, detail, asset }, { floor: 0n });
    const left = availableOn(book.now(lot));
    const amount = left < most ? left : most;
    if (amount > 0n) transfers.push({ from: lot, to, amount });
    return amount > 0n ? amount : 0n;
  };
  const principal = take(topUp.lot, topUp.principal - topUp.refundedPrincipal);
  const bonus = topUp.bonusParts.reduce((sum, { detail, amount }) => sum + take(detail, BigInt(amount)), 0n);
  const after: TopUp = {
    ...topUp,
    refundedPrincipal: topUp.refundedPrincipal + principal,
    refundedBonus: topUp.refundedBonus + bonus,
  };
  return {
    transfers,
    changes: [put(topUps, after)],
    principal,
    bonus,
    missingPrincipal: topUp.principal - principal,
    missingBonus: topUp.bonus - bonus,
  };
}
