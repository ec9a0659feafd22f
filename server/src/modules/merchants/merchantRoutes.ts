import { z } from 'zod';
import { refused } from '../../kernel/outcome.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import { currencyCode, idOut, instant, textIn } from '../../platform/http/shapes.ts';
import { merchantAnswer, slugForm, slugLengthMax } from './merchant.ts';
import { readMerchant } from './own/store.ts';
import { updateMerchant } from './updateMerchant.ts';

const tag = 'Merchant';

/** How customers reach a merchant, as the API shows it. */
export const ContactAnswer = z.object({
  phone: z.string().nullable(),
  email: z.string().nullable(),
  address: z.string().nullable(),
  website: z.string().nullable(),
});

const MerchantAnswer = z.object({
  id: idOut('mer'),
  name: z.string(),
  currency: currencyCode,
  timezone: z.string(),
  slug: z.string().meta({ description: 'Names the merchant in the address of its public pages.' }),
  contact: ContactAnswer,
  terms: z.object({ zh: z.string().nullable(), en: z.string().nullable() }),
  termsVersion: z.int(),
  widgetOrigins: z.array(z.string()).meta({ description: 'Sites whose pages may look cards up.' }),
  createdAt: instant,
});

/** Text of several paragraphs: line breaks are fine, other control characters are not. */
const paragraphs = z
  .string()
  .min(1)
  .max(20_000)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|\n)*$/u, 'must not have control characters but line breaks');

/** A site as browsers name it: nothing behind the host, and no plain HTTP but on one's own machine. */
const origin = z
  .string()
  .max(255)
  .refine((text) => URL.canParse(text) && new URL(text).origin === text && isSafe(new URL(text)), {
    message: 'must be an origin such as https://shop.example, without a path',
  });

const isSafe = ({ protocol, hostname }: URL): boolean =>
  (protocol === 'https:' && !hostname.includes('*')) ||
  (protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(hostname));

const UpdateMerchantBody = z
  .strictObject({
    slug: z
      .string()
      .min(3)
      .max(slugLengthMax)
      .regex(slugForm, 'must be lower-case letters and digits in groups joined by -')
      .optional(),
    contact: z
      .strictObject({
        phone: textIn(40).nullable().optional(),
        email: z.email().max(254).nullable().optional(),
        address: textIn(300).nullable().optional(),
        website: z
          .url({ protocol: /^https$/ })
          .max(300)
          .nullable()
          .optional(),
      })
      .optional(),
    terms: z
      .strictObject({ zh: paragraphs.nullable().optional(), en: paragraphs.nullable().optional() })
      .optional(),
    widgetOrigins: z
      .array(origin)
      .max(20)
      .refine((all) => new Set(all).size === all.length, 'must name each once')
      .optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'must change something');

/** The merchant itself. */
export const merchantOwnRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/merchant',
    tag,
    summary: 'The merchant that this key belongs to',
    permission: 'merchant.read',
    answer: MerchantAnswer,
    async read(db, _parsed, { merchantId }) {
      const merchant = await readMerchant(db, merchantId);
      return merchant ? merchantAnswer(merchant) : refused('unauthenticated');
    },
  }),
  commandRoute({
    method: 'PATCH',
    path: '/v1/merchant',
    tag,
    summary: 'Change the address of the public pages, contact, terms, and whose pages may look cards up',
    status: 200,
    body: UpdateMerchantBody,
    answer: MerchantAnswer,
    useCase: updateMerchant,
    input: ({ body }) => body,
  }),
];
