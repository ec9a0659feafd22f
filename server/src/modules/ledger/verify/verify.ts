import { createHash } from 'node:crypto';
import type { Db } from '../../../platform/db/statement.ts';
import { brokenHold, brokenLink, checkAccount, checkAssets } from './accounts.ts';
import type { Finding } from './finding.ts';
import { findJournal, type Journal } from './journal/store.ts';
import { type Book, checkStretch, type Mark, type Stretch } from './log.ts';
import {
  brokenLinksOf,
  hashOf,
  outsideLog,
  type PostingKey,
  readAccounts,
  readHolds,
  readLinks,
  readStretch,
  touchedAccounts,
  unbalancedAssets,
} from './store.ts';

/** What the chain of a merchant begins with. */
export function genesisHash(merchantId: string): Buffer {
  return createHash('sha256').update(`scrip journal ${merchantId}`).digest();
}

/** Where a full verification stands; it may go on over a later snapshot. */
export type Cursor =
  | { readonly phase: 'log'; readonly mark: Mark }
  | { readonly phase: 'links'; readonly from: PostingKey }
  | { readonly phase: 'accounts' | 'holds'; readonly after: string }
  | { readonly phase: 'totals' };

export type Step = {
  readonly findings: readonly Finding[];
  /** Undefined: all has been looked at. */
  readonly next: Cursor | undefined;
  /** How many rows it looked at. */
  readonly rows: bigint;
};

const noId = '00000000-0000-0000-0000-000000000000';
// Small enough that the process answers others in between, large enough that asking for it does not count.
const entriesAStretch = 500n;
const entriesAStep = 4n * entriesAStretch;
const linksAStep = 20_000;
const rowsAStep = 1_000;

/** Where a full verification of a merchant begins. */
export function beginning(merchantId: string): Cursor {
  return { phase: 'log', mark: { seq: 0n, hash: genesisHash(merchantId) } };
}

/** One step of a full verification, over a snapshot in which the journal is as given. */
export function step(db: Db, book: Book, journal: Journal, cursor: Cursor): Promise<Step> {
  switch (cursor.phase) {
    case 'log':
      return stepLog(db, book, journal, cursor.mark);
    case 'links':
      return stepLinks(db, book.merchantId, cursor.from);
    case 'accounts':
      return stepAccounts(db, book.merchantId, cursor.after);
    case 'holds':
      return stepHolds(db, journal, cursor.after);
    case 'totals':
      return totals(db, journal);
  }
}

async function stepLog(db: Db, book: Book, journal: Journal, from: Mark): Promise<Step> {
  if (from.seq >= journal.seq) {
    const next: Cursor = { phase: 'links', from: { accountId: noId, accountSeq: 0n } };
    return { findings: headFindings(journal, from), next, rows: 0n };
  }
  const until = lesser(from.seq + entriesAStep, journal.seq);
  const { mark, findings, rows } = await readOn(db, book, from, until);
  return { findings, next: { phase: 'log', mark }, rows };
}

function headFindings(journal: Journal, mark: Mark): Finding[] {
  if (journal.seq < mark.seq) {
    return [
      { check: 'log_head', seq: journal.seq, what: `is the last, but the log was at ${mark.seq} before` },
    ];
  }
  if (journal.hash.equals(mark.hash)) return [];
  return [
    { check: 'log_head', seq: journal.seq, what: 'is not the one that the journal says the log ends with' },
  ];
}

async function stepLinks(db: Db, merchantId: string, from: PostingKey): Promise<Step> {
  const { broken, end, rows } = await readLinks(db, merchantId, from, linksAStep);
  const isEnd = end.accountId === from.accountId && end.accountSeq === from.accountSeq;
  const next: Cursor = isEnd ? { phase: 'accounts', after: noId } : { phase: 'links', from: end };
  return { findings: broken.map(brokenLink), next, rows };
}

async function stepAccounts(db: Db, merchantId: string, after: string): Promise<Step> {
  const found = await readAccounts(db, merchantId, after, rowsAStep);
  const last = found.at(-1);
  const next: Cursor = last ? { phase: 'accounts', after: last.id } : { phase: 'holds', after: noId };
  return { findings: found.flatMap(checkAccount), next, rows: BigInt(found.length) };
}

async function stepHolds(db: Db, { merchantId, seq }: Journal, after: string): Promise<Step> {
  const found = await readHolds(db, merchantId, seq, after, rowsAStep);
  const last = found.at(-1);
  const next: Cursor = last ? { phase: 'holds', after: last.id } : { phase: 'totals' };
  return { findings: found.filter(({ broken }) => broken).map(brokenHold), next, rows: BigInt(found.length) };
}

async function totals(db: Db, { merchantId, seq }: Journal): Promise<Step> {
  const [sums, outside] = await Promise.all([
    unbalancedAssets(db, merchantId),
    outsideLog(db, merchantId, seq),
  ]);
  const findings = checkAssets(sums);
  if (outside !== undefined) {
    findings.push({
      check: 'log_gapless',
      seq: outside,
      what: `stands outside the log, which ends at ${seq}`,
    });
  }
  return { findings, next: undefined, rows: 0n };
}

export type Whole = {
  readonly journal: Journal;
  readonly rows: bigint;
  readonly findings: readonly Finding[];
};

/** So many say enough; the rest is counted by whoever repairs it. */
const findingsMax = 50;

/**
 * Verifies all that there is of a merchant, over the caller's one snapshot, and that it has what it was `known` to
 * have. `onStep` is told of each step. Undefined: there is no such journal.
 */
export async function verifyWhole(
  db: Db,
  book: Book,
  known: Mark | undefined,
  onStep: (cursor: Cursor, journal: Journal) => void = () => undefined,
): Promise<Whole | undefined> {
  const journal = await findJournal(db, book.merchantId);
  if (!journal) return undefined;
  const findings: Finding[] = verifiedBefore(journal);
  if (known) findings.push(...(await checkKnown(db, journal, known)));
  let rows = 0n;
  let cursor: Cursor | undefined = beginning(book.merchantId);
  while (cursor !== undefined && findings.length < findingsMax) {
    const done: Step = await step(db, book, journal, cursor);
    findings.push(...done.findings.slice(0, findingsMax - findings.length));
    rows += done.rows;
    cursor = done.next;
    if (cursor) onStep(cursor, journal);
  }
  return { journal, rows, findings };
}

function verifiedBefore({ seq, verifiedSeq }: Journal): Finding[] {
  if (verifiedSeq <= seq) return [];
  return [{ check: 'log_head', seq, what: `is the last, but the log was verified up to ${verifiedSeq}` }];
}

export type News = { readonly mark: Mark; readonly hasMore: boolean; readonly findings: readonly Finding[] };

/**
 * Verifies what was added to a merchant's log since `known`, or since it was last noted as verified: at most
 * `entriesMax` entries, with every account that they posted on. Undefined: there is no such journal.
 */
export async function verifyNews(
  db: Db,
  book: Book,
  known: Mark | undefined,
  entriesMax: bigint,
): Promise<News | undefined> {
  const { merchantId } = book;
  const journal = await findJournal(db, merchantId);
  if (!journal) return undefined;
  const mark = known ?? (await noted(db, journal));
  const rolledBack = await checkKnown(db, journal, mark);
  if (rolledBack.length > 0) return { mark, hasMore: false, findings: rolledBack };
  const { seq } = mark;
  const until = lesser(seq + entriesMax, journal.seq);
  const { mark: end, findings } = await readOn(db, book, mark, until);
  const [links, accounts] = await Promise.all([
    brokenLinksOf(db, merchantId, seq, until),
    touchedAccounts(db, merchantId, seq, until),
  ]);
  findings.push(...links.map(brokenLink), ...accounts.flatMap(checkAccount));
  if (until === journal.seq) findings.push(...headFindings(journal, end));
  return { mark: end, hasMore: until < journal.seq, findings };
}

/** The place up to which the journal says that it was verified. */
async function noted(db: Db, { merchantId, verifiedSeq: seq }: Journal): Promise<Mark> {
  if (seq === 0n) return { seq, hash: genesisHash(merchantId) };
  return { seq, hash: (await hashOf(db, merchantId, seq)) ?? Buffer.alloc(0) };
}

/** Checks that the log still has what it was once known to have: nobody has turned it back. */
export async function checkKnown(db: Db, journal: Journal, known: Mark): Promise<Finding[]> {
  const { merchantId, seq } = journal;
  if (seq < known.seq) return headFindings(journal, known);
  const standing = known.seq === 0n ? genesisHash(merchantId) : await hashOf(db, merchantId, known.seq);
  if (standing?.equals(known.hash)) return [];
  return [
    { check: 'log_chain', seq: known.seq, what: 'was verified before, and is gone or another one now' },
  ];
}

/** Reads the log on from a mark. All is asked for at once, so that the database is ahead while a stretch is checked. */
async function readOn(
  db: Db,
  book: Book,
  from: Mark,
  until: bigint,
): Promise<{ mark: Mark; findings: Finding[]; rows: bigint }> {
  const asked: Promise<Stretch>[] = [];
  for (let after = from.seq; after < until; after += entriesAStretch) {
    asked.push(readStretch(db, book.merchantId, after, lesser(after + entriesAStretch, until)));
  }
  // Where one fails those after it fail too, and only the first is waited for.
  for (const stretch of asked) stretch.catch(() => undefined);
  const findings: Finding[] = [];
  let mark = from;
  let rows = 0n;
  for (const coming of asked) {
    const stretch = await coming;
    const checked = checkStretch(book, mark, stretch);
    findings.push(...checked.findings);
    mark = checked.mark;
    rows += BigInt(stretch.entries.length + stretch.postings.reduce((sum, { count }) => sum + count, 0));
  }
  return { mark, findings, rows };
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
