import { type Db, statement } from '../../../platform/db/statement.ts';

const selectPayments = statement(
  'notices.familyPayments',
  `-- all merchants: one job tells for all
   select a.merchant_id as "merchantId", a.seq, a.amount, a.details::json->>'payerId' as "payerId",
     a.details::json->>'relativeId' as "relativeId", a.details::json->>'currency' as currency
   from ledger.activity_view a
   where a.type = 'family_share.paid' and a.occurred_at > $1
     and not exists (
       select 1 from notices.notice n where n.merchant_id = a.merchant_id and n.occasion = 'family|' || a.seq)
   order by a.merchant_id, a.seq limit $2`,
);

/** A payment out of another's wallet, as the log has it; who the two are as the outside is shown them. */
export type FamilyPayment = {
  readonly merchantId: string;
  readonly seq: bigint;
  readonly amount: bigint;
  readonly payerId: string;
  readonly relativeId: string;
  readonly currency: string;
};

/** Payments by relatives after a time that whose wallet it was has not been told of. Run it for all merchants. */
export function familyPayments(db: Db, after: Date, limit: number): Promise<FamilyPayment[]> {
  return db.query<FamilyPayment>(selectPayments, [after, limit]);
}
