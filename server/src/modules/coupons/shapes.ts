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
  validityIn,
} from '../../platform/http/shapes.ts';
import { scopeIn, scopeNamesOut, scopeOut } from '../catalog/index.ts';
import { couponCauses, shownStates } from './coupon/coupon.ts';

const amountMax = 1e15;
const sum = z.int().min(1).max(amountMax).meta({ description: 'Minor units, such as cents.' });
const ppm = z.int().min(1).max(1_000_000).meta({ description: 'Parts per million: 200000 is a fifth off.' });
const upTo = { description: 'The most that it takes off; null: no most.' };
const minimumText =
  'What the goods that it is for must come to, after what members get off; 0: no matter what.';
const scopeText = 'Where, and for which goods, it can be used. What is empty sets no bounds.';

const offIn = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('amount'), amount: sum }),
    z.strictObject({
      type: z.literal('percent'),
      ppm,
      most: sum.nullable().default(null).meta(upTo),
    }),
  ])
  .meta({ description: 'What it takes off.' });
const offOut = z.discriminatedUnion('type', [
  z.object({ type: z.literal('amount'), amount: amountJson }),
  z.object({ type: z.literal('percent'), ppm: z.int(), most: amountJson.nullable().meta(upTo) }),
]);
const isUntilEnd = 'Exclusive; null: it does not end.';

export const TemplateBody = z.strictObject({
  name: textIn(80),
  off: offIn,
  minimum: z.int().min(0).max(amountMax).default(0).meta({ description: minimumText }),
  scope: scopeIn.default({ storeIds: [], categoryIds: [], productIds: [] }).meta({ description: scopeText }),
  from: civilDate
    .nullable()
    .default(null)
    .meta({ description: 'The first day on which they can be used; null: at once.' }),
  validity: validityIn
    .default({ type: 'none' })
    .meta({ description: 'How long each is good, from when it can be used.' }),
  issueMax: z
    .int()
    .min(1)
    .max(1e9)
    .nullable()
    .default(null)
    .transform((n) => (n === null ? null : amountOf(n)))
    .meta({ description: 'How many may be given in all; null: no limit.' }),
});

const words = {
  name: z.string(),
  currency: currencyCode,
  off: offOut,
  minimum: amountJson.meta({ description: minimumText }),
};
const may = z.object({ ok: z.boolean(), reason: z.string().optional() });

export const TemplateAnswer = z.object({
  id: idOut('cpt'),
  ...words,
  scope: scopeOut.meta({ description: scopeText }),
  from: z.string().nullable(),
  validity: validityIn,
  issueMax: z.int().nullable(),
  state: z.enum(['active', 'ended']),
  issued: z.int().meta({ description: 'How many were given.' }),
  held: z.int().meta({ description: 'How many are neither used nor over.' }),
  used: z.int(),
  lapsed: z.int(),
  withdrawn: z.int(),
  endsAt: instant
    .nullable()
    .meta({ description: 'When all of them are over, where that is one day for all.' }),
  createdAt: instant,
  endedAt: instant.nullable(),
});
/** With what who asks may do with it. */
export const ListedTemplate = TemplateAnswer.extend({ allowed: z.object({ give: may, end: may }) });
export const templateParams = z.strictObject({ id: idIn('cpt') });
export const templateQuery = z.strictObject({
  cursor: idIn('cpt').optional(),
  limit: pageQuery.limit,
  state: z.enum(['active', 'ended']).optional(),
});

const facts = {
  id: idOut('cpn'),
  templateId: idOut('cpt'),
  ...words,
  state: z
    .enum(shownStates)
    .meta({ description: 'waiting: it cannot be used yet. lapsed: its time was up before it was used.' }),
  purchaseId: idOut('pur').nullable().meta({ description: 'What it was used for.' }),
  usableFrom: instant.nullable().meta({ description: 'null: at once.' }),
  usableUntil: instant.nullable().meta({ description: isUntilEnd }),
  createdAt: instant,
  endedAt: instant.nullable(),
};
export const CouponAnswer = z.object({
  ...facts,
  memberId: idOut('mem'),
  scope: scopeOut.meta({ description: scopeText }),
  cause: z.enum(couponCauses),
  topUpId: idOut('tup').nullable().meta({ description: 'The top-up that it came with.' }),
});
export const ListedCoupon = CouponAnswer.extend({ allowed: z.object({ withdraw: may }) });
/** As its owner sees it: by names. */
export const OwnCoupon = z.object({
  ...facts,
  scope: scopeNamesOut
    .nullable()
    .meta({ description: 'In which stores, and for what, it can be used; null: anywhere, for anything.' }),
});
/** What a till is told of one. */
export const CouponWords = z.object({
  id: facts.id,
  templateId: facts.templateId,
  name: words.name,
  off: words.off,
  minimum: words.minimum,
  usableFrom: facts.usableFrom,
  usableUntil: facts.usableUntil,
});
export const GivenAnswer = z.object({ items: z.array(CouponAnswer) });
export const couponParams = z.strictObject({ id: idIn('cpn') });

const couponList = {
  cursor: idIn('cpn').optional(),
  limit: pageQuery.limit,
  state: z.enum(shownStates).optional(),
};
export const memberCouponQuery = z.strictObject(couponList);
export const couponQuery = z.strictObject({
  ...couponList,
  memberId: idIn('mem').optional(),
  templateId: idIn('cpt').optional(),
});
export const GiveBody = z.strictObject({
  templateId: idIn('cpt'),
  count: z.int().min(1).max(20).default(1),
  reason: textIn(200),
});
export const WithdrawBody = z.strictObject({ reason: textIn(200) });
