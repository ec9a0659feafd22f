import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Plan } from '../plan/plan.ts';
import { moved, renewal, termFrom, unusedPart, upgradeTo } from './calendar.ts';
import { type Membership, stateAt } from './membership.ts';

const zone = 'Asia/Shanghai';
const month = { count: 1, unit: 'months' } as const;
const year = { count: 1, unit: 'years' } as const;
const plan = (span: Plan['span'], price = 36_500n, graceDays = 0) => ({ span, price, graceDays }) as Plan;
const noon = (day: string) => new Date(`${day}T12:00:00+08:00`);

function bought(firstDay: string, of: Plan, more: Partial<Membership> = {}): Membership {
  const term = termFrom(firstDay, of, zone);
  return {
    ...term,
    id: 'm',
    memberId: 'x',
    planId: 'p',
    planVersion: 1,
    storeId: 's',
    currency: 'CNY',
    payers: [],
    paid: of.price,
    paidFrom: firstDay,
    firstDay,
    startsAt: noon(firstDay),
    pausedFrom: null,
    pausedUntil: null,
    pausedDays: 0,
    cancelledAt: null,
    revision: 1,
    createdAt: noon(firstDay),
    ...more,
  };
}

test.each([
  ['2026-01-31', month, '2026-02-28'],
  ['2028-01-31', month, '2028-02-29'],
  ['2028-02-29', year, '2029-02-28'],
  ['2026-11-30', { count: 3, unit: 'months' }, '2027-02-28'],
  ['2026-12-31', { count: 3, unit: 'years' }, '2029-12-31'],
  ['2026-03-08', { count: 30, unit: 'days' }, '2026-04-07'],
  ['2027-12-31', month, '2028-01-31'],
] as const)('%s and %o is good through %s', (firstDay, span, lastDay) => {
  expect(termFrom(firstDay, plan(span), zone).lastDay).toBe(lastDay);
});

test.each([
  // On March 8 New York loses an hour, on November 1 it gains one: days end at midnight all the same.
  ['2026-02-08', 'America/New_York', '2026-03-08', '2026-03-09T04:00:00.000Z'],
  ['2026-10-01', 'America/New_York', '2026-11-01', '2026-11-02T05:00:00.000Z'],
  ['2026-01-31', 'Asia/Shanghai', '2026-02-28', '2026-02-28T16:00:00.000Z'],
  // Clocks in Cairo skip midnight of April 24: that day begins at one.
  ['2026-03-23', 'Africa/Cairo', '2026-04-23', '2026-04-23T22:00:00.000Z'],
  ['2026-01-29', 'UTC', '2026-02-28', '2026-03-01T00:00:00.000Z'],
])('a month from %s in %s ends with %s', (firstDay, at, lastDay, until) => {
  const term = termFrom(firstDay, plan(month), at);
  expect(term.lastDay).toBe(lastDay);
  expect(term.validUntil.toISOString()).toBe(until);
});

test('renewed in time it keeps its day of the month through shorter months, in any number of renewals', () => {
  let membership = bought('2027-10-31', plan(month));
  const days: string[] = [];
  for (let n = 0; n < 6; n++) {
    days.push(membership.lastDay);
    membership = { ...membership, ...renewal(membership, plan(month), zone, noon('2027-11-01')) };
  }
  expect(days).toEqual(['2027-11-30', '2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30']);
});

test.each([
  ['2026-02-28', '2026-03-31'],
  ['2026-03-01', '2026-04-01'],
  ['2026-07-15', '2026-08-15'],
])('renewed on %s what ended on February 28 is good through %s', (today, lastDay) => {
  const membership = bought('2026-01-31', plan(month));
  expect(renewal(membership, plan(month), zone, noon(today)).lastDay).toBe(lastDay);
});

test('state follows from the time alone, to the millisecond', () => {
  const membership = bought('2026-01-31', plan(month, 0n, 3));
  const at = (time: string) => stateAt(membership, new Date(time));
  expect(at('2026-01-31T11:59:59.999+08:00')).toBe('scheduled');
  expect(at('2026-02-28T23:59:59.999+08:00')).toBe('active');
  expect(at('2026-03-01T00:00:00+08:00')).toBe('grace');
  expect(at('2026-03-03T23:59:59.999+08:00')).toBe('grace');
  expect(at('2026-03-04T00:00:00+08:00')).toBe('ended');
});

test.each([
  ['2026-01-01', 36_500n],
  ['2026-01-02', 36_400n],
  ['2026-12-31', 100n],
  ['2027-01-01', 0n],
  ['2027-05-01', 0n],
])('on %s of what a year cost %d is not used up', (today, unused) => {
  expect(unusedPart(bought('2026-01-01', plan(year)), zone, noon(today))).toBe(unused);
});

test('an upgrade costs the new price less what is not used up, and begins its own span', () => {
  const membership = bought('2026-01-01', plan(year));
  expect(
    upgradeTo(membership, plan({ count: 3, unit: 'years' }, 90_000n), zone, noon('2026-07-01')),
  ).toMatchObject({
    credit: 18_400n,
    due: 71_600n,
    firstDay: '2026-07-01',
    term: { lastDay: '2029-07-01' },
  });
});

test('days of a pause are used up by nobody', () => {
  const membership = bought('2026-01-01', plan(year));
  const paused: Membership = {
    ...membership,
    ...moved(membership, 10, 0, zone),
    pausedFrom: noon('2026-02-01'),
    pausedUntil: new Date('2026-02-11T00:00:00+08:00'),
    pausedDays: 10,
  };
  expect(paused.lastDay).toBe('2027-01-11');
  const left = unusedPart(membership, zone, noon('2026-02-01'));
  for (const day of ['2026-02-01', '2026-02-06', '2026-02-11'])
    expect(unusedPart(paused, zone, noon(day)), day).toBe(left);
  expect(unusedPart(paused, zone, noon('2026-02-12'))).toBe(left - 100n);
});

test('what is used up and what is not are together the price, and neither is less than nothing', () => {
  const anyDay = fc.integer({ min: 0, max: 4_000 }).map((n) => new Date(Date.UTC(2026, 0, 1 + n, 4)));
  fc.assert(
    fc.property(anyDay, anyDay, fc.bigInt({ min: 0n, max: 10n ** 12n }), (start, today, price) => {
      const membership = bought(start.toISOString().slice(0, 10), plan(year, price));
      const unused = unusedPart(membership, zone, today);
      expect(unused >= 0n && unused <= price).toBe(true);
      const next = new Date(today.getTime() + 86_400_000);
      expect(unusedPart(membership, zone, next) <= unused).toBe(true);
    }),
  );
});
