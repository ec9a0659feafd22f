import { type Db, statement } from '../../../platform/db/statement.ts';
import type { AssetSum, BrokenHold, BrokenLink, FoundAccount } from './accounts.ts';
import type { FoundEntry, FoundPostings, FoundSum, Stretch } from './log.ts';

const selectHash = statement(
  'verify.selectHash',
  `select hash from ledger.activity where merchant_id = $1 and seq = $2`,
);

/** The hash that an entry carries. */
export async function hashOf(db: Db, merchantId: string, seq: bigint): Promise<Buffer | undefined> {
  const [entry] = await db.query<{ hash: Buffer }>(selectHash, [merchantId, seq]);
  return entry?.hash;
}

const selectEntries = statement(
  'verify.selectEntries',
  `select seq, type, (extract(epoch from occurred_at) * 1000)::float8 as "occurredMs", actor_id as "actorId",
     store_id as "storeId", subject_id as "subjectId", related_seq as "relatedSeq", reference, amount, details,
     idempotency_key as "idempotencyKey", fingerprint, result, hash
   from ledger.activity where merchant_id = $1 and seq > $2 and seq <= $3 order by seq`,
);
// The postings of an entry come as one text, the one that the chain covers: as rows they would cost more than all else.
// They are put in order once for all entries, which a newer server sees and does not do again for each.
const postings = `select activity_seq, line, account_id, account_seq, amount, balance_after,
     (select asset from ledger.account where merchant_id = $1 and id = p.account_id) collate "C" as asset
   from ledger.posting p where p.merchant_id = $1`;
const selectPostings = statement(
  'verify.selectPostings',
  `select activity_seq as "activitySeq", count(*)::integer as count,
     string_agg(concat_ws(',', account_id, account_seq, amount, balance_after), ';' order by line) as canonical,
     count(asset) = count(*) and min(asset) = max(asset) and sum(amount) = 0 as "isPlain"
   from (${postings} and p.activity_seq > $2 and p.activity_seq <= $3 order by p.activity_seq, p.line) as p
   group by activity_seq order by activity_seq`,
);
const selectSums = statement(
  'verify.selectSums',
  `select activity_seq as "activitySeq", asset, sum(amount)::text as sum, min(account_id::text) as "accountId"
   from (${postings} and p.activity_seq = any($2::bigint[])) as p
   group by activity_seq, asset order by activity_seq, asset`,
);

/** The log after one entry up to and with another. */
export async function readStretch(
  db: Db,
  merchantId: string,
  after: bigint,
  until: bigint,
): Promise<Stretch> {
  const range = [merchantId, after, until];
  const [entries, postings] = await Promise.all([
    db.query<FoundEntry>(selectEntries, range),
    db.query<FoundPostings>(selectPostings, range),
  ]);
  const doubtful = postings.filter(({ isPlain }) => !isPlain).map(({ activitySeq }) => activitySeq);
  const sums = doubtful.length === 0 ? [] : await db.query<FoundSum>(selectSums, [merchantId, doubtful]);
  return { until, entries, postings, sums };
}

// The row to begin at has been judged with the page before; it is read again for the next to follow from it.
const selectLinks = statement(
  'verify.selectLinks',
  `select account_id as "accountId", account_seq as "accountSeq", activity_seq as "activitySeq", follows, last, rows
   from (
     select account_id, account_seq, activity_seq, row_number() over w = count(*) over () as last, count(*) over () as rows,
       case when lag(account_id) over w = account_id
         then account_seq = lag(account_seq) over w + 1 and balance_after = lag(balance_after) over w + amount
         else (account_id = $2 and account_seq = $3) or (account_seq = 1 and balance_after = amount)
       end as follows
     from (
       select account_id, account_seq, activity_seq, amount, balance_after from ledger.posting
       where merchant_id = $1 and (account_id, account_seq) >= ($2::uuid, $3::bigint)
       order by account_id, account_seq limit $4
     ) as page
     window w as (order by account_id, account_seq)
   ) as judged
   where last or not follows
   order by account_id, account_seq`,
);

export type PostingKey = { readonly accountId: string; readonly accountSeq: bigint };
type Link = BrokenLink & { readonly follows: boolean; readonly last: boolean; readonly rows: bigint };

/** Postings in the order of their accounts: those that do not follow from the one before, and where the page ends. */
export async function readLinks(
  db: Db,
  merchantId: string,
  from: PostingKey,
  limit: number,
): Promise<{ broken: BrokenLink[]; end: PostingKey; rows: bigint }> {
  const links = await db.query<Link>(selectLinks, [merchantId, from.accountId, from.accountSeq, limit]);
  const end = links.find(({ last }) => last);
  return { broken: links.filter(({ follows }) => !follows), end: end ?? from, rows: end?.rows ?? 0n };
}

// What stands before a posting is mostly in the same stretch; only for an account's first one there it is looked up.
const selectNewLinks = statement(
  'verify.selectNewLinks',
  `select account_id as "accountId", account_seq as "accountSeq", activity_seq as "activitySeq"
   from (
     select account_id, account_seq, activity_seq, line, balance_after - amount as before,
       lag(account_seq) over w as seq_before, lag(balance_after) over w as balance_before
     from ledger.posting p where p.merchant_id = $1 and p.activity_seq > $2 and p.activity_seq <= $3
     window w as (partition by account_id order by account_seq)
   ) as p
   where before is distinct from case when account_seq = 1 then 0
     when seq_before = account_seq - 1 then balance_before
     else (select balance_after from ledger.posting
       where merchant_id = $1 and account_id = p.account_id and account_seq = p.account_seq - 1) end
   order by activity_seq, line`,
);

/** Postings of a stretch of the log that do not follow from the one before on their account. */
export function brokenLinksOf(
  db: Db,
  merchantId: string,
  after: bigint,
  until: bigint,
): Promise<BrokenLink[]> {
  return db.query<BrokenLink>(selectNewLinks, [merchantId, after, until]);
}

// Whatever stands in there is judged, not thrown over.
const partsOfHold = `jsonb_to_recordset(case when jsonb_typeof(h.parts) = 'array' then h.parts else '[]' end)
  as part("accountId" text, amount text)`;
const partAccount = `case when part."accountId" ~ '^[0-9a-f-]{36}$' then part."accountId"::uuid end`;
const partAmount = `case when part.amount ~ '^[0-9]{1,16}$' then part.amount::bigint else -1 end`;
// Sub-selects and no joins: a plan made over empty tables can then do nothing but look each row up by its key.
const accountBesidePostings = `a.id, a.owner_id as "ownerId", a.purpose, a.detail, a.asset, a.floor, a.ceiling,
  a.balance, a.held, a.postings,
  (select balance_after from ledger.posting
   where merchant_id = $1 and account_id = a.id and account_seq = a.postings) as "lastBalance",
  (select account_seq from ledger.posting
   where merchant_id = $1 and account_id = a.id and account_seq > a.postings limit 1) is not null as "hasMore",
  case when a.held = 0 then 0 else (
    select coalesce(sum(${partAmount}), 0) from ledger.hold h, ${partsOfHold}
    where h.merchant_id = $1 and h.owner_id = a.owner_id and h.state = 'open' and part."accountId" = a.id::text
  ) end::bigint as reserved`;
const selectAccounts = statement(
  'verify.selectAccounts',
  `select ${accountBesidePostings} from ledger.account a where a.merchant_id = $1 and a.id > $2 order by a.id limit $3`,
);
const selectTouched = statement(
  'verify.selectTouched',
  `select ${accountBesidePostings} from ledger.account a
   where a.merchant_id = $1 and a.id = any(array(
     select distinct account_id from ledger.posting where merchant_id = $1 and activity_seq > $2 and activity_seq <= $3))`,
);

/** Accounts in the order of their ids, from after one, beside what their postings say. */
export function readAccounts(
  db: Db,
  merchantId: string,
  after: string,
  limit: number,
): Promise<FoundAccount[]> {
  return db.query<FoundAccount>(selectAccounts, [merchantId, after, limit]);
}

/** The accounts that a stretch of the log posted on. */
export function touchedAccounts(
  db: Db,
  merchantId: string,
  after: bigint,
  until: bigint,
): Promise<FoundAccount[]> {
  return db.query<FoundAccount>(selectTouched, [merchantId, after, until]);
}

// The sums of a large ledger may pass 2^63 before they cancel out, so they are added as numeric.
const selectAssetSums = statement(
  'verify.selectAssetSums',
  `select asset, sum(balance)::text as sum from ledger.account where merchant_id = $1 group by asset having sum(balance) <> 0`,
);
const selectOutsideLog = statement(
  'verify.selectOutsideLog',
  `(select activity_seq as seq from ledger.posting where merchant_id = $1 and activity_seq < 1 limit 1)
   union all (select activity_seq from ledger.posting where merchant_id = $1 and activity_seq > $2 limit 1)
   union all (select seq from ledger.activity where merchant_id = $1 and seq > $2 limit 1)
   limit 1`,
);
const selectHolds = statement(
  'verify.selectHolds',
  `select h.id, h.seq, (
     h.seq < 1 or h.seq > $2 or (h.state = 'open') <> (h.ended_seq is null) or coalesce(h.ended_seq > $2 or h.ended_seq <= h.seq, false)
     or (h.state = 'captured') <> (h.captured > 0) or h.captured > h.amount
     or h.amount <> (select coalesce(sum(${partAmount}), 0) from ${partsOfHold})
     or exists (select 1 from ${partsOfHold} where not coalesce((
       select owner_id = h.owner_id and (h.state <> 'open' or held >= ${partAmount})
       from ledger.account where merchant_id = $1 and id = ${partAccount}), false))
   ) is not false as broken
   from ledger.hold h where h.merchant_id = $1 and h.id > $3 order by h.id limit $4`,
);

/** Assets whose balances do not cancel out. */
export async function unbalancedAssets(db: Db, merchantId: string): Promise<AssetSum[]> {
  const sums = await db.query<{ asset: string; sum: string }>(selectAssetSums, [merchantId]);
  return sums.map(({ asset, sum }) => ({ asset, sum: BigInt(sum) }));
}

/** The number of an entry or posting that lies outside the log, which ends at `seq`. */
export async function outsideLog(db: Db, merchantId: string, seq: bigint): Promise<bigint | undefined> {
  const [outside] = await db.query<{ seq: bigint }>(selectOutsideLog, [merchantId, seq]);
  return outside?.seq;
}

/** Holds in the order of their ids, from after one: whether each agrees with itself and its accounts. */
export function readHolds(
  db: Db,
  merchantId: string,
  seq: bigint,
  after: string,
  limit: number,
): Promise<(BrokenHold & { readonly broken: boolean })[]> {
  return db.query(selectHolds, [merchantId, seq, after, limit]);
}
