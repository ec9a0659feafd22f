import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import pg from 'pg';
import type { Cluster } from './cluster.ts';
import { type Folders, foldersOf } from './folders.ts';
import { syncFolder } from './launch.ts';
import { isErrno } from './processes.ts';
import { tarEnd, tarHeader, tarPadding } from './tar.ts';

/** What a backup says about itself; its last file, so that one cut short is known by its absence. */
export type BackupManifest = {
  readonly format: 1;
  /** When the backup was begun, ISO 8601. Everything committed before it is in it. */
  readonly takenAt: string;
  readonly serverMajor: number;
  /** Where the key file was. It is not in the backup: without it the codes in there cannot be recognised. */
  readonly keyFile: string;
  /** The first 16 hexadecimal digits of the key file's SHA-256, to tell the right one. */
  readonly keyFingerprint: string;
  readonly files: number;
  readonly bytes: number;
};

/** Called with the bytes read so far and, roughly, of all. */
export type Progress = (doneBytes: number, totalBytes: number) => void;

export const MANIFEST_NAME = 'manifest.json';
/** The folder of PostgreSQL's data within the archive. */
export const ARCHIVE_ROOT = 'postgres';

// As pg_basebackup has it: what a restored server makes anew, or must not see.
const WITHOUT_CONTENT = new Set(
  ['wal', 'dynshmem', 'notify', 'replslot', 'serial', 'snapshots', 'stat_tmp', 'subtrans'].map(
    (name) => `pg_${name}`,
  ),
);
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|backup_label.*|tablespace_map.*|pg_internal\.init.*|pgsql_tmp.*|.*\.conf\.tmp)$/;
const CONTROL_FILE = 'global/pg_control';
const PIECE_BYTES = 1 << 20;
/** Segments of 16 MB in one four-gigabyte log, as initdb makes them. */
const SEGMENTS_A_LOG = 256;

/** What the copying knows as it goes. */
type Copy = {
  readonly data: string;
  readonly progress: (bytes: number) => void;
  files: number;
  bytes: number;
};

/**
 * Writes a consistent copy of the running database into `targetFile` (a tar, compressed with Zstandard), which must not be there yet.
 * Clients go on working. The key file is named in it but not in it. Throws, leaving no file, when anything fails.
 */
export async function backupCluster(
  cluster: Cluster,
  dataDir: string,
  keyFile: string,
  targetFile: string,
  onProgress: Progress = () => undefined,
): Promise<BackupManifest> {
  if (existsSync(targetFile)) throw new Error(`${targetFile} exists already; a backup never replaces a file`);
  const folders = foldersOf(dataDir);
  const client = new pg.Client({
    connectionString: cluster.url('postgres'),
    application_name: 'scrip backup',
  });
  // A server that goes away is heard of from the statement under way; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  const unfinished = `${targetFile}.unfinished`;
  try {
    const described = { keyFile, keyFingerprint: fingerprint(keyFile) };
    let manifest: BackupManifest | undefined;
    const total = await bytesBelow(folders.data);
    async function* archive() {
      manifest = yield* archiveOf(client, folders, described, (done) =>
        onProgress(done, Math.max(done, total)),
      );
    }
    const params = { [constants.ZSTD_c_checksumFlag]: 1 };
    const target = createWriteStream(unfinished, { mode: 0o600, flush: true });
    await pipeline(Readable.from(archive()), createZstdCompress({ params }), target);
    if (manifest === undefined) throw new Error('the backup ended without its manifest');
    renameSync(unfinished, targetFile);
    syncFolder(dirname(targetFile));
    return manifest;
  } finally {
    rmSync(unfinished, { force: true });
    // Ends the session, and with it a backup mode that was not left and the hold on the log.
    await client.end();
  }
}

/** Tells the operator's right key file from a wrong one without giving anything away. */
export function fingerprint(keyFile: string): string {
  return createHash('sha256').update(readFileSync(keyFile)).digest('hex').slice(0, 16);
}

async function* archiveOf(
  client: pg.Client,
  folders: Folders,
  described: Pick<BackupManifest, 'keyFile' | 'keyFingerprint'>,
  progress: (bytes: number) => void,
): AsyncGenerator<Buffer, BackupManifest> {
  const copy: Copy = { data: folders.data, progress, files: 0, bytes: 0 };
  const takenAt = new Date();
  // The hold keeps the log of the whole backup from being recycled while the data are copied.
  const slot = `scrip_backup_${process.pid}_${takenAt.getTime()}`;
  await client.query('select pg_create_physical_replication_slot($1, true, true)', [slot]);
  await client.query("select pg_backup_start('scrip', true)");
  yield* copyFolder(copy, '');
  // Last of the data: it tells where recovery begins, and nothing copied after it may be older.
  yield* copyControlFile(copy);
  const { label, lastSegment } = await stopBackup(client);
  yield* entry(copy, 'backup_label', Buffer.from(label));
  yield* copyLog(copy, label, lastSegment);
  const serverMajor = Number(readFileSync(join(folders.data, 'PG_VERSION'), 'utf8'));
  const { files, bytes } = copy;
  const manifest = {
    format: 1,
    takenAt: takenAt.toISOString(),
    serverMajor,
    ...described,
    files,
    bytes,
  } as const;
  const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  yield tarHeader(MANIFEST_NAME, text.length, takenAt);
  yield text;
  yield tarPadding(text.length);
  yield tarEnd;
  return manifest;
}

async function stopBackup(client: pg.Client): Promise<{ label: string; lastSegment: string }> {
  const { rows } = await client.query<{ label: string; tablespaces: string; segment: string }>(
    `select labelfile label, coalesce(spcmapfile, '') tablespaces, pg_walfile_name(lsn) segment
     from pg_backup_stop(false)`,
  );
  const [stopped] = rows;
  if (stopped === undefined) throw new Error('the server did not end the backup');
  if (stopped.tablespaces !== '')
    throw new Error('the database has tablespaces outside its folder; a backup would miss them');
  return { label: stopped.label, lastSegment: stopped.segment };
}

async function* copyFolder(copy: Copy, folder: string): AsyncGenerator<Buffer> {
  yield tarHeader(`${join(ARCHIVE_ROOT, folder)}/`, 0, new Date(), true);
  for (const found of await entriesOf(join(copy.data, folder))) {
    const path = join(folder, found.name);
    if (LEFT_OUT.test(found.name) || path === CONTROL_FILE) continue;
    const isEmptied = WITHOUT_CONTENT.has(folder);
    if (found.isDirectory()) yield* copyFolder(copy, path);
    else if (found.isFile() && !isEmptied && !folder.startsWith('pg_wal')) yield* copyFile(copy, path);
  }
}

async function* copyFile(copy: Copy, path: string): AsyncGenerator<Buffer> {
  let file: FileHandle;
  try {
    file = await open(join(copy.data, path));
  } catch (error) {
    // A table dropped meanwhile: the log that is replayed drops it again.
    if (isErrno(error, 'ENOENT')) return;
    throw error;
  }
  try {
    const { size, mtime } = await file.stat();
    yield tarHeader(join(ARCHIVE_ROOT, path), size, mtime);
    for (let at = 0; at < size; ) {
      const piece = Buffer.alloc(Math.min(PIECE_BYTES, size - at));
      const { bytesRead } = await file.read(piece, 0, piece.length, at);
      // Cut off while we read: zeros stand for the rest, and the log that is replayed cuts it off again.
      const got = bytesRead === 0 ? piece.length : bytesRead;
      yield piece.subarray(0, got);
      at += got;
      copy.bytes += got;
      copy.progress(copy.bytes);
    }
    yield tarPadding(size);
    copy.files += 1;
  } finally {
    await file.close();
  }
}

// The server writes it in one go, yet a reader may see half of that; two equal looks are a whole one.
async function* copyControlFile(copy: Copy): AsyncGenerator<Buffer> {
  const look = () => readFileSync(join(copy.data, CONTROL_FILE));
  let content = look();
  for (let again = look(); !content.equals(again); again = look()) content = again;
  yield* entry(copy, CONTROL_FILE, content);
}

/** The log from the backup's begin to its end, without which the copy is not consistent. */
async function* copyLog(copy: Copy, label: string, last: string): AsyncGenerator<Buffer> {
  const first = /START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)/.exec(label)?.[1];
  if (first === undefined) throw new Error('the backup label does not name its first log file');
  const names = (await readdir(join(copy.data, 'pg_wal'))).sort();
  const segments = names.filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last);
  if (segments.length !== segmentNumber(last) - segmentNumber(first) + 1) {
    throw new Error(
      `log files between ${first} and ${last} are missing, so the backup would not be consistent`,
    );
  }
  for (const name of [...names.filter((file) => file.endsWith('.history')), ...segments]) {
    yield* copyFile(copy, join('pg_wal', name));
  }
}

function segmentNumber(name: string): number {
  return Number.parseInt(name.slice(8, 16), 16) * SEGMENTS_A_LOG + Number.parseInt(name.slice(16), 16);
}

async function* entry(copy: Copy, path: string, content: Buffer): AsyncGenerator<Buffer> {
  yield tarHeader(join(ARCHIVE_ROOT, path), content.length, new Date());
  yield content;
  yield tarPadding(content.length);
  copy.files += 1;
  copy.bytes += content.length;
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}

async function bytesBelow(folder: string): Promise<number> {
  let bytes = 0;
  for (const found of await entriesOf(folder)) {
    const path = join(folder, found.name);
    if (found.isDirectory()) bytes += found.name === 'pg_wal' ? 0 : await bytesBelow(path);
    else bytes += (await stat(path).catch(() => undefined))?.size ?? 0;
  }
  return bytes;
}
