import { z } from 'zod';
import {
  amountJson,
  amountOrNone,
  currencyCode,
  idIn,
  idOut,
  instant,
  positiveAmount,
  reference,
  textIn,
  wordIn,
} from '../../platform/http/shapes.ts';
import { CouponWords } from '../coupons/index.ts';
import { SharedWallet } from '../families/index.ts';
import { isMoney, notMoney } from '../ledger/index.ts';
import { cardNumberIn, memberShape, phoneIn } from '../members/index.ts';
import { OverviewAnswer } from '../memberships/index.ts';
import { MoneyAnswer } from '../wallets/index.ts';

const linesMax = 200;
const tendersMax = 10;
const tenderIn = wordIn('cash or bank_card').refine(isMoney, notMoney);

const line = z.strictObject({
  sku: textIn(64)
    .optional()
    .meta({ description: 'Of a product; what it is called and costs is then known.' }),
  name: textIn(100).optional(),
  quantity: z.int().min(1).max(10_000).default(1),
  price: positiveAmount.optional().meta({ description: 'Of one piece, before discounts.' }),
});
const lines = z.array(line).min(1).max(linesMax);
const memberCode = z.string().min(1).max(128);
const payerId = idIn('mem').meta({
  description: 'Whose wallet pays, where it is that of a relative who shares it; else the member’s own.',
});
const tender = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('wallet'),
    amount: positiveAmount,
    code: memberCode
      .optional()
      .meta({ description: 'What the member’s phone shows: needed above the limit of the house.' }),
    payerId: payerId.optional(),
  }),
  z.strictObject({
    kind: z.literal('gift_card'),
    code: z.string().min(1).max(128),
    pin: z
      .string()
      .regex(/^\d{1,16}$/, 'must be digits')
      .optional(),
    amount: positiveAmount,
  }),
  z.strictObject({ kind: z.literal('points'), points: positiveAmount }),
  z.strictObject({
    kind: z.literal('money'),
    tender: tenderIn,
    amount: positiveAmount,
    reference: reference.optional(),
  }),
]);

const basket = {
  storeId: idIn('store'),
  memberId: idIn('mem').optional(),
  lines,
  couponId: idIn('cpn')
    .optional()
    .meta({ description: 'A coupon of the member’s; it takes something off behind the member’s discount.' }),
};
export const QuoteBody = z.strictObject({
  ...basket,
  payerId: payerId.optional(),
  code: memberCode
    .optional()
    .meta({ description: 'What the member’s phone shows: a balance above the limit is told only then.' }),
});
export const PurchaseBody = z.strictObject({
  ...basket,
  reference,
  tenders: z
    .array(tender)
    .max(tendersMax)
    .refine((all) => all.filter(({ kind }) => kind === 'wallet').length < 2, 'names the wallet once')
    .refine((all) => all.filter(({ kind }) => kind === 'points').length < 2, 'names points once')
    .meta({ description: 'What pays, in this order; what goes back goes to the last first.' }),
});

export const lineOut = z.object({
  sku: z.string().nullable(),
  name: z.string(),
  quantity: z.int(),
  price: amountJson,
  amount: amountJson,
  discount: amountJson.meta({ description: 'What the member gets off.' }),
  couponDiscount: amountJson.meta({ description: 'What the coupon takes off, behind that.' }),
});
const offer = z.object({
  lines: z.array(lineOut),
  discount: amountJson,
  couponDiscount: amountJson,
  due: amountJson,
  walletMost: amountJson.nullable().meta({
    description:
      'The most that the wallet pays of it here and now; null: nobody’s, or it needs the member’s code.',
  }),
});
const effect = z.object({
  discount: amountJson,
  reason: z.string().nullable().meta({ description: 'Why it takes nothing off; a code of a refusal.' }),
  gap: amountJson
    .nullable()
    .meta({ description: 'How much more the goods that it is for would have to come to.' }),
});
export const QuoteAnswer = z.object({
  memberId: idOut('mem').nullable(),
  currency: currencyCode,
  total: amountJson,
  byWallet: offer.nullable().meta({ description: 'Where all of it is paid out of the wallet.' }),
  otherwise: offer,
  coupons: z
    .array(CouponWords.extend({ byWallet: effect, otherwise: effect }))
    .meta({ description: 'What each of the member’s coupons would take off, the best first; up to 50.' }),
  pointsMost: z.object({ points: z.int(), amount: amountJson }).nullable().meta({
    description:
      'The most points that may pay of it where not all is paid out of the wallet, and what they pay; null: none.',
  }),
  balance: MoneyAnswer.nullable().meta({ description: 'null as well where it needs the member’s code.' }),
});
const paid = z.object({ tender: z.string(), amount: amountJson });
/** What paid of a purchase. */
export const tenderOut = paid.extend({
  reference: z.string().nullable(),
  payerId: idOut('mem').nullable().meta({ description: 'Whose wallet it was, where not their own.' }),
});
/** The coupon that took something off a purchase. */
export const couponOut = z.object({ id: idOut('cpn'), templateId: idOut('cpt'), name: z.string() });
export const PurchaseAnswer = z.object({
  id: idOut('pur'),
  storeId: idOut('store'),
  reference: z.string(),
  memberId: idOut('mem').nullable(),
  lines: z.array(lineOut),
  total: amountJson,
  discount: amountJson,
  couponDiscount: amountJson,
  coupon: couponOut.nullable(),
  due: amountJson,
  currency: currencyCode,
  tenders: z.array(tenderOut),
  earned: z.int().meta({ description: 'Points.' }),
  balance: MoneyAnswer.nullable().meta({ description: 'What is left on the wallet.' }),
  createdAt: instant,
});
export const purchaseParams = z.strictObject({ id: idIn('pur') });
const wanted = {
  amount: amountOrNone.optional().meta({ description: '0: of what came to nothing.' }),
  lines: z
    .array(z.strictObject({ line: z.int().min(0).max(linesMax), quantity: z.int().min(1).max(10_000) }))
    .min(1)
    .max(linesMax)
    .refine((all) => new Set(all.map(({ line }) => line)).size === all.length, 'names a line once')
    .optional()
    .meta({ description: 'How many pieces of which lines, by their places; the amount follows from them.' }),
};
export const RefundBody = z.strictObject({ ...wanted, reason: textIn(500) });
export const RefundQuoteBody = z.strictObject(wanted);
/** What went back of a line. */
export const linesBack = z.array(z.object({ line: z.int(), quantity: z.int(), amount: amountJson }));
export const RefundQuoteAnswer = z.object({
  amount: amountJson,
  left: amountJson.meta({ description: 'What could still go back after it.' }),
  currency: currencyCode,
  lines: linesBack,
  tenders: z.array(paid),
  pointsTaken: z.int(),
});
/** What became of a coupon. */
export const couponBack = z.enum(['returned', 'lost']).nullable().meta({
  description:
    'What became of the coupon; lost: it has ended meanwhile. null: there is none, or something is left of the purchase.',
});
export const RefundAnswer = z.object({
  id: idOut('ref'),
  purchaseId: idOut('pur'),
  amount: amountJson,
  refunded: amountJson,
  currency: currencyCode,
  lines: linesBack,
  tenders: z.array(paid),
  pointsTaken: z.int(),
  coupon: couponBack,
  createdAt: instant,
});

export const lookupQuery = z.strictObject({
  phone: phoneIn.optional(),
  cardNumber: cardNumberIn.optional(),
  memberId: idIn('mem').optional(),
  code: z.string().min(1).max(128).optional().meta({
    description: 'What the member’s phone shows: it says who it is, and shows a balance that is hidden.',
  }),
});
export const LookupAnswer = z.object({
  items: z.array(
    z.object({
      member: memberShape,
      currency: currencyCode,
      balance: MoneyAnswer.nullable().meta({
        description: 'null: it is above the limit of the house, and shown with the member’s code.',
      }),
      family: z.array(SharedWallet).meta({ description: 'Wallets of relatives that they may pay from.' }),
      points: z.object({ usable: z.int(), pending: z.int(), owed: z.int() }),
      standing: OverviewAnswer.meta({ description: 'Card type, tier, visits, and what they may lead to.' }),
    }),
  ),
});
