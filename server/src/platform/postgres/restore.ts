import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { z } from 'zod';
import { ARCHIVE_ROOT, type BackupManifest, MANIFEST_NAME, type Progress } from './backup.ts';
import { type Folders, foldersOf } from './folders.ts';
import { syncFolder } from './launch.ts';
import { lockFolder, readIfThere } from './processes.ts';
import { contentOf, type TarEntry, tarEntries } from './tar.ts';

/** The mark that a data folder was restored, for whoever must know that time was turned back. */
const RESTORED_NAME = 'restored.json';

const Manifest = z.strictObject({
  format: z.literal(1),
  takenAt: z.iso.datetime(),
  serverMajor: z.int(),
  keyFile: z.string(),
  keyFingerprint: z.string(),
  files: z.int(),
  bytes: z.int(),
});

const Mark = z.strictObject({ backupTakenAt: z.iso.datetime(), restoredAt: z.iso.datetime() });

/** What was done between these two moments is not in the data. */
export type RestoredMark = z.output<typeof Mark>;

/** How long to wait for another process that holds the folder, in milliseconds. */
const LOCK_MS = 10_000;

/**
 * Makes the data folder `dataDir` from a backup; it must be missing or empty but for a key file.
 * The next start recovers what was in flight. Throws, leaving no database, when the backup is damaged or cut short.
 */
export async function restoreBackup(
  file: string,
  dataDir: string,
  onProgress: Progress = () => undefined,
): Promise<BackupManifest> {
  if (!existsSync(file)) throw new Error(`there is no backup ${file}`);
  const folders = foldersOf(dataDir);
  const unlock = await lockFolder(folders.home, LOCK_MS);
  try {
    refuseUsed(folders);
    const unfinished = `${folders.data}.restoring`;
    rmSync(unfinished, { recursive: true, force: true });
    const manifest = await unpack(file, unfinished, onProgress);
    const mark: RestoredMark = { backupTakenAt: manifest.takenAt, restoredAt: new Date().toISOString() };
    // Before the data appear under their name, so that no restored database is ever without its mark.
    writeFileSync(join(folders.home, RESTORED_NAME), `${JSON.stringify(mark, null, 2)}\n`, { flush: true });
    renameSync(unfinished, folders.data);
    syncFolder(folders.home);
    return manifest;
  } finally {
    await unlock();
  }
}

/** The mark of a restore that no operator has accepted yet. */
export function restoredMark(dataDir: string): RestoredMark | undefined {
  const text = readIfThere(join(foldersOf(dataDir).home, RESTORED_NAME));
  return text === undefined ? undefined : Mark.parse(JSON.parse(text));
}

/** Notes that the operator knows of the restore; the mark stays under a name with its time. */
export function acceptRestore(dataDir: string, { restoredAt }: RestoredMark): void {
  const { home } = foldersOf(dataDir);
  renameSync(join(home, RESTORED_NAME), join(home, `restored-${restoredAt.replaceAll(':', '-')}.json`));
  syncFolder(home);
}

// A key file may be there already, what was known of the logs, and what an earlier restore that was cut short left.
function refuseUsed(folders: Folders): void {
  const found = readdirSync(folders.home).filter(
    (name) => !/^(.+\.json|heads\.log|postgres\.restoring)$/.test(name),
  );
  if (found.length > 0) {
    throw new Error(`${folders.home} is not empty (${found.join(', ')}); restore into a new folder`);
  }
}

async function unpack(file: string, target: string, onProgress: Progress): Promise<BackupManifest> {
  const done = { files: 0, bytes: 0 };
  let manifest: BackupManifest | undefined;
  const total = statSync(file).size;
  const input = createReadStream(file);
  await pipeline(input, createZstdDecompress(), async (archive: AsyncIterable<Buffer>) => {
    for await (const entry of tarEntries(archive)) {
      if (entry.name === MANIFEST_NAME) {
        manifest = Manifest.parse(JSON.parse(String(await contentOf(entry.body))));
        continue;
      }
      const path = placeOf(entry, target);
      if (entry.isFolder) mkdirSync(path, { recursive: true, mode: 0o700 });
      else await unpackFile(entry, path);
      done.files += entry.isFolder ? 0 : 1;
      done.bytes += entry.size;
      onProgress(input.bytesRead, total);
    }
  });
  if (manifest === undefined) throw new Error(`${file} is cut short: it has no manifest`);
  if (manifest.files !== done.files || manifest.bytes !== done.bytes) {
    throw new Error(`${file} holds ${done.files} files and ${done.bytes} bytes, not what its manifest says`);
  }
  return manifest;
}

async function unpackFile(entry: TarEntry, path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const piece of entry.body) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Where an entry belongs. Throws for one that would leave the folder: a backup may come from anywhere. */
function placeOf(entry: TarEntry, target: string): string {
  const path = posix.relative(ARCHIVE_ROOT, posix.normalize(entry.name));
  if (path.startsWith('..') || posix.isAbsolute(entry.name)) {
    throw new Error(`the backup holds a file that belongs nowhere: ${entry.name}`);
  }
  return join(target, path);
}
