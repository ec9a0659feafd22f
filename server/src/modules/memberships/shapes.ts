import { z } from 'zod';
import { amountOf } from '../../kernel/money.ts';
import {
  amountJson,
  civilDate,
  idIn,
  idOut,
  instant,
  positiveAmount,
  reference,
  textIn,
  wordIn,
} from '../../platform/http/shapes.ts';
import { isMoney, notMoney } from '../ledger/index.ts';
import { enrolBody } from '../members/index.ts';
import { MoneyAnswer } from '../wallets/index.ts';
import { whole } from './discount.ts';
import { walletTender } from './term/fee.ts';
import { membershipVerbs } from './term/may.ts';
import { membershipStates } from './term/membership.ts';

const ppm = z.int().min(0).max(whole).meta({ description: 'Parts per million off: 120000 is 12 %.' });
const walletPpm = ppm.nullable().meta({
  description: 'Where all is paid out of the wallet, this instead; null: the same.',
});
const names = z.strictObject({ zh: textIn(100), en: textIn(100) });
const span = z.strictObject({ count: z.int().min(1).max(1200), unit: z.enum(['days', 'months', 'years']) });
const price = z
  .int()
  .min(0)
  .max(1e12)
  .meta({ description: 'Minor units, such as cents.' })
  .transform((n) => amountOf(n));
const count = z
  .int()
  .min(1)
  .max(1e15)
  .transform((n) => amountOf(n));
const tierCode = wordIn('gold');

const discountIn = z.strictObject({
  ppm,
  walletPpm: walletPpm.default(null),
  categories: z
    .array(z.strictObject({ categoryId: idIn('cat'), ppm, walletPpm: walletPpm.default(null) }))
    .max(500)
    .default([])
    .meta({
      description: 'Categories with a rate of their own, for all below them too; 0 takes nothing off.',
    }),
});

const discountShape = z.object({
  ppm,
  walletPpm,
  categories: z.array(z.object({ categoryId: idOut('cat'), ppm, walletPpm })),
});

export const PlanBody = z.strictObject({
  name: names,
  span,
  price,
  discount: discountIn,
  graceDays: z.int().min(0).max(366).default(0),
  pauseDaysMax: z.int().min(0).max(3660).default(0).meta({ description: '0: it cannot be paused.' }),
});

export const PlanEdit = z
  .strictObject({
    name: names.optional(),
    span: span.optional(),
    price: price.optional(),
    discount: discountIn.optional(),
    graceDays: z.int().min(0).max(366).optional(),
    pauseDaysMax: z.int().min(0).max(3660).optional(),
    state: z.enum(['active', 'retired']).optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'must change something');

export const PlanAnswer = z.object({
  id: idOut('mpl'),
  version: z.int(),
  state: z.enum(['active', 'retired']),
  name: names,
  span,
  price: amountJson,
  currency: z.string(),
  discount: discountShape,
  graceDays: z.int(),
  pauseDaysMax: z.int(),
  createdAt: instant,
});

const thresholdIn = {
  spend: count.nullable().default(null),
  points: count.nullable().default(null),
};
const thresholdOut = { spend: amountJson.nullable(), points: z.int().nullable() };

export const TiersBody = z.strictObject({
  period: span.nullable().meta({
    description:
      'What is spent and earned counts within it, and a tier that was reached lasts to the end of the next; null: for ever.',
  }),
  downgrade: z.enum(['one_down', 'by_reached', 'never']).default('one_down'),
  tiers: z
    .array(
      z.strictObject({
        code: tierCode,
        name: names,
        discount: discountIn,
        entry: z.strictObject({ ...thresholdIn, planIds: z.array(idIn('mpl')).max(50).default([]) }),
        keep: z.strictObject(thresholdIn).default({ spend: null, points: null }),
      }),
    )
    .max(20)
    .meta({ description: 'The lowest first.' }),
});

export const TiersAnswer = z.object({
  number: z.int(),
  currency: z.string(),
  period: span.nullable(),
  downgrade: z.enum(['one_down', 'by_reached', 'never']),
  tiers: z.array(
    z.object({
      code: z.string(),
      name: names,
      discount: discountShape,
      entry: z.object({ ...thresholdOut, planIds: z.array(idOut('mpl')) }),
      keep: z.object(thresholdOut),
    }),
  ),
  createdAt: instant,
});

const byMoney = z
  .strictObject({
    tender: wordIn('cash').refine(isMoney, notMoney),
    amount: positiveAmount,
    reference,
  })
  .optional();
const payment = z
  .strictObject({
    tender: wordIn('cash').refine((word) => word === walletTender || isMoney(word), notMoney),
    amount: positiveAmount,
    reference: reference.optional(),
    code: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .meta({ description: 'What the member’s phone shows: needed above the limit of the house.' }),
  })
  .refine(({ tender, reference: given }) => tender === walletTender || given !== undefined, {
    path: ['reference'],
    message: 'must say what the payment is called where it was taken',
  })
  .refine(({ tender, code }) => tender === walletTender || code === undefined, {
    path: ['code'],
    message: 'is of who pays out of the wallet',
  })
  .optional()
  .meta({
    description:
      'With money, or by the tender `wallet` out of what the member has prepaid; left out where nothing is to be paid.',
  });
const storeId = idIn('store').meta({ description: 'Where it is done.' });

export const membershipParams = z.strictObject({ id: idIn('mbs') });
export const planParams = z.strictObject({ id: idIn('mpl') });

export const JoinBody = z
  .strictObject({
    memberId: idIn('mem').optional(),
    member: enrolBody.optional().meta({
      description:
        'Instead of `memberId`: whoever has this number, made a member with this request where they are none.',
    }),
    planId: idIn('mpl'),
    storeId,
    firstDay: civilDate.optional().meta({ description: "In the merchant's zone; left out: today." }),
    payment,
  })
  .refine(
    (body) => (body.memberId === undefined) !== (body.member === undefined),
    'must have memberId or member',
  );
export const RenewBody = z.strictObject({ storeId, payment });
export const UpgradeBody = z.strictObject({ planId: idIn('mpl'), storeId, payment });
export const PauseBody = z.strictObject({ storeId, days: z.int().min(1).max(3660) });
export const ResumeBody = z.strictObject({ storeId });
export const CancelBody = z.strictObject({
  storeId,
  reason: textIn(200).meta({ description: 'Kept in the log for ever: no names.' }),
  refund: z.enum(['unused', 'nothing']),
  payment: byMoney.meta({
    description: 'The money that is paid out; what a wallet paid goes back onto it by itself.',
  }),
});
export const GiveTierBody = z.strictObject({
  tierId: tierCode.nullable().meta({ description: 'null: what was given before is taken back.' }),
  lastDay: civilDate.nullable().default(null),
  reason: textIn(200).meta({ description: 'Kept in the log for ever: no names.' }),
});
export const GivenTier = z.object({
  memberId: idOut('mem'),
  tierId: z.string().nullable(),
  until: instant.nullable(),
});

const planNamed = z.object({ id: idOut('mpl'), version: z.int(), name: names });
const day = z.iso.date();
export const MembershipAnswer = z.object({
  id: idOut('mbs'),
  memberId: idOut('mem'),
  state: z.enum(membershipStates),
  plan: planNamed,
  storeId: idOut('store').nullable().meta({ description: 'Where it was last paid for; null: nowhere here.' }),
  firstDay: day,
  lastDay: day.meta({ description: 'Good to the end of this day in the zone of the merchant.' }),
  validUntil: instant.meta({ description: 'Exclusive.' }),
  graceUntil: instant,
  pausedFrom: instant.nullable(),
  pausedUntil: instant.nullable(),
  cancelledAt: instant.nullable(),
  createdAt: instant,
});

/** What was sold, with the entry of the log that its receipt is of. */
export const SoldAnswer = MembershipAnswer.extend({
  activityId: idOut('act'),
  balance: MoneyAnswer.nullable().meta({
    description: 'What is left on the wallet that paid; null as well where it needs the member’s code.',
  }),
});
export const CancelledAnswer = MembershipAnswer.extend({
  refunded: z.int().meta({ description: 'In all.' }),
  refundedToWallet: amountJson.meta({ description: 'What of it went back to the lots that had paid.' }),
});
export const OwnRenewalBody = z.strictObject({
  amount: price.meta({ description: 'What it costs, as it was shown; refused where that has changed.' }),
});
export const termQuery = z.strictObject({
  firstDay: civilDate.optional().meta({ description: "In the merchant's zone; left out: today." }),
});
export const TermAnswer = z.object({
  firstDay: day,
  lastDay: day.meta({ description: 'Good to the end of this day in the zone of the merchant.' }),
  validUntil: instant.meta({ description: 'Exclusive.' }),
  price: amountJson,
  currency: z.string(),
});

const reason = z.string();
const may = z.object({ ok: z.boolean(), reason: reason.optional() });

/** All that a member has by plan and tier, and what it would lead to. */
export const OverviewAnswer = z.object({
  memberId: idOut('mem'),
  membership: MembershipAnswer.nullable(),
  plan: PlanAnswer.nullable().meta({ description: 'As it was bought.' }),
  tier: z.object({ id: z.string(), name: names, discount: discountShape }).nullable(),
  progress: z
    .object({
      currency: z.string(),
      spent: amountJson,
      points: z.int(),
      periodEnd: instant.nullable(),
      given: z.object({ id: z.string(), until: instant.nullable() }).nullable(),
      next: z
        .object({
          id: z.string(),
          name: names,
          spendLeft: amountJson.nullable(),
          pointsLeft: z.int().nullable(),
        })
        .nullable(),
    })
    .nullable(),
  visits: z.int(),
  lastVisitAt: instant.nullable(),
  renewal: z.object({ price: amountJson, currency: z.string(), lastDay: day }).nullable(),
  upgrades: z.array(
    z.object({ plan: planNamed, price: amountJson, credit: amountJson, due: amountJson, lastDay: day }),
  ),
  refund: amountJson.nullable().meta({ description: 'What is not used up of what was paid.' }),
  refundToWallet: amountJson.nullable().meta({
    description: 'What of it would go back onto the wallet that paid; the rest is money.',
  }),
});
export const StaffOverview = OverviewAnswer.extend({
  allowed: z.object(Object.fromEntries(membershipVerbs.map((verb) => [verb, may]))),
});
