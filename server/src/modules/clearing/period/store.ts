import { guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import { firstSeqSince } from '../../ledger/index.ts';
import { type Adjustment, adjustments } from './adjustment.ts';
import {
  type Cut,
  cutAt,
  cuts,
  type Period,
  periodById,
  periods,
  periodsOfMerchant,
  presently,
  type Statement,
  statementById,
  statements,
  statementsOfPeriod,
} from './period.ts';

/** A period's columns, for those that list them too. */
export const periodColumns = `p.id, p.number, p.from_seq as "fromSeq", p.to_seq as "toSeq", p.covers_from as "coversFrom",
  p.covers_until as "coversUntil", p.answer_by as "answerBy", p.state, p.created_at as "createdAt",
  p.closed_at as "closedAt", p.closed_by as "closedBy"`;
const periodsById = statement(
  'clearing.periodsById',
  `select ${periodColumns} from clearing.period p where p.merchant_id = $1 and p.id = any($2::uuid[])`,
);
const everyPeriod = statement(
  'clearing.everyPeriod',
  `select ${periodColumns} from clearing.period p where p.merchant_id = $1`,
);
const insertPeriods = statement(
  'clearing.insertPeriods',
  `insert into clearing.period (merchant_id, id, number, from_seq, to_seq, covers_from, covers_until, answer_by, state, created_at)
   select $1, v.* from unnest($2::uuid[], $3::integer[], $4::bigint[], $5::bigint[], $6::timestamptz[], $7::timestamptz[],
     $8::timestamptz[], $9::text[], $10::timestamptz[]) as v`,
);
const updatePeriods = guarded(
  'clearing.updatePeriods',
  `update clearing.period p set state = v.state, closed_at = v.closed_at, closed_by = v.closed_by
   from unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::uuid[], $6::text[]) as v(id, state, closed_at, closed_by, state_was)
   where p.merchant_id = $1 and p.id = v.id and p.state = v.state_was`,
  'a settlement period is not as it was judged',
);

const periodSql = entitySql<Period>(periods, {
  insert: (db, merchantId, rows) =>
    db.execute(insertPeriods, [
      merchantId,
      rows.map((p) => p.id),
      rows.map((p) => p.number),
      rows.map((p) => p.fromSeq),
      rows.map((p) => p.toSeq),
      rows.map((p) => p.coversFrom),
      rows.map((p) => p.coversUntil),
      rows.map((p) => p.answerBy),
      rows.map((p) => p.state),
      rows.map((p) => p.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updatePeriods, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.state),
      updates.map(({ to }) => to.closedAt),
      updates.map(({ to }) => to.closedBy),
      updates.map(({ from }) => from.state),
      updates.length,
    ]),
  finds: [
    [periodById, periodsById],
    [periodsOfMerchant, (db, m) => db.query<Period>(everyPeriod, [m])],
  ],
});

const ownersBefore = statement(
  'clearing.ownersBefore',
  `with owner as (
     select distinct a.owner_id as id, a.purpose from ledger.account_view a
     where a.merchant_id = $1 and a.purpose in ('clearing', 'cash_kept') and exists (
       select from ledger.owner_posting_view p
       where p.merchant_id = a.merchant_id and p.account_id = a.id and p.activity_seq < $2))
   select o.id as "ownerId" from owner o
   union select $1::uuid where exists (select from owner o where o.purpose = 'cash_kept')
   order by 1`,
);
// Any time to come: what is in the log was before it.
const endOfTime = new Date('9999-12-31T00:00:00Z');

const cutSql = entitySql<Cut>(cuts, {
  insert: () => Promise.reject(new Error('where the log stood is read out of it')),
  finds: [
    [
      cutAt,
      (db, merchantId, instants) =>
        Promise.all(
          instants.map(async (instant) => {
            const since = instant === presently ? endOfTime : new Date(instant);
            const seq = await firstSeqSince(db, merchantId, since);
            const owners = await db.query<{ ownerId: string }>(ownersBefore, [merchantId, seq]);
            return { instant, seq, ownerIds: owners.map(({ ownerId }) => ownerId) };
          }),
        ),
    ],
  ],
});

/** A statement's columns, for those that list them too. */
export const statementColumns = `s.id, s.period_id as "periodId", s.owner_id as "ownerId", s.party, s.state, s.reason,
  s.said_at as "saidAt", s.said_by as "saidBy", s.closed_at as "closedAt"`;
const statementsById = statement(
  'clearing.statementsById',
  `select ${statementColumns} from clearing.statement s where s.merchant_id = $1 and s.id = any($2::uuid[])`,
);
const statementsByPeriod = statement(
  'clearing.statementsByPeriod',
  `select ${statementColumns} from clearing.statement s where s.merchant_id = $1 and s.period_id = any($2::uuid[])`,
);
const insertStatements = statement(
  'clearing.insertStatements',
  `insert into clearing.statement (merchant_id, id, period_id, owner_id, party, state)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[]) as v`,
);
const updateStatements = guarded(
  'clearing.updateStatements',
  `update clearing.statement s set state = v.state, reason = v.reason, said_at = v.said_at, said_by = v.said_by,
     closed_at = v.closed_at
   from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::uuid[], $7::timestamptz[], $8::text[])
     as v(id, state, reason, said_at, said_by, closed_at, state_was)
   where s.merchant_id = $1 and s.id = v.id and s.state = v.state_was and s.closed_at is null`,
  'a statement is not as it was judged',
);

const statementSql = entitySql<Statement>(statements, {
  insert: (db, merchantId, rows) =>
    db.execute(insertStatements, [
      merchantId,
      rows.map((s) => s.id),
      rows.map((s) => s.periodId),
      rows.map((s) => s.ownerId),
      rows.map((s) => s.party),
      rows.map((s) => s.state),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateStatements, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.state),
      updates.map(({ to }) => to.reason),
      updates.map(({ to }) => to.saidAt),
      updates.map(({ to }) => to.saidBy),
      updates.map(({ to }) => to.closedAt),
      updates.map(({ from }) => from.state),
      updates.length,
    ]),
  finds: [
    [statementById, statementsById],
    [statementsOfPeriod, statementsByPeriod],
  ],
});

const insertAdjustments = statement(
  'clearing.insertAdjustments',
  `insert into clearing.adjustment (merchant_id, id, statement_id, period_id, owner_id, counterpart_id, currency, amount,
     reason, seq, created_at, created_by)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::bigint[], $9::text[],
     $10::bigint[], $11::timestamptz[], $12::uuid[]) as v`,
);
const adjustmentSql = entitySql<Adjustment>(adjustments, {
  insert: (db, merchantId, rows) =>
    db.execute(insertAdjustments, [
      merchantId,
      rows.map((a) => a.id),
      rows.map((a) => a.statementId),
      rows.map((a) => a.periodId),
      rows.map((a) => a.ownerId),
      rows.map((a) => a.counterpartId),
      rows.map((a) => a.currency),
      rows.map((a) => a.amount),
      rows.map((a) => a.reason),
      rows.map((a) => a.seq),
      rows.map((a) => a.createdAt),
      rows.map((a) => a.createdBy),
    ]),
  finds: [],
});

/** The tables of periods for the executor. */
export const periodsSql = [periodSql, cutSql, statementSql, adjustmentSql];
