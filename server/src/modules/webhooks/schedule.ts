import type { Random } from '../../kernel/random.ts';

/** How often an event is tried, all in all. */
const triesMax = 11;
/** How long an endpoint may fail before nothing more is sent to it. */
export const failingMaxMs = 3 * 86_400_000;

const firstRestMs = 5_000;
const restMaxMs = 36_000_000;

/**
 * How long an event rests after it failed so many times, in milliseconds: 5 seconds, three times as long after each
 * further one, at most 10 hours, 23 hours and a half together; a fifth more or less, so that those that failed together do
 * not come back together. Undefined: it is not tried again.
 */
export function restAfter(tries: number, random: Random): number | undefined {
  if (tries >= triesMax) return undefined;
  const restMs = Math.min(firstRestMs * 3 ** (tries - 1), restMaxMs);
  const [byte = 0] = random(1);
  return Math.round(restMs * (0.8 + (0.4 * byte) / 255));
}
