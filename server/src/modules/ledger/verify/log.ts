import type { KeyObject } from 'node:crypto';
import { type Activity, canonicalText } from '../../../platform/executor/activity.ts';
import { chainHash } from '../../../platform/executor/batch.ts';
import type { Finding } from './finding.ts';

/** Up to where the log is known to hold. */
export type Mark = { readonly seq: bigint; readonly hash: Buffer };

/** The postings that name one entry, as they stand in the database. */
export type FoundPostings = {
  readonly activitySeq: bigint;
  readonly count: number;
  /** As the chain covers them. */
  readonly canonical: string;
  /** All of one asset, on accounts that there are, and summing to zero. */
  readonly isPlain: boolean;
};

/** What postings of one entry make in one asset; null: those on accounts that there are not. */
export type FoundSum = {
  readonly activitySeq: bigint;
  readonly asset: string | null;
  readonly sum: string;
  /** One of the accounts. */
  readonly accountId: string;
};

/** An entry as it stands in the database. */
export type FoundEntry = Omit<Activity, 'occurredAt' | 'postings'> & {
  /** Milliseconds since 1970, with what is finer as a fraction; infinite where it is no moment at all. */
  readonly occurredMs: number;
};

/**
 * A stretch of the log: the entries after a mark up to and with `until`, all postings that name one of these, and what
 * those make that are not plain.
 */
export type Stretch = {
  readonly until: bigint;
  readonly entries: readonly FoundEntry[];
  readonly postings: readonly FoundPostings[];
  readonly sums: readonly FoundSum[];
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
    let postings = stretch.postings[at];
    for (; postings && postings.activitySeq < entry.seq; postings = stretch.postings[++at]) {
      findings.push(orphan(postings));
    }
    const isOfEntry = postings?.activitySeq === entry.seq;
    if (isOfEntry) at++;
    findings.push(...checkEntry(book, mark.hash, entry, isOfEntry ? (postings?.canonical ?? '') : ''));
    mark = { seq: entry.seq, hash: entry.hash };
  }
  findings.push(...stretch.postings.slice(at).map(orphan), ...stretch.sums.flatMap(checkSum));
  if (mark.seq < stretch.until) findings.push(gap(mark.seq + 1n, stretch.until));
  return { mark: { seq: stretch.until, hash: mark.hash }, findings };
}

function gap(from: bigint, to: bigint): Finding {
  const what = from === to ? 'is missing from the log' : `to entry ${to} are missing from the log`;
  return { check: 'log_gapless', seq: from, what };
}

function orphan({ activitySeq: seq }: FoundPostings): Finding {
  return { check: 'posting_orphan', seq, what: 'has postings, but the log has no such entry' };
}

function checkEntry(
  { merchantId, chainKeys }: Book,
  before: Buffer,
  entry: FoundEntry,
  postings: string,
): Finding[] {
  const { seq, occurredMs } = entry;
  const findings: Finding[] = [];
  // The hash covers milliseconds; anything finer was put there by another hand.
  if (!Number.isSafeInteger(occurredMs)) {
    findings.push({ check: 'log_time', seq, what: 'is not at a whole millisecond' });
  }
  const occurredAt = new Date(occurredMs);
  const canonical = canonicalText(merchantId, { ...entry, occurredAt }, postings);
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

function checkSum({ activitySeq: seq, asset, sum, accountId }: FoundSum): Finding[] {
  if (asset === null) {
    return [{ check: 'posting_orphan', seq, accountId, what: 'there is no such account' }];
  }
  if (sum === '0') return [];
  return [{ check: 'activity_balanced', seq, what: `its postings make ${sum} ${asset} out of nothing` }];
}
