import { type Db, statement } from '../../../platform/db/statement.ts';

/** What entries of the log are narrowed by; null: by nothing. */
export type EntryFilter = {
  readonly types: readonly string[] | null;
  readonly fromSeq: bigint;
  /** Exclusive. */
  readonly toSeq: bigint;
  readonly storeIds: readonly string[] | null;
  readonly actorId: string | null;
  readonly subjectId: string | null;
  readonly reference: string | null;
  readonly amountMin: bigint | null;
  readonly amountMax: bigint | null;
};

export type Entry = {
  readonly seq: bigint;
  readonly type: string;
  readonly occurredAt: Date;
  readonly actorId: string;
  /** Whether it was somebody who signed in; else a key, or the system. */
  readonly byStaff: boolean;
  readonly actorName: string | null;
  readonly deviceName: string | null;
  readonly storeId: string | null;
  readonly subjectId: string | null;
  readonly relatedSeq: bigint | null;
  readonly relatedAt: Date | null;
  readonly reference: string | null;
  readonly amount: bigint | null;
  readonly details: Readonly<Record<string, unknown>>;
  /** Of the card that it happened to. */
  readonly serial: bigint | null;
  readonly last4: string | null;
  readonly currency: string | null;
  /** Of a redemption: what has gone back of it, and whether it was reversed. */
  readonly returned: bigint;
  readonly reversed: boolean;
};

const columns = `a.merchant_id, a.seq, a.type, a.occurred_at, a.actor_id, a.store_id, a.subject_id, a.related_seq, a.reference, a.amount,
       a.details`;
const narrowed = `a.merchant_id = $1 and a.seq >= $2 and a.seq < $3 and ($4::uuid[] is null or a.store_id = any($4))
       and ($5::uuid is null or a.actor_id = $5) and ($6::uuid is null or a.subject_id = $6)
       and ($7::text is null or a.reference = $7) and ($8::bigint is null or a.amount >= $8)
       and ($9::bigint is null or a.amount <= $9)`;
const shown = `select a.seq, a.type, a.occurred_at as "occurredAt", a.actor_id as "actorId", s.id is not null as "byStaff",
     coalesce(s.name, k.name) as "actorName", d.name as "deviceName", a.store_id as "storeId", a.subject_id as "subjectId",
     a.related_seq as "relatedSeq", b.occurred_at as "relatedAt", a.reference, a.amount,
     coalesce(a.details, '{}')::json as details, c.serial, c.last4, v.currency,
     coalesce(r.returned, 0)::bigint as returned, r.reversal_seq is not null as reversed`;
const named = `left join people.staff_view s on s.merchant_id = a.merchant_id and s.id = a.actor_id
   left join people.key_view k on k.merchant_id = a.merchant_id and k.id = a.actor_id
   left join merchants.device_view d on d.merchant_id = a.merchant_id and d.id = k.device_id
   left join cards.card_view c on c.merchant_id = a.merchant_id and c.id = a.subject_id and c.id <> a.merchant_id
   left join programs.version_view v on v.merchant_id = a.merchant_id and v.id = c.version_id
   left join cards.redemption_return_view r on r.merchant_id = a.merchant_id and r.redemption_seq = a.seq
   left join ledger.activity_view b on b.merchant_id = a.merchant_id and b.seq = a.related_seq
   where a.merchant_id = $1
   order by a.seq desc`;

const selectAny = statement(
  'reports.entries',
  `${shown} from (select ${columns} from ledger.activity_view a where ${narrowed} order by a.seq desc limit $10) a ${named}`,
);
// Of each kind the newest, by the index that is best for it; of those the newest.
const selectOfTypes = statement(
  'reports.entriesOfTypes',
  `${shown} from (
     select ${columns} from unnest($11::text[]) as t(type)
     cross join lateral (select ${columns} from ledger.activity_view a
       where a.type = t.type and ${narrowed} order by a.seq desc limit $10) a
     order by a.seq desc limit $10) a ${named}`,
);

/** Entries of the log, the newest first. */
export function selectEntries(
  db: Db,
  merchantId: string,
  filter: EntryFilter,
  limit: number,
): Promise<Entry[]> {
  const { types, fromSeq, toSeq, storeIds, actorId, subjectId, reference, amountMin, amountMax } = filter;
  const params = [
    merchantId,
    fromSeq,
    toSeq,
    storeIds,
    actorId,
    subjectId,
    reference,
    amountMin,
    amountMax,
    limit,
  ];
  return types === null
    ? db.query<Entry>(selectAny, params)
    : db.query<Entry>(selectOfTypes, [...params, types]);
}

export type EntryPosting = {
  readonly accountId: string;
  readonly ownerId: string;
  readonly purpose: string;
  readonly detail: string;
  readonly asset: string;
  readonly amount: bigint;
  readonly balanceAfter: bigint;
};

const selectPostings = statement(
  'reports.postings',
  `select p.account_id as "accountId", p.owner_id as "ownerId", p.purpose, p.detail, p.asset, p.amount,
     p.balance_after as "balanceAfter"
   from ledger.owner_posting_view p where p.merchant_id = $1 and p.activity_seq = $2 order by p.line`,
);

/** What an entry moved, in the order in which it did. */
export function postingsOf(db: Db, merchantId: string, seq: bigint): Promise<EntryPosting[]> {
  return db.query<EntryPosting>(selectPostings, [merchantId, seq]);
}
