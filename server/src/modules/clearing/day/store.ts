import { z } from 'zod';
import { type Db, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import { firstSeqSince } from '../../ledger/index.ts';
import {
  type DayClose,
  type DayTaken,
  dayCloses,
  dayTaken,
  lastClose,
  type TenderCount,
  takenIn,
} from './day.ts';

const columns = `d.id, d.store_id as "storeId", d.number, d.from_seq as "fromSeq", d.to_seq as "toSeq", d.tenders, d.reason,
  d.closed_at as "closedAt", d.closed_by as "closedBy"`;
type Stored = Omit<DayClose, 'tenders'> & { readonly tenders: unknown };

const tendersShape = z.array(
  z.object({
    tender: z.string(),
    currency: z.string(),
    taken: z.string().transform(BigInt),
    counted: z
      .string()
      .nullable()
      .transform((text) => (text === null ? null : BigInt(text))),
  }),
);
const closeOf = ({ tenders, ...row }: Stored): DayClose => ({ ...row, tenders: tendersShape.parse(tenders) });
const textOf = (tenders: readonly TenderCount[]) =>
  JSON.stringify(
    tenders.map(({ tender, currency, taken, counted }) => ({
      tender,
      currency,
      taken: String(taken),
      counted: counted === null ? null : String(counted),
    })),
  );

const lastOfStores = statement(
  'clearing.lastCloses',
  `select distinct on (d.store_id) ${columns} from clearing.day_close d
   where d.merchant_id = $1 and d.store_id = any($2::uuid[]) order by d.store_id, d.number desc`,
);
const insertCloses = statement(
  'clearing.insertCloses',
  `insert into clearing.day_close (merchant_id, id, store_id, number, from_seq, to_seq, tenders, reason, closed_at, closed_by)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::integer[], $5::bigint[], $6::bigint[], $7::jsonb[], $8::text[],
     $9::timestamptz[], $10::uuid[]) as v`,
);
const closeSql = entitySql<DayClose>(dayCloses, {
  insert: (db, merchantId, rows) =>
    db.execute(insertCloses, [
      merchantId,
      rows.map((d) => d.id),
      rows.map((d) => d.storeId),
      rows.map((d) => d.number),
      rows.map((d) => d.fromSeq),
      rows.map((d) => d.toSeq),
      rows.map((d) => textOf(d.tenders)),
      rows.map((d) => d.reason),
      rows.map((d) => d.closedAt),
      rows.map((d) => d.closedBy),
    ]),
  finds: [
    [
      lastClose,
      async (db, merchantId, storeIds) =>
        (await db.query<Stored>(lastOfStores, [merchantId, storeIds])).map(closeOf),
    ],
  ],
});

// What a close itself books as a difference is of the day that it closed.
const taken = statement(
  'clearing.dayTaken',
  `select m.detail as tender, m.asset as currency, (-sum(m.amount))::bigint as taken
   from ledger.store_movement_view m
   join ledger.activity_view a on a.merchant_id = m.merchant_id and a.seq = m.activity_seq
   where m.merchant_id = $1 and m.owner_id = $2 and m.purpose = 'tender' and m.activity_seq >= $3 and m.activity_seq < $4
     and a.type <> 'store_day.closed'
   group by m.detail, m.asset order by m.detail, m.asset`,
);
const endOfTime = new Date('9999-12-31T00:00:00Z');

/** What a store took since its last close. */
export async function readTaken(db: Db, merchantId: string, storeId: string): Promise<DayTaken> {
  const toSeq = await firstSeqSince(db, merchantId, endOfTime);
  const [last] = await db.query<Stored>(lastOfStores, [merchantId, [storeId]]);
  const fromSeq = last?.toSeq ?? 1n;
  const tenders = await db.query<DayTaken['tenders'][number]>(taken, [merchantId, storeId, fromSeq, toSeq]);
  return { storeId, fromSeq, toSeq, tenders };
}

const takenSql = entitySql<DayTaken>(dayTaken, {
  insert: () => Promise.reject(new Error('what a store took stands in the log')),
  finds: [
    [takenIn, (db, merchantId, storeIds) => Promise.all(storeIds.map((id) => readTaken(db, merchantId, id)))],
  ],
});

/** The tables of days for the executor. */
export const daysSql = [closeSql, takenSql];

const selectCloses = statement(
  'clearing.selectCloses',
  `select ${columns} from clearing.day_close d
   where d.merchant_id = $1 and ($2::uuid is null or d.id < $2) and ($3::uuid[] is null or d.store_id = any($3))
     and ($4::uuid is null or d.store_id = $4)
   order by d.id desc limit $5`,
);

export type CloseFilter = {
  readonly before: string | null;
  /** null: all. */
  readonly storeIds: readonly string[] | null;
  readonly storeId: string | null;
  readonly limit: number;
};

/** Closed days, the newest first. */
export async function listCloses(db: Db, merchantId: string, filter: CloseFilter): Promise<DayClose[]> {
  const { before, storeIds, storeId, limit } = filter;
  const rows = await db.query<Stored>(selectCloses, [merchantId, before, storeIds, storeId, limit]);
  return rows.map(closeOf);
}
