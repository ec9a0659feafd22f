import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import {
  type CustodyRule,
  custodyRuleOf,
  custodyRules,
  type Holding,
  holdings,
  holdingsOf,
} from './holding.ts';

const columns = `h.batch_id as "batchId", h.first_serial as first, h.last_serial as last, h.place, h.store_id as "storeId", h.since`;
const holdingsOfBatches = statement(
  'cards.holdingsOfBatches',
  `select ${columns} from cards.holding h where h.merchant_id = $1 and h.batch_id = any($2::uuid[])
   order by h.batch_id, h.first_serial`,
);
const insertHoldings = statement(
  'cards.insertHoldings',
  `insert into cards.holding (merchant_id, batch_id, first_serial, last_serial, place, store_id, since)
   select $1, v.* from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::text[], $6::uuid[], $7::timestamptz[]) as v`,
);
const updateHoldings = guarded(
  'cards.updateHoldings',
  `update cards.holding h set last_serial = v.last_serial, place = v.place, store_id = v.store_id, since = v.since
   from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::text[], $6::uuid[], $7::timestamptz[], $8::bigint[], $9::text[],
     $10::uuid[]) as v(batch_id, first_serial, last_serial, place, store_id, since, last_was, place_was, store_was)
   where h.merchant_id = $1 and h.batch_id = v.batch_id and h.first_serial = v.first_serial and h.last_serial = v.last_was
     and h.place = v.place_was and h.store_id is not distinct from v.store_was`,
  'a range of cards is not where it was judged to be',
);

const holdingSql = entitySql<Holding>(holdings, {
  insert: (db, merchantId, rows) =>
    db.execute(insertHoldings, [
      merchantId,
      rows.map((h) => h.batchId),
      rows.map((h) => h.first),
      rows.map((h) => h.last),
      rows.map((h) => h.place),
      rows.map((h) => h.storeId),
      rows.map((h) => h.since),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateHoldings, [
      merchantId,
      updates.map(({ to }) => to.batchId),
      updates.map(({ to }) => to.first),
      updates.map(({ to }) => to.last),
      updates.map(({ to }) => to.place),
      updates.map(({ to }) => to.storeId),
      updates.map(({ to }) => to.since),
      updates.map(({ from }) => from.last),
      updates.map(({ from }) => from.place),
      updates.map(({ from }) => from.storeId),
      updates.length,
    ]),
  finds: [[holdingsOf, (db, m, keys) => db.query<Holding>(holdingsOfBatches, [m, keys])]],
});

const selectRule = statement(
  'cards.custodyRule',
  `select merchant_id as "merchantId", sell_only_held as "sellOnlyHeld", updated_at as "updatedAt"
   from cards.custody_rule where merchant_id = $1`,
);
const insertRule = statement(
  'cards.insertCustodyRule',
  `insert into cards.custody_rule (merchant_id, sell_only_held, updated_at) values ($1, $2, $3)`,
);
const updateRule = guarded(
  'cards.updateCustodyRule',
  `update cards.custody_rule set sell_only_held = $2, updated_at = $3 where merchant_id = $1 and updated_at = $4`,
  'the rule of custody is not as it was judged',
);
const ruleSql = entitySql<CustodyRule>(custodyRules, {
  insert: (db, merchantId, rows) =>
    Promise.all(rows.map((r) => db.execute(insertRule, [merchantId, r.sellOnlyHeld, r.updatedAt]))),
  update: (db, merchantId, updates) =>
    Promise.all(
      updates.map(({ from, to }) =>
        db.execute(updateRule, [merchantId, to.sellOnlyHeld, to.updatedAt, from.updatedAt, 1]),
      ),
    ),
  finds: [[custodyRuleOf, (db, m) => db.query<CustodyRule>(selectRule, [m])]],
});

export const custodySql = [holdingSql, ruleSql];

/** Whether stores sell only what they hold. */
export async function readSellOnlyHeld(db: Db, merchantId: string): Promise<boolean> {
  const [rule] = await db.query<CustodyRule>(selectRule, [merchantId]);
  return rule?.sellOnlyHeld ?? false;
}

/** A range and how many of its cards were sold. */
export type CountedHolding = Holding & { readonly sold: number };

const countedColumns = `${columns}, (select count(*)::integer from cards.card c where c.merchant_id = h.merchant_id
     and c.batch_id = h.batch_id and c.serial between h.first_serial and h.last_serial and c.activated_at is not null) as sold`;
const countedOfBatch = statement(
  'cards.countedHoldings',
  `select ${countedColumns} from cards.holding h where h.merchant_id = $1 and h.batch_id = $2 order by h.first_serial`,
);
const countedOfStores = statement(
  'cards.countedHoldingsOfStores',
  `select ${countedColumns} from cards.holding h
   where h.merchant_id = $1 and h.store_id = any($2::uuid[]) order by h.batch_id, h.first_serial limit $3`,
);

/** Where the cards of a batch are, by their serial numbers. */
export function readHoldings(db: Db, merchantId: string, batchId: string): Promise<CountedHolding[]> {
  return db.query<CountedHolding>(countedOfBatch, [merchantId, batchId]);
}

/** What a store holds, is to get, or has sent back. */
export function readHoldingsOfStore(
  db: Db,
  merchantId: string,
  storeId: string,
  limit: number,
): Promise<CountedHolding[]> {
  return db.query<CountedHolding>(countedOfStores, [merchantId, [storeId], limit]);
}
