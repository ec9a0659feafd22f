import { type Db, statement } from '../../../platform/db/statement.ts';
import { marks } from '../reminders/mark.ts';
import { lastMark } from '../reminders/store.ts';

// Only what a member has last of all counts: who has bought on is not reminded of what went before.
const current = `
  from memberships.membership_view t
  join members.member_view m on m.merchant_id = t.merchant_id and m.id = t.member_id
  where t.valid_until > $1 and t.valid_until <= $2 and t.cancelled_at is null
    and not exists (
      select 1 from memberships.membership_view l
      where l.merchant_id = t.merchant_id and l.member_id = t.member_id and l.cancelled_at is null
        and l.valid_until > t.valid_until)`;
const about = `'membership|' || t.id || '|' || (extract(epoch from t.valid_until) * 1000)::bigint || '|'`;

const selectEnding = statement(
  'notices.endingMemberships',
  `-- all merchants: one job reminds for all
   select e.* from (
     select t.merchant_id as "merchantId", t.id, t.member_id as "memberId", t.valid_until as "validUntil",
       ${about} || ${lastMark('t.valid_until', '$1', '$3')} as occasion
     ${current} and m.remind_expiry and (t.merchant_id, t.id) > ($4, $5)) e
   where not exists (
     select 1 from notices.notice n where n.merchant_id = e."merchantId" and n.occasion = e.occasion)
   order by e."merchantId", e.id limit $6`,
);

/** Where a walk over all memberships goes on. */
export type Place = { readonly merchantId: string; readonly id: string };
export type EndingMembership = Place & {
  readonly memberId: string;
  readonly validUntil: Date;
  /** By which it is told once: which membership ends when, and which mark it has passed last. */
  readonly occasion: string;
};

/** Memberships that end within a span and were not told of since their last mark, after a place. Run it for all merchants. */
export function endingMemberships(db: Db, from: Date, to: Date, after: Place, limit: number) {
  return db.query<EndingMembership>(selectEnding, [from, to, marks, after.merchantId, after.id, limit]);
}

const selectDue = statement(
  'notices.dueMemberships',
  `select d.*, (select max(n.created_at) from notices.notice n
     where n.merchant_id = $3 and n.member_id = d."memberId" and n.event = 'membership_expiring'
       and n.occasion like d.about || '%') as "toldAt"
   from (
     select t.member_id as "memberId", t.valid_until as "validUntil", m.remind_expiry as wants, ${about} as about
     ${current} and t.merchant_id = $3) d
   where $4::timestamptz is null or (d."validUntil", d."memberId") > ($4, $5::uuid)
   order by d."validUntil", d."memberId" limit $6`,
);

export type DueMembership = {
  readonly memberId: string;
  readonly validUntil: Date;
  readonly wants: boolean;
  readonly toldAt: Date | null;
};
type Span = { readonly from: Date; readonly to: Date };
type After = { readonly at: Date; readonly memberId: string };

/** Whose membership ends within a span, the soonest first. */
export function dueMemberships(db: Db, merchantId: string, span: Span, after: After | null, limit: number) {
  const place = after === null ? [null, null] : [after.at, after.memberId];
  return db.query<DueMembership>(selectDue, [span.from, span.to, merchantId, ...place, limit]);
}
