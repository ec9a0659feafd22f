import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { civilDay, dayAfterSpan, dayOfMonth, daysBetween } from '../../../kernel/time.ts';
import { goingWith, type SourceCoupons } from '../../coupons/index.ts';
import { type Account, availableOn } from '../../ledger/index.ts';
import { bonusPart } from '../../points/index.ts';
import type { RefundRule, WalletPolicy } from '../policy/policy.ts';
import type { TopUp } from '../topUp/topUp.ts';
import { isLapsed } from '../wallet.ts';

/** Why a quote is what it is: untouched and within seven days, or by the merchant's rule. */
export const quoteRules = ['seven_days', 'paid_ratio', 'list_price', 'time'] as const;
export type QuoteRule = 'seven_days' | RefundRule;

/** What of a top-up is left, and what is paid back for it. */
export type RefundQuote = {
  readonly topUp: TopUp;
  readonly rule: QuoteRule;
  readonly principal: bigint;
  readonly bonus: bigint;
  /** The same, by the parts of the bonus. */
  readonly bonusParts: readonly bigint[];
  /** What of the bonus has ended and was not taken off yet. */
  readonly lapsed: bigint;
  /** The same, by the parts of the bonus. */
  readonly lapsedParts: readonly bigint[];
  readonly refund: bigint;
  /** How many coupons that came with it go with it; those that were used do not. */
  readonly coupons: number;
};

const sevenDaysMs = 7 * 24 * 60 * 60 * 1000;

type Left = Pick<RefundQuote, 'topUp' | 'principal' | 'bonus' | 'bonusParts' | 'lapsed' | 'lapsedParts'>;

/** What is left of each top-up, the newest first: what was spent of a lot was spent of the oldest that came onto it. */
export function leftOf(topUps: readonly TopUp[], lots: readonly Account[], now: Date): readonly Left[] {
  const ended = new Set(lots.filter((lot) => isLapsed(lot, now)).map((lot) => nameOf(lot.detail, lot.asset)));
  const left = new Map(lots.map((lot) => [nameOf(lot.detail, lot.asset), availableOn(lot)]));
  const take = (detail: string, asset: string, most: bigint): bigint => {
    const name = nameOf(detail, asset);
    const there = left.get(name) ?? 0n;
    const taken = most < there ? most : there;
    left.set(name, there - taken);
    return taken;
  };
  return topUps
    .toSorted((one, other) => (one.id < other.id ? 1 : -1))
    .map((topUp) => {
      const principal = take(topUp.lot, topUp.currency, topUp.principal - topUp.refundedPrincipal);
      let most = topUp.bonus - topUp.refundedBonus - topUp.lapsedBonus;
      const bonusParts: bigint[] = [];
      const lapsedParts: bigint[] = [];
      for (const { detail, amount, lapsed = 0 } of topUp.bonusParts) {
        const part = BigInt(amount) - BigInt(lapsed);
        const taken = take(detail, topUp.currency, part < most ? part : most);
        most -= taken;
        const isOver = ended.has(nameOf(detail, topUp.currency));
        lapsedParts.push(isOver ? taken : 0n);
        bonusParts.push(isOver ? 0n : taken);
      }
      const bonus = bonusParts.reduce((sum, amount) => sum + amount, 0n);
      const lapsed = lapsedParts.reduce((sum, amount) => sum + amount, 0n);
      return { topUp, principal, bonus, bonusParts, lapsed, lapsedParts };
    });
}

const nameOf = (detail: string, asset: string): string => `${asset}|${detail}`;

type Facts = {
  readonly lots: readonly Account[];
  readonly usedAtListPrice: bigint | undefined;
  readonly coupons: SourceCoupons | undefined;
  readonly now: Date;
  /** In which a day is counted. */
  readonly zone: string;
};

/** What is paid back for what is left of a top-up, by which rule. What is rounded is rounded down. */
export function quoteOf(left: Left, policy: WalletPolicy, facts: Facts): RefundQuote {
  const { topUp, principal, bonus } = left;
  const returning = { total: topUp.principal, before: topUp.refundedPrincipal, now: principal };
  const coupons = goingWith(facts.coupons?.coupons ?? [], returning, facts.now).length;
  const isUntouched = principal === topUp.principal && bonus === everUsable(left);
  if (policy.sevenDays && isUntouched && facts.now.getTime() - topUp.createdAt.getTime() < sevenDaysMs) {
    return { ...left, coupons, rule: 'seven_days', refund: topUp.paid };
  }
  const [rule, due] = dueBy(policy, left, facts);
  const most = topUp.paid - topUp.refunded;
  const bounded = due < most ? due : most;
  return { ...left, coupons, rule, refund: bounded < 0n || principal + bonus === 0n ? 0n : bounded };
}

/** What of the bonus was spent or still can be: what ended unspent counts as never given. */
const everUsable = ({ topUp, lapsed }: Left): bigint => topUp.bonus - topUp.lapsedBonus - lapsed;

function dueBy(policy: WalletPolicy, left: Left, facts: Facts): [QuoteRule, bigint] {
  const { topUp, principal, bonus } = left;
  const { refundRule: rule } = policy;
  const given = everUsable(left);
  if (rule === 'list_price') {
    const used =
      topUp.principal - topUp.refundedPrincipal - principal + (given - topUp.refundedBonus - bonus);
    const listed = facts.usedAtListPrice ?? used;
    // What was had cost at least what was paid for it: whoever says less would be paid back what is spent.
    return [rule, topUp.paid - topUp.refunded - (listed > used ? listed : used)];
  }
  const unspent = ((principal + bonus) * topUp.paid) / (topUp.principal + given);
  if (rule !== 'time') return ['paid_ratio', unspent];
  const unused = byTime(topUp, policy, facts);
  // What was spent long before its time is gone all the same.
  return ['time', unused < unspent ? unused : unspent];
}

/** What of the price of a top-up falls on the days that are left of its term: to the end of its lot or, of one without, by the policy. */
function byTime(
  { lot, currency, createdAt, paid, refunded }: TopUp,
  { refundTermMonths: count }: WalletPolicy,
  { lots, now, zone }: Facts,
): bigint {
  const first = civilDay(createdAt, zone);
  const end = lots.find(({ detail, asset }) => detail === lot && asset === currency)?.usableUntil;
  const last = end ? civilDay(end, zone) : dayAfterSpan(first, { count, unit: 'months' }, dayOfMonth(first));
  const term = daysBetween(first, last);
  const rest = daysBetween(civilDay(now, zone), last);
  return term <= 0 || rest <= 0 ? 0n : ((paid - refunded) * BigInt(rest)) / BigInt(term);
}

/** A quote as the API shows it. */
export function quoteAnswer(
  { topUp, rule, principal, bonus, coupons, refund }: RefundQuote,
  merchantId: string,
) {
  return {
    topUpId: encodeId('tup', topUp.id),
    storeId: topUp.storeId === merchantId ? null : encodeId('store', topUp.storeId),
    currency: topUp.currency,
    tender: topUp.tender,
    reference: topUp.reference,
    paymentOrderId: isByOrder(topUp) && topUp.sourceId !== null ? encodeId('pay', topUp.sourceId) : null,
    paid: jsonAmount(topUp.paid),
    principal: jsonAmount(principal),
    bonus: jsonAmount(bonus),
    points: jsonAmount(
      bonusPart(topUp.points, { total: topUp.principal, before: topUp.refundedPrincipal, now: principal }),
    ),
    coupons,
    rule,
    refund: jsonAmount(refund),
    createdAt: topUp.createdAt.toISOString(),
  };
}

/** Tenders behind which nobody stands who could be paid back by them. */
const unreturnable: readonly string[] = ['recharge_card', 'gift_card', 'import', 'dividend'];

/** Whether it was paid through a channel, which sends it back itself. */
export const isByOrder = ({ sourceId, tender }: TopUp): boolean =>
  sourceId !== null && !unreturnable.includes(tender);

/** Whether it goes back by what it was paid with, or, where that is not possible, by whatever the store pays with. */
export const mayPayBackBy = ({ tender }: TopUp, by: string): boolean =>
  tender === by || unreturnable.includes(tender);
