import { type Db, statement } from '../../../platform/db/statement.ts';
import type { Card } from '../card.ts';

export type ListedCard = Card & {
  readonly balance: bigint;
  readonly held: bigint;
  readonly released: boolean;
  readonly currency: string;
  readonly programId: string;
  readonly programVersion: number;
};

export type CardActivity = {
  readonly seq: bigint;
  readonly type: string;
  readonly occurredAt: Date;
  readonly actorId: string;
  /** Whether it was somebody who signed in; else a key, or the system. */
  readonly byStaff: boolean;
  readonly actorName: string | null;
  readonly storeId: string | null;
  readonly reference: string | null;
  readonly amount: bigint | null;
  readonly details: unknown;
  readonly postings: readonly { accountId: string; amount: string; balanceAfter: string }[];
};

const cardActivities = statement(
  'cards.activities',
  `select a.seq, a.type, a.occurred_at as "occurredAt", a.actor_id as "actorId", a.store_id as "storeId", a.reference,
     a.amount, coalesce(a.details, '{}')::json as details, coalesce(p.postings, '[]') as postings,
     s.id is not null as "byStaff", coalesce(s.name, k.name) as "actorName"
   from (select a.seq, a.type, a.occurred_at, a.actor_id, a.store_id, a.reference, a.amount, a.details
         from ledger.activity_view a where a.merchant_id = $1 and a.subject_id = $2 and a.seq < $3
         order by a.seq desc limit $4) a
   left join people.staff_view s on s.merchant_id = $1 and s.id = a.actor_id
   left join people.key_view k on k.merchant_id = $1 and k.id = a.actor_id
   left join lateral (
     select json_agg(json_build_object('accountId', p.account_id, 'amount', p.amount::text,
       'balanceAfter', p.balance_after::text) order by p.line) as postings
     from ledger.owner_posting_view p where p.merchant_id = $1 and p.activity_seq = a.seq and p.owner_id = $2) p on true
   order by a.seq desc`,
);

/** What happened to a card, the newest first, from before an entry, with what it moved on the card's own lots. */
export function selectActivities(
  db: Db,
  merchantId: string,
  cardId: string,
  beforeSeq: bigint,
  limit: number,
): Promise<CardActivity[]> {
  return db.query<CardActivity>(cardActivities, [merchantId, cardId, beforeSeq, limit]);
}

const presented = statement(
  'cards.presentedTo',
  `select 1 from ledger.activity_view a
   where a.merchant_id = $1 and a.subject_id = $2 and a.actor_id = $3 and a.occurred_at >= $4
     and a.type in ('card.verified', 'card.redeemed')
   limit 1`,
);

/** Whether somebody entered a card's code since then: the log says so. */
export async function wasPresentedTo(
  db: Db,
  merchantId: string,
  cardId: string,
  actorId: string,
  since: Date,
): Promise<boolean> {
  return (await db.query(presented, [merchantId, cardId, actorId, since])).length > 0;
}

const selectLapsed = statement(
  'cards.lapsed',
  `-- all merchants: the job that notes expiry works for each
   select merchant_id as "merchantId", id from cards.card
   where state = 'active' and valid_until <= $1
   order by valid_until
   limit $2`,
);

/** Cards whose validity has ended and that are not yet noted as expired. */
export function lapsedCards(db: Db, now: Date, limit: number): Promise<{ merchantId: string; id: string }[]> {
  return db.query(selectLapsed, [now, limit]);
}
