import { setTimeout as delay } from 'node:timers/promises';

/** Refusals that answer a guess: they leave at the end of a slot, so that their time tells nothing. */
export const guessed: ReadonlySet<string> = new Set([
  'sign_in_refused',
  'link_not_good',
  'second_factor_wrong',
  'not_recognised',
  'recharge_card_invalid',
]);

/** Longer than a look-up takes, too short for a person at a till to notice. */
const slotMs = 25;

// Timers fire on whole milliseconds of a clock that has an origin of its own. In its milliseconds, the moment at which
// one fires depends on nothing but the moment that it was counted from.
const [seconds, nanoseconds] = process.hrtime();
const offset = seconds * 1_000 + nanoseconds / 1e6 - performance.now();
const tickAt = (time: number) => Math.floor(time + offset);

/**
 * Waits until a slot is over that began when a request came (by `performance.now()`), so that the time of the answer
 * does not tell what was looked up for it.
 */
export async function slotEnd(started: number): Promise<void> {
  const first = tickAt(started);
  const end = first + slotMs * Math.ceil((tickAt(performance.now()) + 1 - first) / slotMs);
  for (let left = end - tickAt(performance.now()); left > 0; left = end - tickAt(performance.now())) {
    await delay(left);
  }
}
