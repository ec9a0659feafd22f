import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { readIfThere } from './processes.ts';

/** Where things of one database are. */
export type Folders = {
  /** The data folder of the whole installation, its real path. */
  readonly home: string;
  /** PostgreSQL's own data folder. */
  readonly data: string;
  /** Where its Unix socket is. */
  readonly run: string;
  /** One file for each process that uses the database. */
  readonly users: string;
  /** What the server said. */
  readonly log: string;
};

/** Linux cuts the path of a Unix socket at 107 bytes; some clients cut it a little earlier. */
const SOCKET_PATH_BYTES_MAX = 100;

/** The folders of the installation at `dataDir`, which is made when it is not there. */
export function foldersOf(dataDir: string): Folders {
  mkdirSync(dataDir, { recursive: true });
  const home = realpathSync(dataDir);
  return {
    home,
    data: join(home, 'postgres'),
    run: join(home, 'run'),
    users: join(home, 'users'),
    log: join(home, 'postgres.log'),
  };
}

/** True when clients can name the Unix socket; where its path is too long they take TCP on the loopback address. */
export function socketFits(folders: Folders): boolean {
  return Buffer.byteLength(join(folders.run, '.s.PGSQL.5432')) <= SOCKET_PATH_BYTES_MAX;
}

/** The major version that made the data, or undefined when there is no data yet. */
export function dataMajor(folders: Folders): number | undefined {
  const version = readIfThere(join(folders.data, 'PG_VERSION'));
  if (version === undefined && existsSync(folders.data)) {
    throw new Error(
      `${folders.data} exists but is no PostgreSQL data folder; move it away or set SCRIP_DATA_DIR`,
    );
  }
  return version === undefined ? undefined : Number(version);
}

/** Lets the account pass through our own data folder (not list it); what lies above it is the user's and stays as it is. */
export function openHome(folders: Folders): void {
  const { mode } = statSync(folders.home);
  if ((mode & 0o001) === 0) chmodSync(folders.home, (mode & 0o7777) | 0o001);
}

/** Makes the folder of the socket, written by the account and passed by everyone who may come so far. */
export function makeRunFolder(folders: Folders, account: Account | undefined): void {
  mkdirSync(folders.run, { recursive: true });
  chmodSync(folders.run, 0o755);
  if (account) chownSync(folders.run, account.uid, account.gid);
}

/** Hands data that root copied or restored to the account; does nothing when it is the account's already. */
export function handOver(folder: string, account: Account): void {
  if (statSync(folder).uid === account.uid) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) handOver(path, account);
    else lchownSync(path, account.uid, account.gid);
  }
  // Last, so that a hand-over cut short is taken up again at the next start.
  chownSync(folder, account.uid, account.gid);
}
