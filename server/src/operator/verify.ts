import { asSystem } from '../app/opening.ts';
import type { Runtime } from '../app.ts';
import { decodeId, encodeId } from '../kernel/id.ts';
import {
  allJournals,
  type Cursor,
  freezeFor,
  type Head,
  noteOperation,
  sentence,
  thaw,
  verifyWhole,
  type Whole,
} from '../modules/ledger/index.ts';
import { keysOf } from '../platform/config/keys.ts';
import type { Settings } from '../platform/config/settings.ts';
import { allMerchants, read, writeAside } from '../platform/db/read.ts';
import { openDatabase } from './database.ts';
import { knownHeads } from './restored.ts';
import { runtimeOver } from './serve.ts';
import { progressBar, say, sayJson } from './terminal.ts';
import { exitNotHolding, Usage } from './usage.ts';

/** Verifies the books of one merchant, or of all; a ledger that does not hold is frozen. */
export async function verify(
  settings: Settings,
  options: { readonly merchant: string | undefined; readonly json: boolean },
): Promise<number> {
  const merchantId = options.merchant === undefined ? undefined : merchantIdIn(options.merchant);
  return withRuntime(settings, async (runtime) => {
    // Before the database is looked at, which from then on has at least as much.
    const known = await knownHeads(settings, runtime);
    const there = await read(runtime.readers, allMerchants, allJournals);
    const isAsked = (id: string) => merchantId === undefined || id === merchantId;
    const gone = [...known.values()].filter(
      (head) => head.seq > 0n && isAsked(head.merchantId) && !there.includes(head.merchantId),
    );
    const all = merchantId === undefined ? there : gone.length > 0 ? [] : [merchantId];
    const results: Whole[] = [];
    for (const id of all) {
      const whole = await verifyOne(runtime, id, known.get(id));
      results.push(whole);
      if (!options.json) tell(whole);
    }
    const holds = gone.length === 0 && results.every(({ findings }) => findings.length === 0);
    if (options.json) sayJson({ holds, merchants: results.map(shown), gone: gone.map(shownGone) });
    else {
      for (const head of gone) tellGone(head);
      say(holds ? 'The books hold.' : 'THE BOOKS DO NOT HOLD. The ledgers named above are frozen.');
    }
    return holds ? 0 : exitNotHolding;
  });
}

/** Lets a frozen ledger move again, once its books hold; its log tells of it. */
export async function unfreezeLedger(
  settings: Settings,
  options: { readonly merchant: string | undefined; readonly reason: string | undefined },
): Promise<number> {
  if (options.merchant === undefined) throw new Usage('--merchant says whose ledger');
  if (options.reason === undefined || options.reason.trim() === '') {
    throw new Usage('--reason says what was found and done; it stays in the log');
  }
  const merchantId = merchantIdIn(options.merchant);
  const reason = options.reason.trim();
  return withRuntime(settings, async (runtime) => {
    const known = await knownHeads(settings, runtime);
    const whole = await verifyOne(runtime, merchantId, known.get(merchantId));
    const { frozenReason, frozenAt } = whole.journal;
    if (whole.findings.length > 0) {
      tell(whole);
      say('The ledger stays frozen: put back what was changed, from a backup, and try again.');
      return exitNotHolding;
    }
    if (frozenReason === null || frozenAt === null) {
      say('This ledger is not frozen.');
      return 0;
    }
    await writeAside(runtime.writers, merchantId, (db) => thaw(db, merchantId));
    const details = { reason, frozenReason, frozenAt: frozenAt.toISOString() };
    await asSystem(runtime, merchantId, noteOperation, { type: 'ledger.unfrozen', details });
    say(`The books hold, and the ledger of ${encodeId('mer', merchantId)} moves again.`);
    return 0;
  });
}

/** Does something with the service's parts over the database of these settings, and puts all away again. */
export async function withRuntime<T>(settings: Settings, work: (runtime: Runtime) => Promise<T>): Promise<T> {
  const database = await openDatabase(settings);
  const runtime = runtimeOver(database, settings);
  try {
    return await work(runtime);
  } finally {
    await runtime.close();
    await database.stop();
  }
}

function merchantIdIn(text: string): string {
  const id = decodeId('mer', text);
  if (id === undefined) throw new Usage(`--merchant must be an id that begins with mer_, not "${text}"`);
  return id;
}

/** Verifies one merchant's books, and freezes its ledger if they do not hold, or have not what they were known to have. */
export async function verifyOne(
  runtime: Runtime,
  merchantId: string,
  known: Head | undefined,
): Promise<Whole> {
  const book = { merchantId, chainKeys: keysOf(runtime.keys.chain) };
  const outside = encodeId('mer', merchantId);
  const bar = progressBar(outside, 100);
  const whole = await read(runtime.readers, merchantId, (db) =>
    verifyWhole(db, book, known, (cursor, { seq }) => bar.at(percentOf(cursor, seq))),
  );
  bar.end();
  if (!whole) throw new Usage(`there is no merchant ${outside}`);
  if (whole.findings.length > 0) await freezeFor(runtime, merchantId, whole.findings);
  return whole;
}

/** Reading the log is most of the work; the rest is set-based and quick. */
function percentOf(cursor: Cursor, seq: bigint): number {
  const atPhase = { links: 70, accounts: 85, holds: 95, totals: 99 };
  return cursor.phase === 'log'
    ? Number((70n * cursor.mark.seq) / (seq === 0n ? 1n : seq))
    : atPhase[cursor.phase];
}

function tell({ journal, rows, findings }: Whole): void {
  const frozen = journal.frozenReason === null ? '' : `, frozen since ${journal.frozenAt?.toISOString()}`;
  const outcome = findings.length === 0 ? 'holds' : 'DOES NOT HOLD';
  say(`${encodeId('mer', journal.merchantId)}  ${journal.seq} entries, ${rows} rows: ${outcome}${frozen}`);
  if (journal.frozenReason !== null) say(`  frozen because: ${journal.frozenReason}`);
  for (const finding of findings) say(`  ${sentence(finding)}`);
}

function tellGone({ merchantId, seq, at }: Head): void {
  say(
    `${encodeId('mer', merchantId)}  IS GONE: at ${at.toISOString()} it had ${seq} entries, now there is no such merchant`,
  );
}

function shownGone({ merchantId, seq, at }: Head) {
  return { merchantId: encodeId('mer', merchantId), entries: seq, at: at.toISOString() };
}

function shown({ journal, rows, findings }: Whole) {
  return {
    merchantId: encodeId('mer', journal.merchantId),
    entries: journal.seq,
    rows,
    holds: findings.length === 0,
    frozenReason: journal.frozenReason,
    findings: findings.map(({ check, seq, accountId, what }) => ({ check, seq, accountId, what })),
  };
}
