import { type Db, statement } from '../../../platform/db/statement.ts';

const selectFrozen = statement(
  'reports.frozenLedger',
  `select j.frozen_reason as reason, j.frozen_at as "frozenAt" from ledger.journal_view j
   where j.merchant_id = $1 and j.frozen_reason is not null`,
);
const selectFailed = statement(
  'reports.failedBatches',
  `select b.id, b.failure, b.created_at as "createdAt" from batches.batch_view b
   where b.merchant_id = $1 and b.status = 'failed' and b.created_at >= $2 order by b.created_at desc limit $3`,
);
const selectLocked = statement(
  'reports.lockedPins',
  `select s.card_id as "cardId", s.serial, s.store_id as "storeId" from cards.standing_view s
   where s.merchant_id = $1 and s.pin_locked and ($2::uuid[] is null or s.store_id = any($2)) order by s.serial limit $3`,
);
const selectUnusual = statement(
  'reports.unusualActors',
  `select t."actorId", s.id is not null as "byStaff", coalesce(s.name, k.name) as "actorName", t.currency, t.redeemed, t.refunds,
     t.refunded, t.adjustments, t.adjusted
   from (
     select d.actor_id as "actorId", d.currency, sum(d.redeemed)::bigint as redeemed, sum(d.refunds)::bigint as refunds,
       sum(d.refunded)::bigint as refunded, sum(d.adjustments)::bigint as adjustments, sum(d.adjusted)::bigint as adjusted
     from reports.actor_day d where d.merchant_id = $1 and d.day > $2::date - $3::int and d.day <= $2::date
     group by d.actor_id, d.currency) t
   left join people.staff_view s on s.merchant_id = $1 and s.id = t."actorId"
   left join people.key_view k on k.merchant_id = $1 and k.id = t."actorId"
   where (t.refunds >= $4 and t.refunded * 5 > t.redeemed) or t.adjustments >= $4
   order by t.refunded + t.adjusted desc limit $5`,
);

export type FrozenLedger = { readonly reason: string; readonly frozenAt: Date | null };

/** Why nothing moves, where the verifier or an operator has stopped it. */
export async function frozenLedger(db: Db, merchantId: string): Promise<FrozenLedger | undefined> {
  const [frozen] = await db.query<FrozenLedger>(selectFrozen, [merchantId]);
  return frozen;
}

export type FailedBatch = { readonly id: string; readonly failure: string; readonly createdAt: Date };

export function failedBatches(
  db: Db,
  merchantId: string,
  since: Date,
  limit: number,
): Promise<FailedBatch[]> {
  return db.query<FailedBatch>(selectFailed, [merchantId, since, limit]);
}

export type LockedPin = { readonly cardId: string; readonly serial: bigint; readonly storeId: string | null };

/** Cards whose PIN was wrong too often, of these stores (null: all). */
export function lockedPins(
  db: Db,
  merchantId: string,
  storeIds: readonly string[] | null,
  limit: number,
): Promise<LockedPin[]> {
  return db.query<LockedPin>(selectLocked, [merchantId, storeIds, limit]);
}

export type UnusualActor = {
  readonly actorId: string;
  readonly byStaff: boolean;
  readonly actorName: string | null;
  readonly currency: string;
  readonly redeemed: bigint;
  readonly refunds: bigint;
  readonly refunded: bigint;
  readonly adjustments: bigint;
  readonly adjusted: bigint;
};

/** Who has, within so many days, given back more than a fifth of what they took, or corrected balances, at least so often. */
export function unusualActors(
  db: Db,
  merchantId: string,
  { day, days, timesMin, limit }: { day: string; days: number; timesMin: number; limit: number },
): Promise<UnusualActor[]> {
  return db.query<UnusualActor>(selectUnusual, [merchantId, day, days, timesMin, limit]);
}
