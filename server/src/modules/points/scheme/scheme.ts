import { amountOf } from '../../../kernel/money.ts';
import { civilDay, startOfDay, validUntil } from '../../../kernel/time.ts';

/** One whole, in parts per million. */
export const whole = 1_000_000;

/** What is different from the general rate for some goods or a store. null: any. The rule that names more goes first. */
export type EarnRule = {
  readonly productId: string | null;
  readonly categoryId: string | null;
  readonly storeId: string | null;
  /** `times`: the general rate times so much; `each`: so many points for one piece; `none`: nothing is earned. */
  readonly kind: 'times' | 'each' | 'none';
  readonly ppm: number;
  readonly points: number;
  /** ISO 8601 instants; null: without end. The end is exclusive. */
  readonly from: string | null;
  readonly until: string | null;
};

/** By which rules points are earned, end, and are spent. Numbers are small integers; amounts are minor units. */
export type Scheme = {
  /** `points` for each `amount` paid. */
  readonly earn: { readonly points: number; readonly amount: number };
  readonly rules: readonly EarnRule[];
  readonly birthdayPpm: number;
  /** The most that one purchase earns. */
  readonly mostEarned: number;
  /** How many days points wait before they can be spent: as long as goods may come back. */
  readonly pendingDays: number;
  /** With the end of which period they lapse, and how many later ones they see. */
  readonly ends: { readonly with: 'never' | 'month' | 'quarter' | 'year'; readonly later: number };
  /** So many points pay so much; null: they pay nothing. */
  readonly spend: {
    readonly points: number;
    readonly worth: number;
    /** Which part of a bill they may pay. */
    readonly billPpm: number;
  } | null;
  /** Whether members may give points to each other. */
  readonly transfer: boolean;
};

/** A part of a purchase: what of it may earn, and of which goods it is. */
export type EarningLine = {
  readonly productId: string | null;
  /** Its categories, the closest first. */
  readonly categoryIds: readonly string[];
  readonly pieces: bigint;
  /** What is to be paid for it, after discounts. */
  readonly amount: bigint;
  /** Cards and other value that is paid for in advance never earn. */
  readonly isCard?: boolean | undefined;
};

export type Earning = {
  readonly storeId: string;
  /** What was paid with money: not with bonus, points, or what was given. */
  readonly eligible: bigint;
  /** What it was for; none: the eligible amount as it is. */
  readonly lines: readonly EarningLine[];
  readonly isBirthday?: boolean | undefined;
  /** Further multipliers, such as a tier's; 1000000 is once. */
  readonly timesPpm?: readonly number[] | undefined;
};

type Fit = { readonly rule: EarnRule; readonly score: number };

/** The rule that fits a line best: a product's before a category's, a closer category's before a wider one's, a store's last. */
function ruleFor(rules: readonly EarnRule[], line: EarningLine, storeId: string, now: Date) {
  let best: Fit | undefined;
  for (const rule of rules) {
    if (rule.storeId !== null && rule.storeId !== storeId) continue;
    if (rule.productId !== null && rule.productId !== line.productId) continue;
    const depth = rule.categoryId === null ? undefined : line.categoryIds.indexOf(rule.categoryId);
    if (depth === -1) continue;
    if (rule.from !== null && now.getTime() < Date.parse(rule.from)) continue;
    if (rule.until !== null && now.getTime() >= Date.parse(rule.until)) continue;
    const score =
      (rule.productId === null ? 0 : 1000) +
      (depth === undefined ? 0 : 100 - depth) +
      (rule.storeId === null ? 0 : 1);
    if (best === undefined || score > best.score) best = { rule, score };
  }
  return best?.rule;
}

/**
 * What a purchase earns. Each line's share of the eligible amount is what it is of the lines that may earn; all of it is
 * added up exactly and rounded down once.
 */
export function pointsFor(scheme: Scheme, earning: Earning, now: Date): bigint {
  const { storeId, eligible, isBirthday, timesPpm = [] } = earning;
  const bare: EarningLine = { productId: null, categoryIds: [], pieces: 0n, amount: eligible };
  const lines = (earning.lines.length === 0 ? [bare] : earning.lines).filter(({ isCard }) => isCard !== true);
  const total = lines.reduce((sum, { amount }) => sum + amount, 0n);
  const earns = eligible < total ? eligible : total;
  if (earns <= 0n) return 0n;
  const per = amountOf(scheme.earn.amount);
  // All over one denominator: total (a line's share) times per (the rate) times a million (a multiplier).
  const million = amountOf(whole);
  let sum = 0n;
  for (const line of lines) {
    const rule = ruleFor(scheme.rules, line, storeId, now);
    if (rule?.kind === 'none') continue;
    if (rule?.kind === 'each') {
      if (line.amount > 0n) sum += earns * line.pieces * amountOf(rule.points) * per * million;
      continue;
    }
    sum += earns * line.amount * amountOf(scheme.earn.points) * amountOf(rule?.ppm ?? whole);
  }
  let under = total * per * million;
  for (const ppm of [...(isBirthday ? [scheme.birthdayPpm] : []), ...timesPpm]) {
    sum *= amountOf(ppm);
    under *= million;
  }
  const earned = sum / under;
  const most = amountOf(scheme.mostEarned);
  return earned < most ? earned : most;
}

/** From when on points that are earned now can be spent, and when they lapse; the end is exclusive. */
export type Term = { readonly from: Date | null; readonly until: Date | null };

/** The term of points earned on a day: the same for all of it, and asked for with each purchase. */
const termsOfToday = new WeakMap<Scheme, { readonly zoneAndDay: string; readonly term: Term }>();

export function termOf(scheme: Scheme, now: Date, zone: string): Term {
  const zoneAndDay = `${zone} ${civilDay(now, zone)}`;
  const known = termsOfToday.get(scheme);
  if (known?.zoneAndDay === zoneAndDay) return known.term;
  const count = scheme.pendingDays;
  const from = count === 0 ? null : validUntil({ type: 'after', count, unit: 'days' }, now, zone);
  const term = { from, until: endOf(scheme.ends, from ?? now, zone) };
  termsOfToday.set(scheme, { zoneAndDay, term });
  return term;
}

const monthsIn = { month: 1n, quarter: 3n, year: 12n } as const;

/** The first instant after the period that a day is in, and so many later ones. */
function endOf(ends: Scheme['ends'], at: Date, zone: string): Date | null {
  if (ends.with === 'never') return null;
  const length = monthsIn[ends.with];
  const [year = '', month = ''] = civilDay(at, zone).split('-');
  const months = BigInt(year) * 12n + BigInt(month) - 1n;
  const end = (months / length + 1n + amountOf(ends.later)) * length;
  return startOfDay(`${padded(end / 12n, 4)}-${padded((end % 12n) + 1n, 2)}-01`, zone);
}

const padded = (number: bigint, digits: number) => String(number).padStart(digits, '0');
