import { type Db, statement } from '../../../platform/db/statement.ts';

const selectBehind = statement(
  'ledger.behind',
  `-- all merchants: one job follows the log of each
   select j.merchant_id as "merchantId", j.seq - coalesce(f.seq, 0) as entries from ledger.journal j
   left join ledger.follower f on f.merchant_id = j.merchant_id and f.job = $1
   where j.seq > coalesce(f.seq, 0)`,
);
const openFollower = statement(
  'ledger.openFollower',
  `insert into ledger.follower (merchant_id, job, seq) values ($1, $2, 0) on conflict (merchant_id, job) do nothing`,
);
const claimStretch = statement(
  'ledger.claimStretch',
  `select f.seq as after, least(j.seq, f.seq + $3::bigint) as until, j.seq as head
   from ledger.follower f join ledger.journal j on j.merchant_id = f.merchant_id
   where f.merchant_id = $1 and f.job = $2 for update of f skip locked`,
);
const moveFollower = statement(
  'ledger.moveFollower',
  `update ledger.follower set seq = $3 where merchant_id = $1 and job = $2`,
);

/** By how many entries a merchant's log has gone further than a job has. */
export type Behind = { readonly merchantId: string; readonly entries: bigint };

/** Merchants whose logs have gone further than a job has. */
export function merchantsBehind(db: Db, job: string): Promise<Behind[]> {
  return db.query<Behind>(selectBehind, [job]);
}

/** A stretch of a merchant's log. */
export type Stretch = {
  readonly merchantId: string;
  /** The entry before its first. */
  readonly after: bigint;
  /** Its last entry. */
  readonly until: bigint;
};

/**
 * Makes of the next entries, at most so many, what the job makes of them, and moves it on in the same transaction. False: it has come
 * to the end of the log, or another process is at it.
 */
export async function goOn(
  db: Db,
  merchantId: string,
  job: string,
  { entriesMax, make }: { readonly entriesMax: number; readonly make: Make },
): Promise<boolean> {
  await db.execute(openFollower, [merchantId, job]);
  const claimed = await db.query<Stretch & { head: bigint }>(claimStretch, [merchantId, job, entriesMax]);
  const [at] = claimed;
  if (!at || at.until === at.after) return false;
  await make(db, { merchantId, after: at.after, until: at.until });
  await db.execute(moveFollower, [merchantId, job, at.until]);
  return at.until < at.head;
}

/** What a job makes of a stretch of the log. It is handed each entry once, in order, and writes in the transaction that it is given. */
export type Make = (db: Db, stretch: Stretch) => Promise<void>;
