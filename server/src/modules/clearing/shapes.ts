import { z } from 'zod';
import { amountJson, currencyCode, idOut, instant } from '../../platform/http/shapes.ts';
import { columns } from './reading/line.ts';

export const statementState = z.enum(['drawn', 'disputed', 'answered', 'confirmed']);
export const paymentState = z.enum(['due', 'paid', 'replaced']);
export const columnName = z.enum(columns);
const party = z.enum(['store', 'merchant', 'other']);

export const PeriodAnswer = z.object({
  id: idOut('stp'),
  number: z.int(),
  from: instant.nullable().meta({ description: 'null: from the beginning.' }),
  until: instant.meta({ description: 'Exclusive.' }),
  answerBy: instant.meta({ description: 'Until then it waits for each store to confirm or dispute.' }),
  state: z.enum(['drawn', 'closed']),
  createdAt: instant,
  closedAt: instant.nullable(),
});
export const ListedPeriod = PeriodAnswer.extend({
  stores: z.object({ drawn: z.int(), disputed: z.int(), answered: z.int(), confirmed: z.int() }),
  nettedAt: instant.nullable(),
});

export const StatementAnswer = z.object({
  id: idOut('sst'),
  periodId: idOut('stp'),
  party,
  storeId: idOut('store').nullable(),
  partyId: idOut('pty').nullable(),
  state: statementState,
  reason: z.string().nullable().meta({ description: 'Why it was disputed.' }),
  saidAt: instant.nullable(),
  closedAt: instant.nullable(),
});

const figures = {
  opening: amountJson,
  loads: amountJson.meta({
    description: 'Money taken in for cards and wallets, for which value is owed: negative.',
  }),
  kept: amountJson.meta({
    description:
      'Money taken in that the party keeps, since it answers for the value itself; less what it gave back.',
  }),
  honoured: amountJson.meta({ description: 'What it redeemed of what others sold or answer for.' }),
  honouredElsewhere: amountJson.meta({
    description: 'What others redeemed of what it answers for: negative.',
  }),
  refunds: amountJson.meta({ description: 'What was undone of loads and of what was honoured.' }),
  adjustments: amountJson,
  fees: amountJson,
  netting: amountJson.meta({ description: 'Moved to the merchant, or from there.' }),
  payments: amountJson.meta({ description: 'Also what a settlement account paid for cash at once.' }),
  net: amountJson.meta({ description: 'What came about in the period: the sum of the columns.' }),
  closing: amountJson.meta({ description: 'opening + net. Positive: it is owed; negative: it owes.' }),
};
const Total = z.object({ currency: currencyCode, ...figures });
const LineAnswer = Total.extend({
  party: z.enum([...party.options, 'holders']).meta({
    description: 'holders: those who hold the cards and wallets that the party answers for.',
  }),
  storeId: idOut('store').nullable(),
  partyId: idOut('pty').nullable(),
  name: z.string().nullable(),
});
const may = z.object({ ok: z.boolean(), reason: z.string().optional() });
export const OnePeriod = ListedPeriod.extend({
  totals: z.array(Total).meta({
    description:
      'Over all parties: what is owed to one is owed by another, so net and closing are zero. Empty for who is limited to stores.',
  }),
  allowed: z.object({ close: may, net: may }),
});
export const ListedStatement = StatementAnswer.extend({
  number: z.int().meta({ description: 'Of its period.' }),
  name: z.string().nullable().meta({ description: 'Of the store or the party; null: the merchant.' }),
  from: instant.nullable(),
  until: instant,
  answerBy: instant,
  totals: z.array(Total),
});
export const AdjustmentAnswer = z.object({
  id: idOut('sad'),
  statementId: idOut('sst'),
  storeId: idOut('store').nullable().meta({ description: 'The counterpart; null: the merchant.' }),
  currency: currencyCode,
  amount: amountJson.meta({ description: 'What the counterpart owes more; negative: less.' }),
  reason: z.string(),
  createdAt: instant,
});
export const OneStatement = ListedStatement.extend({
  lines: z.array(LineAnswer),
  adjustments: z.array(AdjustmentAnswer).meta({ description: 'Corrections, booked in later periods.' }),
  allowed: z.object({
    confirm: z.boolean(),
    dispute: z.boolean(),
    withdraw: z.boolean(),
    adjust: z.boolean(),
  }),
});
export const PostingAnswer = z.object({
  activityId: idOut('act'),
  occurredAt: instant,
  type: z.string(),
  column: columnName,
  counterpartId: z.string().nullable().meta({
    description: 'A store or a party; null: the merchant, or those who hold its cards and wallets.',
  }),
  withHolders: z.boolean(),
  storeId: idOut('store').nullable().meta({ description: 'Where it happened.' }),
  currency: currencyCode,
  amount: amountJson,
  reference: z.string().nullable(),
});

const payer = z.string().nullable().meta({ description: 'A store or a party; null: the merchant.' });
export const PaymentAnswer = z.object({
  id: idOut('spy'),
  periodId: idOut('stp'),
  payerId: payer,
  payeeId: payer,
  currency: currencyCode,
  amount: amountJson,
  state: paymentState,
  reference: z.string().nullable(),
  createdAt: instant,
  paidAt: instant.nullable(),
});

const taken = { tender: z.string(), currency: currencyCode, taken: amountJson };
export const DayAnswer = z.object({
  id: idOut('dcl'),
  storeId: idOut('store'),
  number: z.int(),
  tenders: z.array(
    z.object({
      ...taken,
      counted: amountJson.nullable().meta({ description: 'null: nobody counted.' }),
      difference: amountJson.nullable(),
    }),
  ),
  reason: z.string().nullable(),
  closedAt: instant,
});
export const OpenDay = z.object({
  storeId: idOut('store'),
  since: instant.nullable(),
  tenders: z.array(z.object(taken)),
});
