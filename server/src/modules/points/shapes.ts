import { z } from 'zod';
import { amountOf } from '../../kernel/money.ts';
import {
  amountJson,
  civilDate,
  currencyCode,
  idIn,
  idOut,
  instant,
  pageQuery,
  textIn,
} from '../../platform/http/shapes.ts';
import { whole } from './scheme/scheme.ts';

const rulesMax = 500;
const pointsMax = 1e12;
const timesPpm = z
  .int()
  .min(0)
  .max(100 * whole)
  .meta({ description: 'Parts per million: 2000000 is twice.' });
const storeOrAny = idIn('store').nullable().default(null);

export const pointsIn = z
  .int()
  .min(1)
  .max(pointsMax)
  .transform((n) => amountOf(n));
export const signedPoints = z
  .int()
  .min(-pointsMax)
  .max(pointsMax)
  .refine((n) => n !== 0, 'must not be 0')
  .transform((n) => amountOf(n));

const RuleIn = z
  .strictObject({
    productId: idIn('prd').nullable().default(null),
    categoryId: idIn('cat').nullable().default(null),
    storeId: storeOrAny,
    kind: z.enum(['times', 'each', 'none']),
    ppm: timesPpm.default(whole),
    points: z.int().min(0).max(1e6).default(0).meta({ description: 'For one piece, where kind is each.' }),
    from: z.iso.datetime({ offset: true }).nullable().default(null),
    until: z.iso.datetime({ offset: true }).nullable().default(null),
  })
  .meta({ description: 'What fits a line best holds for it: product before category before store.' });

const earn = z.strictObject({ points: z.int().min(0).max(10_000), amount: z.int().min(1).max(1e9) });
const ends = z.strictObject({
  with: z.enum(['never', 'month', 'quarter', 'year']),
  later: z.int().min(0).max(40).meta({ description: 'How many further periods they last.' }),
});
const spend = z.strictObject({
  points: z.int().min(1).max(1e6).meta({ description: 'The step: points are spent in multiples of it.' }),
  worth: z.int().min(1).max(1e9).meta({ description: 'What one step pays, in minor units.' }),
  billPpm: z.int().min(1).max(whole).default(whole),
});
const common = {
  mostEarned: z.int().min(1).max(1e9).default(1e6).meta({ description: 'The most that one purchase earns.' }),
  pendingDays: z.int().min(0).max(365).default(0),
};

export const SetSchemeBody = z.strictObject({
  from: civilDate
    .optional()
    .meta({ description: "A later day in the merchant's zone; left out: from now on." }),
  note: textIn(500).nullable().default(null),
  earn,
  rules: z.array(RuleIn).max(rulesMax).default([]),
  birthdayPpm: timesPpm.default(whole),
  ...common,
  ends: ends.default({ with: 'never', later: 0 }),
  spend: spend.nullable().default(null),
  transfer: z.boolean().default(false),
});

export const SchemeAnswer = z.object({
  id: idOut('psc'),
  number: z.int(),
  validFrom: instant,
  note: z.string().nullable(),
  createdAt: instant,
  earn: z.object({ points: z.int(), amount: amountJson }),
  rules: z.array(
    z.object({
      productId: idOut('prd').nullable(),
      categoryId: idOut('cat').nullable(),
      storeId: idOut('store').nullable(),
      kind: z.enum(['times', 'each', 'none']),
      ppm: z.int(),
      points: z.int(),
      from: z.string().nullable(),
      until: z.string().nullable(),
    }),
  ),
  birthdayPpm: z.int(),
  mostEarned: z.int(),
  pendingDays: z.int(),
  ends: z.object({ with: z.enum(['never', 'month', 'quarter', 'year']), later: z.int() }),
  spend: z.object({ points: z.int(), worth: amountJson, billPpm: z.int() }).nullable(),
  transfer: z.boolean(),
});

export const PurseAnswer = z.object({
  memberId: idOut('mem'),
  usable: z.int(),
  pending: z.int().meta({ description: 'Earned, and not yet to be spent.' }),
  owed: z.int().meta({ description: 'Taken back when they were spent already: the next points pay it.' }),
  worth: amountJson,
  currency: currencyCode,
  step: z.int().nullable(),
  mayTransfer: z.boolean(),
  lots: z.array(
    z.object({
      points: z.int(),
      isUsable: z.boolean(),
      usableFrom: instant.nullable(),
      lapsesAt: instant.nullable(),
    }),
  ),
});

export const EntryAnswer = z.object({
  id: z.string(),
  type: z.string(),
  points: z.int(),
  storeId: idOut('store').nullable(),
  createdAt: instant,
});

export const historyQuery = z.strictObject({
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .transform((text) => BigInt(text))
    .optional(),
  limit: pageQuery.limit,
});

export const quantityIn = z.int().min(1).max(1000).default(1);

export const OrderAnswer = z.object({
  id: idOut('gor'),
  giftId: idOut('gft'),
  memberId: idOut('mem'),
  storeId: idOut('store'),
  quantity: z.int(),
  points: z.int(),
  state: z.enum(['waiting', 'handed', 'cancelled']),
  createdAt: instant,
  endedAt: instant.nullable(),
});

const giftName = z.object({ zh: z.string(), en: z.string().nullable() });
/** An order as the member sees it whose it is: with names for what and where. */
export const OwnOrderAnswer = OrderAnswer.extend({ gift: giftName, store: z.string() });
export const OwnGiftAnswer = z.object({
  id: idOut('gft'),
  name: giftName,
  points: z.int(),
  stores: z
    .array(z.object({ id: idOut('store'), name: z.string() }))
    .meta({ description: 'Where there is one now.' }),
});
