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
