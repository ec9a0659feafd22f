import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { isErrno } from './processes.ts';

/** The unprivileged operating-system account that runs the database when we are root. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number };

/**
 * The account to run the database as; undefined when this process is not root and so runs it itself.
 * Existing data keeps its owner; else `scrip`, else `postgres`, else a system account `scrip` is made.
 * Throws when there is no account and none can be made.
 */
export function databaseAccount(dataFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const account = ownerOf(dataFolder) ?? namedAccount('scrip') ?? namedAccount('postgres') ?? makeAccount();
  if (account === undefined) {
    throw new Error(
      'PostgreSQL never runs as root, and there is no account to run it as. ' +
        'Make one (useradd --system scrip), start Scrip as another user, or set DATABASE_URL.',
    );
  }
  return account;
}

/** True when the account can enter this folder by its path. */
export function canEnter(account: Account, folder: string): boolean {
  const { uid, gid } = account;
  return (
    spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { uid, gid, cwd: '/', env: {} }).status === 0
  );
}

function ownerOf(dataFolder: string): Account | undefined {
  try {
    const { uid, gid } = statSync(dataFolder);
    // Data owned by root was copied or restored there; it is handed to the account before the start.
    return uid === 0 ? undefined : { name: `of user ${uid}`, uid, gid };
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function namedAccount(name: string): Account | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  const account = { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  return account.uid > 0 ? account : undefined;
}

function makeAccount(): Account | undefined {
  const quiet = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'];
  spawnSync('useradd', [...quiet, '--shell', '/usr/sbin/nologin', 'scrip']);
  return namedAccount('scrip');
}
