import { type Db, statement } from '../../platform/db/statement.ts';

export type Position = {
  /** Null: the merchant itself. */
  readonly counterpartId: string;
  readonly currency: string;
  readonly owed: bigint;
  readonly owes: bigint;
};

const positionsOf = statement(
  'clearing.positions',
  `select split_part(m.detail, '|', 1) as "counterpartId", m.asset as currency,
     coalesce(sum(m.amount) filter (where m.amount > 0), 0)::bigint as owed,
     coalesce(-sum(m.amount) filter (where m.amount < 0), 0)::bigint as owes
   from ledger.store_movement_view m
   where m.merchant_id = $1 and m.owner_id = $2 and m.purpose = 'clearing' and m.activity_seq >= $3 and m.activity_seq < $4
   group by 1, m.asset
   order by 1, m.asset`,
);

/** What a store came to be owed and to owe in [from, to) of the log, by counterpart. */
export function selectPositions(
  db: Db,
  merchantId: string,
  storeId: string,
  fromSeq: bigint,
  toSeq: bigint,
): Promise<Position[]> {
  return db.query<Position>(positionsOf, [merchantId, storeId, fromSeq, toSeq]);
}
