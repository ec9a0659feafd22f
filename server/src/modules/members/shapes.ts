import { z } from 'zod';
import { idIn, idOut, instant, textIn } from '../../platform/http/shapes.ts';
import { slugForm, slugLengthMax } from '../merchants/index.ts';
import { purposes } from './member.ts';
import { canonicalPhone } from './phone.ts';

export const phoneIn = z
  .string()
  .min(1)
  .max(40)
  .meta({ description: 'E.164, such as +8613800138000; a number without a country is a Chinese mobile.' })
  .transform((text, context) => {
    const phone = canonicalPhone(text);
    if (phone !== undefined) return phone;
    context.addIssue({
      code: 'custom',
      message: 'must be a phone number such as 13800138000 or +442079460000',
    });
    return z.NEVER;
  });
export const languageIn = z.enum(['zh', 'en']);
export const nameIn = textIn(100);
export const emailIn = z.email().max(254);
export const slugParams = z.strictObject({ slug: z.string().min(3).max(slugLengthMax).regex(slugForm) });
export const memberParams = z.strictObject({ id: idIn('mem') });

export const consentIn = z
  .strictObject({
    textVersion: z.int().min(1).meta({ description: 'Which version of the terms they were shown.' }),
    marketing: z.boolean().default(false).meta({ description: 'Apart from the service, and free.' }),
  })
  .meta({ description: 'What they agreed to: the service, and perhaps advertising.' });

const remindersIn = z.strictObject({
  expiry: z.boolean().optional(),
  lowBalance: z.boolean().optional(),
});

export const memberShape = z.object({
  id: idOut('mem'),
  phone: z.string().meta({ description: 'Most of it hidden: 138****5678.' }),
  name: z.string().nullable(),
  email: z.string().nullable(),
  language: languageIn,
  reminders: z.object({ expiry: z.boolean(), lowBalance: z.boolean() }),
  createdAt: instant,
});

export const knownMemberShape = memberShape.extend({
  consents: z.array(
    z.object({ purpose: z.enum(purposes), given: z.boolean(), textVersion: z.int(), at: instant }),
  ),
});

/** What staff change of a member, and a member of themselves. */
export const updateBody = z
  .strictObject({
    name: nameIn.nullable().optional(),
    email: emailIn.nullable().optional(),
    language: languageIn.optional(),
    reminders: remindersIn.optional(),
    consent: consentIn.optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'must change something');
