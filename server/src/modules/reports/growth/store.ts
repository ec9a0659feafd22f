import { type Db, statement } from '../../../platform/db/statement.ts';
import type { Stretch } from '../../ledger/index.ts';
import { periods, type Range, startOf } from '../figures/store.ts';

const counts = {
  joined: `a.type = 'member.enrolled' or (a.type = 'member.imported' and (a.details::json ->> 'isNew')::boolean)`,
  gone: `a.type in ('member.erased', 'member.merged_away')`,
  memberships: `a.type = 'membership.joined'`,
  renewals: `a.type in ('membership.renewed', 'membership.upgraded')`,
  visits: `a.type = 'purchase.made' and a.subject_id is not null`,
} as const;
const columns = Object.keys(counts);

const addDays = statement(
  'reports.addMemberDays',
  `insert into reports.member_day as d (merchant_id, day, store_id, ${columns.join(', ')})
   select $1, (a.occurred_at at time zone z.timezone)::date, coalesce(a.store_id, $1),
     ${Object.values(counts)
       .map((of) => `count(*) filter (where ${of})`)
       .join(', ')}
   from ledger.activity_view a join merchants.merchant_view z on z.merchant_id = $1
   where a.merchant_id = $1 and a.seq > $2 and a.seq <= $3 and a.type in ('member.enrolled', 'member.imported', 'member.erased',
     'member.merged_away', 'membership.joined', 'membership.renewed', 'membership.upgraded', 'purchase.made')
   group by 2, 3
   on conflict (merchant_id, day, store_id)
   do update set ${columns.map((column) => `${column} = d.${column} + excluded.${column}`).join(', ')}`,
);

/** Adds up who came, went and was there in a stretch of the log, by days. */
export async function addMembers(db: Db, { merchantId, after, until }: Stretch): Promise<void> {
  await db.execute(addDays, [merchantId, after, until]);
}

export type MemberPoint = Readonly<Record<keyof typeof counts | 'members', bigint>> & {
  /** The last day of the period that is within the range. */
  readonly day: string;
};

const selectSeries = statement(
  'reports.memberSeries',
  `with changes as (
     select ${startOf},
       ${columns.map((column) => `sum(d.${column}) as ${column}`).join(', ')}
     from reports.member_day d
     where d.merchant_id = $1 and d.day <= $3::date and ($4::uuid[] is null or d.store_id = any($4))
     group by 1),
   ${periods}
   select p.until::text as day, ${columns.map((column) => `coalesce(x.${column}, 0)::bigint as ${column}`).join(', ')},
     (coalesce((select b.joined - b.gone from changes b where b.start is null), 0)
       + coalesce(sum(x.joined - x.gone) over (order by p.start), 0))::bigint as members
   from periods p left join changes x on x.start = p.start
   order by p.start`,
);

/** How many members there were at the end of each period, and who came, went and was there in it. */
export function memberSeries(
  db: Db,
  merchantId: string,
  { from, to, storeIds }: Range,
  by: 'day' | 'week' | 'month',
): Promise<MemberPoint[]> {
  return db.query<MemberPoint>(selectSeries, [merchantId, from, to, storeIds, by]);
}
