import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Settings } from '../platform/config/settings.ts';
import { backupCluster, fingerprint, type Progress } from '../platform/postgres/backup.ts';
import { restoreBackup } from '../platform/postgres/restore.ts';
import { openDatabase } from './database.ts';
import { progressBar, say } from './terminal.ts';
import { Usage } from './usage.ts';

/** Writes a consistent copy of our own database into a file, while the service goes on. */
export async function backup(settings: Settings, words: readonly string[]): Promise<number> {
  const file = fileOf(words, 'backup');
  refuseForeign(settings, 'pg_basebackup, and keep its write-ahead log for what came after');
  const database = await openDatabase(settings);
  try {
    const { cluster } = database;
    if (!cluster) throw new Error('there is no database of our own to back up');
    const manifest = await withBar('backup', (progress) =>
      backupCluster(cluster, settings.dataDir, settings.keyFile, file, progress),
    );
    say(`Backed up to ${file}: all that was committed before ${manifest.takenAt}.`);
    say(`The key file is not in it. Keep a copy of it apart from this backup:`);
    say(`  ${settings.keyFile}  (fingerprint ${manifest.keyFingerprint})`);
    say('Without it no card in the backup can be recognised.');
  } finally {
    await database.stop();
  }
  return 0;
}

/** Makes a new data folder from a backup. */
export async function restore(settings: Settings, words: readonly string[]): Promise<number> {
  const file = fileOf(words, 'restore');
  refuseForeign(settings, 'the tools of that server');
  const { takenAt, keyFingerprint, keyFile } = await withBar('restore', (progress) =>
    restoreBackup(file, settings.dataDir, progress),
  );
  say(`Restored into ${settings.dataDir}: all that was committed before ${takenAt}.`);
  if (!existsSync(settings.keyFile)) {
    say('Before the first start, put the key file back; it is not in the backup:');
    say(`  ${settings.keyFile}  (was ${keyFile}, fingerprint ${keyFingerprint})`);
  } else if (fingerprint(settings.keyFile) !== keyFingerprint) {
    say(
      `${settings.keyFile} IS NOT THE KEY FILE OF THIS BACKUP; put back the one with fingerprint ${keyFingerprint}`,
    );
  }
  say(`Then start once with --accept-restore: what was done after ${takenAt} has to be entered again.`);
  return 0;
}

function fileOf(words: readonly string[], verb: string): string {
  const [file, ...others] = words;
  if (file === undefined || others.length > 0) throw new Usage(`scrip ${verb} FILE takes one file`);
  return resolve(file);
}

function refuseForeign({ databaseUrl }: Settings, instead: string): void {
  if (databaseUrl === undefined) return;
  throw new Usage(`DATABASE_URL is a server of yours, of which Scrip makes no copies: use ${instead}`);
}

async function withBar<T>(label: string, work: (progress: Progress) => Promise<T>): Promise<T> {
  const bar = progressBar(label, 100);
  try {
    return await work((done, total) => bar.at(total === 0 ? 0 : (100 * done) / total));
  } finally {
    bar.end();
  }
}
