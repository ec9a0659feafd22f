import { type Db, statement } from '../../../../platform/db/statement.ts';
import type { Stretch } from '../../../ledger/index.ts';
import { moneyNow, stageNow } from '../store.ts';

const touched = `select a.subject_id as id from ledger.activity_view a
     where a.merchant_id = $1 and a.seq > $2 and a.seq <= $3 and a.subject_id is not null
     union select p.owner_id from ledger.owner_posting_view p
     where p.merchant_id = $1 and p.activity_seq > $2 and p.activity_seq <= $3 and p.purpose = 'card'`;
const dayOf = (column: string) => `(${column} at time zone z.timezone)::date`;
const cohortOf = (
  row: string,
  cards: string,
  balance: string,
) => `select coalesce(${row}.store_id, $1::uuid) as store_id, ${row}.currency,
       ${dayOf(`${row}.activated_at`)} as activated_on, coalesce(${dayOf(`${row}.valid_until`)}, 'infinity') as ends_on,
       ${cards} as cards, ${balance} as balance`;
const zone = 'join merchants.merchant_view z on z.merchant_id = $1';
// All parts of the statement see the rows as they were before it, so what is put and what it replaces can be compared; what is
// the same is left out, since a row that meets its like is locked and logged even where nothing of it changes.
const keepUp = statement(
  'cards.keepUp',
  `with fresh as materialized (
     select c.serial, c.id, c.state, ${stageNow('$4')} as stage, m.balance, m.held, v.currency, c.pin_tries >= 5 as pin_locked,
       c.sold_store_id as store_id, c.activated_at, c.valid_until, c.holder
     from (${touched}) t join cards.card c on c.merchant_id = $1 and c.id = t.id
     join programs.version_view v on v.merchant_id = $1 and v.id = c.version_id
     cross join lateral ${moneyNow('$4')}
     where c.serial > 0),
   old as materialized (
     select s.serial, s.stage, s.pin_locked, s.currency, s.store_id, s.activated_at, s.valid_until, s.holder, m.balance, m.held
     from fresh f join cards.standing s on s.merchant_id = $1 and s.serial = f.serial
     join cards.standing_money m on m.merchant_id = $1 and m.serial = f.serial),
   unsold as (
     delete from cards.standing s using fresh f
     where s.merchant_id = $1 and s.serial = f.serial and f.state = 'generated'),
   unsold_money as (
     delete from cards.standing_money s using fresh f
     where s.merchant_id = $1 and s.serial = f.serial and f.state = 'generated'),
   kept as (
     insert into cards.standing as s (merchant_id, serial, card_id, stage, currency, pin_locked, store_id, activated_at,
       valid_until, holder)
     select $1, f.serial, f.id, f.stage, f.currency, f.pin_locked, f.store_id, f.activated_at, f.valid_until, f.holder
     from fresh f left join old o on o.serial = f.serial
     where f.state <> 'generated' and (o.serial is null
       or (o.stage, o.pin_locked, o.store_id, o.activated_at, o.valid_until, o.holder) is distinct from
         (f.stage, f.pin_locked, f.store_id, f.activated_at, f.valid_until, f.holder))
     on conflict (merchant_id, serial) do update set stage = excluded.stage, pin_locked = excluded.pin_locked,
       store_id = excluded.store_id, activated_at = excluded.activated_at, valid_until = excluded.valid_until,
       holder = excluded.holder),
   kept_money as (
     insert into cards.standing_money as s (merchant_id, serial, balance, held)
     select $1, f.serial, f.balance, f.held from fresh f left join old o on o.serial = f.serial
     where f.state <> 'generated' and (o.serial is null or (o.balance, o.held) is distinct from (f.balance, f.held))
     on conflict (merchant_id, serial) do update set balance = excluded.balance, held = excluded.held)
   insert into cards.cohort as c (merchant_id, store_id, currency, activated_on, ends_on, cards, balance)
   select $1, d.store_id, d.currency, d.activated_on, d.ends_on, sum(d.cards), sum(d.balance)
   from (
     ${cohortOf('f', '1', 'f.balance')} from fresh f ${zone} where f.state <> 'generated' and f.activated_at is not null
     union all
     ${cohortOf('o', '-1', '-o.balance')} from old o ${zone} where o.activated_at is not null) d
   group by d.store_id, d.currency, d.activated_on, d.ends_on
   having sum(d.cards) <> 0 or sum(d.balance) <> 0
   on conflict (merchant_id, store_id, currency, activated_on, ends_on)
   do update set cards = c.cards + excluded.cards, balance = c.balance + excluded.balance`,
);

/** Brings the list up by a stretch of the log. */
export async function keepListUp(db: Db, { merchantId, after, until }: Stretch, now: Date): Promise<void> {
  await db.execute(keepUp, [merchantId, after, until, now]);
}
