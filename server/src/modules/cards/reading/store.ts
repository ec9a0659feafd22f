import { type Db, statement } from '../../../platform/db/statement.ts';
import type { Card } from '../card.ts';
import { cardColumns } from '../store.ts';

export type ListedCard = Card & {
  readonly balance: bigint;
  readonly held: bigint;
  readonly released: boolean;
  readonly currency: string;
  readonly programId: string;
  readonly programVersion: number;
};

export type CardFilter = {
  readonly serial: bigint | null;
  readonly state: string | null;
  readonly batchId: string | null;
  readonly holder: string | null;
  readonly afterSerial: bigint;
  readonly limit: number;
  readonly now: Date;
};

/** The stored states that cards shown in this state may have: what the index can find before the balance is looked at. */
const storedStates: Readonly<Record<string, readonly string[]>> = {
  printed: ['generated'],
  held: ['active'],
  partially_used: ['active'],
  used_up: ['active'],
  expired: ['expired', 'active'],
};

// The order of the cases is that of `shownState` in card.ts; a test holds the two together.
const listCards = statement(
  'cards.list',
  `select * from (
     select ${cardColumns}, m.balance, m.held, v.currency,
       v.program_id as "programId", v.version as "programVersion", r.batch_id is not null as released,
       case when c.state = 'generated' then case when r.batch_id is null then 'generated' else 'printed' end
         when c.state not in ('active', 'expired') then c.state
         when c.state = 'expired' or c.valid_until <= $7 then 'expired'
         when m.held > 0 then 'held'
         when m.balance = 0 then 'used_up'
         when m.balance < c.loaded then 'partially_used'
         else 'active' end as shown
     from cards.card c
     join programs.version_view v on v.merchant_id = c.merchant_id and v.id = c.version_id
     left join cards.released_batch r on r.merchant_id = c.merchant_id and r.batch_id = c.batch_id
     cross join lateral (
       select coalesce(sum(a.balance), 0)::bigint as balance,
         -- A hold past its time holds nothing, noted or not.
         (coalesce(sum(a.held), 0) - coalesce((select sum(h.amount) from ledger.hold_view h
           where h.merchant_id = c.merchant_id and h.owner_id = c.id and h.state = 'open' and h.expires_at <= $7), 0)
         )::bigint as held
       from ledger.account_view a where a.merchant_id = c.merchant_id and a.owner_id = c.id and a.purpose = 'card') m
     where c.merchant_id = $1 and c.serial > $2
       and ($3::bigint is null or c.serial = $3) and ($4::text[] is null or c.state = any($4))
       and ($5::uuid is null or c.batch_id = $5) and ($6::text is null or c.holder = $6)
   ) as listed
   where $8::text is null or shown = $8
   order by serial
   limit $9`,
);

/** Cards by serial number, from after one. The decoy, which has serial 0, is never among them. */
export function selectCards(db: Db, merchantId: string, filter: CardFilter): Promise<ListedCard[]> {
  const { serial, state, batchId, holder, afterSerial, limit, now } = filter;
  const stored = state === null ? null : (storedStates[state] ?? [state]);
  return db.query<ListedCard>(listCards, [
    merchantId,
    afterSerial,
    serial,
    stored,
    batchId,
    holder,
    now,
    state,
    limit,
  ]);
}

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
