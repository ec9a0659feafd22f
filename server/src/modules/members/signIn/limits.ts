import { type Refusal, refused } from '../../../kernel/outcome.ts';
import { writeAside } from '../../../platform/db/read.ts';
import type { MemberParts } from '../parts.ts';
import { claimAttempt } from './store.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;

type Limit = { readonly lengthMs: number; readonly max: number };

/** How often in a span of time; the spans lie side by side, so for a moment it may be twice as often. */
const limits = {
  /** Each costs the merchant money, and somebody's peace. */
  codeToPhone: [
    { lengthMs: minuteMs, max: 1 },
    { lengthMs: hourMs, max: 5 },
    { lengthMs: 24 * hourMs, max: 10 },
  ],
  codeFromAddress: [
    { lengthMs: 10 * minuteMs, max: 20 },
    { lengthMs: 24 * hourMs, max: 100 },
  ],
  codeOfMerchant: [{ lengthMs: hourMs, max: 2_000 }],
  signInOfPhone: [{ lengthMs: hourMs, max: 20 }],
  signInFromAddress: [{ lengthMs: 10 * minuteMs, max: 60 }],
  /** Codes and PINs of cards, by whoever has no key. */
  lookFromAddress: [{ lengthMs: 10 * minuteMs, max: 60 }],
  /** Each is told to a channel. */
  topUpOfMember: [{ lengthMs: 10 * minuteMs, max: 20 }],
  /** Each is shown to whoever has the number. */
  shareOfMember: [{ lengthMs: hourMs, max: 20 }],
} as const satisfies Readonly<Record<string, readonly Limit[]>>;

export type Limited = { readonly what: keyof typeof limits; readonly whom: string };

/**
 * Counts a try against all of these limits, in the database, so that neither a restart nor a second process gives
 * anybody more. Refused when one of them is reached; what was counted stays counted.
 */
export async function claim(
  { writers, vault }: Pick<MemberParts, 'writers' | 'vault'>,
  merchantId: string,
  tries: readonly Limited[],
  now: Date,
): Promise<Refusal | undefined> {
  return writeAside(writers, merchantId, async (db) => {
    for (const { what, whom } of tries) {
      for (const { lengthMs, max } of limits[what]) {
        const start = now.getTime() - (now.getTime() % lengthMs);
        const bucket = vault.bucket(`${what}|${lengthMs}`, whom);
        const window = { start: new Date(start), end: new Date(start + lengthMs), max };
        if (!(await claimAttempt(db, merchantId, bucket, window)))
          return refused('too_many_attempts', { next: 'Wait a while and try again.' });
      }
    }
    return undefined;
  });
}
