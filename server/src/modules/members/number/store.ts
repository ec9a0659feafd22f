import { type Db, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import { type LeftNumber, leftNumbers } from './leftNumber.ts';

const insertLeft = statement(
  'members.insertLeftNumbers',
  `insert into members.left_number (merchant_id, seq, member_id, sealed_phone, language, why)
   select $1, v.* from unnest($2::bigint[], $3::uuid[], $4::bytea[], $5::text[], $6::text[]) as v`,
);

/** For the executor, which only adds them. */
export const leftNumberSql = entitySql<LeftNumber>(leftNumbers, {
  insert: (db, merchantId, rows) =>
    db.execute(insertLeft, [
      merchantId,
      rows.map(({ seq }) => seq),
      rows.map(({ memberId }) => memberId),
      rows.map(({ sealedPhone }) => sealedPhone),
      rows.map(({ language }) => language),
      rows.map(({ why }) => why),
    ]),
  finds: [],
});

// Whoever takes a row away is the one who tells: both happen in one transaction, and another process passes it over.
const takeLeft = statement(
  'members.takeLeftNumbers',
  `-- all merchants: what is left is told everywhere
   delete from members.left_number l
   using (select d.merchant_id, d.seq from members.left_number d limit $1 for update skip locked) due
   where l.merchant_id = due.merchant_id and l.seq = due.seq
   returning l.merchant_id as "merchantId", l.seq, l.member_id as "memberId", l.sealed_phone as "sealedPhone", l.language,
     l.why`,
);

/** Takes numbers that are to be told that their members have left them. Run it for all merchants. */
export function takeLeftNumbers(db: Db, limit: number) {
  return db.query<LeftNumber & { readonly merchantId: string }>(takeLeft, [limit]);
}
