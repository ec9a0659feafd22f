import { allocate, amountOf } from '../../kernel/money.ts';
import type { LotKind } from './lot.ts';

/** One whole, in parts per million. */
export const whole = 1_000_000;

/** How much of what it honours a redeeming store is paid. null: any store; the rule that names more goes first. */
export type Ratio = {
  readonly sellerId: string | null;
  readonly redeemerId: string | null;
  readonly principalPpm: number;
  readonly bonusPpm: number;
};

/** Who bears the cost of a kind of lot. The shares are together one whole. */
export type Bearing = { readonly lot: LotKind; readonly shares: readonly BearingShare[] };
export type BearingShare = {
  readonly by: 'issuer' | 'seller' | 'redeemer' | 'hq' | 'sponsor';
  /** Which issuer or sponsor; null: the merchant itself. */
  readonly partyId: string | null;
  readonly ppm: number;
};

/** What is paid for taking a payment. For a load the merchant pays it to the store, for a redemption the store to the merchant. */
export type Commission = {
  readonly kind: 'load' | 'redemption';
  readonly storeId: string | null;
  readonly tender: string | null;
  readonly ppm: number;
  readonly min: number | null;
  readonly max: number | null;
};

/** The terms between stores. What no rule is about is as by default. */
export type SettlementTerms = {
  readonly ratios: readonly Ratio[];
  readonly bearing: readonly Bearing[];
  readonly commissions: readonly Commission[];
};

export const noTerms: SettlementTerms = { ratios: [], bearing: [], commissions: [] };

type Named = readonly (readonly [rule: string | null, fact: string])[];

/** How closely a rule fits: undefined where it is about something else; what stands first weighs most. */
function closeness(named: Named): number | undefined {
  let score = 0;
  for (const [rule, fact] of named) {
    if (rule !== null && rule !== fact) return undefined;
    score = 2 * score + (rule === null ? 0 : 1);
  }
  return score;
}

function closest<Rule>(rules: readonly Rule[], named: (rule: Rule) => Named): Rule | undefined {
  let best: { rule: Rule; score: number } | undefined;
  for (const rule of rules) {
    const score = closeness(named(rule));
    if (score !== undefined && (best === undefined || score > best.score)) best = { rule, score };
  }
  return best?.rule;
}

/** What part of a lot that one store sold is paid to another that honours it, in ppm; all of it where no rule says less. */
export function ratioOf(terms: SettlementTerms, sellerId: string, redeemerId: string, lot: LotKind): number {
  const rule = closest(terms.ratios, (each) => [
    [each.redeemerId, redeemerId],
    [each.sellerId, sellerId],
  ]);
  if (rule === undefined) return whole;
  return lot === 'principal' ? rule.principalPpm : rule.bonusPpm;
}

/** The parties that may come to bear something. */
export type Parties = { readonly sellerId: string; readonly redeemerId: string; readonly merchantId: string };

const partyOf = ({ by, partyId }: BearingShare, { sellerId, redeemerId, merchantId }: Parties): string => {
  if (by === 'seller') return sellerId;
  if (by === 'redeemer') return redeemerId;
  return by === 'hq' ? merchantId : (partyId ?? merchantId);
};

export type Borne = { readonly partyId: string; readonly amount: bigint };

/** Who bears how much of what is settled for a kind of lot, by largest remainder; the seller all of it where no rule says else. */
export function bearers(
  terms: SettlementTerms,
  lot: LotKind,
  amount: bigint,
  parties: Parties,
): readonly Borne[] {
  const rule = terms.bearing.find((each) => each.lot === lot);
  if (rule === undefined) return [{ partyId: parties.sellerId, amount }];
  const parts = allocate(
    amount,
    rule.shares.map(({ ppm }) => amountOf(ppm)),
  );
  const sums = new Map<string, bigint>();
  for (const [n, share] of rule.shares.entries()) {
    const partyId = partyOf(share, parties);
    sums.set(partyId, (sums.get(partyId) ?? 0n) + (parts[n] ?? 0n));
  }
  return Array.from(sums, ([partyId, part]) => ({ partyId, amount: part }));
}

/** This many ppm of an amount, rounded half up: the remainder goes to the larger part. */
export function partOf(amount: bigint, ppm: number): bigint {
  const [part = 0n] = allocate(amount, [amountOf(ppm), amountOf(whole - ppm)]);
  return part;
}

export type Charged = {
  readonly kind: Commission['kind'];
  readonly storeId: string;
  /** `cash`, `bank_card`, … for a load; `gift_card` or `wallet` for a redemption. */
  readonly tender: string;
  readonly amount: bigint;
};

/** The commission on a payment, within its bounds and never more than the payment itself; 0 where no rule is about it. */
export function commissionOn(terms: SettlementTerms, { kind, storeId, tender, amount }: Charged): bigint {
  const rules = terms.commissions.filter((each) => each.kind === kind);
  const rule = closest(rules, (each) => [
    [each.storeId, storeId],
    [each.tender, tender],
  ]);
  if (rule === undefined) return 0n;
  let due = partOf(amount, rule.ppm);
  if (rule.min !== null && due < amountOf(rule.min)) due = amountOf(rule.min);
  if (rule.max !== null && due > amountOf(rule.max)) due = amountOf(rule.max);
  return due < amount ? due : amount;
}

/** Whom these terms may make owe something, beside the store that honours and those that sold. */
export function furtherParties(terms: SettlementTerms, merchantId: string): ReadonlySet<string> {
  const parties = new Set<string>();
  for (const { shares } of terms.bearing) {
    for (const { by, partyId } of shares) {
      if (by !== 'seller' && by !== 'redeemer')
        parties.add(by === 'hq' ? merchantId : (partyId ?? merchantId));
    }
  }
  if (terms.commissions.some(({ kind }) => kind === 'redemption')) parties.add(merchantId);
  return parties;
}
