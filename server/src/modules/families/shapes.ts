import { z } from 'zod';
import {
  amountJson,
  currencyCode,
  idIn,
  idOut,
  instant,
  pageOf,
  pageQuery,
  positiveAmount,
} from '../../platform/http/shapes.ts';
import { maskedShape, memberShape, phoneIn, slugParams } from '../members/index.ts';
import { beginners, enders, shareStates } from './share.ts';

const code = z.string().min(1).max(128);
const atOnce = positiveAmount.nullable().meta({ description: 'The most at once; null: no limit.' });
const inDay = positiveAmount.nullable().meta({ description: 'The most in a day; null: no limit.' });

const termsIn = {
  paymentMax: atOnce.default(null),
  dayMax: inDay.default(null),
  withDiscount: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether what the payer gets off counts where their wallet pays all.' }),
};
export const OfferBody = z.strictObject({ phone: phoneIn, ...termsIn });
export const ChangeBody = z
  .strictObject({
    paymentMax: atOnce.optional(),
    dayMax: inDay.optional(),
    withDiscount: z.boolean().optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'must change something');
export const BeginBody = z.strictObject({
  storeId: idIn('store'),
  payerCode: code.meta({ description: 'What the phone of the one whose wallet it is shows.' }),
  relativeCode: code.meta({ description: 'What the phone of the one who is to pay from it shows.' }),
  ...termsIn,
});
export const shareParams = z.strictObject({ id: idIn('fsh') });
export const ownShareParams = slugParams.extend({ id: idIn('fsh') });
export const listQuery = z.strictObject({ cursor: idIn('fsh').optional(), limit: pageQuery.limit });

export const ShareMade = z.object({ id: idOut('fsh') });
export const ShareBegun = ShareMade.extend({ payerId: idOut('mem'), relativeId: idOut('mem') });

const terms = {
  paymentMax: amountJson.nullable(),
  dayMax: amountJson.nullable(),
  withDiscount: z.boolean(),
  leftToday: amountJson.nullable().meta({ description: 'What is left of the day; null: no limit.' }),
};
const own = { id: idOut('fsh'), ...terms };
export const OwnFamily = z.object({
  currency: currencyCode,
  relativesMax: z
    .int()
    .meta({ description: 'How many one may let pay; 0: there is no family sharing here.' }),
  given: z
    .array(
      z.object({
        ...own,
        state: z.enum(['offered', 'active']),
        relative: maskedShape.nullable().meta({ description: 'null: nobody has accepted yet.' }),
        phoneEnd: z.string().nullable().meta({ description: 'The end of the number that it is offered to.' }),
        expiresAt: instant.nullable(),
      }),
    )
    .meta({ description: 'Whom I let pay from my wallet.' }),
  got: z
    .array(
      z.object({
        ...own,
        payer: maskedShape,
        spendable: amountJson.meta({ description: 'The most that I can pay with it now.' }),
      }),
    )
    .meta({ description: 'Whose wallet I may pay from.' }),
  offers: z
    .array(z.object({ ...own, payer: maskedShape, expiresAt: instant.nullable() }))
    .meta({ description: 'Offered to my number.' }),
});

const person = memberShape.pick({ id: true, name: true, phone: true });
export const FamilyPage = pageOf(
  z.object({
    ...own,
    state: z.enum(shareStates),
    currency: currencyCode,
    payer: person.nullable().meta({ description: 'null: not there any more.' }),
    relative: person.nullable().meta({ description: 'null: nobody has accepted, or not there any more.' }),
    phoneEnd: z.string().nullable(),
    begunBy: z.enum(beginners),
    endedBy: z.enum(enders).nullable(),
    createdAt: instant,
    expiresAt: instant.nullable(),
    begunAt: instant.nullable(),
    endedAt: instant.nullable(),
  }),
);

/** A wallet that a member may pay from besides their own, as the counter is shown it. */
export const SharedWallet = z.object({
  ...own,
  payerId: idOut('mem'),
  payer: maskedShape,
  spendable: amountJson.nullable().meta({
    description: 'The most that can be paid with it now; null: it is told with the relative’s code.',
  }),
});
