import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import {
  type Membership,
  type MembershipState,
  membershipById,
  memberships,
  membershipsOfMember,
} from './membership.ts';

// What was paid for at none of the stores bears the merchant's own id, as balances that no store answers for do.
const columns = `m.id, m.member_id as "memberId", m.plan_id as "planId", m.plan_version as "planVersion",
  nullif(m.store_id, m.merchant_id) as "storeId", m.currency, m.paid, m.paid_from as "paidFrom", m.first_day as "firstDay",
  m.last_day as "lastDay", m.anchor, m.starts_at as "startsAt", m.valid_until as "validUntil",
  m.grace_until as "graceUntil", m.paused_from as "pausedFrom", m.paused_until as "pausedUntil",
  m.paused_days as "pausedDays", m.cancelled_at as "cancelledAt", m.payers, m.revision, m.created_at as "createdAt"`;
const byId = statement(
  'memberships.membershipsById',
  `select ${columns} from memberships.membership m where m.merchant_id = $1 and m.id = any($2::uuid[])`,
);
const ofMembers = statement(
  'memberships.membershipsOfMembers',
  `select ${columns} from memberships.membership m where m.merchant_id = $1 and m.member_id = any($2::uuid[])`,
);
const insertMemberships = statement(
  'memberships.insertMemberships',
  `insert into memberships.membership (merchant_id, id, member_id, plan_id, plan_version, store_id, currency, paid, paid_from,
     first_day, last_day, anchor, starts_at, valid_until, grace_until, paused_from, paused_until, paused_days, cancelled_at,
     payers, revision, created_at)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::integer[], $6::uuid[], $7::text[], $8::bigint[],
     $9::date[], $10::date[], $11::date[], $12::smallint[], $13::timestamptz[], $14::timestamptz[], $15::timestamptz[],
     $16::timestamptz[], $17::timestamptz[], $18::integer[], $19::timestamptz[], $20::jsonb[], $21::integer[], $22::timestamptz[]) as v`,
);
const updateMemberships = guarded(
  'memberships.updateMemberships',
  `update memberships.membership m set plan_id = v.plan_id, plan_version = v.plan_version, store_id = v.store_id,
     paid = v.paid, paid_from = v.paid_from, last_day = v.last_day, anchor = v.anchor, valid_until = v.valid_until,
     grace_until = v.grace_until, paused_from = v.paused_from, paused_until = v.paused_until, paused_days = v.paused_days,
     cancelled_at = v.cancelled_at, payers = v.payers, member_id = v.member_id, revision = v.revision
   from unnest($2::uuid[], $3::uuid[], $4::integer[], $5::uuid[], $6::bigint[], $7::date[], $8::date[], $9::smallint[],
     $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::integer[], $15::timestamptz[],
     $16::jsonb[], $17::uuid[], $18::integer[], $19::integer[])
     as v(id, plan_id, plan_version, store_id, paid, paid_from, last_day, anchor, valid_until, grace_until, paused_from,
       paused_until, paused_days, cancelled_at, payers, member_id, revision, revision_was)
   where m.merchant_id = $1 and m.id = v.id and m.revision = v.revision_was`,
  'a membership is not as judged',
);

/** The table for the executor. */
export const membershipSql = entitySql<Membership>(memberships, {
  insert: (db, merchantId, rows) =>
    db.execute(insertMemberships, [
      merchantId,
      rows.map((m) => m.id),
      rows.map((m) => m.memberId),
      rows.map((m) => m.planId),
      rows.map((m) => m.planVersion),
      rows.map((m) => m.storeId ?? merchantId),
      rows.map((m) => m.currency),
      rows.map((m) => m.paid),
      rows.map((m) => m.paidFrom),
      rows.map((m) => m.firstDay),
      rows.map((m) => m.lastDay),
      rows.map((m) => m.anchor),
      rows.map((m) => m.startsAt),
      rows.map((m) => m.validUntil),
      rows.map((m) => m.graceUntil),
      rows.map((m) => m.pausedFrom),
      rows.map((m) => m.pausedUntil),
      rows.map((m) => m.pausedDays),
      rows.map((m) => m.cancelledAt),
      rows.map((m) => JSON.stringify(m.payers)),
      rows.map((m) => m.revision),
      rows.map((m) => m.createdAt),
    ]),
  update: (db, merchantId, updates) => {
    const to = updates.map((update) => update.to);
    return db.execute(updateMemberships, [
      merchantId,
      to.map((m) => m.id),
      to.map((m) => m.planId),
      to.map((m) => m.planVersion),
      to.map((m) => m.storeId ?? merchantId),
      to.map((m) => m.paid),
      to.map((m) => m.paidFrom),
      to.map((m) => m.lastDay),
      to.map((m) => m.anchor),
      to.map((m) => m.validUntil),
      to.map((m) => m.graceUntil),
      to.map((m) => m.pausedFrom),
      to.map((m) => m.pausedUntil),
      to.map((m) => m.pausedDays),
      to.map((m) => m.cancelledAt),
      to.map((m) => JSON.stringify(m.payers)),
      to.map((m) => m.memberId),
      to.map((m) => m.revision),
      updates.map(({ from }) => from.revision),
      updates.length,
    ]);
  },
  finds: [
    [membershipById, byId],
    [membershipsOfMember, ofMembers],
  ],
});

const selectMemberships = statement(
  'memberships.selectMemberships',
  `select ${columns} from memberships.membership m
   where m.merchant_id = $1 and ($2::uuid is null or m.id < $2) and ($4::uuid is null or m.member_id = $4)
     and ($5::uuid is null or m.plan_id = $5)
     and ($6::text is null or $6 = case
       when m.cancelled_at is not null then 'cancelled'
       when $7::timestamptz >= m.grace_until then 'ended'
       when $7 >= m.valid_until then 'grace'
       when $7 >= m.paused_from and $7 < m.paused_until then 'paused'
       when $7 < m.starts_at then 'scheduled'
       else 'active' end)
   order by m.id desc limit $3`,
);

export type MembershipFilter = {
  readonly after: string | null;
  readonly limit: number;
  readonly memberId: string | null;
  readonly planId: string | null;
  readonly state: MembershipState | null;
};

/** Memberships, the newest first. */
export function listMemberships(db: Db, merchantId: string, filter: MembershipFilter, now: Date) {
  const { after, limit, memberId, planId, state } = filter;
  return db.query<Membership>(selectMemberships, [merchantId, after, limit, memberId, planId, state, now]);
}
