import { openMerchant } from '../../app/opening.ts';
import { decodeId } from '../../kernel/id.ts';
import { allJournals, sentence } from '../../modules/ledger/index.ts';
import type { Settings } from '../../platform/config/settings.ts';
import { allMerchants, read } from '../../platform/db/read.ts';
import { foldersOf } from '../../platform/postgres/folders.ts';
import { runningServer } from '../../platform/postgres/postmaster.ts';
import { Usage } from '../usage.ts';
import { verifyOne, withRuntime } from '../verify.ts';
import { currency } from './job.ts';
import type { Verified } from './report.ts';
import type { State } from './state.ts';

/** Whether the database of these settings may be opened without being started: one that does not run belongs to no service. */
function databaseRuns({ databaseUrl, dataDir }: Settings): boolean {
  return databaseUrl !== undefined || runningServer(foldersOf(dataDir)) !== undefined;
}

/**
 * The key of the merchant that earlier runs over this data made, or that of a new one, which is then remembered. A kill
 * between the two leaves a merchant without anything behind, and the next run makes another.
 */
export async function ownKey(settings: Settings, state: State, digest: string): Promise<string> {
  const kept = state.merchant(digest);
  if (kept) return kept.apiKey;
  if (!databaseRuns(settings)) {
    throw new Usage(
      "give the merchant's key (--key, or SCRIP_KEY): the database of these settings does not run here",
    );
  }
  return withRuntime(settings, async (runtime) => {
    const made = await openMerchant(runtime, {
      name: 'Retail replay',
      currency,
      timezone: 'America/New_York',
    });
    state.keepMerchant(digest, { merchantId: made.merchantId, apiKey: made.apiKey });
    return made.apiKey;
  });
}

/** Has the verifier go over all of a merchant's books, where their database is at hand. */
export async function verifyBooks(settings: Settings, merchant: string): Promise<Verified> {
  if (!databaseRuns(settings)) return { notRun: 'the database of these settings does not run here' };
  return withRuntime(settings, async (runtime) => {
    const merchantId = decodeId('mer', merchant) ?? '';
    const known = await read(runtime.readers, allMerchants, allJournals);
    if (!known.includes(merchantId)) return { notRun: 'the database of these settings has no such merchant' };
    const { journal, rows, findings } = await verifyOne(runtime, merchantId, undefined);
    if (findings.length === 0) return { clean: true, said: `clean, ${journal.seq} entries, ${rows} rows` };
    return { clean: false, said: findings.map(sentence).join('; ') };
  });
}
