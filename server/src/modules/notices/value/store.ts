import { type Db, statement } from '../../../platform/db/statement.ts';
import { marks } from '../reminders/mark.ts';
import { lastMark } from '../reminders/store.ts';

/** Where a walk over what ends goes on: one merchant's after the other's, then by member and by end. */
export type Place = {
  readonly merchantId: string;
  readonly memberId: string;
  readonly usableUntil: Date;
};

/** What of a member's wallet ends at one moment. */
export type EndingValue = Place & {
  readonly currency: string;
  readonly amount: bigint;
  /** By which it is told once: who, what ends when, and which mark it has passed last. */
  readonly occasion: string;
};

const ending = `l.owner_id as "memberId", l.usable_until as "usableUntil", l.asset as currency,
  sum(l.balance)::bigint as amount`;
const about = `'value|' || l.owner_id || '|' || (extract(epoch from l.usable_until) * 1000)::bigint || '|'`;
const selectEnding = statement(
  'notices.endingValue',
  `-- all merchants: one job reminds for all
   select e.* from (
     select l.merchant_id as "merchantId", ${ending},
       ${about} || ${lastMark('l.usable_until', '$1', '$6')} as occasion
     from ledger.wallet_lot_view l
     where l.usable_until > $1 and l.usable_until <= $2 and (l.merchant_id, l.owner_id, l.usable_until) > ($3, $4, $5)
       and l.state = 'open'
     group by l.merchant_id, l.owner_id, l.usable_until, l.asset having sum(l.balance) > 0) e
   where not exists (
     select 1 from notices.notice n where n.merchant_id = e."merchantId" and n.occasion = e.occasion)
   order by e."merchantId", e."memberId", e."usableUntil" limit $7`,
);

/** What ends on members' wallets within a span and was not told of since its last mark, after a place. Run it for all merchants. */
export function endingValue(db: Db, from: Date, to: Date, after: Place, limit: number) {
  const { merchantId, memberId, usableUntil } = after;
  const place = [merchantId, memberId, usableUntil];
  return db.query<EndingValue>(selectEnding, [from, to, ...place, marks, limit]);
}

const selectFallen = statement(
  'notices.fallenWallets',
  `-- all merchants: one job tells for all
   select a.merchant_id as "merchantId", a.seq, a.subject_id as "memberId", a.details::json->>'currency' as currency,
     (a.details::json->>'balance')::bigint as balance
   from ledger.activity_view a
   where a.type = 'wallet.balance_low' and a.occurred_at > $1
     and not exists (
       select 1 from notices.notice n where n.merchant_id = a.merchant_id and n.occasion = 'wallet|' || a.seq)
   order by a.merchant_id, a.seq limit $2`,
);

/** A crossing of the low mark, as the log has it. */
export type FallenWallet = {
  readonly merchantId: string;
  readonly seq: bigint;
  readonly memberId: string;
  readonly currency: string;
  readonly balance: bigint;
};

/** Wallets that went below the merchant's mark after a time, whose members have not been told. Run it for all merchants. */
export function fallenWallets(db: Db, after: Date, limit: number): Promise<FallenWallet[]> {
  return db.query<FallenWallet>(selectFallen, [after, limit]);
}

/** Whether a lot can be spent at `$2`. */
const spendable = (lot: string) => `(${lot}.usable_until is null or ${lot}.usable_until > $2)
         and (${lot}.usable_from is null or ${lot}.usable_from <= $2) and ${lot}.state <> 'closed'`;
const told = (event: 'wallet_low' | 'value_expiring', about = '') => `
  (select max(n.created_at) from notices.notice n
   where n.merchant_id = $1 and n.member_id = d."memberId" and n.event = '${event}'${about})`;
const selectDueEnds = statement(
  'notices.dueEnds',
  `select d.*, m.remind_expiry as "wants", ${told('value_expiring', ` and n.occasion like d.about || '%'`)} as "toldAt",
     (select coalesce(sum(w.balance - w.held), 0)::bigint from ledger.wallet_lot_view w
      where w.merchant_id = $1 and w.owner_id = d."memberId" and w.asset = d.currency and ${spendable('w')}) as total
   from (
     select ${ending}, ${about} as about
     from ledger.wallet_lot_view l
     where l.merchant_id = $1 and l.usable_until > $2 and l.usable_until <= $3 and l.state = 'open'
     group by l.owner_id, l.usable_until, l.asset having sum(l.balance) > 0) d
   join members.member_view m on m.merchant_id = $1 and m.id = d."memberId"
   where $4::timestamptz is null or (d."usableUntil", d."memberId") > ($4, $5::uuid)
   order by d."usableUntil", d."memberId" limit $6`,
);

/** What a member is to be told, whether they want to be, and when they were told last. */
type Due = { readonly memberId: string; readonly wants: boolean; readonly toldAt: Date | null };
export type DueEnd = Due & {
  readonly usableUntil: Date;
  readonly currency: string;
  readonly amount: bigint;
  /** What can be spent of the whole wallet. */
  readonly total: bigint;
};
type After = { readonly at: Date; readonly memberId: string };

/** What ends on a merchant's wallets within a span, the soonest first. */
export function dueEnds(
  db: Db,
  merchantId: string,
  span: { from: Date; to: Date },
  after: After | null,
  limit: number,
) {
  const place = after === null ? [null, null] : [after.at, after.memberId];
  return db.query<DueEnd>(selectDueEnds, [merchantId, span.from, span.to, ...place, limit]);
}

const selectDueLow = statement(
  'notices.dueLow',
  `select d.*, m.remind_low as "wants", ${told('wallet_low')} as "toldAt"
   from (
     select l.owner_id as "memberId", l.asset as currency, p.low_below as "lowBelow",
       coalesce(sum(l.balance - l.held) filter (where ${spendable('l')}), 0)::bigint as balance
     from wallets.policy_view p
     join ledger.wallet_lot_view l on l.merchant_id = p.merchant_id
     where p.merchant_id = $1 and p.low_below is not null and ($3::uuid is null or l.owner_id < $3)
     group by l.owner_id, l.asset, p.low_below) d
   join members.member_view m on m.merchant_id = $1 and m.id = d."memberId"
   where d.balance < d."lowBelow"
   order by d."memberId" desc limit $4`,
);
export type DueLow = Due & {
  readonly currency: string;
  readonly balance: bigint;
  readonly lowBelow: bigint;
};

/** Wallets below the merchant's mark, who was enrolled last first, before a member. */
export function dueLow(db: Db, merchantId: string, now: Date, before: string | null, limit: number) {
  return db.query<DueLow>(selectDueLow, [merchantId, now, before, limit]);
}
