export const dayMs = 86_400_000;

/** How many days before its end something is reminded of. */
export const marks = [1, 7, 30] as const;

/**
 * The mark that something has passed last, on its way to its end: 30, 7 or 1 day before; undefined before the first and
 * after the end. Only the last counts: who was away for the others is not reminded three times at once.
 */
export function mark(validUntil: Date, now: Date): (typeof marks)[number] | undefined {
  const left = validUntil.getTime() - now.getTime();
  return left <= 0 ? undefined : marks.find((days) => left <= days * dayMs);
}

/** In how many days something ends, a day that has begun counting as one, as it is said. */
export function daysLeft(validUntil: Date, now: Date): string {
  return String(Math.ceil((validUntil.getTime() - now.getTime()) / dayMs));
}
