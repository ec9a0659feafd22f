import { type Db, statement } from '../../../../platform/db/statement.ts';
import type { Heads, Standing } from './anchor.ts';

const selectStanding = statement(
  'verify.selectStanding',
  `-- all merchants: what was known of each is sought at once
   select k.merchant_id as "merchantId", j.seq as "lastSeq", j.frozen_reason is not null as "isFrozen",
     (select hash from ledger.activity where merchant_id = k.merchant_id and seq = k.seq) as hash
   from unnest($1::uuid[], $2::bigint[]) as k(merchant_id, seq)
   left join ledger.journal j on j.merchant_id = k.merchant_id`,
);
const selectHeads = statement(
  'verify.selectHeads',
  `-- all merchants: after a restore each log goes on from where it stands
   select j.merchant_id as "merchantId", j.seq, a.hash from ledger.journal j
   join ledger.activity a on a.merchant_id = j.merchant_id and a.seq = j.seq`,
);

/** What the database has where heads were known. */
export function standingAt(db: Db, heads: Heads): Promise<Standing[]> {
  const known = [...heads.values()];
  return db.query<Standing>(selectStanding, [
    known.map(({ merchantId }) => merchantId),
    known.map(({ seq }) => seq),
  ]);
}

/** The last entry of each merchant's log. */
export function presentHeads(
  db: Db,
): Promise<{ readonly merchantId: string; readonly seq: bigint; readonly hash: Buffer }[]> {
  return db.query(selectHeads, []);
}
