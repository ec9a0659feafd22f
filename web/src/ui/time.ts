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

/** The hour and minute, for lists of one day. */
export function formatHour(iso: string, locale: string, zone?: string): string {
  return formatOf(locale, zone, { timeStyle: 'short' }).format(new Date(iso));
}
