import { type Db, statement } from '../../../platform/db/statement.ts';
import type { Account } from '../account.ts';

const listAccounts = statement(
  'ledger.listAccounts',
  `select id, owner_id as "ownerId", purpose, detail, asset, balance, held, floor, ceiling, state,
     usable_from as "usableFrom", usable_until as "usableUntil", postings
   from ledger.account
   where merchant_id = $1 and id > $2 and ($3::uuid is null or owner_id = $3) and ($4::text is null or purpose = $4)
   order by id
   limit $5`,
);

export type AccountFilter = {
  readonly after: string;
  readonly ownerId: string | null;
  readonly purpose: string | null;
  readonly limit: number;
};

/** Accounts in the order of their ids, from after one. */
export function selectAccounts(db: Db, merchantId: string, filter: AccountFilter): Promise<Account[]> {
  return db.query<Account>(listAccounts, [
    merchantId,
    filter.after,
    filter.ownerId,
    filter.purpose,
    filter.limit,
  ]);
}

export type AssetBalance = { readonly asset: string; readonly debits: bigint; readonly credits: bigint };

// The sums of a large ledger may pass 2^63 before they cancel out, so they are added as numeric.
const trialBalance = statement(
  'ledger.trialBalance',
  `select asset, coalesce(-sum(balance) filter (where balance < 0), 0)::text as debits,
     coalesce(sum(balance) filter (where balance > 0), 0)::text as credits
   from ledger.account where merchant_id = $1
   group by asset order by asset`,
);

/** Debit and credit balances by asset; where the books are right they are equal. */
export async function selectTrialBalance(db: Db, merchantId: string): Promise<AssetBalance[]> {
  const rows = await db.query<{ asset: string; debits: string; credits: string }>(trialBalance, [merchantId]);
  return rows.map(({ asset, debits, credits }) => ({
    asset,
    debits: BigInt(debits),
    credits: BigInt(credits),
  }));
}

const selectLapsedHolds = statement(
  'ledger.lapsedHolds',
  `-- all merchants: the job that ends holds works for each
   select merchant_id as "merchantId", id from ledger.hold
   where state = 'open' and expires_at <= $1
   order by expires_at
   limit $2`,
);

/** Open holds whose time is up. */
export function lapsedHolds(db: Db, now: Date, limit: number): Promise<{ merchantId: string; id: string }[]> {
  return db.query(selectLapsedHolds, [now, limit]);
}

// The log has every number from 1 on, in order of time: halving what is left finds the first of a day in some twenty looks.
const searchFirst = statement(
  'ledger.firstSince',
  `with recursive search(before, since) as (
     select 0::bigint, j.seq + 1 from ledger.journal j where j.merchant_id = $1
     union all
     select case when a.occurred_at < $2 then a.seq else s.before end, case when a.occurred_at < $2 then s.since else a.seq end
     from search s cross join lateral (
       -- One look at a time; without the limit it is taken for a join of two tables.
       select a.seq, a.occurred_at from ledger.activity a where a.merchant_id = $1 and a.seq = (s.before + s.since) / 2 limit 1) a
     where s.since - s.before > 1)
   select min(since) as seq from search`,
);

/** The number of the first entry of the log at or after an instant; where there is none yet, the number that it will have. */
export async function firstSeqSince(db: Db, merchantId: string, instant: Date): Promise<bigint> {
  const [row] = await db.query<{ seq: bigint | null }>(searchFirst, [merchantId, instant]);
  return row?.seq ?? 1n;
}
