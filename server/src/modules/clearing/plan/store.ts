import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import { type DrawingPlan, drawingPlans, planOfMerchant, type Rhythm, type Standing } from './plan.ts';

const selectPlan = statement(
  'clearing.plan',
  `select p.every, p.answer_days as "answerDays", p.since, p.revision from clearing.plan p where p.merchant_id = $1`,
);
const insertPlans = statement(
  'clearing.insertPlans',
  `insert into clearing.plan (merchant_id, every, answer_days, since, revision)
   select $1, v.* from unnest($2::text[], $3::integer[], $4::timestamptz[], $5::integer[]) as v`,
);
const updatePlans = guarded(
  'clearing.updatePlans',
  `update clearing.plan p set every = v.every, answer_days = v.answer_days, since = v.since, revision = v.revision
   from unnest($2::text[], $3::integer[], $4::timestamptz[], $5::integer[], $6::integer[])
     as v(every, answer_days, since, revision, revision_was)
   where p.merchant_id = $1 and p.revision = v.revision_was`,
  'the plan of settlement periods is not as it was judged',
);
const values = (rows: readonly DrawingPlan[]) => [
  rows.map((p) => p.every),
  rows.map((p) => p.answerDays),
  rows.map((p) => p.since),
  rows.map((p) => p.revision),
];

/** The table of plans for the executor. */
export const plansSql = [
  entitySql<DrawingPlan>(drawingPlans, {
    insert: (db, merchantId, rows) => db.execute(insertPlans, [merchantId, ...values(rows)]),
    update: (db, merchantId, updates) =>
      db.execute(updatePlans, [
        merchantId,
        ...values(updates.map(({ to }) => to)),
        updates.map(({ from }) => from.revision),
        updates.length,
      ]),
    finds: [[planOfMerchant, (db, m) => db.query<DrawingPlan>(selectPlan, [m])]],
  }),
];

const selectStandings = statement(
  'clearing.standings',
  `select p.merchant_id as "merchantId", p.every, p.since, m.timezone as zone, l.covers_until as "coveredUntil",
     a.occurred_at as "openSince"
   from clearing.plan p
   join merchants.merchant_view m on m.merchant_id = p.merchant_id
   left join lateral (
     select d.covers_until, d.to_seq from clearing.period d where d.merchant_id = p.merchant_id
     order by d.number desc limit 1) l on true
   left join ledger.activity_view a on a.merchant_id = p.merchant_id and a.seq = coalesce(l.to_seq, 1)
   where p.every <> 'hand'
   order by p.merchant_id`,
);

type Stored = {
  readonly merchantId: string;
  readonly every: Rhythm;
  readonly since: Date;
  readonly zone: string;
  readonly coveredUntil: Date | null;
  readonly openSince: Date | null;
};

/** Where each merchant stands whose periods end by themselves. */
export async function standings(db: Db): Promise<readonly (Standing & { readonly merchantId: string })[]> {
  const rows = await db.query<Stored>(selectStandings, []);
  return rows.map(({ merchantId, every, since, zone, coveredUntil, openSince }) => ({
    ...{ merchantId, plan: { every, since }, zone },
    ...{ coveredUntil: coveredUntil ?? undefined, openSince: openSince ?? undefined },
  }));
}
