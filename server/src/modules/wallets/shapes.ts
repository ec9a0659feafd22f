import { z } from 'zod';
import { amountOf } from '../../kernel/money.ts';
import {
  amountJson,
  currencyCode,
  idIn,
  idOut,
  instant,
  pageQuery,
  positiveAmount,
  reference,
  signedAmount,
  textIn,
  wordIn,
} from '../../platform/http/shapes.ts';
import { scopeNamesOut, scopeOut } from '../catalog/index.ts';
import { isMoney, notMoney } from '../ledger/index.ts';
import { maskedShape } from '../members/index.ts';
import { couponsGiven, instalment } from './bonus/shapes.ts';
import { refundRules } from './policy/policy.ts';
import { quoteRules } from './refund/quote.ts';
import { spendingOrders } from './wallet.ts';

const tenderIn = wordIn('cash or bank_card').refine(isMoney, notMoney);

/** What is said of a balance that may be null. */
export const hiddenText =
  'null: it is above the limit of the house, and shown with the member’s code or to who keeps the books.';
export const codeQuery = z.strictObject({
  code: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .meta({ description: 'What the member’s phone shows: a balance above the limit is told only then.' }),
});

export const memberParams = z.strictObject({ memberId: idIn('mem') });

export const usedAtListPrice = z
  .int()
  .min(0)
  .max(1e15)
  .meta({
    description: 'What was had for it, at list price; left out, or less than was paid: as it was paid.',
  })
  .transform((n) => amountOf(n));

const limit = z
  .int()
  .min(0)
  .max(1e15)
  .transform((n) => amountOf(n))
  .nullable()
  .optional();
const limitOut = amountJson.nullable();
export const PolicyBody = z
  .strictObject({
    spendingOrder: z.enum(spendingOrders).optional(),
    refundRule: z.enum(refundRules).optional(),
    refundTermMonths: z.int().min(1).max(120).optional(),
    sevenDays: z.boolean().optional(),
    balanceMax: limit,
    lowBelow: limit,
    codeAbove: limit,
    relativesMax: z.int().min(0).max(50).optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'must change something');
export const PolicyAnswer = z.object({
  spendingOrder: z.enum(spendingOrders),
  refundRule: z.enum(refundRules),
  refundTermMonths: z.int().meta({
    description: 'By time: over how many months a top-up without an end counts as used up.',
  }),
  sevenDays: z
    .boolean()
    .meta({ description: 'Whether an untouched top-up goes back whole within seven days.' }),
  balanceMax: limitOut.meta({ description: 'The most that may be on a wallet.' }),
  lowBelow: limitOut.meta({ description: 'Below this a member is told that the balance is low.' }),
  codeAbove: limitOut.meta({
    description:
      'Above this the counter sees a balance, and takes money out of it, only with the member’s code; what it takes without one in a day counts together.',
  }),
  relativesMax: z
    .int()
    .meta({ description: 'How many relatives a member may let pay from their wallet; 0: nobody.' }),
  revision: z.int(),
});

export const MoneyAnswer = z.object({
  principal: amountJson,
  bonus: amountJson,
  later: amountJson.meta({ description: 'Bonus that is released later.' }),
  total: amountJson.meta({ description: 'What can be spent now.' }),
});

export const TopUpBody = z.strictObject({
  memberId: idIn('mem'),
  storeId: idIn('store'),
  amount: positiveAmount,
  payment: z.strictObject({ tender: tenderIn, amount: positiveAmount, reference }),
});
const topUp = z.object({
  id: idOut('tup'),
  memberId: idOut('mem'),
  storeId: idOut('store').nullable().meta({ description: 'Who answers for it; null: the merchant.' }),
  currency: currencyCode,
  tender: z.string(),
  reference: z.string().nullable(),
  amount: amountJson,
  paid: amountJson,
  bonus: amountJson,
  points: z.int().meta({ description: 'Points that were given with it.' }),
  bonusRuleId: idOut('bon').nullable(),
  refundedPrincipal: amountJson,
  refundedBonus: amountJson,
  refunded: amountJson,
  createdAt: instant,
});
export const TopUpItem = topUp;
export const TopUpAnswer = topUp.extend({
  coupons: couponsGiven.nullable().meta({ description: 'Coupons that came with it.' }),
  activityId: idOut('act'),
  balance: MoneyAnswer.nullable().meta({ description: hiddenText }),
});
export const topUpQuery = z.strictObject({
  memberId: idIn('mem').optional(),
  cursor: idIn('tup').optional(),
  limit: pageQuery.limit,
});

export const QuoteBody = z.strictObject({
  memberId: idIn('mem'),
  storeId: idIn('store'),
  amount: positiveAmount,
  tender: tenderIn,
});
export const TopUpQuoteAnswer = z.object({
  currency: currencyCode,
  amount: amountJson,
  bonus: amountJson,
  points: z.int().meta({ description: 'Points that would be given with it.' }),
  coupons: couponsGiven.nullable().meta({ description: 'Coupons that would come with it.' }),
  bonusRuleId: idOut('bon').nullable(),
  ruleName: z.string().nullable(),
  instalments: z.array(instalment),
});

export const WalletAnswer = z.object({
  memberId: idOut('mem'),
  currency: currencyCode,
  balance: MoneyAnswer.nullable().meta({ description: hiddenText }),
  lots: z.array(
    z.object({
      kind: z.enum(['principal', 'bonus']),
      storeId: idOut('store').nullable().meta({ description: 'Who settles it; null: the merchant.' }),
      currency: currencyCode,
      balance: amountJson,
      usableFrom: instant.nullable(),
      usableUntil: instant.nullable(),
      scope: scopeOut
        .nullable()
        .meta({ description: 'Where, and for which goods, it pays; null: anywhere, for anything.' }),
    }),
  ),
});

export const OwnWalletAnswer = z.object({
  currency: currencyCode,
  balance: MoneyAnswer,
  lots: z.array(
    z.object({
      kind: z.enum(['principal', 'bonus']),
      balance: amountJson,
      usableFrom: instant.nullable().meta({ description: 'null: at once.' }),
      usableUntil: instant.nullable().meta({ description: 'Exclusive; null: it does not end.' }),
      scope: scopeNamesOut
        .nullable()
        .meta({ description: 'In which stores, and for what, it pays; null: anywhere, for anything.' }),
    }),
  ),
});
export const OwnEntryAnswer = z.object({
  id: idOut('act'),
  type: z.string(),
  occurredAt: instant,
  store: z.string().nullable(),
  principal: amountJson,
  bonus: amountJson,
  amount: amountJson,
  balanceAfter: amountJson.meta({
    description: 'Principal and bonus together, also what is released later.',
  }),
  paidBy: maskedShape
    .nullable()
    .meta({ description: 'Which relative bought with it; null: I did, or who did is not there any more.' }),
});
export const historyQuery = z.strictObject({
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .transform((text) => BigInt(text))
    .optional(),
  limit: pageQuery.limit,
});

export const RefundQuoteBody = codeQuery.extend({
  memberId: idIn('mem'),
  usedAtListPrice: usedAtListPrice.optional(),
});
export const RefundQuoted = z.object({
  topUpId: idOut('tup'),
  storeId: idOut('store').nullable(),
  currency: currencyCode,
  tender: z.string(),
  reference: z.string().nullable(),
  paymentOrderId: idOut('pay')
    .nullable()
    .meta({ description: 'Refund this order instead: its channel sends it back.' }),
  paid: amountJson,
  principal: amountJson.meta({ description: 'What is left of what was paid for.' }),
  bonus: amountJson.meta({ description: 'What is left of what was given, and ends with it.' }),
  points: z.int().meta({ description: 'Points that are taken back with it; those spent by then are owed.' }),
  coupons: z.int().meta({ description: 'Coupons that are withdrawn with it; those that were used are not.' }),
  rule: z.enum(quoteRules).meta({
    description:
      'seven_days: untouched, all that was paid; paid_ratio: what is left times the part that was paid; list_price: what was paid less what was used; time: the part of the term that is left.',
  }),
  refund: amountJson,
  createdAt: instant,
});
export const RefundQuoteAnswer = z.object({ memberId: idOut('mem'), items: z.array(RefundQuoted) });
export const RefundBody = z.strictObject({
  amount: positiveAmount.meta({ description: 'What was quoted; another is refused.' }),
  usedAtListPrice: usedAtListPrice.optional(),
  payment: z.strictObject({ tender: tenderIn, reference }),
  reason: textIn(200),
});
export const RefundAnswer = RefundQuoted.extend({
  memberId: idOut('mem'),
  balance: MoneyAnswer.nullable().meta({ description: hiddenText }),
});
export const topUpParams = z.strictObject({ id: idIn('tup') });

const lotKind = z.enum(['principal', 'bonus']);
export const AdjustBody = z.strictObject({
  kind: lotKind,
  amount: signedAmount.meta({ description: 'Minor units, such as cents. Positive gives, negative takes.' }),
  reason: textIn(200),
});
export const AdjustedAnswer = z.object({
  id: idOut('act'),
  memberId: idOut('mem'),
  kind: lotKind,
  amount: amountJson,
  currency: currencyCode,
  balance: MoneyAnswer.nullable().meta({ description: hiddenText }),
});
