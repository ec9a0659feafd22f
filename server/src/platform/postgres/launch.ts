import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import {
  closeSync,
  fchownSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Account, canEnter, databaseAccount } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { dataMajor, type Folders, handOver, makeRunFolder, openHome } from './folders.ts';
import { settingsText } from './settings.ts';

/** How the programs of one database are run. */
export type Launch = {
  readonly folders: Folders;
  readonly binaries: Binaries;
  readonly account: Account | undefined;
  /**
   * True when the account cannot reach the folders by their paths, because one above them is closed (a home folder, say).
   * Then it is given the two folders themselves, opened, and no permission of the user's has to change.
   */
  readonly byHandle: boolean;
};

/** Where a program finds the file handles that it is started with: 0 to 2 are the usual ones. */
const HANDLE = { data: '/proc/self/fd/3', run: '/proc/self/fd/4', password: '/proc/self/fd/5' } as const;

/** A log beyond this is put aside at the next start, in bytes. */
const LOG_BYTES_MAX = 10_000_000;

/** Finds out how the database of these folders can be run here. Throws with the reason when it cannot. */
export function prepareLaunch(folders: Folders, bin: string | undefined): Launch {
  const account = databaseAccount(folders.data);
  if (account) openHome(folders);
  const reachable = account === undefined || canEnter(account, folders.home);
  const binaries = findBinaries({
    account,
    dataMajor: dataMajor(folders),
    askedFor: bin,
    copyPlaces: [reachable ? join(folders.home, 'native') : '/var/cache/scrip'],
  });
  return { folders, binaries, account, byHandle: !reachable };
}

/** Makes the database when there is none, atomically: a run cut short leaves nothing that the next one trusts. */
export async function initialise(launch: Launch, password: string, durable: boolean): Promise<void> {
  const { folders, account } = launch;
  makeRunFolder(folders, account);
  if (dataMajor(folders) !== undefined) {
    if (account) handOver(folders.data, account);
    return;
  }
  const fresh = `${folders.data}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  if (account) handOver(fresh, account);
  const locale =
    launch.binaries.major >= 17
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
      : ['--locale=C.UTF-8'];
  const args = [
    '--username=scrip_owner',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--data-checksums',
    ...locale,
  ];
  if (!durable) args.push('--no-sync');
  await runInitdb(launch, fresh, args, password);
  const compression = (await canCompressWith(launch, fresh, 'lz4')) ? 'lz4' : 'pglz';
  const lines = `wal_compression = ${compression}\ninclude_if_exists = 'scrip.conf'\n`;
  writeDurably(launch, join(fresh, 'postgresql.conf'), lines, 'a');
  renameSync(fresh, folders.data);
  syncFolder(folders.home);
}

/** Writes the settings that the server reads at its start. */
export function writeSettings(
  launch: Launch,
  durable: boolean,
  more: Readonly<Record<string, string>>,
): void {
  writeDurably(launch, settingsPath(launch.folders), settingsText(durable, more));
}

/** The file of the settings that the server was started with. */
export function settingsPath(folders: Folders): string {
  return join(folders.data, 'scrip.conf');
}

/** Starts the server in a session of its own, so that a Ctrl-C meant for us does not stop it first. `port` means TCP. */
export function spawnServer(launch: Launch, port: number | undefined): ChildProcess {
  const { folders, byHandle } = launch;
  const address =
    port === undefined
      ? [
          '-c',
          `unix_socket_directories=${byHandle ? HANDLE.run : `"${folders.run}"`}`,
          '-c',
          'listen_addresses=',
        ]
      : ['-c', 'unix_socket_directories=', '-c', 'listen_addresses=127.0.0.1', '-p', String(port)];
  const child = spawnProgram(launch, folders.data, 'postgres', address, undefined);
  child.unref();
  return child;
}

/** The end of the server's log from byte `from` on, for error messages. */
export function logSince(folders: Folders, from: number): string {
  return readFileSync(folders.log).subarray(from).toString('utf8').slice(-2_000).trim();
}

/** How long the log is, in bytes; one grown too long is put aside first. */
export function startLog(folders: Folders): number {
  const size = statSync(folders.log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES_MAX) renameSync(folders.log, `${folders.log}.1`);
  return size > LOG_BYTES_MAX ? 0 : size;
}

async function runInitdb(
  launch: Launch,
  data: string,
  args: readonly string[],
  password: string,
): Promise<void> {
  const from = startLog(launch.folders);
  const handle = passwordHandle(launch, password);
  const child = spawnProgram(launch, data, 'initdb', [...args, `--pwfile=${HANDLE.password}`], handle);
  closeSync(handle);
  const code = await exitOf(child);
  if (code !== 0) throw new Error(`initdb failed (${code}):\n${logSince(launch.folders, from)}`);
}

async function canCompressWith(launch: Launch, data: string, method: string): Promise<boolean> {
  const args = ['-C', 'wal_compression', '-c', `wal_compression=${method}`];
  return (await exitOf(spawnProgram(launch, data, 'postgres', args, undefined, '/dev/null'))) === 0;
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}

// A file without a name: the password is never left on the disk, whatever happens.
function passwordHandle(launch: Launch, password: string): number {
  const path = join(launch.folders.home, `.password.${process.pid}`);
  const handle = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  if (launch.account) fchownSync(handle, launch.account.uid, launch.account.gid);
  writeSync(handle, `${password}\n`);
  return handle;
}

function spawnProgram(
  launch: Launch,
  data: string,
  program: string,
  args: readonly string[],
  password: number | undefined,
  output = launch.folders.log,
): ChildProcess {
  const { folders, account, byHandle } = launch;
  const log = openSync(output, 'a', 0o600);
  const handles = byHandle ? [openSync(data, 'r'), openSync(folders.run, 'r')] : [];
  const [dataHandle, runHandle] = handles;
  const options: SpawnOptions = {
    // Its own session, no inherited folder that the account may not read, and none of our environment (PG* variables steer it).
    detached: true,
    cwd: '/',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', log, log, dataHandle ?? 'ignore', runHandle ?? 'ignore', password ?? 'ignore'],
    ...(account && { uid: account.uid, gid: account.gid }),
  };
  try {
    return spawn(join(launch.binaries.bin, program), ['-D', byHandle ? HANDLE.data : data, ...args], options);
  } finally {
    for (const handle of [log, ...handles]) closeSync(handle);
  }
}

function writeDurably(launch: Launch, path: string, text: string, flag: 'w' | 'a' = 'w'): void {
  const handle = openSync(path, flag, 0o600);
  writeSync(handle, text);
  if (launch.account) fchownSync(handle, launch.account.uid, launch.account.gid);
  fsyncSync(handle);
  closeSync(handle);
}

/** Makes the names in a folder safe against a power cut. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
