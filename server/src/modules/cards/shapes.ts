import { z } from 'zod';
import {
  amountJson,
  civilDate,
  currencyCode,
  idIn,
  idOut,
  instant,
  pageOf,
  positiveAmount,
  reference,
  signedAmount,
  textIn,
} from '../../platform/http/shapes.ts';
import { isMoney, notMoney } from '../ledger/index.ts';

const codeIn = z.string().min(1).max(128).meta({
  description: 'As printed; spaces, hyphens and case do not matter. Or the payment code that a phone shows.',
});
const pinIn = z.string().regex(/^\d{1,16}$/, 'must be digits');
export const serialIn = z
  .string()
  // Past this there is no number for the checks of a range to compare.
  .regex(/^\d{1,15}$/, { error: 'must be digits', abort: true })
  .transform((text) => BigInt(text));
const reason = textIn(500);
const storeId = idIn('store');
const holder = textIn(100).meta({ description: "The holder's id in your own books; no personal data." });

export const verificationBody = z.strictObject({
  code: codeIn,
  pin: pinIn.optional(),
  storeId: storeId.optional(),
});

export const redemptionBody = z.strictObject({
  code: codeIn,
  pin: pinIn.optional(),
  amount: positiveAmount,
  currency: currencyCode,
  storeId,
  reference,
});

export const holdBody = redemptionBody.extend({
  expiresIn: z
    .int()
    .min(1)
    .max(604_800)
    .default(900)
    .meta({ description: 'Seconds; 15 minutes if left out.' }),
});

export const refundBody = z.strictObject({ amount: positiveAmount, reason });
export const reversalBody = z.strictObject({ reference, storeId });
export const captureBody = z.strictObject({ amount: positiveAmount.optional() });
export const noBody = z.strictObject({});
export const reasonBody = z.strictObject({ reason });
export const freezeBody = z.strictObject({ reason, cause: z.enum(['lost', 'risk']).default('lost') });
export const prolongBody = z.strictObject({ reason, until: civilDate.optional() });
export const adjustBody = z.strictObject({ amount: signedAmount, reason });
const payment = z.strictObject({
  tender: textIn(40).refine(isMoney, notMoney),
  amount: positiveAmount,
  reference,
});
export const reloadBody = z.strictObject({ amount: positiveAmount, storeId, payment });
export const transferBody = z.strictObject({
  amount: positiveAmount.optional(),
  holder: holder.optional(),
  reason: reason.optional(),
});
export const replaceBody = z.strictObject({
  amount: positiveAmount.optional().meta({ description: 'All of it moves; if given, it must be that.' }),
  holder: holder.optional(),
  reason: reason.optional(),
});

const namedIn = z.union([
  z.strictObject({ serial: serialIn, holder: holder.optional() }),
  z.strictObject({ code: codeIn, holder: holder.optional() }),
]);

const cardsAtOnceMax = 10_000;

type NamedCards = { cards?: unknown[] | undefined; range?: { from: bigint; to: bigint } | undefined };

const namedCards = {
  cards: z.array(namedIn).min(1).max(cardsAtOnceMax).optional(),
  range: z.strictObject({ from: serialIn, to: serialIn }).optional(),
  storeId,
};
const eitherIsNamed = <Shape extends z.ZodType<NamedCards>>(shape: Shape) =>
  shape
    .refine(({ cards, range }) => (cards === undefined) !== (range === undefined), {
      message: 'give either cards or range',
      path: ['cards'],
    })
    .refine(({ range }) => !range || range.to >= range.from, {
      message: 'must not be before from',
      path: ['range', 'to'],
    })
    .refine(({ range }) => !range || range.to - range.from < BigInt(cardsAtOnceMax), {
      message: `a range has at most ${cardsAtOnceMax} cards`,
      path: ['range', 'to'],
    });

export const activateBody = eitherIsNamed(
  z.strictObject({ ...namedCards, payment, allOrNone: z.boolean().default(false) }),
);
const quotedIn = z.strictObject({ serial: serialIn, holder: holder.optional() });
/** By serial numbers only: that a code is one is asked by verification, which counts guesses. */
export const quoteBody = eitherIsNamed(
  z.strictObject({ ...namedCards, cards: z.array(quotedIn).min(1).max(cardsAtOnceMax).optional() }),
);

const rejected = z.array(z.object({ index: z.int(), serial: z.string().optional(), reason: z.string() }));
export const quoteAnswer = z.object({
  amount: amountJson.meta({ description: 'What the cards cost together.' }),
  currency: currencyCode,
  cards: z.array(
    z.object({
      cardId: idOut('card'),
      serial: z.string(),
      maskedCode: z.string(),
      faceValue: amountJson,
      salePrice: amountJson,
    }),
  ),
  rejected,
});

export const activationAnswer = z.object({
  id: idOut('act').nullable(),
  activated: z.int(),
  rejected,
  amount: amountJson,
  unapplied: amountJson,
  cards: z.array(z.object({ cardId: idOut('card'), serial: z.string() })),
});

const may = z.object({ ok: z.boolean(), reason: z.string().optional() });
const shownStates = [
  'generated',
  'printed',
  'active',
  'held',
  'partially_used',
  'used_up',
  'frozen',
  'expired',
  'voided',
  'replaced',
] as const;
export const stateIn = z.enum(shownStates);

const cardFacts = {
  kind: z.literal('gift'),
  state: stateIn,
  balance: amountJson,
  available: amountJson,
  currency: currencyCode,
  validUntil: instant
    .nullable()
    .meta({ description: 'Exclusive: the first instant at which it is no longer valid.' }),
  allowed: z.record(z.string(), may),
  maskedCode: z.string(),
};

export const verificationAnswer = z.object({ cardId: idOut('card'), ...cardFacts });

export const cardShape = z.object({
  id: idOut('card'),
  serial: z.string(),
  ...cardFacts,
  held: amountJson,
  faceValue: amountJson,
  loaded: amountJson,
  programId: idOut('prog'),
  programVersion: z.int(),
  batchId: idOut('batch').nullable(),
  holder: z.string().nullable(),
  reason: z.string().nullable(),
  pinLocked: z.boolean(),
  activatedAt: instant.nullable(),
  soldStoreId: idOut('store').nullable(),
  replacedBy: idOut('card').nullable(),
  replaces: idOut('card').nullable(),
});

/** A page of the cards of one holder. */
export const cardPage = pageOf(cardShape.omit({ allowed: true }));

export const redemptionAnswerShape = z.object({
  id: idOut('red'),
  cardId: idOut('card'),
  amount: amountJson,
  balance: amountJson,
  currency: currencyCode,
  storeId: idOut('store'),
  reference: z.string().nullable(),
  createdAt: instant,
});
export const captureAnswer = redemptionAnswerShape.extend({ holdId: idOut('hold'), released: amountJson });
export const refundAnswer = z.object({
  id: idOut('ref'),
  redemptionId: idOut('red'),
  cardId: idOut('card'),
  amount: amountJson,
  balance: amountJson,
  refunded: amountJson,
  createdAt: instant,
});
export const reversalAnswer = z.object({
  id: idOut('rev'),
  status: z.enum(['reversed', 'nothing_to_reverse']),
  reference: z.string(),
  storeId: idOut('store'),
  amount: amountJson,
  redemptionId: idOut('red').nullable(),
  cardId: idOut('card').nullable(),
  balance: amountJson.nullable(),
  createdAt: instant,
});
export const holdAnswer = z.object({
  id: idOut('hold'),
  cardId: idOut('card'),
  state: z.string(),
  amount: amountJson,
  currency: currencyCode,
  available: amountJson,
  storeId: idOut('store'),
  reference: z.string(),
  expiresAt: instant,
  createdAt: instant,
});
export const releaseAnswer = z.object({
  id: idOut('hold'),
  cardId: idOut('card'),
  state: z.string(),
  released: amountJson,
  available: amountJson,
  createdAt: instant,
});
export const verbAnswer = z.object({
  id: idOut('act'),
  cardId: idOut('card'),
  state: stateIn,
  balance: amountJson,
  validUntil: instant.nullable(),
  createdAt: instant,
});
export const movedAnswer = z.object({
  id: idOut('act'),
  cardId: idOut('card'),
  amount: amountJson,
  balance: amountJson,
  currency: currencyCode,
  storeId: idOut('store').optional(),
  createdAt: instant,
});
export const successionAnswer = z.object({
  id: idOut('act'),
  cardId: idOut('card'),
  serial: z.string(),
  predecessorId: idOut('card'),
  balance: amountJson,
  code: z
    .string()
    .nullable()
    .meta({ description: 'Shown once; a retry under the same key sees it again for a day.' }),
  pin: z.string().nullable(),
  createdAt: instant,
});
const activityShape = z.object({
  id: idOut('act'),
  type: z.string(),
  occurredAt: instant,
  actorId: z
    .union([idOut('key'), idOut('stf')])
    .meta({ description: 'The key, or the member of staff who signed in.' }),
  actorName: z.string().nullable().meta({ description: 'What they are called; null: the system itself.' }),
  storeId: idOut('store').nullable(),
  reference: z.string().nullable(),
  amount: amountJson.nullable(),
  redemptionId: idOut('red').nullable().meta({ description: 'Of a redemption: what a refund names.' }),
  details: z.record(z.string(), z.unknown()),
  postings: z.array(z.object({ accountId: idOut('acct'), amount: amountJson, balanceAfter: amountJson })),
});
export const activityPage = pageOf(activityShape);
