import { decodeId, encodeId } from '../../../../kernel/id.ts';
import type { LineFile } from '../../../../platform/files/lines.ts';
import type { Finding } from '../finding.ts';
import type { Mark } from '../log.ts';

/** A place that a merchant's log has reached, and when that was known. */
export type Head = Mark & {
  readonly merchantId: string;
  readonly at: Date;
  /** An operator has accepted that the log goes on from here, whatever was known before. */
  readonly restored: boolean;
};

/** Heads by merchant. */
export type Heads = ReadonlyMap<string, Head>;

/** What is known of the logs outside the database, where whoever turns that back does not reach. */
export type Anchor = {
  /** Up to where each log was last known to hold. */
  known(): Promise<Heads>;
  keep(heads: readonly Head[]): Promise<void>;
};

/** `2026-11-26T01:00:00.000Z mer_… 123 9f86…`, and behind it a word where a restore was accepted. */
const line = /^(\S+) (mer_[0-9a-z]{26}) (\d{1,18}) ([0-9a-f]{64})( restored)?$/;

/** Beyond this, and beyond twice what that leaves, only the last head of each merchant is kept. */
const bytesMax = 4_000_000;

/** The anchor in a file, one line a head. */
export function anchorIn(file: LineFile): Anchor {
  const known = async () => headsOf(await file.read());
  let bytesLeft = 0;
  return {
    known,
    async keep(heads) {
      await file.append(heads.map(lineOf));
      if ((await file.bytes()) <= Math.max(bytesMax, 2 * bytesLeft)) return;
      await file.replace([...(await known()).values()].map(lineOf));
      bytesLeft = await file.bytes();
    },
  };
}

function lineOf({ merchantId, seq, hash, at, restored }: Head): string {
  const words = [at.toISOString(), encodeId('mer', merchantId), seq, hash.toString('hex')];
  return [...words, ...(restored ? ['restored'] : [])].join(' ');
}

/**
 * The furthest head of each merchant, or what an operator has accepted since. A line that is none was cut short by a
 * crash: what it would have said, the one before it says of a minute earlier.
 */
export function headsOf(lines: readonly string[]): Heads {
  const heads = new Map<string, Head>();
  for (const head of lines.map(headIn)) {
    if (head === undefined) continue;
    const known = heads.get(head.merchantId);
    // Of two processes the slower one may write later.
    if (head.restored || known === undefined || head.seq >= known.seq) heads.set(head.merchantId, head);
  }
  return heads;
}

function headIn(text: string): Head | undefined {
  const [, time = '', merchant = '', seq = '', hash = '', restored] = line.exec(text) ?? [];
  const merchantId = decodeId('mer', merchant);
  const at = new Date(time);
  if (merchantId === undefined || Number.isNaN(at.getTime())) return undefined;
  return {
    merchantId,
    seq: BigInt(seq),
    hash: Buffer.from(hash, 'hex'),
    at,
    restored: restored !== undefined,
  };
}

/** Heads of one merchant are kept no more often than this. */
const keptEveryMs = 60_000;

/** The heads that are due to be kept: those that moved, of each merchant at most one a minute unless it is the last. */
export function dueHeads(marks: ReadonlyMap<string, Mark>, kept: Heads, now: Date, isLast: boolean): Head[] {
  return [...marks].flatMap(([merchantId, { seq, hash }]) => {
    const before = kept.get(merchantId);
    if (seq === (before?.seq ?? 0n)) return [];
    const isDue = isLast || before === undefined || now.getTime() - before.at.getTime() >= keptEveryMs;
    return isDue ? [{ merchantId, seq, hash, at: now, restored: false }] : [];
  });
}

/** What the database has where a head was known. */
export type Standing = {
  readonly merchantId: string;
  /** The last entry of the merchant's log; null: there is no such merchant. */
  readonly lastSeq: bigint | null;
  readonly isFrozen: boolean;
  /** Of the entry that was known; null: there is none. */
  readonly hash: Buffer | null;
};

/** A log that has not what it was known to have; on a frozen one nothing moves. */
export type Lost = { readonly head: Head; readonly isFrozen: boolean; readonly finding: Finding };

/** Compares what is known with what the database has. */
export function lostOf(heads: Heads, standing: readonly Standing[]): Lost[] {
  const found = new Map(standing.map((one) => [one.merchantId, one]));
  return [...heads.values()].flatMap((head) => {
    const { lastSeq = null, hash = null, isFrozen = false } = found.get(head.merchantId) ?? {};
    // Nothing of it is known, as after a restore to before it was made.
    if (head.seq === 0n || hash?.equals(head.hash)) return [];
    const finding: Finding = { check: 'log_head', seq: head.seq, what: lossOf(head, lastSeq) };
    return [{ head, isFrozen, finding }];
  });
}

function lossOf({ seq, at }: Head, lastSeq: bigint | null): string {
  const was = `there was such an entry at ${at.toISOString()}`;
  if (lastSeq === null) return `${was}; now there is no such merchant`;
  return lastSeq < seq ? `${was}; now the log ends at ${lastSeq}` : `${was}; now it is another one`;
}
