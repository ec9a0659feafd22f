import { type Db, statement } from '../../../platform/db/statement.ts';
import { becameOf } from '../../clearing/index.ts';
import type { Stretch } from '../../ledger/index.ts';
import { whats } from '../value/store.ts';

const inStretch = (p: string) =>
  `${p}.merchant_id = $1 and ${p}.activity_seq > $2 and ${p}.activity_seq <= $3`;

/** The postings of some entries, with whose they are: a lot of a card or wallet is its seller's, takings are the store's. */
const movements = `select (a.occurred_at at time zone z.timezone)::date as day, a.seq, a.type, a.actor_id, p.line, p.purpose,
       split_part(p.detail, '|', 1) as kind, p.asset as currency, p.amount,
       case when p.purpose in ('card', 'wallet') then coalesce(nullif(split_part(p.detail, '|', 2), '')::uuid, $1)
         else p.owner_id end as store_id
     from ledger.activity_view a
     join merchants.merchant_view z on z.merchant_id = $1
     join ledger.owner_posting_view p on ${inStretch('p')} and p.activity_seq = a.seq
     where a.merchant_id = $1 and a.seq > $2 and a.seq <= $3 and p.purpose in ('card', 'wallet', 'revenue', 'tender')`;

// Of cards: what members pay otherwise is told by `reports.value_day` and by the list of purchases.
const ofCards = `(m.purpose = 'card' or m.type like 'card.%')`;
const redeemed = `m.purpose = 'revenue' and m.type in ('card.redeemed', 'card.captured')`;
const refunded = `m.purpose = 'revenue' and m.type like 'card.%' and m.type not in ('card.redeemed', 'card.captured')`;
// Of those at a till: whatever was paid with.
const taken = `m.purpose = 'revenue' and m.type in ('card.redeemed', 'card.captured', 'purchase.made')`;
const givenBack = `m.purpose = 'revenue' and m.type not in ('card.redeemed', 'card.captured', 'purchase.made')`;
const adjusted = `(m.purpose = 'card' and m.type = 'card.adjusted' or m.purpose = 'wallet' and m.type = 'wallet.adjusted')`;
const cardsAdjusted = `m.purpose = 'card' and m.type = 'card.adjusted'`;
const sum = (what: string, of: string) => `coalesce(sum(${what}) filter (where ${of}), 0)`;
const entries = (of: string) => `count(distinct m.seq) filter (where ${of})`;
const added = (columns: readonly string[]) =>
  columns.map((column) => `${column} = d.${column} + excluded.${column}`).join(', ');
const dayColumns =
  'sold paid activations redeemed redemptions refunded refunds voided adjusted outstanding'.split(' ');
const actorColumns = 'redeemed redemptions refunded refunds adjusted adjustments'.split(' ');

/** What is told as what went, so that it is positive. */
const went: readonly string[] = ['spent', 'refunded', 'expired'];
const valueColumns = [...whats, 'principal', 'given'];
const became = becameOf('c.purpose', 'm.amount');

// One reading of the entries for all sums: fetching them is most of what this costs.
const addDays = statement(
  'reports.addDays',
  `with m as materialized (${movements}),
   actor_days as (
     insert into reports.actor_day as d (merchant_id, day, actor_id, currency, ${actorColumns.join(', ')})
     select $1, m.day, m.actor_id, m.currency,
       ${sum('m.amount', taken)}, ${entries(taken)},
       ${sum('-m.amount', givenBack)}, ${entries(givenBack)},
       ${sum('abs(m.amount)', adjusted)}, ${entries(adjusted)}
     from m
     where m.purpose = 'revenue' or ${adjusted}
     group by m.day, m.actor_id, m.currency
     on conflict (merchant_id, day, actor_id, currency) do update set ${added(actorColumns)}),
   value_days as (
     insert into reports.value_day as d (merchant_id, day, store_id, currency, ${valueColumns.join(', ')})
     select $1, m.day, m.store_id, m.currency,
       ${whats.map((what) => sum(went.includes(what) ? '-m.amount' : 'm.amount', `${became} = '${what}'`)).join(', ')},
       ${sum('m.amount', `m.kind = 'principal'`)}, ${sum('m.amount', `m.kind <> 'principal'`)}
     from m
     -- Postings stand in pairs: what a lot received or paid is told by the account at the other end.
     join ledger.owner_posting_view c on ${inStretch('c')} and c.activity_seq = m.seq
       and c.line = case when m.line % 2 = 1 then m.line + 1 else m.line - 1 end
     where m.purpose = 'wallet'
     group by m.day, m.store_id, m.currency
     on conflict (merchant_id, day, store_id, currency) do update set ${added(valueColumns)})
   insert into reports.day as d (merchant_id, day, store_id, currency, ${dayColumns.join(', ')})
   select $1, m.day, m.store_id, m.currency,
     ${sum('m.amount', `m.purpose = 'card' and m.type in ('card.activated', 'card.reloaded', 'card.deactivated')`)},
     ${sum('-m.amount', `m.purpose = 'tender'`)},
     ${entries(`m.purpose = 'card' and m.type = 'card.activated'`)},
     ${sum('m.amount', redeemed)}, ${entries(redeemed)},
     ${sum('-m.amount', refunded)}, ${entries(refunded)},
     ${sum('-m.amount', `m.purpose = 'card' and m.type = 'card.voided'`)},
     ${sum('m.amount', cardsAdjusted)},
     ${sum('m.amount', `m.purpose = 'card'`)}
   from m
   where m.purpose in ('card', 'revenue', 'tender') and ${ofCards}
   group by m.day, m.store_id, m.currency
   on conflict (merchant_id, day, store_id, currency) do update set ${added(dayColumns)}`,
);

/** Adds up a stretch of the log, by days. */
export async function addUp(db: Db, { merchantId, after, until }: Stretch): Promise<void> {
  await db.execute(addDays, [merchantId, after, until]);
}
