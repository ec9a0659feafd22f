import { type Db, statement } from '../../../platform/db/statement.ts';
import type { AssetSum, BrokenHold, BrokenLink, FoundAccount } from './accounts.ts';
import type { FoundEntry, FoundPosting, Stretch } from './log.ts';

/** A journal as the verifier finds it. */
export type Journal = {
  readonly merchantId: string;
  readonly seq: bigint;
  readonly hash: Buffer;
  readonly frozenReason: string | null;
  readonly frozenAt: Date | null;
  readonly verifiedSeq: bigint;
};

const verifiedSeq = `coalesce((select seq from ledger.verification where merchant_id = j.merchant_id), 0)`;
const journalColumns = `j.merchant_id as "merchantId", j.seq, j.hash, j.frozen_reason as "frozenReason",
  j.frozen_at as "frozenAt", ${verifiedSeq} as "verifiedSeq"`;
const selectJournal = statement(
  'verify.selectJournal',
  `select ${journalColumns} from ledger.journal j where j.merchant_id = $1`,
);
const selectWithNews = statement(
  'verify.selectWithNews',
  `-- all merchants: the verifier works for each
   select j.merchant_id as "merchantId" from ledger.journal j where j.seq <> ${verifiedSeq} and j.frozen_reason is null`,
);
const selectNext = statement(
  'verify.selectNext',
  `-- all merchants: the verifier goes round, from one to the next
   select merchant_id as "merchantId" from ledger.journal
   where merchant_id > $1 and frozen_reason is null order by merchant_id limit 1`,
);
const selectAll = statement(
  'verify.selectAll',
  `-- all merchants: an operator verifies the whole database
   select merchant_id as "merchantId" from ledger.journal order by merchant_id`,
);
const selectHash = statement(
  'verify.selectHash',
  `select hash from ledger.activity where merchant_id = $1 and seq = $2`,
);

/** The head of a merchant's log and how far it was verified. */
export async function findJournal(db: Db, merchantId: string): Promise<Journal | undefined> {
  const [journal] = await db.query<Journal>(selectJournal, [merchantId]);
  return journal;
}

type Named = { readonly merchantId: string };

/** Merchants whose log is not where it was when it was last verified. */
export async function merchantsWithNews(db: Db): Promise<string[]> {
  return (await db.query<Named>(selectWithNews, [])).map(({ merchantId }) => merchantId);
}

/** The merchant after this one, by id. */
export async function merchantAfter(db: Db, merchantId: string): Promise<string | undefined> {
  const [next] = await db.query<Named>(selectNext, [merchantId]);
  return next?.merchantId;
}

/** Every merchant that has a journal. */
export async function allJournals(db: Db): Promise<string[]> {
  return (await db.query<Named>(selectAll, [])).map(({ merchantId }) => merchantId);
}

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
const selectPostings = statement(
  'verify.selectPostings',
  `select p.activity_seq as "activitySeq", p.account_id as "accountId", p.account_seq as "accountSeq", p.amount,
     p.balance_after as "balanceAfter",
     (select asset from ledger.account where merchant_id = $1 and id = p.account_id) as asset
   from ledger.posting p
   where p.merchant_id = $1 and p.activity_seq > $2 and p.activity_seq <= $3
   order by p.activity_seq, p.line`,
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
    db.query<FoundPosting>(selectPostings, range),
  ]);
  return { until, entries, postings };
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

const selectNewLinks = statement(
  'verify.selectNewLinks',
  `select p.account_id as "accountId", p.account_seq as "accountSeq", p.activity_seq as "activitySeq"
   from ledger.posting p
   where p.merchant_id = $1 and p.activity_seq > $2 and p.activity_seq <= $3
     and p.balance_after - p.amount is distinct from case when p.account_seq = 1 then 0 else (
       select balance_after from ledger.posting
       where merchant_id = $1 and account_id = p.account_id and account_seq = p.account_seq - 1) end
   order by p.activity_seq, p.line`,
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

const freezeJournal = statement(
  'verify.freezeJournal',
  `update ledger.journal set frozen_reason = $2, frozen_at = $3 where merchant_id = $1 and frozen_reason is null`,
);
const thawJournal = statement(
  'verify.thawJournal',
  `update ledger.journal set frozen_reason = null, frozen_at = null where merchant_id = $1`,
);
// The journal is only read: its row's lock belongs to the batches, and nobody waits for it here.
const noteVerified = statement(
  'verify.noteVerified',
  `insert into ledger.verification (merchant_id, seq, verified_at)
   select merchant_id, $2, $3 from ledger.journal where merchant_id = $1 and frozen_reason is null
   on conflict (merchant_id) do update set seq = excluded.seq, verified_at = excluded.verified_at`,
);

/** Stops all movements of a merchant until an operator has looked; keeps an earlier freeze's reason. */
export async function freeze(db: Db, merchantId: string, reason: string, at: Date): Promise<void> {
  await db.execute(freezeJournal, [merchantId, reason, at]);
}

/** Lets a merchant's ledger move again. */
export async function thaw(db: Db, merchantId: string): Promise<void> {
  await db.execute(thawJournal, [merchantId]);
}

/** Notes how far the log was found to hold, unless it is frozen; waits for no batch. */
export async function setVerified(db: Db, merchantId: string, seq: bigint, at: Date): Promise<void> {
  await db.execute(noteVerified, [merchantId, seq, at]);
}
