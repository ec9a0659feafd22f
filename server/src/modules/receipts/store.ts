import { activityId, seqOf } from '../../kernel/id.ts';
import { type Db, statement } from '../../platform/db/statement.ts';
import { type ReceiptRow, receiptTypes } from './receipt.ts';

const selectReceipt = statement(
  'receipts.read',
  `select a.seq, a.type, a.occurred_at as "occurredAt", a.store_id as "storeId", a.amount, a.reference,
     coalesce(a.details, '{}')::json as details, m.name as "merchantName", m.timezone, s.code as "storeCode",
     s.name as "storeName", c.last4, coalesce(v.currency, a.details::json->>'currency', m.currency) as currency, coalesce(p.name, k.name) as "actorName"
   from ledger.activity_view a
   join merchants.merchant_view m on m.merchant_id = a.merchant_id
   left join cards.card_face_view c on c.merchant_id = a.merchant_id and c.id = a.subject_id
   left join programs.version_view v on v.merchant_id = a.merchant_id and v.id = c.version_id
   left join merchants.store_view s on s.merchant_id = a.merchant_id and s.id = a.store_id
   left join people.staff_view p on p.merchant_id = a.merchant_id and p.id = a.actor_id
   left join people.key_view k on k.merchant_id = a.merchant_id and k.id = a.actor_id
   where a.merchant_id = $1 and a.seq = $2 and a.type = any($3::text[]) and a.amount is not null`,
);

/** What is printed about an activity, by its uuid; undefined where there is none of which there are receipts. */
export async function readReceipt(db: Db, merchantId: string, id: string): Promise<ReceiptRow | undefined> {
  const seq = seqOf(id);
  if (seq === undefined) return undefined;
  const [row] = await db.query<ReceiptRow>(selectReceipt, [merchantId, seq, receiptTypes]);
  // A true number under a false time is nobody's id.
  return row && activityId(row.occurredAt, row.seq) === id ? row : undefined;
}
