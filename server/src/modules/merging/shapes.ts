import { z } from 'zod';
import { amountJson, currencyCode, idIn, idOut, instant } from '../../platform/http/shapes.ts';
import { memberShape } from '../members/index.ts';
import { MembershipAnswer } from '../memberships/index.ts';
import { MoneyAnswer } from '../wallets/index.ts';
import { mergeReasons, openThings } from './merge.ts';

const intoId = idIn('mem').meta({ description: 'The member who stays.' });
export const PreviewBody = z.strictObject({ intoId });
export const MergeBody = z.strictObject({ intoId, reason: z.enum(mergeReasons) });

const whole = z.int();
const purse = z.object({ usable: whole, pending: whole, owed: whole });
const profile = {
  tags: z.array(z.string()),
  birthday: z.string().nullable(),
  fields: z.record(z.string(), z.union([z.string(), z.int()])),
};
const person = memberShape.pick({ phone: true, name: true, email: true, createdAt: true }).extend(profile);
const had = {
  balance: MoneyAnswer,
  points: purse,
  membership: MembershipAnswer.nullable(),
  tier: z.string().nullable(),
};
const side = z.object({ ...had, cards: whole, coupons: whole, person });
const window = {
  usableFrom: instant.nullable(),
  usableUntil: instant.nullable().meta({ description: 'Exclusive; null: it does not end.' }),
};

export const PreviewAnswer = z.object({
  id: idOut('mem'),
  intoId: idOut('mem'),
  currency: currencyCode,
  against: z
    .array(
      z.object({
        code: z.string(),
        what: z.enum(openThings).nullable().meta({ description: 'What has not ended, where it is that.' }),
        detail: z.string().nullable(),
        next: z.string().nullable(),
      }),
    )
    .meta({ description: 'What forbids it; none: it can be done.' }),
  from: side,
  into: side,
  after: z.object({
    ...had,
    membershipDays: whole.meta({ description: 'How many days of the other membership follow behind it.' }),
    tags: z.array(z.string()),
  }),
  lots: z.array(
    z.object({
      kind: z.enum(['principal', 'bonus']),
      storeId: idOut('store').nullable(),
      currency: currencyCode,
      balance: amountJson,
      ...window,
    }),
  ),
  pointLots: z.array(z.object({ points: whole, isPending: z.boolean(), ...window })),
  cards: z.array(z.object({ id: idOut('card'), last4: z.string(), state: z.string() })),
  topUps: whole.meta({ description: 'How many top-ups can be paid back from there.' }),
});

export const MergedAnswer = z.object({
  id: idOut('mem'),
  mergedIntoId: idOut('mem'),
  mergedAt: instant,
  principal: amountJson,
  bonus: amountJson,
  points: whole,
  pointsOwed: whole,
  topUps: whole,
  cards: whole,
  coupons: whole,
  membershipDays: whole,
});

export const HeirAnswer = z.object({
  id: idOut('mem'),
  mergedIntoId: idOut('mem').meta({ description: 'Who it is by now, however often that one was merged.' }),
  mergedAt: instant,
});
