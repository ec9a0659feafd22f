import { guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { type PurchaseReturn, purchaseReturns, returnOfPurchase } from './purchase/record.ts';

const selectReturns = statement(
  'checkout.returnsOfPurchases',
  `select r.purchase_seq as "purchaseSeq", r.returned, r.parts
   from checkout.purchase_return r where r.merchant_id = $1 and r.purchase_seq = any($2::bigint[])`,
);
const insertReturns = statement(
  'checkout.insertReturns',
  `insert into checkout.purchase_return (merchant_id, purchase_seq, returned, parts)
   select $1, v.* from unnest($2::bigint[], $3::bigint[], $4::jsonb[]) as v`,
);
const updateReturns = guarded(
  'checkout.updateReturns',
  `update checkout.purchase_return r set returned = v.returned, parts = v.parts
   from unnest($2::bigint[], $3::bigint[], $4::jsonb[], $5::bigint[], $6::jsonb[])
     as v(purchase_seq, returned, parts, returned_was, parts_were)
   where r.merchant_id = $1 and r.purchase_seq = v.purchase_seq and r.returned = v.returned_was and r.parts = v.parts_were`,
  'the refunds of a purchase are not as they were judged',
);

const returnSql = entitySql<PurchaseReturn>(purchaseReturns, {
  insert: (db, merchantId, rows) =>
    db.execute(insertReturns, [
      merchantId,
      rows.map((r) => r.purchaseSeq),
      rows.map((r) => r.returned),
      rows.map((r) => JSON.stringify(r.parts)),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateReturns, [
      merchantId,
      updates.map(({ to }) => to.purchaseSeq),
      updates.map(({ to }) => to.returned),
      updates.map(({ to }) => JSON.stringify(to.parts)),
      updates.map(({ from }) => from.returned),
      updates.map(({ from }) => JSON.stringify(from.parts)),
      updates.length,
    ]),
  finds: [[returnOfPurchase, selectReturns]],
});

/** The tables of the till for the executor. */
export const checkoutSql = [returnSql];
