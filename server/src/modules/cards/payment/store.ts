import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import { type PaymentCodeUse, paymentCodeUseById, paymentCodeUses } from './paymentCode.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');

const usesById = statement(
  'cards.paymentCodeUsesById',
  `select encode(u.id, 'hex') as id, u.card_id as "cardId", u.actor_id as "actorId", u.seen_at as "seenAt",
     u.used_at as "usedAt"
   from cards.payment_code_use u where u.merchant_id = $1 and u.id = any($2::bytea[])`,
);
const insertUses = statement(
  'cards.insertPaymentCodeUses',
  `insert into cards.payment_code_use (merchant_id, id, card_id, actor_id, seen_at, used_at)
   select $1, v.* from unnest($2::bytea[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::timestamptz[]) as v`,
);
// Single use is this condition, whatever was judged before.
const useThem = guarded(
  'cards.usePaymentCodes',
  `update cards.payment_code_use u set used_at = v.used_at
   from unnest($2::bytea[], $3::timestamptz[]) as v(id, used_at)
   where u.merchant_id = $1 and u.id = v.id and u.used_at is null`,
  'a payment code was used meanwhile',
);
const deleteOld = statement(
  'cards.deleteOldPaymentCodeUses',
  `-- all merchants: none of them is good for anything any more
   delete from cards.payment_code_use where seen_at < $1`,
);

/** What has become of payment codes, for the executor. */
export const paymentCodeUseSql = entitySql<PaymentCodeUse>(paymentCodeUses, {
  insert: (db, merchantId, rows) =>
    db.execute(insertUses, [
      merchantId,
      rows.map((use) => bytes(use.id)),
      rows.map((use) => use.cardId),
      rows.map((use) => use.actorId),
      rows.map((use) => use.seenAt),
      rows.map((use) => use.usedAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(useThem, [
      merchantId,
      updates.map(({ to }) => bytes(to.id)),
      updates.map(({ to }) => to.usedAt),
      updates.length,
    ]),
  finds: [[paymentCodeUseById, (db, m, ids) => db.query<PaymentCodeUse>(usesById, [m, ids.map(bytes)])]],
});

/** Forgets codes that were first seen before a time, long after any of them was good. Run it for all merchants. */
export function forgetPaymentCodes(db: Db, before: Date): Promise<number> {
  return db.execute(deleteOld, [before]);
}
