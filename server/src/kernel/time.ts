import { Temporal } from 'temporal-polyfill';
import { assert } from './assert.ts';

/** How long a promise stays good. A date is `YYYY-MM-DD`, a count a positive integer. */
export type Validity =
  | { readonly type: 'none' }
  | { readonly type: 'until'; readonly date: string }
  | { readonly type: 'after'; readonly count: number; readonly unit: 'days' | 'months' | 'years' };

/**
 * The first instant at which it is no longer good: the start, in the zone, of the day after the last good
 * one; null if it never ends. Months and years are clamped: January 31 and one month is the last of February.
 * Throws a RangeError on a date or zone that does not exist, or beyond the year 275,760.
 */
export function validUntil(validity: Validity, activatedAt: Date, zone: string): Date | null {
  if (validity.type === 'none') return null;
  const lastDay = validity.type === 'until' ? dayOf(validity.date) : dayAfter(validity, activatedAt, zone);
  return startOf(lastDay.add({ days: 1 }), zone);
}

/**
 * The first instant of a day `YYYY-MM-DD` in the zone: midnight, or, where clocks skip midnight, when they
 * resume. Throws a RangeError on a date or zone that does not exist.
 */
export function startOfDay(date: string, zone: string): Date {
  return startOf(dayOf(date), zone);
}

const dayMs = 86_400_000;

type KnownDay = { readonly from: number; readonly until: number; readonly day: string };

/** The day last asked for in each zone, of which there are a few hundred: a till asks thousands of times which day it is. */
const knownDays = new Map<string, KnownDay>();

/** The day `YYYY-MM-DD` that it is in the zone at this instant. */
export function civilDay(instant: Date, zone: string): string {
  const at = instant.getTime();
  const known = knownDays.get(zone);
  if (known && known.from <= at && at < known.until) return known.day;
  const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  const day = date.toString();
  const from = startOf(date, zone).getTime();
  const until = startOf(date.add({ days: 1 }), zone).getTime();
  // Where clocks go back over midnight, a day comes to an end twice: such a day is asked for anew each time.
  if (until - from === dayMs) knownDays.set(zone, { from, until, day });
  return day;
}

/** The day `YYYY-MM-DD` so many days after this one. */
export function daysAfter(date: string, days: number): string {
  return dayOf(date).add({ days }).toString();
}

/**
 * Whether it names a time zone, such as `Asia/Shanghai`. Bare offsets do not count: PostgreSQL reads the sign
 * of `+08:00` the other way round.
 */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** A span by the calendar. */
export type Span = { readonly count: number; readonly unit: 'days' | 'months' | 'years' };

/**
 * The day a span after a day, both `YYYY-MM-DD`. Months and years lead to the same day of the month as the anchor (1 to 31),
 * or to its last where it is shorter: by anchor 31 a month after February 28 is March 31.
 */
export function dayAfterSpan(day: string, { count, unit }: Span, anchor: number): string {
  assert(Number.isSafeInteger(count), 'a span counts an integer');
  const to = dayOf(day).add({ [unit]: count });
  return (unit === 'days' ? to : to.with({ day: anchor }, { overflow: 'constrain' })).toString();
}

/** How many days after the first day the second is; negative where it is before. */
export function daysBetween(first: string, second: string): number {
  return dayOf(first).until(dayOf(second), { largestUnit: 'days' }).days;
}

/** Which day of its month a day is. */
export function dayOfMonth(day: string): number {
  return dayOf(day).day;
}

function dayAfter(
  { count, unit }: Extract<Validity, { type: 'after' }>,
  activatedAt: Date,
  zone: string,
): Temporal.PlainDate {
  assert(Number.isSafeInteger(count) && count > 0, 'a validity counts a positive integer');
  const activated = Temporal.Instant.fromEpochMilliseconds(activatedAt.getTime());
  return activated
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .add({ [unit]: count });
}

function dayOf(date: string): Temporal.PlainDate {
  assert(/^\d{4}-\d{2}-\d{2}$/.test(date), 'a date is YYYY-MM-DD');
  return Temporal.PlainDate.from(date);
}

function startOf(day: Temporal.PlainDate, zone: string): Date {
  return new Date(day.toZonedDateTime(zone).epochMilliseconds);
}
