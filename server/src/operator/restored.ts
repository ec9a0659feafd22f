import { asSystem } from '../app/opening.ts';
import type { Runtime } from '../app.ts';
import { encodeId } from '../kernel/id.ts';
import {
  allJournals,
  genesisHash,
  type Head,
  type Heads,
  type Lost,
  lostOf,
  noteOperation,
  presentHeads,
  standingAt,
} from '../modules/ledger/index.ts';
import type { Settings } from '../platform/config/settings.ts';
import { allMerchants, read } from '../platform/db/read.ts';
import { acceptRestore, type RestoredMark, restoredMark } from '../platform/postgres/restore.ts';
import { say } from './terminal.ts';

/**
 * After a restore, what was redeemed since the backup can be redeemed again. So nothing is served until the operator has
 * said that this is known; every merchant's log then tells of it. A restore by other tools, or a database put in the
 * place of ours, is known by what the logs had before.
 */
export async function settleRestore(
  settings: Settings,
  runtime: Runtime,
  isAccepted: boolean,
): Promise<void> {
  const mark = markOf(settings);
  const known = await anchored(runtime);
  const lost = await read(runtime.readers, allMerchants, async (db) =>
    lostOf(known, await standingAt(db, known)),
  );
  // On a ledger that is frozen nothing moves, and it need not keep the others from theirs.
  const isUnsettled = mark !== undefined || lost.some(({ isFrozen }) => !isFrozen);
  if (!isAccepted && isUnsettled) throw new Error(warning(mark, lost));
  if (!isAccepted || (mark === undefined && lost.length === 0)) return;
  const frozen = await noteRestore(runtime, mark, lost);
  await runtime.anchor?.keep(await headsFromHere(runtime, known));
  // Last: where this is cut short, the operator is asked again rather than never.
  if (mark) acceptRestore(settings.dataDir, mark);
  say("The restore is accepted. Every merchant's log now says that the service went on from it;");
  say('what came after the backup has to be entered again.');
  for (const merchant of frozen)
    say(`The ledger of ${merchant} is frozen: see scrip unfreeze-ledger --help.`);
}

/** What the logs must have; nothing, where a restore that makes them shorter is still to be accepted. */
export async function knownHeads(settings: Settings, runtime: Runtime): Promise<Heads> {
  return markOf(settings) === undefined ? anchored(runtime) : new Map();
}

function markOf({ databaseUrl, dataDir }: Settings): RestoredMark | undefined {
  return databaseUrl === undefined ? restoredMark(dataDir) : undefined;
}

async function anchored({ anchor }: Runtime): Promise<Heads> {
  return anchor === undefined ? new Map() : anchor.known();
}

/** Has each log tell of it; answers those that could not, because they are frozen. */
async function noteRestore(
  runtime: Runtime,
  mark: RestoredMark | undefined,
  lost: readonly Lost[],
): Promise<string[]> {
  const lostBy = new Map(lost.map(({ head, finding }) => [head.merchantId, finding.what]));
  const frozen: string[] = [];
  for (const merchantId of await read(runtime.readers, allMerchants, allJournals)) {
    const loss = lostBy.get(merchantId);
    const details = {
      ...(mark ?? { acceptedAt: runtime.clock().toISOString() }),
      ...(loss === undefined ? {} : { lost: loss }),
    };
    const noted = await asSystem(runtime, merchantId, noteOperation, { type: 'service.restored', details });
    if (!('body' in noted)) frozen.push(encodeId('mer', merchantId));
  }
  return frozen;
}

/** Where each log stands now, to be known from here on; of a merchant that is gone nothing is known any more. */
async function headsFromHere(runtime: Runtime, known: Heads): Promise<Head[]> {
  const present = await read(runtime.readers, allMerchants, presentHeads);
  const there = new Set(present.map(({ merchantId }) => merchantId));
  const gone = [...known.keys()].filter((merchantId) => !there.has(merchantId));
  const nothing = gone.map((merchantId) => ({ merchantId, seq: 0n, hash: genesisHash(merchantId) }));
  const at = runtime.clock();
  return [...present, ...nothing].map((head) => ({ ...head, at, restored: true }));
}

function warning(mark: RestoredMark | undefined, lost: readonly Lost[]): string {
  const what = mark
    ? `these data were restored at ${mark.restoredAt} from a backup taken at ${mark.backupTakenAt}.`
    : `this database is not as the service left it: it was turned back, or another one stands in its place.`;
  const since = mark?.backupTakenAt ?? 'then';
  const losses = lost.map(({ head, finding }) => {
    return `  ${encodeId('mer', head.merchantId)}: entry ${head.seq}: ${finding.what}`;
  });
  const shown = losses.length > 20 ? [...losses.slice(0, 20), `  and ${losses.length - 20} more`] : losses;
  return `${[what, ...shown].join('\n')}
What was done after ${since} is lost: cards redeemed since then hold their money again, keys and stores
made since then are unknown, and a request repeated under its old idempotency key would be carried out anew.
If this was a restore of yours:
  1. Keep tills and shops away from the service.
  2. Start it once with --accept-restore (npm start -- --accept-restore, or scrip serve --accept-restore).
  3. From your tills' receipts since ${since}, enter again what is missing, under its old references.
  4. Let tills and shops in.
If it was not, somebody has changed the database: find out who. scrip verify freezes the ledgers that lost entries,
and then the service starts for the others. And if these settings join the data folder of one database
(SCRIP_DATA_DIR) to another (DATABASE_URL), part them.`;
}
