import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import type { Discount } from './discount.ts';
import { type Plan, plans, plansOfMerchant } from './plan/plan.ts';
import { membershipSql } from './term/store.ts';
import { type Standing, standingOf, standings } from './tier/standing.ts';
import { type Ladder, ladders, laddersOfMerchant, type Threshold, type Tier } from './tier/tier.ts';

const planColumns = `p.id, p.version, p.state, p.name_zh as "nameZh", p.name_en as "nameEn", p.span_count as "spanCount",
  p.span_unit as "spanUnit", p.currency, p.price, p.discount, p.grace_days as "graceDays",
  p.pause_days_max as "pauseDaysMax", p.created_at as "createdAt"`;
const everyPlan = statement(
  'memberships.plans',
  `select ${planColumns} from memberships.plan p where p.merchant_id = $1`,
);
const selectPlans = statement(
  'memberships.selectPlans',
  `select distinct on (p.id) ${planColumns} from memberships.plan p
   where p.merchant_id = $1 and ($2::uuid is null or p.id > $2) order by p.id, p.version desc limit $3`,
);
const insertPlans = statement(
  'memberships.insertPlans',
  `insert into memberships.plan (merchant_id, id, version, state, name_zh, name_en, span_count, span_unit, currency, price,
     discount, grace_days, pause_days_max, created_at)
   select $1, v.* from unnest($2::uuid[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::integer[], $8::text[],
     $9::text[], $10::bigint[], $11::jsonb[], $12::integer[], $13::integer[], $14::timestamptz[]) as v`,
);

type PlanRow = Omit<Plan, 'name' | 'span'> & {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly spanCount: number;
  readonly spanUnit: Plan['span']['unit'];
};

const planOfRow = ({ nameZh, nameEn, spanCount, spanUnit, ...plan }: PlanRow): Plan => ({
  ...plan,
  name: { zh: nameZh, en: nameEn },
  span: { count: spanCount, unit: spanUnit },
});

const planSql = entitySql<Plan>(plans, {
  insert: (db, merchantId, rows) =>
    db.execute(insertPlans, [
      merchantId,
      rows.map((p) => p.id),
      rows.map((p) => p.version),
      rows.map((p) => p.state),
      rows.map((p) => p.name.zh),
      rows.map((p) => p.name.en),
      rows.map((p) => p.span.count),
      rows.map((p) => p.span.unit),
      rows.map((p) => p.currency),
      rows.map((p) => p.price),
      rows.map((p) => JSON.stringify(p.discount)),
      rows.map((p) => p.graceDays),
      rows.map((p) => p.pauseDaysMax),
      rows.map((p) => p.createdAt),
    ]),
  finds: [[plansOfMerchant, async (db, m) => (await db.query<PlanRow>(everyPlan, [m])).map(planOfRow)]],
});

/** Plans as they are sold now, oldest first. */
export async function listPlans(db: Db, merchantId: string, after: string | null, limit: number) {
  return (await db.query<PlanRow>(selectPlans, [merchantId, after, limit])).map(planOfRow);
}

const ladderColumns = `l.number, l.currency, l.body, l.created_at as "createdAt"`;
const everyLadder = statement(
  'memberships.ladders',
  `select ${ladderColumns} from memberships.ladder l where l.merchant_id = $1 order by l.number desc limit 1`,
);
const selectLadders = statement(
  'memberships.selectLadders',
  `select ${ladderColumns} from memberships.ladder l
   where l.merchant_id = $1 and ($2::integer is null or l.number < $2) order by l.number desc limit $3`,
);
const insertLadders = statement(
  'memberships.insertLadders',
  `insert into memberships.ladder (merchant_id, number, currency, body, created_at)
   select $1, v.* from unnest($2::integer[], $3::text[], $4::jsonb[], $5::timestamptz[]) as v`,
);

// JSON has no bigint: thresholds are kept as text.
type Kept = { readonly spend: string | null; readonly points: string | null };
type KeptTier = Omit<Tier, 'entry' | 'keep' | 'discount'> & {
  readonly discount: Discount;
  readonly entry: Kept & { readonly planIds: readonly string[] };
  readonly keep: Kept;
};
type LadderRow = Pick<Ladder, 'number' | 'currency' | 'createdAt'> & {
  readonly body: Pick<Ladder, 'period' | 'downgrade'> & { readonly tiers: readonly KeptTier[] };
};

const amountIn = (text: string | null) => (text === null ? null : BigInt(text));
const kept = ({ spend, points }: Threshold): Kept => ({
  spend: spend === null ? null : String(spend),
  points: points === null ? null : String(points),
});
const thresholdOf = ({ spend, points }: Kept): Threshold => ({
  spend: amountIn(spend),
  points: amountIn(points),
});

const ladderOfRow = ({ number, currency, createdAt, body }: LadderRow): Ladder => ({
  number,
  currency,
  createdAt,
  period: body.period,
  downgrade: body.downgrade,
  tiers: body.tiers.map((tier) => ({
    ...tier,
    entry: { ...thresholdOf(tier.entry), planIds: tier.entry.planIds },
    keep: thresholdOf(tier.keep),
  })),
});

function bodyOf({ period, downgrade, tiers }: Ladder): string {
  const all = tiers.map((tier) => ({
    ...tier,
    entry: { ...kept(tier.entry), planIds: tier.entry.planIds },
    keep: kept(tier.keep),
  }));
  return JSON.stringify({ period, downgrade, tiers: all });
}

const ladderSql = entitySql<Ladder>(ladders, {
  insert: (db, merchantId, rows) =>
    db.execute(insertLadders, [
      merchantId,
      rows.map((l) => l.number),
      rows.map((l) => l.currency),
      rows.map(bodyOf),
      rows.map((l) => l.createdAt),
    ]),
  finds: [
    [laddersOfMerchant, async (db, m) => (await db.query<LadderRow>(everyLadder, [m])).map(ladderOfRow)],
  ],
});

/** Versions of the tiers, the newest first, before this number. */
export async function listLadders(db: Db, merchantId: string, before: number | null, limit: number) {
  return (await db.query<LadderRow>(selectLadders, [merchantId, before, limit])).map(ladderOfRow);
}

const standingColumns = `s.member_id as "memberId", s.start_tier as "startTier", s.period_start as "periodStart",
  s.period_end as "periodEnd", s.spent, s.points, s.given_tier as "givenTier", s.given_until as "givenUntil", s.visits,
  s.last_visit_at as "lastVisitAt", s.revision`;
const standingsOfMembers = statement(
  'memberships.standings',
  `select ${standingColumns} from memberships.standing s where s.merchant_id = $1 and s.member_id = any($2::uuid[])`,
);
const insertStandings = statement(
  'memberships.insertStandings',
  `insert into memberships.standing (merchant_id, member_id, start_tier, period_start, period_end, spent, points, given_tier,
     given_until, visits, last_visit_at, revision)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::bigint[], $7::bigint[],
     $8::text[], $9::timestamptz[], $10::integer[], $11::timestamptz[], $12::integer[]) as v`,
);
const updateStandings = guarded(
  'memberships.updateStandings',
  `update memberships.standing s set start_tier = v.start_tier, period_start = v.period_start, period_end = v.period_end,
     spent = v.spent, points = v.points, given_tier = v.given_tier, given_until = v.given_until, visits = v.visits,
     last_visit_at = v.last_visit_at, revision = v.revision
   from unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::bigint[], $7::bigint[], $8::text[],
     $9::timestamptz[], $10::integer[], $11::timestamptz[], $12::integer[], $13::integer[])
     as v(member_id, start_tier, period_start, period_end, spent, points, given_tier, given_until, visits, last_visit_at,
       revision, revision_was)
   where s.merchant_id = $1 and s.member_id = v.member_id and s.revision = v.revision_was`,
  'the standing of a member is not as judged',
);

const standingParams = (rows: readonly Standing[]) => [
  rows.map((s) => s.memberId),
  rows.map((s) => s.startTier),
  rows.map((s) => s.periodStart),
  rows.map((s) => s.periodEnd),
  rows.map((s) => s.spent),
  rows.map((s) => s.points),
  rows.map((s) => s.givenTier),
  rows.map((s) => s.givenUntil),
  rows.map((s) => s.visits),
  rows.map((s) => s.lastVisitAt),
  rows.map((s) => s.revision),
];

const standingSql = entitySql<Standing>(standings, {
  insert: (db, merchantId, rows) => db.execute(insertStandings, [merchantId, ...standingParams(rows)]),
  update: (db, merchantId, updates) =>
    db.execute(updateStandings, [
      merchantId,
      ...standingParams(updates.map(({ to }) => to)),
      updates.map(({ from }) => from.revision),
      updates.length,
    ]),
  finds: [[standingOf, standingsOfMembers]],
});

/** The tables of memberships for the executor. */
export const membershipsSql = [planSql, ladderSql, membershipSql, standingSql];
