import { type Db, statement } from '../../../platform/db/statement.ts';
import { recordsOf } from '../../members/index.ts';
import type { WalletMoney } from '../wallet.ts';

// The same as `moneyIn` makes of the lots of one member.
const money = `
  coalesce(sum(l.balance - l.held) filter (where l.detail like 'principal|%' and not later), 0)::bigint as principal,
  coalesce(sum(l.balance - l.held) filter (where l.detail not like 'principal|%' and not later), 0)::bigint as bonus,
  coalesce(sum(l.balance) filter (where later), 0)::bigint as later,
  coalesce(sum(l.balance - l.held) filter (where not later), 0)::bigint as total,
  min(l.usable_until) filter (where l.balance > 0) as "endsNext"`;
const selectWallets = statement(
  'wallets.listed',
  `select l.owner_id as "memberId", ${money}
   from ledger.wallet_lot_view l
   join members.member_view m on m.merchant_id = $1 and m.id = l.owner_id
   cross join lateral (select l.usable_from is not null and l.usable_from > $3 as later) t
   where l.merchant_id = $1 and l.asset = $2 and ($4::uuid is null or l.owner_id < $4) and l.state = 'open'
     and (l.usable_until is null or l.usable_until > $3)
   group by l.owner_id
   having $5::text is null or ($5 = 'some') = (sum(l.balance) > 0)
   order by l.owner_id desc limit $6`,
);

export type WalletFilter = {
  readonly currency: string;
  readonly before: string | null;
  /** null: with and without. */
  readonly holding: 'some' | 'none' | null;
  readonly limit: number;
};
export type ListedWallet = WalletMoney & { readonly memberId: string; readonly endsNext: Date | null };

/** What is on members' wallets at a time, who was enrolled last first. */
export function listWallets(
  db: Db,
  merchantId: string,
  { currency, before, holding, limit }: WalletFilter,
  now: Date,
): Promise<ListedWallet[]> {
  return db.query<ListedWallet>(selectWallets, [merchantId, currency, now, before, holding, limit]);
}

const selectTotals = statement(
  'wallets.totals',
  `select ${money}, (count(distinct l.owner_id) filter (where l.balance > 0))::integer as wallets,
     coalesce(sum(l.balance) filter (where l.usable_until <= $4), 0)::bigint as ending
   from ledger.wallet_lot_view l
   cross join lateral (select l.usable_from is not null and l.usable_from > $3 as later) t
   where l.merchant_id = $1 and l.asset = $2 and l.state = 'open' and (l.usable_until is null or l.usable_until > $3)`,
);

export type WalletTotals = WalletMoney & {
  /** How many have something on them. */
  readonly wallets: number;
  /** What ends before `until`. */
  readonly ending: bigint;
};

/** What is on all wallets at a time, and what of it ends before another. */
export async function readTotals(db: Db, merchantId: string, currency: string, now: Date, until: Date) {
  const [totals] = await db.query<WalletTotals>(selectTotals, [merchantId, currency, now, until]);
  return totals;
}

const selectHistory = statement(
  'wallets.history',
  `select a.seq, a.type, a.occurred_at as "occurredAt", a.store_id as "storeId", a.reference, m.principal, m.bonus, m.after,
     case when a.type in ('purchase.made', 'purchase.refunded') and a.subject_id <> all($2::uuid[]) then a.subject_id end
       as "relativeId"
   from (
     select p.activity_seq,
       coalesce(sum(p.amount) filter (where p.detail like 'principal|%'), 0)::bigint as principal,
       coalesce(sum(p.amount) filter (where p.detail not like 'principal|%'), 0)::bigint as bonus,
       (sum(sum(p.amount)) over (order by p.activity_seq))::bigint as after
     from ledger.store_movement_view p
     where p.merchant_id = $1 and p.owner_id = any($2::uuid[]) and p.purpose = 'wallet' and p.asset = $3
     group by p.activity_seq
     -- What only went from one record of a person to another is no news of theirs.
     having sum(p.amount) <> 0 or count(distinct p.owner_id) = 1) m
   join ledger.activity_view a on a.merchant_id = $1 and a.seq = m.activity_seq
   where $4::bigint is null or a.seq < $4
   order by a.seq desc limit $5`,
);

/** What happened to a wallet in one entry of the log. */
export type WalletEntry = {
  readonly seq: bigint;
  readonly type: string;
  readonly occurredAt: Date;
  readonly storeId: string | null;
  readonly reference: string | null;
  readonly principal: bigint;
  readonly bonus: bigint;
  /** What was on all lots then, also on those that are released later. */
  readonly after: bigint;
  /** Who bought with it, where that is another member. */
  readonly relativeId: string | null;
};
type Slice = {
  readonly memberId: string;
  readonly currency: string;
  readonly before: bigint | null;
  readonly limit: number;
};

/** What happened to a member's wallet, also under records that were merged into theirs, newest first, before an entry. */
export async function walletHistory(
  db: Db,
  merchantId: string,
  { memberId, currency, before, limit }: Slice,
) {
  const records = await recordsOf(db, merchantId, memberId);
  return db.query<WalletEntry>(selectHistory, [merchantId, records, currency, before, limit]);
}

const selectLapsed = statement(
  'wallets.lapsed',
  `-- all merchants: the job that takes off what has ended works for each
   select distinct e.merchant_id as "merchantId", e.owner_id as "memberId" from (
     select l.merchant_id, l.owner_id from ledger.wallet_lot_view l
     where l.usable_until <= $1 and l.state = 'open' and l.held = 0 and l.detail not like 'principal|%'
     order by l.usable_until limit $2) e`,
);

/** On whose wallets something that was given has ended and was not taken off yet. */
export function lapsedWallets(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ merchantId: string; memberId: string }[]> {
  return db.query(selectLapsed, [now, limit]);
}
