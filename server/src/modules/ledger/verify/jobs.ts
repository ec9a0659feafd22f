import type { KeyObject } from 'node:crypto';
import { allMerchants, read, writeAside } from '../../../platform/db/read.ts';
import type { Job } from '../../../platform/jobs/runner.ts';
import type { Log } from '../../../platform/log/log.ts';
import { type Anchor, dueHeads, type Head } from './anchor/anchor.ts';
import { type Finding, sentence } from './finding.ts';
import { findJournal, freeze, merchantAfter, merchantsWithNews, setVerified } from './journal/store.ts';
import type { Mark } from './log.ts';
import { beginning, type Cursor, checkKnown, step, verifyNews } from './verify.ts';

type Pool = Parameters<typeof read>[0];

export type VerifierParts = {
  readonly readers: Pool;
  readonly writers: Pool;
  /** The current key of the chain first, then those before it. */
  readonly chainKeys: readonly KeyObject[];
  /** Where heads are kept outside the database; undefined: in this process's memory only. */
  readonly anchor: Anchor | undefined;
  readonly clock: () => Date;
  readonly log: Log;
};

/** How long the last look may take when the service stops. */
const farewellMs = 2_000;
/** A new round over everything begins no sooner than so long after the last one began. */
const roundMs = 60_000;
/** Rows of a round that one run looks at: a fraction of a second every five. */
const roundRowsMax = 15_000n;
/** New entries that one run looks at of one merchant while the process is busy with what people wait for. */
const newsMax = 5_000n;
/** The share of its time that the process may be busy before the verifier stands back. */
const busy = 0.6;
const noId = '00000000-0000-0000-0000-000000000000';

/** For each merchant, up to where its log was found to hold. */
type Marks = Map<string, Mark>;

/** A slow pass over everything, from merchant to merchant, that begins anew at its end. */
type Round = { merchantId: string; cursor: Cursor | undefined; begunAt: Date | undefined };

/**
 * Verifies all the time: what is new of each merchant at every run, and in slices, over and over, everything.
 * A mismatch freezes that merchant's ledger.
 */
export function verifierJob(parts: VerifierParts): Job {
  // Kept here and in the anchor, out of reach of whoever can write to the database: a log that is rolled back does not pass.
  const marks: Marks = new Map();
  const kept = new Map<string, Head>();
  const round: Round = { merchantId: noId, cursor: undefined, begunAt: undefined };
  let load = performance.eventLoopUtilization();
  let isBegun = false;

  async function begin(): Promise<void> {
    if (isBegun || parts.anchor === undefined) return;
    for (const [merchantId, head] of await parts.anchor.known()) {
      marks.set(merchantId, head);
      kept.set(merchantId, head);
    }
    isBegun = true;
  }

  async function keep(isLast: boolean): Promise<void> {
    const due = dueHeads(marks, kept, parts.clock(), isLast);
    if (due.length === 0 || parts.anchor === undefined) return;
    await parts.anchor.keep(due);
    for (const head of due) kept.set(head.merchantId, head);
  }

  return {
    name: 'ledger.verify',
    everyMs: 5_000,
    async run(signal) {
      await begin();
      const now = performance.eventLoopUtilization();
      const isBusy = performance.eventLoopUtilization(now, load).utilization > busy;
      load = now;
      let hasMore = false;
      for (const merchantId of await read(parts.readers, allMerchants, merchantsWithNews)) {
        if (signal.aborted) return false;
        if (await followNews(parts, merchantId, marks)) hasMore = true;
      }
      if (!hasMore) await goRound(parts, round, marks, signal);
      await keep(false);
      return hasMore && !isBusy;
    },
    async atStop() {
      await begin();
      const end = performance.now() + farewellMs;
      for (const merchantId of await read(parts.readers, allMerchants, merchantsWithNews)) {
        if (performance.now() > end) break;
        await followNews(parts, merchantId, marks);
      }
      await keep(true);
    },
  };
}

/** Verifies what is new of a merchant; answers whether there is more. */
async function followNews(parts: VerifierParts, merchantId: string, marks: Marks): Promise<boolean> {
  const book = { merchantId, chainKeys: parts.chainKeys };
  const known = marks.get(merchantId);
  const news = await read(parts.readers, merchantId, (db) => verifyNews(db, book, known, newsMax));
  if (!news) return false;
  if (news.findings.length > 0) {
    await freezeFor(parts, merchantId, news.findings);
    return false;
  }
  marks.set(merchantId, news.mark);
  await writeAside(parts.writers, merchantId, (db) =>
    setVerified(db, merchantId, news.mark.seq, parts.clock()),
  );
  return news.hasMore;
}

/** Goes on with the round for as many rows as one run may look at. */
async function goRound(parts: VerifierParts, round: Round, marks: Marks, signal: AbortSignal): Promise<void> {
  const now = parts.clock();
  if (round.begunAt === undefined) round.begunAt = now;
  for (let rows = 0n; rows < roundRowsMax && !signal.aborted; ) {
    if (round.cursor === undefined && !(await nextOfRound(parts, round, now))) return;
    rows += await slice(parts, round, marks, roundRowsMax - rows);
  }
}

/** Turns to the next merchant; false when all have been looked at and it is too soon to begin anew. */
async function nextOfRound(parts: VerifierParts, round: Round, now: Date): Promise<boolean> {
  const next = await read(parts.readers, allMerchants, (db) => merchantAfter(db, round.merchantId));
  if (next !== undefined) {
    round.merchantId = next;
    round.cursor = beginning(next);
    return true;
  }
  if (round.begunAt !== undefined && now.getTime() - round.begunAt.getTime() < roundMs) return false;
  round.merchantId = noId;
  round.begunAt = undefined;
  return false;
}

/** Looks at rows of one merchant over one snapshot; answers how many. */
async function slice(parts: VerifierParts, round: Round, marks: Marks, rowsMax: bigint): Promise<bigint> {
  const { merchantId } = round;
  const book = { merchantId, chainKeys: parts.chainKeys };
  const findings: Finding[] = [];
  let rows = 0n;
  await read(parts.readers, merchantId, async (db) => {
    const journal = await findJournal(db, merchantId);
    const known = marks.get(merchantId);
    if (!journal) round.cursor = undefined;
    else if (known) findings.push(...(await checkKnown(db, journal, known)));
    while (journal && round.cursor && rows < rowsMax && findings.length === 0) {
      const { cursor } = round;
      const done = await step(db, book, journal, cursor);
      findings.push(...done.findings);
      const isThrough = cursor.phase === 'log' && done.next?.phase !== 'log' && findings.length === 0;
      // A log that nothing is added to has no news, and is known from here.
      if (isThrough && !known) marks.set(merchantId, cursor.mark);
      rows += done.rows;
      round.cursor = done.next;
    }
  });
  if (findings.length > 0) {
    round.cursor = undefined;
    await freezeFor(parts, merchantId, findings);
  }
  return rows;
}

/** Nothing moves on this ledger from now on, in any process, until an operator has looked. */
export async function freezeFor(
  { writers, clock, log }: Pick<VerifierParts, 'writers' | 'clock' | 'log'>,
  merchantId: string,
  findings: readonly Finding[],
): Promise<void> {
  const [first] = findings;
  const reason = first ? sentence(first) : 'The books do not hold.';
  await writeAside(writers, merchantId, (db) => freeze(db, merchantId, reason, clock()));
  const said = findings.slice(0, 20).map(sentence).join('\n');
  log.error('the books do not hold; the ledger is frozen', { merchant: merchantId }, new Error(said));
}
