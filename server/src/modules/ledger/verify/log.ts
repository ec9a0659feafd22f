import type { KeyObject } from 'node:crypto';
import { type Activity, canonicalActivity } from '../../../platform/executor/activity.ts';
import { chainHash } from '../../../platform/executor/batch.ts';
import type { Finding } from './finding.ts';

/** Up to where the log is known to hold. */
export type Mark = { readonly seq: bigint; readonly hash: Buffer };

/** A posting as it stands in the database; its account may be missing there. */
export type FoundPosting = {
  readonly activitySeq: bigint;
  readonly accountId: string;
  readonly asset: string | null;
  readonly accountSeq: bigint;
  readonly amount: bigint;
  readonly balanceAfter: bigint;
};

/** An entry as it stands in the database. */
export type FoundEntry = Omit<Activity, 'occurredAt' | 'postings'> & {
  /** Milliseconds since 1970, with what is finer as a fraction; infinite where it is no moment at all. */
  readonly occurredMs: number;
};

/** A stretch of the log: the entries after a mark up to and with `until`, and all postings that name one of these. */
export type Stretch = {
  readonly until: bigint;
  readonly entries: readonly FoundEntry[];
  readonly postings: readonly FoundPosting[];
};

export type Book = { readonly merchantId: string; readonly chainKeys: readonly KeyObject[] };

/**
 * Checks a stretch of the log from a mark on: no entry is missing, each carries the hash over all before it, and its
 * postings sum to zero in each asset. Answers with the mark at its end.
 */
export function checkStretch(book: Book, from: Mark, stretch: Stretch): { mark: Mark; findings: Finding[] } {
  const findings: Finding[] = [];
  let mark = from;
  let at = 0;
  for (const entry of stretch.entries) {
    if (entry.seq !== mark.seq + 1n) findings.push(gap(mark.seq + 1n, entry.seq - 1n));
    // Entries and postings come in the same order, so what is skipped here belongs to an entry that is not there.
    while ((stretch.postings[at]?.activitySeq ?? entry.seq) < entry.seq)
      findings.push(orphan(stretch.postings[at++]));
    const first = at;
    while (stretch.postings[at]?.activitySeq === entry.seq) at++;
    const postings = stretch.postings.slice(first, at);
    findings.push(...checkEntry(book, mark.hash, entry, postings));
    mark = { seq: entry.seq, hash: entry.hash };
  }
  while (at < stretch.postings.length) findings.push(orphan(stretch.postings[at++]));
  if (mark.seq < stretch.until) findings.push(gap(mark.seq + 1n, stretch.until));
  return { mark: { seq: stretch.until, hash: mark.hash }, findings };
}

function gap(from: bigint, to: bigint): Finding {
  const what = from === to ? 'is missing from the log' : `to entry ${to} are missing from the log`;
  return { check: 'log_gapless', seq: from, what };
}

function orphan(posting: FoundPosting | undefined): Finding {
  const what = 'has a posting, but the log has no such entry';
  return posting === undefined
    ? { check: 'posting_orphan', what }
    : { check: 'posting_orphan', seq: posting.activitySeq, accountId: posting.accountId, what };
}

function checkEntry(
  { merchantId, chainKeys }: Book,
  before: Buffer,
  entry: FoundEntry,
  found: readonly FoundPosting[],
): Finding[] {
  const { seq, occurredMs } = entry;
  const findings = checkPostings(seq, found);
  // The hash covers milliseconds; anything finer was put there by another hand.
  if (!Number.isSafeInteger(occurredMs)) {
    findings.push({ check: 'log_time', seq, what: 'is not at a whole millisecond' });
  }
  const occurredAt = new Date(occurredMs);
  const postings = found.map((posting) => ({ ...posting, asset: posting.asset ?? '' }));
  const canonical = canonicalActivity(merchantId, { ...entry, occurredAt, postings });
  // Mostly the first key, the current one, fits; entries from before a change of keys are under an older one.
  if (!chainKeys.some((key) => chainHash(key, before, canonical).equals(entry.hash))) {
    findings.push({
      check: 'log_chain',
      seq,
      what: 'is not as it was written, or follows another entry than it did',
    });
  }
  return findings;
}

function checkPostings(seq: bigint, postings: readonly FoundPosting[]): Finding[] {
  if (postings.length === 0) return [];
  const findings: Finding[] = [];
  const sums = new Map<string, bigint>();
  for (const { asset, accountId, amount } of postings) {
    if (asset === null)
      findings.push({ check: 'posting_orphan', seq, accountId, what: 'there is no such account' });
    else sums.set(asset, (sums.get(asset) ?? 0n) + amount);
  }
  for (const [asset, sum] of sums) {
    if (sum === 0n) continue;
    findings.push({
      check: 'activity_balanced',
      seq,
      what: `its postings make ${sum} ${asset} out of nothing`,
    });
  }
  return findings;
}
