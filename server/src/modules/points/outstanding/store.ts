import { type Db, statement } from '../../../platform/db/statement.ts';

// Of each account at the merchant's end the last posting before an entry of the log, found by halving what is left of them:
// some twenty looks, however many points have come and gone.
const selectOutstanding = statement(
  'points.outstanding',
  `with recursive wanted as (
     select w.before_seq, w.place from unnest($2::bigint[]) with ordinality as w(before_seq, place)),
   search(place, before_seq, account_id, low, high) as (
     select w.place, w.before_seq, a.id, 0::bigint, last.account_seq + 1
     from wanted w
     join ledger.account_view a on a.merchant_id = $1 and a.owner_id = $1 and a.purpose = 'points_issue'
     cross join lateral (
       select p.account_seq from ledger.owner_posting_view p where p.merchant_id = $1 and p.account_id = a.id
       order by p.account_seq desc limit 1) last
     union all
     select s.place, s.before_seq, s.account_id, case when p.activity_seq < s.before_seq then p.account_seq else s.low end,
       case when p.activity_seq < s.before_seq then s.high else p.account_seq end
     from search s cross join lateral (
       -- One look at a time; without the limit it is taken for a join of two tables.
       select p.account_seq, p.activity_seq from ledger.owner_posting_view p
       where p.merchant_id = $1 and p.account_id = s.account_id and p.account_seq = (s.low + s.high) / 2 limit 1) p
     where s.high - s.low > 1),
   found as (select place, account_id, max(low) as account_seq from search group by place, account_id)
   select w.place, coalesce(-sum(p.balance_after), 0)::bigint as points
   from wanted w
   left join found f on f.place = w.place
   left join ledger.owner_posting_view p on p.merchant_id = $1 and p.account_id = f.account_id and p.account_seq = f.account_seq
   group by w.place order by w.place`,
);

/** How many points members had before each of these entries of the log, less what they owed: what the merchant's end says. */
export async function outstandingBefore(
  db: Db,
  merchantId: string,
  seqs: readonly bigint[],
): Promise<readonly bigint[]> {
  const rows = await db.query<{ points: bigint }>(selectOutstanding, [merchantId, seqs]);
  return rows.map(({ points }) => points);
}

const selectEnding = statement(
  'points.ending',
  `select b.place, coalesce(sum(l.balance), 0)::bigint as points
   from unnest($2::timestamptz[], $3::timestamptz[]) with ordinality as b(after, until, place)
   left join ledger.points_lot_view l on l.merchant_id = $1 and l.usable_until > b.after and l.usable_until <= b.until
   group by b.place order by b.place`,
);

/** How many points end after the first instant, up to the second and so on; before the first of all, and after the last. */
export async function endingBetween(
  db: Db,
  merchantId: string,
  bounds: readonly Date[],
): Promise<readonly bigint[]> {
  const texts = bounds.map((bound) => bound.toISOString());
  const rows = await db.query<{ points: bigint }>(selectEnding, [
    merchantId,
    ['-infinity', ...texts],
    [...texts, 'infinity'],
  ]);
  return rows.map(({ points }) => points);
}
