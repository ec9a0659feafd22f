import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { fundOfStore, type StoreFund, storeFunds } from './fund.ts';

const columns = `f.store_id as "storeId", f.currency, f.keeps_cash as "keepsCash", f.credit_limit as "creditLimit",
  f.created_at as "createdAt"`;
const fundsOfStores = statement(
  'storefunds.ofStores',
  `select ${columns} from storefunds.fund f where f.merchant_id = $1 and f.store_id = any($2::uuid[])`,
);
const insertFunds = statement(
  'storefunds.insert',
  `insert into storefunds.fund (merchant_id, store_id, currency, keeps_cash, credit_limit, created_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::boolean[], $5::bigint[], $6::timestamptz[]) as v`,
);
const updateFunds = guarded(
  'storefunds.update',
  `update storefunds.fund f set keeps_cash = v.keeps_cash, credit_limit = v.credit_limit
   from unnest($2::uuid[], $3::boolean[], $4::bigint[], $5::boolean[], $6::bigint[])
     as v(store_id, keeps_cash, credit_limit, keeps_cash_was, credit_limit_was)
   where f.merchant_id = $1 and f.store_id = v.store_id and f.keeps_cash = v.keeps_cash_was
     and f.credit_limit = v.credit_limit_was`,
  'a settlement account is not as it was judged',
);

const fundSql = entitySql<StoreFund>(storeFunds, {
  insert: (db, merchantId, rows) =>
    db.execute(insertFunds, [
      merchantId,
      rows.map((f) => f.storeId),
      rows.map((f) => f.currency),
      rows.map((f) => f.keepsCash),
      rows.map((f) => f.creditLimit),
      rows.map((f) => f.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateFunds, [
      merchantId,
      updates.map(({ to }) => to.storeId),
      updates.map(({ to }) => to.keepsCash),
      updates.map(({ to }) => to.creditLimit),
      updates.map(({ from }) => from.keepsCash),
      updates.map(({ from }) => from.creditLimit),
      updates.length,
    ]),
  finds: [[fundOfStore, fundsOfStores]],
});

/** The tables of settlement accounts for the executor. */
export const storeFundsSql = [fundSql];

const selectFunds = statement(
  'storefunds.list',
  `select ${columns} from storefunds.fund f
   where f.merchant_id = $1 and ($2::uuid is null or f.store_id > $2) and ($4::uuid[] is null or f.store_id = any($4))
   order by f.store_id limit $3`,
);

/** Settlement accounts of these stores (null: of all), after a store's id, by it. */
export function listFunds(
  db: Db,
  merchantId: string,
  { after, limit, storeIds }: { after: string | null; limit: number; storeIds: readonly string[] | null },
): Promise<StoreFund[]> {
  return db.query<StoreFund>(selectFunds, [merchantId, after, limit, storeIds]);
}
