import fc from 'fast-check';
import { expect, test } from 'vitest';
import { civilDay, isZone, startOfDay, type Validity, validUntil } from './time.ts';

const zones = [
  'Asia/Shanghai',
  'America/New_York',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Pacific/Apia',
  'UTC',
];
const day = 86_400_000;
const anyTime = fc.date({
  min: new Date('1990-01-01T00:00:00Z'),
  max: new Date('2100-01-01T00:00:00Z'),
  noInvalidDate: true,
});

/** The calendar day of an instant in a zone, by Intl: an opinion independent of the one under test. */
function dayIn(zone: string, instant: Date): string {
  return new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short' }).format(instant);
}

function endOf(validity: Validity, activatedAt: string, zone: string): string | undefined {
  return validUntil(validity, new Date(activatedAt), zone)?.toISOString();
}

function after(count: number, unit: 'days' | 'months' | 'years'): Validity {
  return { type: 'after', count, unit };
}

test('what has no validity never ends', () => {
  expect(validUntil({ type: 'none' }, new Date(), 'Asia/Shanghai')).toBeNull();
});

test('"until a date" includes that whole day in the zone of the merchant', () => {
  const until: Validity = { type: 'until', date: '2026-12-31' };
  expect(endOf(until, '2026-01-01T00:00:00Z', 'Asia/Shanghai')).toBe('2026-12-31T16:00:00.000Z');
  expect(endOf(until, '2026-01-01T00:00:00Z', 'America/New_York')).toBe('2027-01-01T05:00:00.000Z');
  expect(endOf(until, '2026-01-01T00:00:00Z', 'UTC')).toBe('2027-01-01T00:00:00.000Z');
});

test('the day of activation is the one on the merchant’s wall, not the one in UTC', () => {
  const oneDay = after(1, 'days');
  expect(endOf(oneDay, '2026-03-01T15:59:59.999Z', 'Asia/Shanghai')).toBe('2026-03-02T16:00:00.000Z');
  expect(endOf(oneDay, '2026-03-01T16:00:00.000Z', 'Asia/Shanghai')).toBe('2026-03-03T16:00:00.000Z');
});

test('months and years are clamped to the end of a shorter month', () => {
  const cases: [number, 'months' | 'years', string, string][] = [
    [1, 'months', '2026-01-31', '2026-02-28'],
    [1, 'months', '2028-01-31', '2028-02-29'],
    [1, 'months', '2026-03-31', '2026-04-30'],
    [13, 'months', '2026-01-31', '2027-02-28'],
    [25, 'months', '2026-01-31', '2028-02-29'],
    [1, 'months', '2026-02-28', '2026-03-28'],
    [12, 'months', '2026-12-31', '2027-12-31'],
    [1, 'years', '2028-02-29', '2029-02-28'],
    [4, 'years', '2028-02-29', '2032-02-29'],
    [3, 'years', '2097-02-28', '2100-02-28'],
  ];
  for (const [count, unit, activated, lastDay] of cases) {
    const end = validUntil(after(count, unit), new Date(`${activated}T04:00:00Z`), 'Asia/Shanghai');
    expect(dayIn('Asia/Shanghai', new Date((end?.getTime() ?? 0) - 1)), `${activated} + ${count}`).toBe(
      lastDay,
    );
  }
});

test('days count the leap day', () => {
  expect(endOf(after(1, 'days'), '2028-02-28T12:00:00Z', 'UTC')).toBe('2028-03-01T00:00:00.000Z');
  expect(endOf(after(1, 'days'), '2026-02-28T12:00:00Z', 'UTC')).toBe('2026-03-02T00:00:00.000Z');
  expect(endOf(after(366, 'days'), '2028-01-01T12:00:00Z', 'UTC')).toBe('2029-01-02T00:00:00.000Z');
});

test('a day is as long as the clocks of its zone make it', () => {
  const lengthOf = (date: string, next: string, zone: string) =>
    (startOfDay(next, zone).getTime() - startOfDay(date, zone).getTime()) / 3_600_000;
  expect(lengthOf('2026-03-08', '2026-03-09', 'America/New_York')).toBe(23);
  expect(lengthOf('2026-11-01', '2026-11-02', 'America/New_York')).toBe(25);
  expect(lengthOf('2026-03-08', '2026-03-09', 'Asia/Shanghai')).toBe(24);
});

test('where clocks skip midnight the day starts when they resume', () => {
  expect(startOfDay('2018-11-04', 'America/Sao_Paulo').toISOString()).toBe('2018-11-04T03:00:00.000Z');
  expect(startOfDay('2024-04-26', 'Africa/Cairo').toISOString()).toBe('2024-04-25T22:00:00.000Z');
  const until: Validity = { type: 'until', date: '2018-11-03' };
  expect(endOf(until, '2018-01-01T00:00:00Z', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z');
});

test('where clocks repeat the hour before midnight a day ends once, at the second midnight', () => {
  // On 2018-02-18 at 00:00 -02:00 São Paulo went back to 23:00 of the 17th.
  expect(startOfDay('2018-02-18', 'America/Sao_Paulo').toISOString()).toBe('2018-02-18T03:00:00.000Z');
  expect(startOfDay('2018-02-17', 'America/Sao_Paulo').toISOString()).toBe('2018-02-17T02:00:00.000Z');
});

test('a day that a zone left out altogether is empty', () => {
  expect(startOfDay('2011-12-30', 'Pacific/Apia')).toStrictEqual(startOfDay('2011-12-31', 'Pacific/Apia'));
});

test('a start of a day is its first instant, in every zone', () => {
  fc.assert(
    fc.property(anyTime, fc.constantFrom(...zones), (time, zone) => {
      const date = dayIn(zone, time);
      const start = startOfDay(date, zone);
      expect(dayIn(zone, start)).toBe(date);
      expect(dayIn(zone, new Date(start.getTime() - 1)) < date).toBe(true);
      expect(start <= time).toBe(true);
    }),
  );
});

test('the day it is on the wall is told minute by minute, where clocks go back over midnight too', () => {
  const days = (zone: string, from: string) =>
    Array.from({ length: 6 }, (_, n) => civilDay(new Date(Date.parse(from) + n * 30_000), zone));
  // In Newfoundland the clocks of November 7, 2010 went from one minute past midnight back to November 6.
  expect(days('America/St_Johns', '2010-11-07T02:29:30Z').map((told) => told.slice(8))).toEqual([
    '06',
    '07',
    '07',
    '06',
    '06',
    '06',
  ]);
  expect(days('Asia/Shanghai', '2026-02-28T15:59:00Z').map((told) => told.slice(5))).toEqual([
    '02-28',
    '02-28',
    '03-01',
    '03-01',
    '03-01',
    '03-01',
  ]);
  // The same clock asked backwards, and another zone in between.
  expect(civilDay(new Date('2026-02-28T15:59:59Z'), 'Asia/Shanghai')).toBe('2026-02-28');
  expect(civilDay(new Date('2026-02-28T15:59:59Z'), 'UTC')).toBe('2026-02-28');
  expect(civilDay(new Date('2026-02-28T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-03-01');
});

test('N days end exactly N calendar days after the one of activation, and not within it', () => {
  fc.assert(
    fc.property(
      anyTime,
      fc.integer({ min: 1, max: 4000 }),
      fc.constantFrom(...zones),
      (time, count, zone) => {
        const end = validUntil(after(count, 'days'), time, zone);
        const lastDay = new Date(Date.parse(`${dayIn(zone, time)}T00:00:00Z`) + count * day);
        const firstBad = new Date(lastDay.getTime() + day);
        // Stated by the day that no longer counts, since Apia has no last instant on the day it left out.
        expect(end).toStrictEqual(startOfDay(firstBad.toISOString().slice(0, 10), zone));
        expect((end?.getTime() ?? 0) > time.getTime()).toBe(true);
      },
    ),
  );
});

test('zones are known by name only', () => {
  for (const zone of [...zones, 'Asia/Kolkata', 'Etc/GMT+8']) expect(isZone(zone), zone).toBe(true);
  for (const zone of [
    '',
    '+08:00',
    '-0500',
    '8',
    'Mars/Olympus',
    'Asia',
    'Asia/Shanghai ',
    'Asia/Shang hai',
  ]) {
    expect(isZone(zone), zone).toBe(false);
  }
});

test('every zone that is known can be used', () => {
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    expect(isZone(zone), zone).toBe(true);
    expect(Number.isFinite(startOfDay('2026-06-01', zone).getTime()), zone).toBe(true);
  }
});

test('a date, zone or count that does not exist throws', () => {
  for (const date of ['2026-02-29', '2026-13-01', '2026-00-10']) {
    expect(() => startOfDay(date, 'UTC')).toThrow(RangeError);
  }
  for (const date of ['', '26-01-01', '2026-1-1', '2026-01-01T00:00', '20260101']) {
    expect(() => startOfDay(date, 'UTC')).toThrow('YYYY-MM-DD');
  }
  expect(() => startOfDay('2026-01-01', 'Mars/Olympus')).toThrow(RangeError);
  for (const count of [0, -1, 1.5, Number.NaN]) {
    expect(() => validUntil(after(count, 'days'), new Date(), 'UTC')).toThrow('positive integer');
  }
  expect(() => validUntil(after(1_000_000, 'years'), new Date(), 'UTC')).toThrow(RangeError);
});
