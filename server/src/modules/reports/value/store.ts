import { type Db, statement } from '../../../platform/db/statement.ts';
import { periods, type Range, startOf } from '../figures/store.ts';

/** What can become of value, as `becameOf` tells it. */
export const whats = ['loaded', 'bonus', 'spent', 'refunded', 'expired', 'adjusted', 'transferred'] as const;
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
     select d.currency, ${startOf},
       ${columns.map((column) => `sum(d.${column}) as ${column}`).join(', ')}
     from reports.value_day d
     where d.merchant_id = $1 and d.day <= $3::date and ($4::uuid[] is null or d.store_id = any($4))
     group by 1, 2),
   ${periods}
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
