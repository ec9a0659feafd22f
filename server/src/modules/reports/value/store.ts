import { type Db, statement } from '../../../platform/db/statement.ts';
import type { Range } from '../figures/store.ts';

const whats = ['loaded', 'bonus', 'spent', 'refunded', 'expired', 'adjusted', 'transferred'] as const;
const columns = [...whats, 'principal', 'given'];

export type ValuePoint = Readonly<Record<(typeof whats)[number] | 'principal' | 'given', bigint>> & {
  readonly currency: string;
  /** The last day of the period that is within the range. */
  readonly day: string;
};

const ended = (column: string) =>
  `(coalesce((select sum(b.${column}) from changes b where b.currency = c.currency and b.start is null), 0)
     + coalesce(sum(x.${column}) over (partition by c.currency order by p.start), 0))::bigint as ${column}`;

const selectSeries = statement(
  'reports.valueSeries',
  `with changes as (
     select d.currency, case when d.day >= $2::date then date_trunc($5, d.day::timestamp)::date end as start,
       ${columns.map((column) => `sum(d.${column}) as ${column}`).join(', ')}
     from reports.value_day d
     where d.merchant_id = $1 and d.day <= $3::date and ($4::uuid[] is null or d.store_id = any($4))
     group by 1, 2),
   periods as (
     select date_trunc($5, day)::date as start, max(day)::date as until
     from generate_series($2::date::timestamp, $3::date::timestamp, interval '1 day') as day group by 1)
   select c.currency, p.until::text as day, ${['principal', 'given'].map(ended).join(', ')},
     ${whats.map((what) => `coalesce(x.${what}, 0)::bigint as ${what}`).join(', ')}
   from (select distinct currency from changes) c cross join periods p
   left join changes x on x.currency = c.currency and x.start = p.start
   order by c.currency, p.start`,
);

/** What was on wallets at the end of each period, and what became of it in it. */
export function valueSeries(
  db: Db,
  merchantId: string,
  { from, to, storeIds }: Range,
  by: 'day' | 'week' | 'month',
): Promise<ValuePoint[]> {
  return db.query<ValuePoint>(selectSeries, [merchantId, from, to, storeIds, by]);
}
