import { asSystem } from '../app/opening.ts';
import type { Runtime } from '../app.ts';
import { allJournals, noteOperation } from '../modules/ledger/index.ts';
import type { Settings } from '../platform/config/settings.ts';
import { allMerchants, read } from '../platform/db/read.ts';
import { acceptRestore, type RestoredMark, restoredMark } from '../platform/postgres/restore.ts';
import { say } from './terminal.ts';

/**
 * After a restore, what was redeemed since the backup can be redeemed again. So nothing is served until the operator has
 * said that this is known; every merchant's log then tells of it.
 */
export async function settleRestore(
  settings: Settings,
  runtime: Runtime,
  isAccepted: boolean,
): Promise<void> {
  const mark = settings.databaseUrl === undefined ? restoredMark(settings.dataDir) : undefined;
  if (mark === undefined) return;
  if (!isAccepted) throw new Error(warning(mark));
  for (const merchantId of await read(runtime.readers, allMerchants, allJournals)) {
    await asSystem(runtime, merchantId, noteOperation, { type: 'service.restored', details: { ...mark } });
  }
  // Last: where this is cut short, the operator is asked again rather than never.
  acceptRestore(settings.dataDir, mark);
  say(`The restore of ${mark.restoredAt} is accepted. Every merchant's log now says that the service`);
  say(`went on from a backup taken at ${mark.backupTakenAt}; what came after it has to be entered again.`);
}

function warning({ backupTakenAt, restoredAt }: RestoredMark): string {
  return `these data were restored at ${restoredAt} from a backup taken at ${backupTakenAt}.
What was done after ${backupTakenAt} is lost: cards redeemed since then hold their money again, keys and stores
made since then are unknown, and a request repeated under its old idempotency key would be carried out anew.
  1. Keep tills and shops away from the service.
  2. Start it once with --accept-restore (npm start -- --accept-restore, or scrip serve --accept-restore).
  3. From your tills' receipts since ${backupTakenAt}, enter again what is missing, under its old references.
  4. Let tills and shops in.`;
}
