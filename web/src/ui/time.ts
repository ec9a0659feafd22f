const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string, zone: string | undefined, options: Intl.DateTimeFormatOptions) {
  const key = JSON.stringify([locale, zone, options]);
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, {
      ...options,
      ...(zone === undefined ? {} : { timeZone: zone }),
    });
    formats.set(key, format);
  }
  return format;
}

/** A moment to the minute, on the merchant's clock. */
export function formatMoment(iso: string, locale: string, zone?: string): string {
  return formatOf(locale, zone, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}

/** A day on the merchant's calendar. */
export function formatDay(iso: string, locale: string, zone?: string): string {
  return formatOf(locale, zone, { dateStyle: 'medium' }).format(new Date(iso));
}

/** The last moment of something that ends before `iso`, as its day: people read "valid through". */
export function formatLastDay(iso: string, locale: string, zone?: string): string {
  return formatOf(locale, zone, { dateStyle: 'medium' }).format(new Date(new Date(iso).getTime() - 1));
}

/** A day such as 2026-11-26 as people write it: it is that day wherever one is. */
export function formatCivil(day: string, locale: string): string {
  return formatDay(`${day}T00:00:00Z`, locale, 'UTC');
}

/** The hour and minute, for lists of one day. */
export function formatHour(iso: string, locale: string, zone?: string): string {
  return formatOf(locale, zone, { timeStyle: 'short' }).format(new Date(iso));
}

/** The day of a moment on the merchant's calendar, such as 2026-11-26. */
export function civilDay(iso: string, zone: string): string {
  const parts = formatOf('en-GB', zone, {
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
  }).formatToParts(new Date(iso));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The last day of something that ends before a moment, as `civilDay` writes days. */
export function lastCivilDay(before: string, zone: string): string {
  return civilDay(new Date(Date.parse(before) - 1).toISOString(), zone);
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** When a day such as 2026-11-26, or one so many days later, begins on the merchant's clock; undefined if it is none. */
export function dayStart(day: string | undefined, zone: string, later = 0): string | undefined {
  const asked =
    day !== undefined && /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(asked)) return undefined;
  const wanted = asked + later * dayMs;
  // The zone's distance at about that time, and again at what that comes to, since clocks are moved at night.
  const guess = wanted - offsetMs(wanted, zone);
  return new Date(wanted - offsetMs(guess, zone)).toISOString();
}

/** How far the clock of a zone is ahead of UTC at a moment. */
function offsetMs(at: number, zone: string): number {
  const parts = formatOf('en-GB', zone, {
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  }).formatToParts(new Date(at));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '00';
  const text = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`;
  return Date.parse(text) - Math.floor(at / 1_000) * 1_000;
}
