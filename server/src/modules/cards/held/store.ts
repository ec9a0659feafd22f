import { type Db, statement } from '../../../platform/db/statement.ts';
import type { ListedCard } from '../reading/store.ts';
import { cardColumns } from '../store.ts';

export type Held = {
  readonly holder: string;
  readonly afterSerial: bigint;
  readonly limit: number;
  readonly now: Date;
};

const cardsOfHolder = statement(
  'cards.ofHolder',
  `select ${cardColumns}, m.balance, m.held, v.currency, v.program_id as "programId", v.version as "programVersion",
     r.batch_id is not null as released
   from cards.card c
   join programs.version_view v on v.merchant_id = c.merchant_id and v.id = c.version_id
   left join cards.released_batch r on r.merchant_id = c.merchant_id and r.batch_id = c.batch_id
   cross join lateral (
     select coalesce(sum(a.balance), 0)::bigint as balance,
       -- A hold past its time holds nothing, noted or not.
       (coalesce(sum(a.held), 0) - coalesce((select sum(h.amount) from ledger.hold_view h
         where h.merchant_id = c.merchant_id and h.owner_id = c.id and h.state = 'open' and h.expires_at <= $4), 0)
       )::bigint as held
     from ledger.account_view a where a.merchant_id = c.merchant_id and a.owner_id = c.id and a.purpose = 'card') m
   where c.merchant_id = $1 and c.holder = $2 and c.serial > $3
   order by c.serial
   limit $5`,
);

/** The cards of one holder as they are at this very moment, by serial number, from after one. */
export function heldCards(
  db: Db,
  merchantId: string,
  { holder, afterSerial, limit, now }: Held,
): Promise<ListedCard[]> {
  return db.query<ListedCard>(cardsOfHolder, [merchantId, holder, afterSerial, now, limit]);
}
