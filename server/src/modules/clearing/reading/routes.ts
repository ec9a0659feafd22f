import { z } from 'zod';
import { activityId, encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import type { Actor } from '../../../platform/executor/useCase.ts';
import { page } from '../../../platform/http/page.ts';
import { type ReadContext, type Route, readRoute } from '../../../platform/http/route.ts';
import { currencyCode, idIn, pageOf, pageQuery } from '../../../platform/http/shapes.ts';
import { beyondScope } from '../../merchants/index.ts';
import { allNettings, mayNet } from '../payments/payment.ts';
import { paymentsSql } from '../payments/store.ts';
import { adjustmentAnswer } from '../period/adjustment.ts';
import { mayClose } from '../period/may.ts';
import {
  periodAnswer,
  periodsIn,
  statementAnswer,
  statementsOfPeriod,
  storeOfStatement,
} from '../period/period.ts';
import { periodsSql } from '../period/store.ts';
import {
  columnName,
  ListedPeriod,
  ListedStatement,
  OnePeriod,
  OneStatement,
  PostingAnswer,
  statementState,
} from '../shapes.ts';
import { lineAnswer, totalsOf } from './line.ts';
import {
  type ListedStatement as Listed,
  listPeriods,
  listPostings,
  listStatements,
  readAdjustments,
  readLines,
  readPeriod,
  readStatement,
  type ListedPeriod as SaidPeriod,
  type StatementPosting,
} from './store.ts';

const tag = 'Settlement';
const params = z.strictObject({ id: idIn('sst') });
const number = z.coerce.number().int().positive().max(1e9).optional();

/** Periods and statements as they are read. */
export const periodReadings: readonly Route[] = [
  readRoute({
    path: '/v1/settlement-periods',
    tag,
    summary: 'List settlement periods, the newest first, with what stores said',
    permission: 'settlement.read',
    query: z.strictObject({ cursor: number, limit: pageQuery.limit }),
    answer: pageOf(ListedPeriod),
    async read(db, { query }, { merchantId }) {
      const rows = await listPeriods(db, merchantId, query.cursor ?? null, query.limit + 1);
      return page(rows, query.limit, listedPeriod, (period) => String(period.number));
    },
  }),
  readRoute({
    path: '/v1/settlement-periods/:id',
    tag,
    summary: 'One settlement period: what stores said, the sums over all, and what may be done',
    permission: 'settlement.read',
    params: z.strictObject({ id: idIn('stp') }),
    answer: OnePeriod,
    async read(db, { params: { id } }, { merchantId, actor, now }) {
      const period = await readPeriod(db, merchantId, id);
      if (!period) return refused('settlement_period_not_found');
      const { others, drawn, nettings } = await lookUp(
        [...periodsSql, ...paymentsSql],
        db,
        merchantId,
        (find) => ({
          others: periodsIn(find),
          drawn: find.all(statementsOfPeriod, id),
          nettings: find.all(allNettings, 'all'),
        }),
      );
      const owners = actor.storeIds === null ? drawn.map(({ ownerId }) => ownerId) : [];
      const lines = owners.length === 0 ? [] : await readLines(db, merchantId, owners, period);
      const denied = actor.permissions.has('settlement.close')
        ? beyondScope(actor, null)
        : refused('permission_denied');
      return {
        ...listedPeriod(period),
        totals: totalsOf(lines),
        allowed: {
          close: answered(denied ?? mayClose({ period, others, drawn }, now)),
          net: answered(denied ?? mayNet(period, nettings)),
        },
      };
    },
  }),
  readRoute({
    path: '/v1/settlement-statements',
    tag,
    summary: 'List statements, the newest first, with their sums',
    permission: 'settlement.read',
    query: z.strictObject({
      cursor: idIn('sst').optional(),
      limit: pageQuery.limit,
      periodId: idIn('stp').optional(),
      storeId: idIn('store').optional(),
      state: statementState.optional(),
    }),
    answer: pageOf(ListedStatement),
    async read(db, { query }, { merchantId, actor }) {
      const rows = await listStatements(db, merchantId, {
        before: query.cursor ?? null,
        periodId: query.periodId ?? null,
        storeId: query.storeId ?? null,
        state: query.state ?? null,
        storeIds: actor.storeIds === null ? null : [...actor.storeIds],
        limit: query.limit + 1,
      });
      const shown = await withTotals(db, merchantId, rows.slice(0, query.limit));
      const items = page(
        rows,
        query.limit,
        (one) => one,
        ({ id }) => encodeId('sst', id),
      );
      return { items: shown, nextCursor: items.nextCursor };
    },
  }),
  readRoute({
    path: '/v1/settlement-statements/:id',
    tag,
    summary: 'One statement, by counterpart and currency, with its corrections',
    permission: 'settlement.read',
    params,
    answer: OneStatement,
    async read(db, { params: { id } }, context) {
      const statement = await seenStatement(db, id, context);
      if ('refused' in statement) return statement;
      const lines = await readLines(db, context.merchantId, [statement.ownerId], statement);
      const corrections = await readAdjustments(db, context.merchantId, id);
      return {
        ...listedAnswer(statement),
        totals: totalsOf(lines),
        lines: lines.map(lineAnswer),
        adjustments: corrections.map((one) => adjustmentAnswer(one, context.merchantId)),
        allowed: allowedOn(statement, context.actor),
      };
    },
  }),
  readRoute({
    path: '/v1/settlement-statements/:id/postings',
    tag,
    summary: 'The postings behind the figures of a statement',
    permission: 'settlement.read',
    params,
    query: z.strictObject({
      cursor: z
        .string()
        .regex(/^\d{1,18}-\d{1,6}$/)
        .refine((text) => BigInt(text.split('-')[1] ?? '0') < 262_144n)
        .optional(),
      limit: pageQuery.limit,
      storeId: idIn('store').optional().meta({ description: 'With this store.' }),
      withMerchant: z.enum(['true']).optional().meta({ description: 'With the merchant itself.' }),
      partyId: idIn('pty').optional(),
      currency: currencyCode.optional(),
      column: columnName.optional(),
    }),
    answer: pageOf(PostingAnswer),
    async read(db, { params: { id }, query }, context) {
      const statement = await seenStatement(db, id, context);
      if ('refused' in statement) return statement;
      const [seq = '0', line = '0'] = query.cursor?.split('-') ?? [];
      const withMerchant = query.withMerchant === undefined ? undefined : context.merchantId;
      const rows = await listPostings(db, context.merchantId, statement, {
        after: { seq: BigInt(seq), line: BigInt(line) },
        counterpartId: query.storeId ?? query.partyId ?? withMerchant ?? null,
        currency: query.currency ?? null,
        column: query.column ?? null,
        limit: query.limit + 1,
      });
      return page(
        rows,
        query.limit,
        (one) => postingAnswer(one, statement, context.merchantId),
        (one) => `${one.seq}-${one.line}`,
      );
    },
  }),
];

/** A statement as who asks may see it. */
async function seenStatement(
  db: Db,
  id: string,
  { merchantId, actor }: Pick<ReadContext, 'merchantId' | 'actor'>,
) {
  const statement = await readStatement(db, merchantId, id);
  if (!statement) return refused('settlement_statement_not_found');
  if (actor.storeIds !== null && !actor.storeIds.has(statement.ownerId)) {
    return refused('store_out_of_scope');
  }
  return statement;
}

const answered = (refusal: Refusal | undefined) =>
  refusal === undefined ? { ok: true } : { ok: false, reason: refusal.refused };

function listedPeriod({ drawn, disputed, answered: replied, confirmed, nettedAt, ...period }: SaidPeriod) {
  return {
    ...periodAnswer(period),
    stores: { drawn, disputed, answered: replied, confirmed },
    nettedAt: nettedAt?.toISOString() ?? null,
  };
}

async function withTotals(db: Db, merchantId: string, rows: readonly Listed[]) {
  const byPeriod = [...Map.groupBy(rows, ({ periodId }) => periodId).values()];
  const lines = new Map<string, Awaited<ReturnType<typeof readLines>>>();
  for (const group of byPeriod) {
    const [first] = group;
    if (first === undefined) continue;
    const owners = group.map(({ ownerId }) => ownerId);
    for (const line of await readLines(db, merchantId, owners, first)) {
      const key = `${first.periodId}|${line.ownerId}`;
      lines.set(key, [...(lines.get(key) ?? []), line]);
    }
  }
  return rows.map((row) => ({
    ...listedAnswer(row),
    totals: totalsOf(lines.get(`${row.periodId}|${row.ownerId}`) ?? []),
  }));
}

function listedAnswer(statement: Listed) {
  return {
    ...statementAnswer(statement),
    number: statement.number,
    name: statement.name,
    from: statement.coversFrom?.toISOString() ?? null,
    until: statement.coversUntil.toISOString(),
    answerBy: statement.answerBy.toISOString(),
  };
}

function postingAnswer(one: StatementPosting, { ownerId }: Listed, merchantId: string) {
  const { counterpartId: id, counterpartIsStore } = one;
  const isOwn = id === ownerId;
  return {
    activityId: encodeId('act', activityId(one.occurredAt, one.seq)),
    occurredAt: one.occurredAt.toISOString(),
    type: one.type,
    column: one.column,
    counterpartId: id === merchantId || isOwn ? null : encodeId(counterpartIsStore ? 'store' : 'pty', id),
    withHolders: isOwn,
    storeId: one.storeId === null ? null : encodeId('store', one.storeId),
    currency: one.currency,
    amount: jsonAmount(one.amount),
    reference: one.reference,
  };
}

/** What who asks may do with a statement now. */
function allowedOn(statement: Listed, { permissions, storeIds }: Actor) {
  const storeId = storeOfStatement(statement);
  const isOpen = statement.closedAt === null;
  const answers =
    isOpen &&
    permissions.has('settlement.answer') &&
    (storeIds === null || (storeId !== null && storeIds.has(storeId)));
  return {
    confirm: answers && (statement.state === 'drawn' || statement.state === 'answered'),
    dispute: answers && (statement.state === 'drawn' || statement.state === 'answered'),
    withdraw: answers && statement.state === 'disputed',
    adjust: permissions.has('settlement.adjust') && storeIds === null,
  };
}
