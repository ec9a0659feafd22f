import { type Db, statement } from '../../../platform/db/statement.ts';
import type { Adjustment } from '../period/adjustment.ts';
import type { Period, Statement } from '../period/period.ts';
import { periodColumns, statementColumns } from '../period/store.ts';
import type { ColumnName, Line } from './line.ts';
import { moved } from './moved.ts';

const selectLines = statement(
  'clearing.lines',
  `with opening as (
     select a.owner_id, split_part(a.detail, '|', 1) as counterpart, a.asset, 'opening' as part, o.balance_after as amount
     from ledger.account_view a
     cross join lateral (
       select p.balance_after from ledger.owner_posting_view p
       where p.merchant_id = a.merchant_id and p.account_id = a.id and p.activity_seq < $3
       order by p.account_seq desc limit 1) o
     where a.merchant_id = $1 and a.purpose = 'clearing' and a.owner_id = any($2::uuid[])),
   ${moved},
   sums as (
     select owner_id, counterpart::uuid as counterpart, asset,
       coalesce(sum(amount) filter (where part = 'opening'), 0)::bigint as opening,
       coalesce(sum(amount) filter (where part = 'loads'), 0)::bigint as loads,
       coalesce(sum(amount) filter (where part = 'kept'), 0)::bigint as kept,
       coalesce(sum(amount) filter (where part = 'honoured'), 0)::bigint as honoured,
       coalesce(sum(amount) filter (where part = 'honouredElsewhere'), 0)::bigint as honoured_elsewhere,
       coalesce(sum(amount) filter (where part = 'refunds'), 0)::bigint as refunds,
       coalesce(sum(amount) filter (where part = 'adjustments'), 0)::bigint as adjustments,
       coalesce(sum(amount) filter (where part = 'fees'), 0)::bigint as fees,
       coalesce(sum(amount) filter (where part = 'netting'), 0)::bigint as netting,
       coalesce(sum(amount) filter (where part = 'payments'), 0)::bigint as payments,
       bool_or(part <> 'opening') or sum(amount) <> 0 as tells
     from (
       select owner_id, counterpart, asset, part, amount from opening
       union all select owner_id, counterpart, asset, part, amount from moved) as each group by owner_id, counterpart, asset)
   select s.owner_id as "ownerId", s.counterpart as "counterpartId", s.asset as currency, s.opening, s.loads, s.kept,
     s.honoured, s.honoured_elsewhere as "honouredElsewhere", s.refunds, s.adjustments, s.fees, s.netting, s.payments,
     case when s.counterpart = s.owner_id then 'holders' when s.counterpart = $1 then 'merchant' when t.id is not null then 'store' else 'other' end as "counterpartParty",
     case when s.counterpart <> s.owner_id then coalesce(t.name, y.name) end as "counterpartName"
   from sums s
   left join merchants.store_view t on t.merchant_id = $1 and t.id = s.counterpart
   left join settlement.party_view y on y.merchant_id = $1 and y.id = s.counterpart
   where s.tells and (s.counterpart <> s.owner_id or s.loads <> 0 or s.refunds <> 0)
   order by s.owner_id, s.asset, s.counterpart = s.owner_id, s.counterpart`,
);

/** What these parties owe and are owed by counterpart and currency, and how it came about in a period. */
export function readLines(
  db: Db,
  merchantId: string,
  ownerIds: readonly string[],
  { fromSeq, toSeq }: Pick<Period, 'fromSeq' | 'toSeq'>,
): Promise<Line[]> {
  return db.query<Line>(selectLines, [merchantId, ownerIds, fromSeq, toSeq]);
}

export type ListedPeriod = Period & {
  readonly drawn: number;
  readonly disputed: number;
  readonly answered: number;
  readonly confirmed: number;
  readonly nettedAt: Date | null;
};

const listedPeriods = `select ${periodColumns}, c.drawn, c.disputed, c.answered, c.confirmed, n.created_at as "nettedAt"
   from clearing.period p
   cross join lateral (
     select count(*) filter (where s.state = 'drawn')::integer as drawn,
       count(*) filter (where s.state = 'disputed')::integer as disputed,
       count(*) filter (where s.state = 'answered')::integer as answered,
       count(*) filter (where s.state = 'confirmed')::integer as confirmed
     from clearing.statement s where s.merchant_id = p.merchant_id and s.period_id = p.id and s.party = 'store') c
   left join clearing.netting n on n.merchant_id = p.merchant_id and n.period_id = p.id
   where p.merchant_id = $1`;
const selectPeriods = statement(
  'clearing.selectPeriods',
  `${listedPeriods} and ($2::integer is null or p.number < $2) order by p.number desc limit $3`,
);
const onePeriod = statement('clearing.onePeriod', `${listedPeriods} and p.id = $2`);

/** Periods before a number, the newest first, with what stores said. */
export function listPeriods(
  db: Db,
  merchantId: string,
  before: number | null,
  limit: number,
): Promise<ListedPeriod[]> {
  return db.query<ListedPeriod>(selectPeriods, [merchantId, before, limit]);
}

/** One period with what stores said; undefined if there is none. */
export async function readPeriod(db: Db, merchantId: string, id: string): Promise<ListedPeriod | undefined> {
  const [found] = await db.query<ListedPeriod>(onePeriod, [merchantId, id]);
  return found;
}

export type ListedStatement = Statement & {
  readonly number: number;
  readonly fromSeq: bigint;
  readonly toSeq: bigint;
  readonly coversFrom: Date | null;
  readonly coversUntil: Date;
  readonly answerBy: Date;
  readonly name: string | null;
};
const listedColumns = `${statementColumns}, p.number, p.from_seq as "fromSeq", p.to_seq as "toSeq",
  p.covers_from as "coversFrom", p.covers_until as "coversUntil", p.answer_by as "answerBy", coalesce(t.name, y.name) as name`;
const joined = `clearing.statement s
   join clearing.period p on p.merchant_id = s.merchant_id and p.id = s.period_id
   left join merchants.store_view t on t.merchant_id = s.merchant_id and t.id = s.owner_id
   left join settlement.party_view y on y.merchant_id = s.merchant_id and y.id = s.owner_id`;

const selectStatements = statement(
  'clearing.selectStatements',
  `select ${listedColumns} from ${joined}
   where s.merchant_id = $1 and ($2::uuid is null or s.id < $2) and ($3::uuid is null or s.period_id = $3)
     and ($4::uuid is null or s.owner_id = $4) and ($5::text is null or s.state = $5)
     and ($6::uuid[] is null or s.owner_id = any($6))
   order by s.id desc limit $7`,
);
const oneStatement = statement(
  'clearing.oneStatement',
  `select ${listedColumns} from ${joined} where s.merchant_id = $1 and s.id = $2`,
);

export type StatementFilter = {
  readonly before: string | null;
  readonly periodId: string | null;
  readonly storeId: string | null;
  readonly state: Statement['state'] | null;
  /** null: all. */
  readonly storeIds: readonly string[] | null;
  readonly limit: number;
};

/** Statements, the newest first. */
export function listStatements(
  db: Db,
  merchantId: string,
  { before, periodId, storeId, state, storeIds, limit }: StatementFilter,
): Promise<ListedStatement[]> {
  const values = [merchantId, before, periodId, storeId, state, storeIds, limit];
  return db.query<ListedStatement>(selectStatements, values);
}

/** One statement; undefined if there is none. */
export async function readStatement(
  db: Db,
  merchantId: string,
  id: string,
): Promise<ListedStatement | undefined> {
  const [found] = await db.query<ListedStatement>(oneStatement, [merchantId, id]);
  return found;
}

const waitingStatements = statement(
  'clearing.waitingStatements',
  `select s.id, p.number, p.answer_by as "answerBy", t.name
   from clearing.statement s
   join clearing.period p on p.merchant_id = s.merchant_id and p.id = s.period_id
   join merchants.store_view t on t.merchant_id = s.merchant_id and t.id = s.owner_id
   where s.merchant_id = $1 and s.closed_at is null and s.party = 'store' and s.state in ('drawn', 'answered')
     and ($2::uuid[] is null or s.owner_id = any($2))
   order by p.number, t.name limit $3`,
);

export type WaitingStatement = Pick<ListedStatement, 'id' | 'number' | 'answerBy'> & {
  readonly name: string;
};

/** Statements that stores have not confirmed or disputed, the oldest first. */
export function listWaiting(
  db: Db,
  merchantId: string,
  storeIds: readonly string[] | null,
  limit: number,
): Promise<WaitingStatement[]> {
  return db.query<WaitingStatement>(waitingStatements, [merchantId, storeIds, limit]);
}

const adjustmentsOf = statement(
  'clearing.adjustmentsOf',
  `select a.id, a.statement_id as "statementId", a.period_id as "periodId", a.owner_id as "ownerId",
     a.counterpart_id as "counterpartId", a.currency, a.amount, a.reason, a.seq, a.created_at as "createdAt",
     a.created_by as "createdBy"
   from clearing.adjustment a where a.merchant_id = $1 and a.statement_id = $2 order by a.id`,
);

/** Corrections of a statement, oldest first. */
export function readAdjustments(db: Db, merchantId: string, statementId: string): Promise<Adjustment[]> {
  return db.query<Adjustment>(adjustmentsOf, [merchantId, statementId]);
}

export type StatementPosting = {
  readonly seq: bigint;
  readonly line: number;
  readonly occurredAt: Date;
  readonly type: string;
  readonly counterpartId: string;
  readonly counterpartIsStore: boolean;
  readonly storeId: string | null;
  readonly currency: string;
  readonly column: ColumnName;
  readonly amount: bigint;
  readonly reference: string | null;
};

const selectPostings = statement(
  'clearing.postings',
  `with ${moved}
   select m.seq, m.line, v.occurred_at as "occurredAt", v.type, m.counterpart as "counterpartId",
     t.id is not null as "counterpartIsStore", v.store_id as "storeId", m.asset as currency, m.part as "column", m.amount,
     v.reference
   from moved m
   join ledger.activity_view v on v.merchant_id = $1 and v.seq = m.seq
   left join merchants.store_view t on t.merchant_id = $1 and t.id = m.counterpart::uuid
   where (m.seq, m.line) > ($5::bigint, $6::integer) and ($7::text is null or m.counterpart = $7)
     and ($8::text is null or m.asset = $8) and ($9::text is null or m.part = $9)
   order by m.seq, m.line limit $10`,
);

export type PostingFilter = {
  readonly after: { readonly seq: bigint; readonly line: bigint };
  readonly counterpartId: string | null;
  readonly currency: string | null;
  readonly column: ColumnName | null;
  readonly limit: number;
};

/** The postings behind the figures of a statement, in the order of the log. */
export function listPostings(
  db: Db,
  merchantId: string,
  { ownerId, fromSeq, toSeq }: Pick<ListedStatement, 'ownerId' | 'fromSeq' | 'toSeq'>,
  { after, counterpartId, currency, column, limit }: PostingFilter,
): Promise<StatementPosting[]> {
  return db.query<StatementPosting>(selectPostings, [
    ...[merchantId, [ownerId], fromSeq, toSeq, after.seq, after.line, counterpartId, currency, column, limit],
  ]);
}
