import { z } from 'zod';
import { decodeId } from '../../kernel/id.ts';
import { amountOf } from '../../kernel/money.ts';

const amountMaxJson = 1e15;

/** An amount that moves: a positive integer of minor units, at most 10^15. */
export const positiveAmount = z
  .int()
  .min(1)
  .max(amountMaxJson)
  .meta({ description: 'Minor units, such as cents.' })
  .transform((n) => amountOf(n));

/** The same, or nothing. */
export const amountOrNone = z
  .int()
  .min(0)
  .max(amountMaxJson)
  .meta({ description: 'Minor units, such as cents.' })
  .transform((n) => amountOf(n));

/** An amount that may be negative, but not nothing. */
export const signedAmount = z
  .int()
  .min(-amountMaxJson)
  .max(amountMaxJson)
  .refine((n) => n !== 0, 'must not be 0')
  .transform((n) => amountOf(n));

/** An amount in an answer. */
export const amountJson = z.int().meta({ description: 'Minor units, such as cents.' });

export const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as CNY');

/** An outside id, `card_…`; inside it is an uuid. */
export function idIn(prefix: string) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`), `must be an id that begins with ${prefix}_`)
    .transform((text, context) => {
      const id = decodeId(prefix, text);
      if (id !== undefined) return id;
      context.addIssue({ code: 'custom', message: `must be an id that begins with ${prefix}_` });
      return z.NEVER;
    });
}

/** An outside id in an answer. */
export function idOut(prefix: string) {
  return z.string().regex(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`));
}

export const instant = z.iso.datetime().meta({ description: 'ISO 8601 with zone.' });
/** A day `YYYY-MM-DD`; the day after it has such a name too. */
export const civilDate = z.iso.date().refine((date) => date < '9999-12-31', 'must be before 9999-12-31');

const count = (most: number) => z.int().min(1).max(most);
/** How long a promise stays good, as `Validity` of the kernel has it. */
export const validityIn = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('until'), date: civilDate }),
  z.discriminatedUnion('unit', [
    z.strictObject({ type: z.literal('after'), count: count(36_500), unit: z.literal('days') }),
    z.strictObject({ type: z.literal('after'), count: count(1_200), unit: z.literal('months') }),
    z.strictObject({ type: z.literal('after'), count: count(100), unit: z.literal('years') }),
  ]),
]);

/** A word by which merchants tell their own kinds apart, of tenders or of tiers: lower snake case. */
export const wordIn = (example: string) =>
  z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, `must be a word such as ${example}`);

/** Text that a person or a system gives and that may be shown or logged: no control characters. */
export function textIn(lengthMax: number) {
  return z
    .string()
    .min(1)
    .max(lengthMax)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not have control characters');
}

/** The client's own reference of a transaction. */
export const reference = textIn(64);

export const pageQuery = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** A page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** What is answered, with 202, to a command that waits for a second person. */
export const WaitsAnswer = z.object({
  approval: z.object({
    id: idOut('apr'),
    kind: z.string(),
    state: z.literal('pending'),
    createdAt: instant,
    expiresAt: instant,
  }),
});
