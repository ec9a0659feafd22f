import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import {
  type Coupon,
  couponById,
  coupons,
  couponsHeldBy,
  couponsOfSource,
  type shownStates,
} from './coupon/coupon.ts';
import { type CouponTemplate, couponTemplateById, couponTemplates } from './template/template.ts';

const templateColumns = `t.id, t.name, t.currency, t.terms, t.issue_max as "issueMax", t.state, t.ends_at as "endsAt",
  t.created_at as "createdAt", t.ended_at as "endedAt"`;
const templatesById = statement(
  'coupons.templatesById',
  `select ${templateColumns} from coupons.template t where t.merchant_id = $1 and t.id = any($2::uuid[])`,
);
const insertTemplates = statement(
  'coupons.insertTemplates',
  `insert into coupons.template (merchant_id, id, name, currency, terms, issue_max, state, ends_at, created_at, ended_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::text[], $5::jsonb[], $6::bigint[], $7::text[], $8::timestamptz[],
     $9::timestamptz[], $10::timestamptz[]) as v`,
);
const updateTemplates = guarded(
  'coupons.updateTemplates',
  `update coupons.template t set state = v.state, ended_at = v.ended_at
   from unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::text[]) as v(id, state, ended_at, was)
   where t.merchant_id = $1 and t.id = v.id and t.state = v.was`,
  'a coupon template is not as it was judged',
);

const templateSql = entitySql<CouponTemplate>(couponTemplates, {
  insert: (db, merchantId, rows) =>
    db.execute(insertTemplates, [
      merchantId,
      rows.map((t) => t.id),
      rows.map((t) => t.name),
      rows.map((t) => t.currency),
      rows.map((t) => JSON.stringify(t.terms)),
      rows.map((t) => t.issueMax),
      rows.map((t) => t.state),
      rows.map((t) => t.endsAt),
      rows.map((t) => t.createdAt),
      rows.map((t) => t.endedAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateTemplates, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.state),
      updates.map(({ to }) => to.endedAt),
      updates.map(({ from }) => from.state),
      updates.length,
    ]),
  finds: [[couponTemplateById, templatesById]],
});

const couponColumns = `c.id, c.template_id as "templateId", c.member_id as "memberId", c.cause, c.source_id as "sourceId",
  c.state, c.usable_from as "usableFrom", c.usable_until as "usableUntil", c.used_seq as "usedSeq",
  c.created_at as "createdAt", c.ended_at as "endedAt", c.revision`;
// There may be millions: `limit` makes the planner walk from the keys by the index, as in the store of the ledger.
const ids = '(select id from unnest($2::uuid[]) as k(id) limit cardinality($2::uuid[])) k';
const couponsById = statement(
  'coupons.couponsById',
  `select ${couponColumns} from ${ids} join coupons.coupon c on c.merchant_id = $1 and c.id = k.id`,
);
const heldByMembers = statement(
  'coupons.heldByMembers',
  `select ${couponColumns} from ${ids}
   join coupons.coupon c on c.merchant_id = $1 and c.member_id = k.id and c.state = 'held'`,
);
const ofSources = statement(
  'coupons.ofSources',
  `select ${couponColumns} from ${ids} join coupons.coupon c on c.merchant_id = $1 and c.source_id = k.id`,
);
const insertCoupons = statement(
  'coupons.insertCoupons',
  `insert into coupons.coupon (merchant_id, id, template_id, member_id, cause, source_id, state, usable_from, usable_until,
     used_seq, created_at, ended_at, revision)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::timestamptz[],
     $9::timestamptz[], $10::bigint[], $11::timestamptz[], $12::timestamptz[], $13::integer[]) as v`,
);
const updateCoupons = guarded(
  'coupons.updateCoupons',
  `update coupons.coupon c set member_id = v.member_id, state = v.state, used_seq = v.used_seq, ended_at = v.ended_at,
     revision = v.revision
   from (select id, member_id, state, used_seq, ended_at, revision, was
     from unnest($2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::timestamptz[], $7::integer[], $8::integer[])
       as v(id, member_id, state, used_seq, ended_at, revision, was)
     limit cardinality($2::uuid[])) v
   where c.merchant_id = $1 and c.id = v.id and c.revision = v.was`,
  'a coupon is not as it was judged',
);

const couponSql = entitySql<Coupon>(coupons, {
  insert: (db, merchantId, rows) =>
    db.execute(insertCoupons, [
      merchantId,
      rows.map((c) => c.id),
      rows.map((c) => c.templateId),
      rows.map((c) => c.memberId),
      rows.map((c) => c.cause),
      rows.map((c) => c.sourceId),
      rows.map((c) => c.state),
      rows.map((c) => c.usableFrom),
      rows.map((c) => c.usableUntil),
      rows.map((c) => c.usedSeq),
      rows.map((c) => c.createdAt),
      rows.map((c) => c.endedAt),
      rows.map((c) => c.revision),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateCoupons, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.memberId),
      updates.map(({ to }) => to.state),
      updates.map(({ to }) => to.usedSeq),
      updates.map(({ to }) => to.endedAt),
      updates.map(({ to }) => to.revision),
      updates.map(({ from }) => from.revision),
      updates.length,
    ]),
  finds: [
    [couponById, couponsById],
    [couponsHeldBy, heldByMembers],
    [couponsOfSource, ofSources],
  ],
});

/** The tables of coupons for the executor. */
export const couponsSql = [templateSql, couponSql];

const selectTemplates = statement(
  'coupons.selectTemplates',
  `select ${templateColumns} from coupons.template t
   where t.merchant_id = $1 and ($2::uuid is null or t.id < $2)
     and ($4::text is null or (t.state = 'ended' or coalesce(t.ends_at <= $5, false)) = ($4 = 'ended'))
   order by t.id desc limit $3`,
);

type TemplateFilter = {
  readonly before: string | null;
  readonly limit: number;
  readonly state: CouponTemplate['state'] | null;
};

/** Templates, the newest first; one whose last day is over counts as ended. */
export function listTemplates(
  db: Db,
  merchantId: string,
  { before, limit, state }: TemplateFilter,
  now: Date,
): Promise<CouponTemplate[]> {
  return db.query<CouponTemplate>(selectTemplates, [merchantId, before, limit, state, now]);
}

const selectCoupons = statement(
  'coupons.selectCoupons',
  `select ${couponColumns} from coupons.coupon c
   where c.merchant_id = $1 and ($2::uuid is null or c.id < $2) and ($4::uuid[] is null or c.member_id = any($4))
     and ($5::uuid is null or c.template_id = $5)
     and ($6::text is null or $6 = case
       when c.state <> 'held' then c.state
       when c.usable_until <= $7 then 'lapsed'
       when c.usable_from > $7 then 'waiting'
       else 'usable' end)
   order by c.id desc limit $3`,
);

export type CouponFilter = {
  readonly before: string | null;
  readonly limit: number;
  /** The records of one member; null: of all. */
  readonly memberIds: readonly string[] | null;
  readonly templateId: string | null;
  readonly state: (typeof shownStates)[number] | null;
};

/** Coupons, the newest first. */
export function listCoupons(
  db: Db,
  merchantId: string,
  { before, limit, memberIds, templateId, state }: CouponFilter,
  now: Date,
): Promise<Coupon[]> {
  return db.query<Coupon>(selectCoupons, [merchantId, before, limit, memberIds, templateId, state, now]);
}

const selectLapsed = statement(
  'coupons.lapsed',
  `-- all merchants: the job that sweeps what has ended works for each
   select c.merchant_id as "merchantId", c.id as "couponId" from coupons.coupon c
   where c.state = 'held' and c.usable_until <= $1 order by c.usable_until limit $2`,
);

/** Coupons that have ended and were not swept yet. */
export function lapsedCoupons(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ merchantId: string; couponId: string }[]> {
  return db.query(selectLapsed, [now, limit]);
}
