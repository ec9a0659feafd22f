import { type Db, statement } from '../../../platform/db/statement.ts';
import type { Stretch } from '../../ledger/index.ts';

/** The job that keeps what lists of purchases are found by. */
export const keepListName = 'checkout.keepList';

const selectCursor = statement(
  'checkout.listCursor',
  `select f.seq from ledger.follower_view f where f.merchant_id = $1 and f.job = '${keepListName}'`,
);
const keepUp = statement(
  'checkout.keepListUp',
  `insert into checkout.listed (merchant_id, tender, purchase_seq, store_id)
   select distinct $1::uuid, t.tender, a.seq, a.store_id
   from ledger.activity_view a
   cross join lateral (
     select '*' as tender union all select p ->> 'tender' from json_array_elements(a.details::json -> 'tenders') p) t
   where a.merchant_id = $1 and a.type = 'purchase.made' and a.seq > $2 and a.seq <= $3`,
);

/** Notes what purchases of a stretch of the log are found by. */
export async function keepListUp(db: Db, { merchantId, after, until }: Stretch): Promise<void> {
  await db.execute(keepUp, [merchantId, after, until]);
}

/** How much of a purchase has gone back. */
export const purchaseStates = ['whole', 'partly_refunded', 'refunded'] as const;
export type PurchaseState = (typeof purchaseStates)[number];

/** What purchases are narrowed by; null: by nothing. */
export type PurchaseFilter = {
  readonly fromSeq: bigint;
  /** Exclusive. */
  readonly toSeq: bigint;
  readonly storeIds: readonly string[] | null;
  /** All records of one person. */
  readonly memberIds: readonly string[] | null;
  readonly tender: string | null;
  readonly state: PurchaseState | null;
  readonly reference: string | null;
};
export type PurchaseRow = {
  readonly seq: bigint;
  readonly occurredAt: Date;
  readonly storeId: string;
  readonly memberId: string | null;
  readonly reference: string;
  readonly due: bigint;
  readonly details: unknown;
  readonly returned: bigint;
  /** Pieces that went back of each line; null: none. */
  readonly pieces: readonly number[] | null;
  readonly state: PurchaseState;
};

const stateNow = `case when r.purchase_seq is null then 'whole' when r.returned < a.amount then 'partly_refunded' else 'refunded' end`;
const columns = `a.seq, a.occurred_at as "occurredAt", a.store_id as "storeId", a.subject_id as "memberId", a.reference,
     a.amount as due, a.details::json as details, coalesce(r.returned, 0)::bigint as returned, r.parts -> 'pieces' as pieces,
     ${stateNow} as state`;
const back = `left join checkout.purchase_return r on r.merchant_id = a.merchant_id and r.purchase_seq = a.seq`;
const narrowed = `a.type = 'purchase.made' and a.seq >= $2 and a.seq < $3
     and ($4::uuid[] is null or a.store_id = any($4)) and ($5::uuid[] is null or a.subject_id = any($5))
     and ($6::text is null or exists (select from json_array_elements(a.details::json -> 'tenders') p where p ->> 'tender' = $6))
     and ($7::text is null or ${stateNow} = $7) and ($8::text is null or a.reference = $8)`;
const newest = (order: string) => `order by ${order} desc limit $9`;

// Of each way to look there is a statement of its own: one for all would be planned for none of them.
const looks = {
  ofReference: statement(
    'checkout.purchasesOfReference',
    `select ${columns} from ledger.activity_view a ${back}
     where a.merchant_id = $1 and a.reference = $8 and ${narrowed} ${newest('a.seq')}`,
  ),
  ofMember: statement(
    'checkout.purchasesOfMember',
    `select l.* from unnest($5::uuid[]) as m(id) cross join lateral (
       select ${columns} from ledger.activity_view a ${back}
       where a.merchant_id = $1 and a.subject_id = m.id and ${narrowed} ${newest('a.seq')}) l
     ${newest('l.seq')}`,
  ),
  /** Something went back of them. */
  returned: statement(
    'checkout.purchasesReturned',
    `select ${columns} from checkout.purchase_return r
     join ledger.activity_view a on a.merchant_id = r.merchant_id and a.seq = r.purchase_seq
     where r.merchant_id = $1 and r.purchase_seq >= $2 and r.purchase_seq < $3 and ${narrowed} ${newest('r.purchase_seq')}`,
  ),
  /** Those that the job has not come to: the end of the log. */
  since: statement(
    'checkout.purchasesSince',
    `select ${columns} from ledger.activity_view a ${back}
     where a.merchant_id = $1 and a.seq > $10 and ${narrowed} ${newest('a.seq')}`,
  ),
} as const;

/** Purchases that the job has come to, by what it keeps of them. */
const kept = (found: string) => `select ${columns} from (${found}) k
     join ledger.activity_view a on a.merchant_id = $1 and a.seq = k.purchase_seq ${back}
     where a.merchant_id = $1 order by k.purchase_seq desc`;
const backOfKept = `left join checkout.purchase_return r on r.merchant_id = l.merchant_id and r.purchase_seq = l.purchase_seq`;
const keptNarrowed = `l.tender = $4 and l.purchase_seq >= $2 and l.purchase_seq < $3 and (r.purchase_seq is null or not $5::boolean)`;
const keptLooks = {
  ofTender: statement(
    'checkout.purchasesOfTender',
    kept(`select l.purchase_seq from checkout.listed l ${backOfKept}
       where l.merchant_id = $1 and ${keptNarrowed} order by l.purchase_seq desc limit $6`),
  ),
  ofStores: statement(
    'checkout.purchasesOfStores',
    kept(`select f.purchase_seq from unnest($7::uuid[]) as s(id) cross join lateral (
         select l.purchase_seq from checkout.listed l ${backOfKept}
         where l.merchant_id = $1 and l.store_id = s.id and ${keptNarrowed} order by l.purchase_seq desc limit $6) f
       order by f.purchase_seq desc limit $6`),
  ),
} as const;

/** Up to so many purchases, the newest first. */
export async function selectPurchases(
  db: Db,
  merchantId: string,
  filter: PurchaseFilter,
  limit: number,
): Promise<PurchaseRow[]> {
  const { fromSeq, toSeq, storeIds, memberIds, tender, state, reference } = filter;
  const params = [merchantId, fromSeq, toSeq, storeIds, memberIds, tender, state, reference, limit];
  if (reference !== null) return db.query<PurchaseRow>(looks.ofReference, params);
  if (memberIds !== null) return db.query<PurchaseRow>(looks.ofMember, params);
  if (state !== null && state !== 'whole') return db.query<PurchaseRow>(looks.returned, params);
  // One snapshot is read: what the job comes to meanwhile is in neither twice.
  const [{ seq: cursor } = { seq: 0n }] = await db.query<{ seq: bigint }>(selectCursor, [merchantId]);
  const since = await db.query<PurchaseRow>(looks.since, [...params, cursor]);
  const rest = limit - since.length;
  if (rest === 0) return since;
  const until = toSeq <= cursor ? toSeq : cursor + 1n;
  const before = [merchantId, fromSeq, until, tender ?? '*', state === 'whole', rest];
  const older =
    storeIds === null
      ? db.query<PurchaseRow>(keptLooks.ofTender, before)
      : db.query<PurchaseRow>(keptLooks.ofStores, [...before, storeIds]);
  return [...since, ...(await older)];
}

const selectRefunds = statement(
  'checkout.refundsOfPurchase',
  `select a.seq, a.occurred_at as "occurredAt", a.amount, a.details::json as details from ledger.activity_view a
   where a.merchant_id = $1 and a.type = 'purchase.refunded' and a.related_seq = $2 order by a.seq`,
);

export type RefundRow = {
  readonly seq: bigint;
  readonly occurredAt: Date;
  readonly amount: bigint;
  readonly details: unknown;
};

/** What went back of a purchase, the first first. */
export function selectRefundsOf(db: Db, merchantId: string, seq: bigint): Promise<RefundRow[]> {
  return db.query<RefundRow>(selectRefunds, [merchantId, seq]);
}
