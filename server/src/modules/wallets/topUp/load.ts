import { jsonAmount } from '../../../kernel/money.ts';
import type { Refusal } from '../../../kernel/outcome.ts';
import type { Context } from '../../../platform/executor/useCase.ts';
import { type Change, type Find, put } from '../../../platform/executor/workingSet.ts';
import { type Granted, giveCoupons } from '../../coupons/index.ts';
import { type Account, accountsOf, type Book, ownerAnd, type Transfer } from '../../ledger/index.ts';
import { type Merchant, merchantById } from '../../merchants/index.ts';
import { giveBonus, type PointsRows, pointsRows } from '../../points/index.ts';
import { couponsOf, type Grants, grantsIn } from '../bonus/coupons.ts';
import {
  type BonusRule,
  bonusFor,
  givePoints,
  type Instalment,
  instalmentsOf,
  rulesIn,
} from '../bonus/rule.ts';
import { apartBy } from '../bonus/scope.ts';
import { overLimit, policyIn, type WalletPolicy } from '../policy/policy.ts';
import { givenPurpose, isPrincipal, lotDetail, lotIn, moneyIn, walletLots, whole } from '../wallet.ts';
import { type TopUp, topUps } from './topUp.ts';

/** What comes onto a member's wallet. */
export type Load = {
  readonly memberId: string;
  /** The store that took the money, and answers for it; the merchant's own id: no store does. */
  readonly storeId: string;
  /** The merchant answers for it, since the store paid it the money out of its settlement account. */
  readonly merchantAnswers?: boolean;
  readonly currency: string;
  readonly tender: string;
  readonly reference?: string | null;
  readonly sourceId?: string | null;
  readonly principal: bigint;
  /** What was paid for the principal. */
  readonly paid: bigint;
  readonly commission?: bigint;
  /** Given on top: a sum that stands already, or what the rules give. */
  readonly bonus: bigint | 'by_rules';
  /** Exclusive; left out: the principal does not end. */
  readonly usableUntil?: Date | null;
};

/** The rows behind it. */
export type LoadRows = {
  readonly lots: readonly Account[];
  readonly accounts: readonly Account[];
  readonly rules: readonly BonusRule[];
  readonly policy: WalletPolicy;
  readonly merchant: Merchant | undefined;
  /** Where a rule gives points. */
  readonly points: PointsRows | undefined;
  /** Where rules give coupons. */
  readonly grants: Grants;
};

/** For `needs`: what putting something on a wallet is about. A book must be over its `accounts`. */
export function loadRows(memberId: string | undefined, storeId: string | undefined, find: Find): LoadRows {
  const lots = walletLots(memberId, find);
  const rules = rulesIn(find);
  const grants = grantsIn(rules, find);
  const points = memberId === undefined || !givePoints(rules) ? undefined : pointsRows(memberId, find);
  return {
    lots,
    accounts: [
      ...lots,
      ...(storeId === undefined ? [] : find.all(accountsOf, ownerAnd(storeId, 'tender'))),
      ...find.all(accountsOf, ownerAnd(find.merchantId, 'sale_difference')),
      ...find.all(accountsOf, ownerAnd(find.merchantId, givenPurpose)),
      ...(points?.accounts ?? []),
      ...[...grants.values()].flatMap(({ fates }) => fates),
    ],
    rules,
    policy: policyIn(find),
    merchant: find.one(merchantById, find.merchantId),
    points,
    grants,
  };
}

export type Loaded = {
  /** To be posted by the caller, in the book that they were made in. */
  readonly transfers: readonly Transfer[];
  readonly changes: readonly Change[];
  readonly topUp: TopUp;
  /** The coupons that came with it, or why none did where a rule gives such. */
  readonly coupons?: Granted | undefined;
};

type Given = {
  readonly amount: bigint;
  readonly points: bigint;
  readonly coupons: Granted | undefined;
  readonly rule: BonusRule | undefined;
  readonly parts: readonly Instalment[];
};

/**
 * Puts value on a wallet: the one way in which anything comes onto it. What was paid comes out of the store's tender; what
 * was sold for less or more is a difference of the merchant's, and so is what is given on top.
 */
export function load(rows: LoadRows, book: Book, one: Load, context: Context): Loaded | Refusal {
  const { memberId, storeId, currency, principal, paid } = one;
  const { policy, lots } = rows;
  const given = bonusOf(rows, one, context.now);
  const above = overLimit(policy, moneyIn(lots, currency, context.now), principal + given.amount);
  if (above) return above;
  const ppm = (paid * whole) / principal;
  const answersId = one.merchantAnswers ? context.merchantId : storeId;
  const terms = {
    kind: 'principal' as const,
    storeId: answersId,
    paidPpm: ppm > whole ? whole : ppm,
    usableFrom: null,
    usableUntil: one.usableUntil ?? null,
  };
  const main = lotIn(book, memberId, currency, terms);
  const tender = book.account({ ownerId: storeId, purpose: 'tender', detail: one.tender, asset: currency });
  const difference = book.account({
    ownerId: context.merchantId,
    purpose: 'sale_difference',
    asset: currency,
  });
  const source = book.account({ ownerId: context.merchantId, purpose: givenPurpose, asset: currency });
  const bonuses = given.parts.map((part) => {
    const lot = {
      kind: 'bonus' as const,
      storeId: answersId,
      paidPpm: null,
      ...part,
      ...apartBy(given.rule),
    };
    return { detail: lotDetail(lot), to: lotIn(book, memberId, currency, lot), amount: part.amount };
  });
  const pointed =
    given.points > 0n && rows.points ? giveBonus(rows.points, given.points, book, context) : undefined;
  const id = context.newId();
  const coupons = couponsFor(rows, given.coupons, { memberId, sourceId: id }, book, context);
  const transfers: Transfer[] = [
    { from: tender, to: main, amount: paid < principal ? paid : principal },
    { from: difference, to: main, amount: principal - paid },
    { from: tender, to: difference, amount: paid - principal },
    ...bonuses.map(({ to, amount }) => ({ from: source, to, amount })),
    ...(pointed?.transfers ?? []),
    ...coupons.transfers,
  ];
  const topUp: TopUp = {
    id,
    memberId,
    storeId,
    currency,
    tender: one.tender,
    reference: one.reference ?? null,
    sourceId: one.sourceId ?? null,
    principal,
    paid,
    commission: one.commission ?? 0n,
    bonus: given.amount,
    ruleId: given.rule?.id ?? null,
    lot: main.detail,
    bonusParts: bonuses.map(({ detail, amount }) => ({ detail, amount: jsonAmount(amount) })),
    refundedPrincipal: 0n,
    refundedBonus: 0n,
    refunded: 0n,
    lapsedBonus: 0n,
    points: pointed ? given.points : 0n,
    pointsLot: pointed?.lot ?? null,
    createdAt: context.now,
  };
  return {
    transfers: transfers.filter(({ amount }) => amount > 0n),
    changes: [put(topUps, topUp), ...coupons.changes],
    topUp,
    coupons: given.coupons,
  };
}

type Whose = { readonly memberId: string; readonly sourceId: string };

/** The coupons that a rule gives, as far as their template lets them be given. */
function couponsFor(
  { merchant }: LoadRows,
  given: Granted | undefined,
  whose: Whose,
  book: Book,
  context: Context,
): Pick<Loaded, 'transfers' | 'changes'> {
  if (!given || given.refusal || !merchant) return { transfers: [], changes: [] };
  const { template, count } = given;
  return giveCoupons(template, { ...whose, cause: 'top_up', count }, merchant.timezone, book, context);
}

/** What is given on top, and in which parts. */
export function bonusOf(rows: LoadRows, one: Load, now: Date): Given {
  if (one.bonus !== 'by_rules') {
    const parts = one.bonus > 0n ? [{ amount: one.bonus, usableFrom: null, usableUntil: null }] : [];
    return { amount: one.bonus, points: 0n, coupons: undefined, rule: undefined, parts };
  }
  const isFirst = !rows.lots.some((lot) => isPrincipal(lot) && lot.postings > 0n);
  const found = bonusFor(rows.rules, { ...one, amount: one.principal, isFirst }, now);
  if (!found || !rows.merchant) {
    return { amount: 0n, points: 0n, coupons: undefined, rule: undefined, parts: [] };
  }
  return {
    amount: found.amount,
    points: found.points,
    coupons: couponsOf(rows.grants, found.coupons, now),
    rule: found.rule,
    parts:
      found.amount === 0n
        ? []
        : instalmentsOf({ ...found, terms: found.rule.terms }, rows.merchant.timezone, now),
  };
}
