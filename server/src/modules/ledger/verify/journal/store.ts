import { type Db, statement } from '../../../../platform/db/statement.ts';

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
