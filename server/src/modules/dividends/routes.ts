import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { refused } from '../../kernel/outcome.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import {
  amountJson,
  civilDate,
  currencyCode,
  idIn,
  idOut,
  instant,
  pageOf,
  pageQuery,
  textIn,
} from '../../platform/http/shapes.ts';
import { createDividend } from './create.ts';
import { approveDividend, cancelDividend } from './decide.ts';
import { dividendAnswer, type Share } from './dividend.ts';
import { listDividends, listShares, readDividend } from './store.ts';

const tag = 'Dividends';
const params = z.strictObject({ id: idIn('div') });
const amount = z.int().min(1).max(1e15);
const ppm = z.int().min(1).max(1e6);
const givenMax = 5_000;

const Source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sum'), amount }),
  z.strictObject({ kind: z.literal('sales'), ppm }),
  z.strictObject({ kind: z.literal('profit'), profit: amount, ppm }),
]);
const by = z.enum(['equal', 'wallet_spend', 'points_earned', 'given']);
const states = z.enum(['counting', 'counted', 'approved', 'paid', 'cancelled']);

const DividendBody = z.strictObject({
  name: textIn(100),
  firstDay: civilDate,
  lastDay: civilDate,
  source: Source,
  weighing: z
    .strictObject({
      by,
      least: z.int().min(0).max(1e15).default(0),
      given: z
        .array(z.strictObject({ memberId: idIn('mem'), weight: z.int().min(1).max(1e9) }))
        .max(givenMax)
        .default([]),
    })
    .refine(({ by, given }) => (by === 'given') === given.length > 0, 'weights are given where by is given')
    .refine(
      ({ given }) => new Set(given.map(({ memberId }) => memberId)).size === given.length,
      'a member has one weight',
    ),
  lastUsableDay: civilDate.nullable().default(null),
});

const DividendAnswer = z.object({
  id: idOut('div'),
  name: z.string(),
  firstDay: z.string(),
  lastDay: z.string(),
  currency: currencyCode,
  source: Source,
  weighing: z.object({ by, least: z.int(), given: z.int() }),
  lapsesAt: instant.nullable(),
  state: states,
  base: amountJson,
  pool: amountJson,
  members: z.int(),
  paidMembers: z.int(),
  paid: amountJson,
  createdAt: instant,
});

const ShareAnswer = z.object({
  memberId: idOut('mem'),
  weight: z.int(),
  amount: amountJson,
  state: z.enum(['due', 'paid', 'skipped']),
});
const shareAnswer = ({ memberId, weight, amount, state }: Share) => ({
  memberId: encodeId('mem', memberId),
  weight: jsonAmount(weight),
  amount: jsonAmount(amount),
  state,
});

const readings: readonly Route[] = [
  readRoute({
    path: '/v1/dividends',
    tag,
    summary: 'List dividends, newest first',
    permission: 'dividends.read',
    query: z.strictObject({ cursor: idIn('div').optional(), limit: pageQuery.limit }),
    answer: pageOf(DividendAnswer),
    async read(db, { query }, { merchantId }) {
      const rows = await listDividends(db, merchantId, query.cursor ?? null, query.limit + 1);
      return page(rows, query.limit, dividendAnswer, ({ id }) => encodeId('div', id));
    },
  }),
  readRoute({
    path: '/v1/dividends/:id',
    tag,
    summary: 'One dividend, and how far it is',
    permission: 'dividends.read',
    params,
    answer: DividendAnswer,
    async read(db, { params: { id } }, { merchantId }) {
      const found = await readDividend(db, merchantId, id);
      return found ? dividendAnswer(found) : refused('dividend_not_found');
    },
  }),
  readRoute({
    path: '/v1/dividends/:id/shares',
    tag,
    summary: 'Who gets how much of a dividend, to the last minor unit',
    permission: 'dividends.read',
    params,
    query: z.strictObject({ cursor: idIn('mem').optional(), limit: pageQuery.limit }),
    answer: pageOf(ShareAnswer),
    async read(db, { params: { id }, query }, { merchantId }) {
      if (!(await readDividend(db, merchantId, id))) return refused('dividend_not_found');
      const rows = await listShares(db, merchantId, id, query.cursor ?? null, query.limit + 1);
      return page(rows, query.limit, shareAnswer, ({ memberId }) => encodeId('mem', memberId));
    },
  }),
];

const commands: readonly Route[] = [
  commandRoute({
    path: '/v1/dividends',
    tag,
    summary: 'Have a dividend counted for a period that is over; nothing is credited by it',
    status: 201,
    body: DividendBody,
    answer: DividendAnswer,
    useCase: createDividend,
    input: ({ body }) => body,
  }),
  commandRoute({
    path: '/v1/dividends/:id/approve',
    tag,
    summary: 'Have a dividend credited as it was counted, once a second person agrees',
    status: 200,
    params,
    answer: DividendAnswer,
    useCase: approveDividend,
    input: ({ params }) => params,
  }),
  commandRoute({
    path: '/v1/dividends/:id/cancel',
    tag,
    summary: 'Give a dividend up that was not approved',
    status: 200,
    params,
    answer: DividendAnswer,
    useCase: cancelDividend,
    input: ({ params }) => params,
  }),
];

/** Dividends: counted, shown, approved by two, credited. */
export const dividendRoutes: readonly Route[] = [...readings, ...commands];
