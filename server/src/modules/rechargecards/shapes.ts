import { z } from 'zod';
import {
  amountJson,
  amountOrNone,
  currencyCode,
  idIn,
  idOut,
  instant,
  pageQuery,
  positiveAmount,
  reference,
  textIn,
  validityIn,
  wordIn,
} from '../../platform/http/shapes.ts';
import { isMoney, notMoney } from '../ledger/index.ts';

const count = (most: number) => z.int().min(1).max(most);
const activation = z.enum(['on_sale', 'on_release']);
/** As people type it; what is no number at all is answered like one that nobody has. */
export const numberIn = z.string().min(1).max(64);
export const passwordIn = z.string().min(1).max(64);

export const createBatchBody = z
  .strictObject({
    name: textIn(80),
    quantity: count(1_000_000),
    faceValue: positiveAmount,
    salePrice: amountOrNone
      .optional()
      .meta({ description: 'What one is sold for; the face value if left out.' }),
    bonus: amountOrNone.optional(),
    validity: validityIn.default({ type: 'none' }),
    activation: activation.default('on_sale'),
    storeId: idIn('store')
      .optional()
      .meta({ description: 'Which store answers for those that are good without a sale.' }),
    prefix: z
      .string()
      .regex(/^[1-9]\d{3}$/, 'must be four digits, the first no 0')
      .optional()
      .meta({ description: 'What the numbers begin with; one at random if left out.' }),
  })
  .refine(({ activation: when, storeId }) => when === 'on_sale' || storeId !== undefined, {
    path: ['storeId'],
    message: 'is needed where cards are good without a sale',
  });

export const BatchAnswer = z.object({
  id: idOut('rcb'),
  status: z.enum(['pending', 'running', 'ready', 'failed']),
  name: z.string(),
  prefix: z.string(),
  quantity: z.int(),
  done: z.int(),
  currency: currencyCode,
  faceValue: amountJson,
  salePrice: amountJson,
  bonus: amountJson,
  validity: validityIn,
  activation,
  storeId: idOut('store').nullable(),
  failure: z.string().nullable(),
  releasedAt: instant.nullable(),
  voidedAt: instant.nullable(),
  createdAt: instant,
});
export const BatchWithCounts = BatchAnswer.extend({
  cards: z.object({ made: z.int(), sold: z.int(), used: z.int(), void: z.int(), locked: z.int() }),
});

const shownState = z.enum(['made', 'active', 'used', 'expired', 'void']);
export const CardAnswer = z.object({
  id: idOut('rcc'),
  batchId: idOut('rcb'),
  serial: z.int(),
  number: z.string(),
  maskedNumber: z.string(),
  state: shownState,
  locked: z.boolean(),
  currency: currencyCode,
  faceValue: amountJson,
  bonus: amountJson,
  validUntil: instant.nullable(),
  soldStoreId: idOut('store').nullable(),
  soldAt: instant.nullable(),
  usedBy: idOut('mem').nullable(),
  usedAt: instant.nullable(),
});
export const cardQuery = z.strictObject({
  cursor: idIn('rcc').optional(),
  limit: pageQuery.limit,
  batchId: idIn('rcb').optional(),
  number: numberIn.optional(),
  state: z
    .enum(['made', 'sold', 'used', 'void'])
    .optional()
    .meta({ description: 'As stored: whether a card is over, or all of its batch are void, is not asked.' }),
  locked: z.enum(['true']).optional(),
});
export const batchParams = z.strictObject({ id: idIn('rcb') });
export const cardParams = z.strictObject({ id: idIn('rcc') });
export const reasonBody = z.strictObject({ reason: textIn(200) });

/** What the number alone tells: the face value, which is that of all cards whose number begins so. */
export const FaceAnswer = z.object({
  maskedNumber: z.string(),
  currency: currencyCode,
  faceValue: amountJson,
  bonus: amountJson,
});
export const UsedAnswer = z.object({
  id: idOut('act'),
  memberId: idOut('mem'),
  maskedNumber: z.string(),
  currency: currencyCode,
  amount: amountJson,
  bonus: amountJson,
  createdAt: instant,
});

const serialIn = z
  .int()
  .min(1)
  .max(1_000_000)
  .transform((n) => BigInt(n));
export const sellBody = z.strictObject({
  numbers: z.array(numberIn).min(1).max(200).optional(),
  range: z
    .strictObject({ batchId: idIn('rcb'), from: serialIn, to: serialIn })
    .refine(({ from, to }) => to >= from && to - from < 200n, 'must be 1 to 200 serials')
    .optional(),
  storeId: idIn('store'),
  payment: z.strictObject({
    tender: wordIn('cash').refine(isMoney, notMoney),
    amount: amountOrNone,
    reference,
  }),
});
export const SoldAnswer = z.object({
  id: idOut('act'),
  sold: z.int(),
  amount: amountJson,
  currency: currencyCode,
  cards: z.array(z.object({ id: idOut('rcc'), serial: z.int(), maskedNumber: z.string() })),
});
export const useBody = z.strictObject({
  memberId: idIn('mem'),
  storeId: idIn('store'),
  number: numberIn,
  password: passwordIn,
});
