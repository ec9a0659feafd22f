import { allocate, amountOf } from '../../../kernel/money.ts';
import {
  civilDay,
  dayAfterSpan,
  dayOfMonth,
  daysAfter,
  daysBetween,
  startOfDay,
} from '../../../kernel/time.ts';
import type { Plan } from '../plan/plan.ts';
import type { Membership } from './membership.ts';

/** From when to when something is good: its last day to the end, and as good as before for the days of grace. */
export type Term = Pick<Membership, 'lastDay' | 'anchor' | 'validUntil' | 'graceUntil'>;

/** A term that ends with this day. */
function ending(lastDay: string, anchor: number, graceDays: number, zone: string): Term {
  return {
    lastDay,
    anchor,
    validUntil: startOfDay(daysAfter(lastDay, 1), zone),
    graceUntil: startOfDay(daysAfter(lastDay, 1 + graceDays), zone),
  };
}

/** The term of a plan that begins with this day: as a card that is sold then, it is good through the same day of its last month. */
export function termFrom(firstDay: string, plan: Pick<Plan, 'span' | 'graceDays'>, zone: string): Term {
  const anchor = dayOfMonth(firstDay);
  return ending(dayAfterSpan(firstDay, plan.span, anchor), anchor, plan.graceDays, zone);
}

/** The term that ends with this day; months count from the day of the month that it is. */
export function termUntil(lastDay: string, graceDays: number, zone: string): Term {
  return ending(lastDay, dayOfMonth(lastDay), graceDays, zone);
}

/** What a renewal leads to, and what of the price before goes on. */
export type Renewal = Term & Pick<Membership, 'paid' | 'paidFrom' | 'pausedDays'>;

/**
 * Another span from the last day, or from today where that is later. Renewed in time it keeps the day of the month that it
 * began with: January 31, end of February, March 31.
 */
export function renewal(membership: Membership, plan: Plan, zone: string, now: Date): Renewal {
  const { lastDay, anchor, firstDay } = membership;
  const today = civilDay(now, zone);
  if (today > lastDay)
    return { ...termFrom(today, plan, zone), paid: plan.price, paidFrom: today, pausedDays: 0 };
  return {
    ...ending(dayAfterSpan(lastDay, plan.span, anchor), anchor, plan.graceDays, zone),
    paid: plan.price + unusedPart(membership, zone, now),
    paidFrom: today < firstDay ? firstDay : today,
    pausedDays: pauseLeft(membership, zone, now),
  };
}

/** How many days of a pause are still to come, today with them. */
export function pauseLeft({ pausedUntil }: Membership, zone: string, now: Date): number {
  if (pausedUntil === null || now >= pausedUntil) return 0;
  return daysBetween(civilDay(now, zone), civilDay(pausedUntil, zone));
}

/** How many of the days that were paid for are not over, and how many there are; days of a pause count for neither. */
function unusedDays(membership: Membership, zone: string, now: Date) {
  const { paidFrom, lastDay, pausedDays } = membership;
  const total = daysBetween(paidFrom, lastDay) - pausedDays;
  const left = daysBetween(civilDay(now, zone), lastDay) - pauseLeft(membership, zone, now);
  return { left: left < 0 ? 0 : left > total ? total : left, total };
}

/**
 * What of the price is not used up, by days; the remainder goes to the larger of used and unused (largest remainder, at one
 * half to the member).
 */
export function unusedPart(membership: Membership, zone: string, now: Date): bigint {
  const { left, total } = unusedDays(membership, zone, now);
  if (membership.paid === 0n || total <= 0) return 0n;
  const [unused = 0n] = allocate(membership.paid, [amountOf(left), amountOf(total - left)]);
  return unused;
}

/** What an upgrade costs: the price of the new plan less what is not used up of the old one. Not positive: it is none. */
export function upgradeTo(membership: Membership, plan: Plan, zone: string, now: Date) {
  const credit = unusedPart(membership, zone, now);
  const today = civilDay(now, zone);
  const firstDay = today < membership.firstDay ? membership.firstDay : today;
  return { credit, due: plan.price - credit, firstDay, term: termFrom(firstDay, plan, zone) };
}

/** The term with its last day moved; months count from the day of the month that it then is. */
export function moved({ lastDay }: Membership, count: number, graceDays: number, zone: string): Term {
  return termUntil(daysAfter(lastDay, count), graceDays, zone);
}
