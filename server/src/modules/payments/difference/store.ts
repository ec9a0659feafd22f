import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import { type Difference, differenceById, differenceOf, differences } from './difference.ts';

const columns = `d.id, d.order_id as "orderId", d.kind, d.transaction, d.amount, d.currency, d.reason, d.state,
  d.created_at as "createdAt", d.ended_at as "endedAt"`;
const byId = statement(
  'payments.differencesById',
  `select ${columns} from payments.difference d where d.merchant_id = $1 and d.id = any($2::uuid[])`,
);
const byKey = statement(
  'payments.differencesByKey',
  `select ${columns} from unnest($2::uuid[], $3::text[], $4::text[]) as k(order_id, kind, transaction)
   join payments.difference d on d.merchant_id = $1 and d.order_id = k.order_id and d.kind = k.kind
     and d.transaction = k.transaction`,
);
const insert = statement(
  'payments.insertDifferences',
  `insert into payments.difference (merchant_id, id, order_id, kind, transaction, amount, currency, reason, state, created_at,
     ended_at)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::text[],
     $10::timestamptz[], $11::timestamptz[]) as v`,
);
const update = guarded(
  'payments.updateDifferences',
  `update payments.difference d set state = v.state, reason = v.reason, ended_at = v.ended_at
   from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::text[]) as v(id, state, reason, ended_at, state_was)
   where d.merchant_id = $1 and d.id = v.id and d.state = v.state_was`,
  'a difference is not as it was judged',
);

export const differenceSql = entitySql<Difference>(differences, {
  insert: (db, merchantId, rows) =>
    db.execute(insert, [
      merchantId,
      rows.map((d) => d.id),
      rows.map((d) => d.orderId),
      rows.map((d) => d.kind),
      rows.map((d) => d.transaction),
      rows.map((d) => d.amount),
      rows.map((d) => d.currency),
      rows.map((d) => d.reason),
      rows.map((d) => d.state),
      rows.map((d) => d.createdAt),
      rows.map((d) => d.endedAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(update, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.state),
      updates.map(({ to }) => to.reason),
      updates.map(({ to }) => to.endedAt),
      updates.map(({ from }) => from.state),
      updates.length,
    ]),
  finds: [
    [differenceById, byId],
    [
      differenceOf,
      (db, merchantId, keys) => {
        const parts = keys.map((key) => /^([^|]*)\|([^|]*)\|(.*)$/s.exec(key) ?? []);
        return db.query<Difference>(byKey, [
          merchantId,
          parts.map(([, orderId]) => orderId),
          parts.map(([, , kind]) => kind),
          parts.map(([, , , transaction]) => transaction),
        ]);
      },
    ],
  ],
});

const select = statement(
  'payments.differences',
  `select ${columns} from payments.difference d
   join payments.payment_order o on o.merchant_id = d.merchant_id and o.id = d.order_id
   where d.merchant_id = $1 and ($2::uuid is null or d.id < $2) and ($3::text is null or d.state = $3)
     and ($4::uuid is null or d.order_id = $4) and ($5::uuid[] is null or o.store_id = any($5))
   order by d.id desc limit $6`,
);

export type DifferenceFilter = {
  readonly before: string | null;
  readonly state: string | null;
  readonly orderId: string | null;
  /** null: of all stores. */
  readonly storeIds: readonly string[] | null;
  readonly limit: number;
};

/** Differences, the newest first. */
export function listDifferences(db: Db, merchantId: string, filter: DifferenceFilter): Promise<Difference[]> {
  const { before, state, orderId, storeIds, limit } = filter;
  return db.query<Difference>(select, [merchantId, before, state, orderId, storeIds, limit]);
}
