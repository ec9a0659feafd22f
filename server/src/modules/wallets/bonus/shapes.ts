import { z } from 'zod';
import {
  amountJson,
  civilDate,
  currencyCode,
  idIn,
  idOut,
  instant,
  pageQuery,
  positiveAmount,
  textIn,
  validityIn,
  wordIn,
} from '../../../platform/http/shapes.ts';
import { scopeIn, scopeOut } from '../../catalog/index.ts';
import { isMoney, notMoney } from '../../ledger/index.ts';

const tenderIn = wordIn('cash or bank_card').refine(isMoney, notMoney);

const step = z
  .strictObject({
    from: z.int().min(1).max(1e15).meta({ description: 'From which amount on.' }),
    bonus: z.int().min(1).max(1e15).nullable().default(null),
    ppm: z.int().min(1).max(10_000_000).nullable().default(null),
    points: z.int().min(1).max(1e12).nullable().default(null),
    coupons: z
      .strictObject({ templateId: idIn('cpt'), count: z.int().min(1).max(20).default(1) })
      .nullable()
      .default(null),
  })
  .refine(
    ({ bonus, ppm, points, coupons }) => [bonus, ppm, points, coupons].some((given) => given !== null),
    'must give a sum, a part, points or coupons',
  );
const occasion = z.enum(['first', 'each']);

const steps = z
  .array(step)
  .min(1)
  .max(20)
  .meta({ description: 'A ladder: the highest step that is reached counts.' });
const instalments = z
  .int()
  .min(1)
  .max(24)
  .default(1)
  .meta({ description: 'In how many parts it is released, one a month, the first at once.' });

const scopeText =
  'Where, and for which goods, what is given pays: these products, and those in these categories. What is empty sets no bounds.';
export const RuleBody = z.strictObject({
  name: textIn(80),
  occasion: occasion.default('each'),
  steps,
  tenders: z
    .array(tenderIn)
    .max(20)
    .default([])
    .meta({ description: 'By what it has to be paid; none: any.' }),
  storeIds: z.array(idIn('store')).max(200).default([]).meta({ description: 'Where; none: everywhere.' }),
  scope: scopeIn.meta({ description: scopeText }).optional(),
  validity: validityIn.default({ type: 'none' }),
  instalments,
  from: civilDate.optional(),
  lastDay: civilDate.optional(),
});
export const instalment = z.object({
  amount: amountJson,
  usableFrom: instant.nullable().meta({ description: 'null: at once.' }),
  usableUntil: instant.nullable().meta({ description: 'Exclusive; null: it does not end.' }),
});
/** Coupons that come with a top-up. */
export const couponsGiven = z.object({
  templateId: idOut('cpt'),
  name: z.string(),
  count: z.int(),
  reason: z.string().nullable().meta({
    description: 'Why none are given, where the template does not let them be; the top-up goes on.',
  }),
});
export const RulePreviewBody = z.strictObject({
  steps,
  validity: validityIn.default({ type: 'none' }),
  instalments,
  amounts: z.array(positiveAmount).min(1).max(20).meta({ description: 'What is topped up.' }),
});
export const RulePreviewAnswer = z.object({
  currency: currencyCode,
  items: z.array(
    z.object({
      amount: amountJson,
      bonus: amountJson,
      points: z.int(),
      coupons: couponsGiven.nullable(),
      instalments: z.array(instalment),
    }),
  ),
});
export const RuleAnswer = z.object({
  id: idOut('bon'),
  name: z.string(),
  currency: currencyCode,
  occasion,
  steps: z.array(
    z.object({
      from: amountJson,
      bonus: amountJson.nullable(),
      ppm: z.int().nullable(),
      points: z.int().nullable(),
      coupons: z.object({ templateId: idOut('cpt'), count: z.int() }).nullable(),
    }),
  ),
  tenders: z.array(z.string()),
  storeIds: z.array(idOut('store')),
  scope: scopeOut.meta({ description: scopeText }),
  validity: validityIn,
  instalments: z.int(),
  startsAt: instant,
  endsAt: instant.nullable(),
  state: z.enum(['active', 'ended']),
  createdAt: instant,
});
export const ruleParams = z.strictObject({ id: idIn('bon') });
export const ruleQuery = z.strictObject({ cursor: idIn('bon').optional(), limit: pageQuery.limit });
