import { type Db, statement } from '../../../platform/db/statement.ts';

/** What is summed: of these stores (null: all, and what belongs to none), from a day to a day, both inclusive. */
export type Range = {
  readonly storeIds: readonly string[] | null;
  readonly from: string;
  readonly to: string;
};

export type Figures = {
  readonly currency: string;
  readonly sold: bigint;
  readonly paid: bigint;
  readonly activations: bigint;
  readonly redeemed: bigint;
  readonly redemptions: bigint;
  readonly refunded: bigint;
  readonly refunds: bigint;
  readonly voided: bigint;
  readonly adjusted: bigint;
  readonly outstanding: bigint;
};

const sums = [
  'sold',
  'paid',
  'activations',
  'redeemed',
  'redemptions',
  'refunded',
  'refunds',
  'voided',
  'adjusted',
  'outstanding',
]
  .map((word) => `coalesce(sum(d.${word}), 0)::bigint as ${word}`)
  .join(', ');
const inRange = `d.day >= $2::date and d.day <= $3::date and ($4::uuid[] is null or d.store_id = any($4))`;

const selectTotals = statement(
  'reports.totals',
  `select d.currency, ${sums} from reports.day d where d.merchant_id = $1 and ${inRange} group by d.currency order by d.currency`,
);
const selectByStore = statement(
  'reports.byStore',
  `select d.store_id as "storeId", s.name as "storeName", d.currency, ${sums}
   from reports.day d left join merchants.store_view s on s.merchant_id = d.merchant_id and s.id = d.store_id
   where d.merchant_id = $1 and ${inRange} group by d.store_id, s.name, d.currency order by s.name, d.store_id, d.currency`,
);
/** In which period of a range ($2 to $3, by $5) a day is; null: before the first. */
export const startOf = `case when d.day >= $2::date then date_trunc($5, d.day::timestamp)::date end as start`;
/** The periods of a range, each with its last day. */
export const periods = `periods as (
     select date_trunc($5, day)::date as start, max(day)::date as until
     from generate_series($2::date::timestamp, $3::date::timestamp, interval '1 day') as day group by 1)`;

const selectSeries = statement(
  'reports.series',
  `with changes as (
     select d.currency, ${startOf},
       sum(d.outstanding) as outstanding, sum(d.sold) as sold, sum(d.redeemed - d.refunded) as redeemed
     from reports.day d
     where d.merchant_id = $1 and d.day <= $3::date and ($4::uuid[] is null or d.store_id = any($4))
     group by 1, 2),
   ${periods}
   select c.currency, p.until::text as day,
     (coalesce((select sum(b.outstanding) from changes b where b.currency = c.currency and b.start is null), 0)
       + coalesce(sum(x.outstanding) over (partition by c.currency order by p.start), 0))::bigint as outstanding,
     coalesce(x.sold, 0)::bigint as sold, coalesce(x.redeemed, 0)::bigint as redeemed
   from (select distinct currency from changes) c cross join periods p
   left join changes x on x.currency = c.currency and x.start = p.start
   order by c.currency, p.start`,
);

/** Sums of a range, by currency. */
export function totalsOf(db: Db, merchantId: string, { from, to, storeIds }: Range): Promise<Figures[]> {
  return db.query<Figures>(selectTotals, [merchantId, from, to, storeIds]);
}

export type StoreFigures = Figures & { readonly storeId: string; readonly storeName: string | null };

/** The same by store; the merchant's own id stands for what belongs to none. */
export function figuresByStore(
  db: Db,
  merchantId: string,
  { from, to, storeIds }: Range,
): Promise<StoreFigures[]> {
  return db.query<StoreFigures>(selectByStore, [merchantId, from, to, storeIds]);
}

export type Point = {
  readonly currency: string;
  /** The last day of the period that is within the range. */
  readonly day: string;
  readonly outstanding: bigint;
  readonly sold: bigint;
  readonly redeemed: bigint;
};

/** What was outstanding at the end of each period, and what was sold and redeemed (net) in it. */
export function seriesOf(
  db: Db,
  merchantId: string,
  { from, to, storeIds }: Range,
  by: 'day' | 'week' | 'month',
): Promise<Point[]> {
  return db.query<Point>(selectSeries, [merchantId, from, to, storeIds, by]);
}

const selectAgeing = statement(
  'reports.ageing',
  `select c.currency, width_bucket($2::date - c.activated_on, $4::int[]) as bucket, sum(c.cards)::bigint as cards,
     sum(c.balance)::bigint as balance
   from cards.cohort_view c
   where c.merchant_id = $1 and ($3::uuid[] is null or c.store_id = any($3))
   group by 1, 2 order by 1, 2`,
);
const selectExpiring = statement(
  'reports.expiring',
  `select c.currency, sum(c.balance)::bigint as balance, sum(c.cards)::bigint as cards
   from cards.cohort_view c
   where c.merchant_id = $1 and c.ends_on > $2::date and c.ends_on <= $2::date + $3::int
     and ($4::uuid[] is null or c.store_id = any($4))
   group by c.currency order by c.currency`,
);

export type Age = {
  readonly currency: string;
  readonly bucket: number;
  readonly cards: bigint;
  readonly balance: bigint;
};

/** Balances of cards by how many days ago they were activated; buckets are numbered by the bounds that they have reached. */
export function ageingOf(
  db: Db,
  merchantId: string,
  day: string,
  storeIds: readonly string[] | null,
  bounds: readonly number[],
): Promise<Age[]> {
  return db.query<Age>(selectAgeing, [merchantId, day, storeIds, bounds]);
}

export type Expiring = { readonly currency: string; readonly cards: bigint; readonly balance: bigint };

/** Cards whose validity ends within so many days after today. */
export function expiringWithin(
  db: Db,
  merchantId: string,
  day: string,
  days: number,
  storeIds: readonly string[] | null,
): Promise<Expiring[]> {
  return db.query<Expiring>(selectExpiring, [merchantId, day, days, storeIds]);
}

const selectBehind = statement(
  'reports.entriesBehind',
  `select (j.seq - coalesce(f.seq, 0))::bigint as behind
   from ledger.journal_view j cross join unnest($2::text[]) as n(job)
   left join ledger.follower_view f on f.merchant_id = j.merchant_id and f.job = n.job
   where j.merchant_id = $1 order by 1 desc limit 1`,
);

/** How many entries of the log are not yet in what these jobs keep. */
export async function entriesBehind(db: Db, merchantId: string, jobs: readonly string[]): Promise<bigint> {
  const [row] = await db.query<{ behind: bigint }>(selectBehind, [merchantId, jobs]);
  return row?.behind ?? 0n;
}
