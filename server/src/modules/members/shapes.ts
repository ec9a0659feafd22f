import { z } from 'zod';
import { idIn, idOut, instant, textIn } from '../../platform/http/shapes.ts';
import { slugForm, slugLengthMax } from '../merchants/index.ts';
import { canonicalCardNumber, cardNumberForm } from './cardNumber.ts';
import { purposes } from './member.ts';
import { canonicalPhone } from './phone.ts';
import { isBirthday } from './profile/birthday.ts';
import { fieldKey, fieldKinds } from './profile/form.ts';

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
export const cardNumberIn = z
  .string()
  .max(40)
  .transform(canonicalCardNumber)
  .pipe(z.string().regex(cardNumberForm, 'must be 4 to 32 letters, digits or hyphens'))
  .meta({ description: 'What is printed on the member’s card.' });
export const languageIn = z.enum(['zh', 'en']);
export const nameIn = textIn(100);
const emailIn = z.email().max(254);
export const codeIn = z.string().regex(/^\d{6}$/, 'must be six digits');
export const slugParams = z.strictObject({ slug: z.string().min(3).max(slugLengthMax).regex(slugForm) });
export const idsIn = z
  .string()
  .max(6_400)
  .meta({ description: 'Ids with commas between: only these, up to 200.' })
  .transform((text) => text.split(','))
  .pipe(z.array(idIn('mem')).max(200));
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
  cardNumber: z.string().nullable().meta({ description: 'What is printed on the member’s card.' }),
  language: languageIn,
  reminders: z.object({ expiry: z.boolean(), lowBalance: z.boolean() }),
  createdAt: instant,
});

/** A member as another member is shown them. */
export const maskedShape = memberShape.pick({ phone: true }).extend({
  name: z.string().nullable().meta({ description: 'Most of it hidden: 林*.' }),
});

export const knownMemberShape = memberShape.extend({
  consents: z.array(
    z.object({ purpose: z.enum(purposes), given: z.boolean(), textVersion: z.int(), at: instant }),
  ),
});

/** What staff change of a member, and a member of themselves. */
const changeable = {
  name: nameIn.nullable().optional(),
  email: emailIn.nullable().optional(),
  language: languageIn.optional(),
  reminders: remindersIn.optional(),
  consent: consentIn.optional(),
};
const changesSomething = (body: object) => Object.keys(body).length > 0;
export const updateMyselfBody = z.strictObject(changeable).refine(changesSomething, 'must change something');

export const tagLengthMax = 30;
export const fieldLengthMax = 200;
export const tagIn = textIn(tagLengthMax);
const birthdayIn = z
  .string()
  .refine(isBirthday, 'must be a day such as 1990-05-17 or 05-17')
  .meta({ description: 'With the year, 1990-05-17, or without, 05-17.' });
export const tagsMax = 20;
const tagsIn = z
  .array(tagIn)
  .max(tagsMax)
  .refine((tags) => new Set(tags).size === tags.length, 'must name each tag once')
  .meta({ description: 'All of their tags.' });
const fieldsIn = z
  .record(fieldKey, z.union([textIn(fieldLengthMax), z.int()]))
  .meta({ description: 'All that is kept in the fields of GET /v1/member-fields, by their keys.' });
/** What staff change of a member: with what only they see. */
export const updateBody = z
  .strictObject({
    ...changeable,
    cardNumber: cardNumberIn.optional(),
    tags: tagsIn.optional(),
    birthday: birthdayIn.nullable().optional(),
    fields: fieldsIn.optional(),
  })
  .refine(changesSomething, 'must change something');

/** What only staff see of a member. */
const profileShape = {
  tags: z.array(z.string()),
  birthday: z.string().nullable().meta({ description: 'With the year, 1990-05-17, or without, 05-17.' }),
  fields: z.record(z.string(), z.union([z.string(), z.int()])),
};
export const listedMemberShape = memberShape.extend({ tags: profileShape.tags });
export const profiledMemberShape = knownMemberShape.extend(profileShape);

/** A member as they stand in the database, with all that they ever agreed to. */
export const wholeMemberShape = profiledMemberShape.extend({
  phone: z.string().nullable().meta({ description: 'In full, E.164.' }),
  exportedAt: instant,
});

const labelIn = z.strictObject({ zh: textIn(40), en: textIn(40) });
const fieldIn = z
  .strictObject({
    key: fieldKey,
    label: labelIn,
    kind: z.enum(fieldKinds),
    choices: z
      .array(textIn(60))
      .max(50)
      .default([])
      .meta({ description: 'What can be chosen, where it is a choice; else none.' }),
  })
  .refine(({ kind, choices }) => (kind === 'choice') === choices.length > 0, {
    path: ['choices'],
    message: 'a choice has choices, and nothing else has',
  });
export const formBody = z.strictObject({
  fields: z
    .array(fieldIn)
    .max(20)
    .refine(
      (fields) => new Set(fields.map(({ key }) => key)).size === fields.length,
      'must name each key once',
    ),
});
export const formShape = z.object({
  fields: z.array(
    z.object({
      key: z.string(),
      label: z.object({ zh: z.string(), en: z.string() }),
      kind: z.enum(fieldKinds),
      choices: z.array(z.string()),
    }),
  ),
});

/** Whoever is to be a member, as they say who they are. */
export const enrolBody = z.strictObject({
  phone: phoneIn,
  name: nameIn.optional(),
  email: emailIn.optional(),
  language: languageIn.default('zh'),
  consent: consentIn.optional(),
  cardNumber: cardNumberIn.optional(),
  tags: tagsIn.optional(),
  birthday: birthdayIn.optional(),
  fields: fieldsIn.optional(),
});
