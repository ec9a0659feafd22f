import { type Db, statement } from '../../../platform/db/statement.ts';

const selectBehind = statement(
  'reports.behind',
  `-- all merchants: one job adds up the log of each
   select j.merchant_id as "merchantId" from ledger.journal_view j
   left join reports.cursor c on c.merchant_id = j.merchant_id
   where j.seq > coalesce(c.seq, 0)`,
);
const openCursor = statement(
  'reports.openCursor',
  `insert into reports.cursor (merchant_id, seq) values ($1, 0) on conflict (merchant_id) do nothing`,
);
const claimCursor = statement(
  'reports.claimCursor',
  `select c.seq, least(j.seq, c.seq + $2::bigint) as until, j.seq as head
   from reports.cursor c join ledger.journal_view j on j.merchant_id = c.merchant_id
   where c.merchant_id = $1 for update of c skip locked`,
);
const moveCursor = statement(
  'reports.moveCursor',
  `update reports.cursor set seq = $2 where merchant_id = $1`,
);

/** The postings of some entries, with whose they are: a lot of a card is its seller's, takings are the store's. */
const movements = `select (a.occurred_at at time zone z.timezone)::date as day, a.seq, a.type, a.actor_id, p.purpose,
       p.asset as currency, p.amount,
       case when p.purpose = 'card' then coalesce(nullif(split_part(p.detail, '|', 2), '')::uuid, $1) else p.owner_id end as store_id
     from ledger.activity_view a
     join merchants.merchant_view z on z.merchant_id = $1
     join ledger.owner_posting_view p on p.merchant_id = $1 and p.activity_seq = a.seq
     where a.merchant_id = $1 and a.seq > $2 and a.seq <= $3 and p.activity_seq > $2 and p.activity_seq <= $3
       and p.purpose in ('card', 'revenue', 'tender')`;

const addDays = statement(
  'reports.addDays',
  `insert into reports.day as d (merchant_id, day, store_id, currency, sold, paid, activations, redeemed, redemptions, refunded,
     refunds, voided, adjusted, outstanding)
   select $1, m.day, m.store_id, m.currency,
     coalesce(sum(m.amount) filter (where m.purpose = 'card' and m.type in ('card.activated', 'card.reloaded', 'card.deactivated')), 0),
     coalesce(-sum(m.amount) filter (where m.purpose = 'tender'), 0),
     count(distinct m.seq) filter (where m.purpose = 'card' and m.type = 'card.activated'),
     coalesce(sum(m.amount) filter (where m.purpose = 'revenue' and m.type in ('card.redeemed', 'card.captured')), 0),
     count(distinct m.seq) filter (where m.purpose = 'revenue' and m.type in ('card.redeemed', 'card.captured')),
     coalesce(-sum(m.amount) filter (where m.purpose = 'revenue' and m.type not in ('card.redeemed', 'card.captured')), 0),
     count(distinct m.seq) filter (where m.purpose = 'revenue' and m.type not in ('card.redeemed', 'card.captured')),
     coalesce(-sum(m.amount) filter (where m.purpose = 'card' and m.type = 'card.voided'), 0),
     coalesce(sum(m.amount) filter (where m.purpose = 'card' and m.type = 'card.adjusted'), 0),
     coalesce(sum(m.amount) filter (where m.purpose = 'card'), 0)
   from (${movements}) m
   group by m.day, m.store_id, m.currency
   on conflict (merchant_id, day, store_id, currency) do update set sold = d.sold + excluded.sold, paid = d.paid + excluded.paid,
     activations = d.activations + excluded.activations, redeemed = d.redeemed + excluded.redeemed,
     redemptions = d.redemptions + excluded.redemptions, refunded = d.refunded + excluded.refunded,
     refunds = d.refunds + excluded.refunds, voided = d.voided + excluded.voided, adjusted = d.adjusted + excluded.adjusted,
     outstanding = d.outstanding + excluded.outstanding`,
);
const addActorDays = statement(
  'reports.addActorDays',
  `insert into reports.actor_day as d (merchant_id, day, actor_id, currency, redeemed, redemptions, refunded, refunds, adjusted,
     adjustments)
   select $1, m.day, m.actor_id, m.currency,
     coalesce(sum(m.amount) filter (where m.purpose = 'revenue' and m.type in ('card.redeemed', 'card.captured')), 0),
     count(distinct m.seq) filter (where m.purpose = 'revenue' and m.type in ('card.redeemed', 'card.captured')),
     coalesce(-sum(m.amount) filter (where m.purpose = 'revenue' and m.type not in ('card.redeemed', 'card.captured')), 0),
     count(distinct m.seq) filter (where m.purpose = 'revenue' and m.type not in ('card.redeemed', 'card.captured')),
     coalesce(sum(abs(m.amount)) filter (where m.purpose = 'card' and m.type = 'card.adjusted'), 0),
     count(distinct m.seq) filter (where m.purpose = 'card' and m.type = 'card.adjusted')
   from (${movements}) m
   where m.purpose = 'revenue' or m.type = 'card.adjusted'
   group by m.day, m.actor_id, m.currency
   on conflict (merchant_id, day, actor_id, currency) do update set redeemed = d.redeemed + excluded.redeemed,
     redemptions = d.redemptions + excluded.redemptions, refunded = d.refunded + excluded.refunded,
     refunds = d.refunds + excluded.refunds, adjusted = d.adjusted + excluded.adjusted,
     adjustments = d.adjustments + excluded.adjustments`,
);

/** Merchants in whose logs there is more than their reports know. */
export async function merchantsBehind(db: Db): Promise<string[]> {
  return (await db.query<{ merchantId: string }>(selectBehind, [])).map(({ merchantId }) => merchantId);
}

/** Adds up at most so many further entries of the log, each once. False: it has come to its end, or another process is at it. */
export async function addUp(db: Db, merchantId: string, entries: number): Promise<boolean> {
  await db.execute(openCursor, [merchantId]);
  const [at] = await db.query<{ seq: bigint; until: bigint; head: bigint }>(claimCursor, [
    merchantId,
    entries,
  ]);
  if (!at || at.until === at.seq) return false;
  await db.execute(addDays, [merchantId, at.seq, at.until]);
  await db.execute(addActorDays, [merchantId, at.seq, at.until]);
  await db.execute(moveCursor, [merchantId, at.until]);
  return at.until < at.head;
}
