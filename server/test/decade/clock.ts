// Days and clocks of a zone, reckoned without the code that is under test: by the tables of the runtime alone.

const dayMs = 86_400_000;

function shownAt(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

/** When a clock in the zone shows this, `YYYY-MM-DDTHH:MM:SS`: for the first time where it does so twice. */
export function instantOf(text: string, zone: string): Date {
  const shown = Date.parse(`${text}Z`);
  const found = [shown - dayMs, shown + dayMs]
    .map((near) => shown - (shownAt(near, zone) - near))
    .toSorted((a, b) => a - b)
    .find((at) => shownAt(at, zone) === shown);
  if (found === undefined) throw new Error(`${zone} has no ${text}`);
  return new Date(found);
}

/** The first instant of a day in the zone. */
export const startOf = (day: string, zone: string): Date => instantOf(`${day}T00:00:00`, zone);

/** The day that it is in the zone. */
export const dayAt = (at: Date, zone: string): string => textOf(shownAt(at.getTime(), zone));

const textOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const plusDays = (day: string, count: number): string => textOf(Date.parse(day) + count * dayMs);

/** The same day of a month so many months on, by the day of the month that counts; of a shorter month its last. */
export function plusMonths(day: string, count: number, anchor = Number(day.slice(8))): string {
  const first = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + count);
  const next = new Date(first);
  next.setUTCMonth(next.getUTCMonth() + 1);
  const length = (next.getTime() - first.getTime()) / dayMs;
  return plusDays(textOf(first.getTime()), Math.min(anchor, length) - 1);
}

/** The instants in a year at which clocks in the zone are changed. */
export function changesIn(year: number, zone: string): readonly Date[] {
  const found: Date[] = [];
  const hourMs = 3_600_000;
  const end = Date.UTC(year + 1, 0, 1);
  const offset = (at: number) => shownAt(at, zone) - at;
  for (let day = Date.UTC(year, 0, 1); day < end; day += dayMs) {
    if (offset(day) === offset(day + dayMs)) continue;
    for (let at = day; at < day + dayMs; at += hourMs) {
      if (offset(at) !== offset(at + hourMs)) found.push(new Date(at + hourMs));
    }
  }
  return found;
}
