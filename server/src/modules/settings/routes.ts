import { z } from 'zod';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import { idIn, idOut, textIn } from '../../platform/http/shapes.ts';
import { changeSettings } from './changeSettings.ts';
import { imageRoutes } from './images/routes.ts';
import { noProfile, profileAnswer } from './profile.ts';
import { readProfile } from './store.ts';
import { viewRoutes } from './views/routes.ts';

const tag = 'Settings';
const terms = z
  .string()
  .min(1)
  .max(20_000)
  // Lines and paragraphs, and no other control character.
  .regex(/^[^\p{Cs}\p{Cc}]*(?:[\n\t][^\p{Cs}\p{Cc}]*)*$/u, 'must not have control characters');
const phone = z.string().regex(/^[+\d][\d -]{2,29}$/, 'must be a telephone number');
const website = z.url({ protocol: /^https$/ }).max(300);

const shape = z.object({
  contact: z.object({
    phone: z.string().nullable(),
    email: z.string().nullable(),
    website: z.string().nullable(),
    address: z.string().nullable(),
  }),
  terms: z.object({ zh: z.string().nullable(), en: z.string().nullable() }),
  logoImageId: idOut('img').nullable(),
});

/** Settings of a merchant, saved views, and pictures. */
export const settingsRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/settings',
    tag,
    summary: 'What customers are told of the merchant: contact, terms, logo',
    permission: 'merchant.read',
    answer: shape,
    async read(db, _parsed, { merchantId, now }) {
      return profileAnswer((await readProfile(db, merchantId)) ?? noProfile(merchantId, now));
    },
  }),
  commandRoute({
    method: 'PATCH',
    path: '/v1/settings',
    tag,
    summary: 'Change contact, terms or logo; null takes one away',
    status: 200,
    body: z.strictObject({
      address: textIn(300).nullish(),
      phone: phone.nullish(),
      email: z.email().max(200).nullish(),
      website: website.nullish(),
      termsZh: terms.nullish(),
      termsEn: terms.nullish(),
      logoImageId: idIn('img').nullish(),
    }),
    answer: shape,
    useCase: changeSettings,
    input: ({ body: { logoImageId, ...body } }) => ({
      phone: body.phone,
      email: body.email,
      website: body.website,
      address: body.address,
      termsZh: body.termsZh,
      termsEn: body.termsEn,
      logoId: logoImageId,
    }),
  }),
  ...viewRoutes,
  ...imageRoutes,
];
