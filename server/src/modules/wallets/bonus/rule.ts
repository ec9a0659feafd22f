import { encodeId } from '../../../kernel/id.ts';
import { allocate, amountOf, jsonAmount } from '../../../kernel/money.ts';
import { civilDay, startOfDay, type Validity, validUntil } from '../../../kernel/time.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import { noScope, type Scope, scopeAnswer } from '../../catalog/index.ts';
import type { CouponGrant } from '../../coupons/index.ts';

/** From which amount on a step gives how much: a sum, parts per million of what is topped up, points, or coupons. */
export type BonusStep = {
  readonly from: number;
  readonly bonus: number | null;
  readonly ppm: number | null;
  /** Points besides; not told of by rules that are older than such. */
  readonly points?: number | null;
  /** Coupons besides; not told of by rules that are older than such. */
  readonly coupons?: CouponGrant | null;
};

/** What a rule gives, and when. */
export type BonusTerms = {
  /** Only on a member's first top-up, or on each. */
  readonly occasion: 'first' | 'each';
  readonly steps: readonly BonusStep[];
  /** By what it has to be paid; empty: by whatever. */
  readonly tenders: readonly string[];
  /** Where; empty: everywhere. */
  readonly storeIds: readonly string[];
  /** How long each instalment is good, from when it can be spent. */
  readonly validity: Validity;
  /** In how many parts it is released, one a month, the first at once. */
  readonly instalments: number;
  /** Where and for what it pays; not told of by rules that are older than such. */
  readonly scope?: Scope | undefined;
};

/** What is given to who tops up: a ladder of steps, of which the highest that is reached counts. */
export type BonusRule = {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly terms: BonusTerms;
  readonly startsAt: Date;
  /** Exclusive; null: until it is ended. */
  readonly endsAt: Date | null;
  readonly state: 'active' | 'ended';
  readonly createdAt: Date;
};

export const bonusRules = entity<BonusRule>('bonusRule', ({ id }) => id);
const all = 'all';
export const rulesOfMerchant = finder(bonusRules, 'ofMerchant', () => [all]);

/** For `needs`: all rules of a merchant, in memory after the first look-up. */
export function rulesIn(find: Find): readonly BonusRule[] {
  return find.all(rulesOfMerchant, all);
}

/** How many rules a merchant may have at a time. */
export const rulesMax = 100;

export type ToppedUp = {
  readonly amount: bigint;
  readonly currency: string;
  readonly storeId: string;
  readonly tender: string;
  readonly isFirst: boolean;
};

export type Bonus = {
  readonly rule: BonusRule;
  readonly amount: bigint;
  readonly points: bigint;
  readonly coupons: CouponGrant | null;
};

/** The rule that gives most for this, money before points before coupons, of several the oldest; undefined where none gives anything. */
export function bonusFor(rules: readonly BonusRule[], load: ToppedUp, now: Date): Bonus | undefined {
  let best: Bonus | undefined;
  for (const rule of rules.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    if (!concerns(rule, load, now)) continue;
    const given = givenBy(rule.terms.steps, load.amount);
    if (isMore(given, best ?? nothing)) best = { rule, ...given };
  }
  return best;
}

type Sum = Pick<Bonus, 'amount' | 'points' | 'coupons'>;
const nothing: Sum = { amount: 0n, points: 0n, coupons: null };

function isMore(one: Sum, other: Sum): boolean {
  if (one.amount !== other.amount) return one.amount > other.amount;
  if (one.points !== other.points) return one.points > other.points;
  return (one.coupons?.count ?? 0) > (other.coupons?.count ?? 0);
}

/** Whether one of these rules gives points at all. */
export const givePoints = (rules: readonly BonusRule[]): boolean =>
  rules.some(({ state, terms }) => state === 'active' && terms.steps.some(({ points }) => (points ?? 0) > 0));

function concerns(
  { state, currency, terms, startsAt, endsAt }: BonusRule,
  load: ToppedUp,
  now: Date,
): boolean {
  if (state !== 'active' || currency !== load.currency) return false;
  if (now < startsAt || (endsAt !== null && now >= endsAt)) return false;
  if (terms.occasion === 'first' && !load.isFirst) return false;
  if (terms.tenders.length > 0 && !terms.tenders.includes(load.tender)) return false;
  return terms.storeIds.length === 0 || terms.storeIds.includes(load.storeId);
}

/** What the highest step that is reached gives; parts of an amount are rounded down. */
export function givenBy(steps: readonly BonusStep[], amount: bigint): Sum {
  let reached: BonusStep | undefined;
  for (const step of steps) {
    if (amountOf(step.from) <= amount && (reached === undefined || step.from >= reached.from)) reached = step;
  }
  if (reached === undefined) return nothing;
  return {
    amount: amountOf(reached.bonus ?? 0) + (amount * amountOf(reached.ppm ?? 0)) / 1_000_000n,
    points: amountOf(reached.points ?? 0),
    coupons: reached.coupons ?? null,
  };
}

export type Instalment = {
  readonly amount: bigint;
  /** null: at once. */
  readonly usableFrom: Date | null;
  readonly usableUntil: Date | null;
};

/** What is given, and by which terms it is released. */
type Given = { readonly terms: Pick<BonusTerms, 'instalments' | 'validity'>; readonly amount: bigint };

/** In which parts a bonus comes, by largest remainder: the first at once, each other at the start of the day a month on. */
export function instalmentsOf({ terms, amount }: Given, zone: string, now: Date): readonly Instalment[] {
  const { instalments, validity } = terms;
  const parts = allocate(amount, new Array<bigint>(instalments).fill(1n));
  return parts
    .map((part, n) => {
      const usableFrom = n === 0 ? null : monthsOn(n, zone, now);
      return { amount: part, usableFrom, usableUntil: validUntil(validity, usableFrom ?? now, zone) };
    })
    .filter((part) => part.amount > 0n);
}

/** The start of the day that many months on: of a month that is shorter its last. */
function monthsOn(count: number, zone: string, now: Date): Date {
  const after = validUntil({ type: 'after', count, unit: 'months' }, now, zone);
  return after === null ? now : startOfDay(civilDay(new Date(after.getTime() - 1), zone), zone);
}

/** A part as the API shows it. */
export function instalmentAnswer({ amount, usableFrom, usableUntil }: Instalment) {
  return {
    amount: jsonAmount(amount),
    usableFrom: usableFrom?.toISOString() ?? null,
    usableUntil: usableUntil?.toISOString() ?? null,
  };
}

const grantAnswer = ({ templateId, count }: CouponGrant) => ({
  templateId: encodeId('cpt', templateId),
  count,
});

/** A rule as the API shows it. */
export function ruleAnswer({ id, name, currency, terms, startsAt, endsAt, state, createdAt }: BonusRule) {
  return {
    id: encodeId('bon', id),
    name,
    currency,
    ...terms,
    steps: terms.steps.map((step) => ({
      ...step,
      points: step.points ?? null,
      coupons: step.coupons ? grantAnswer(step.coupons) : null,
    })),
    storeIds: terms.storeIds.map((storeId) => encodeId('store', storeId)),
    scope: scopeAnswer(terms.scope ?? noScope),
    startsAt: startsAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    state,
    createdAt: createdAt.toISOString(),
  };
}
