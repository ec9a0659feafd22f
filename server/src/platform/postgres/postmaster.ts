import { rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Folders } from './folders.ts';
import {
  anyoneWorksIn,
  identityOf,
  isErrno,
  type ProcessIdentity,
  readIfThere,
  until,
  worksIn,
} from './processes.ts';

/** Where a server listens: a Unix socket's folder or 127.0.0.1. */
export type Address = { readonly host: string; readonly port: number };

/** How long a start may recover, or a stop may write its last checkpoint, in milliseconds. */
const PATIENCE_MS = 10 * 60_000;
/** How long an orderly stop may take before it is cut short, which the next start then recovers from. */
const STOP_MS = 60_000;

/** The running server of these folders, or undefined. A number that another process got since is nobody's. */
export function runningServer(folders: Folders): ProcessIdentity | undefined {
  const pid = Number(postmasterLines(folders)?.[0]);
  return Number.isInteger(pid) && pid > 0 && worksIn(pid, folders.data) ? identityOf(pid) : undefined;
}

/** Where the server says that it listens; undefined until it has said so. */
function addressOf(folders: Folders): Address | undefined {
  const lines = postmasterLines(folders);
  const [port, socketFolder, host] = [Number(lines?.[3]), lines?.[4], lines?.[5]];
  if (!Number.isInteger(port) || port <= 0) return undefined;
  if (socketFolder) return { host: folders.run, port };
  return host ? { host: '127.0.0.1', port } : undefined;
}

/** The TCP port of a server that died, which its users still know; undefined when it ended in order or had none. */
export function portLeftBehind(folders: Folders): number | undefined {
  const address = addressOf(folders);
  return address?.host === '127.0.0.1' ? address.port : undefined;
}

/**
 * Waits until the server takes connections and answers its address; undefined when it ended instead.
 * `ended` tells of a server that has not written its file yet. Throws when it refuses our password.
 */
export async function untilReady(
  folders: Folders,
  password: string,
  ended: () => boolean,
): Promise<Address | undefined> {
  const outcome = await until(PATIENCE_MS, async () => {
    const address = addressOf(folders);
    if (address && runningServer(folders) && (await answers(address, password))) return address;
    return ended() ? ('ended' as const) : undefined;
  });
  if (outcome === undefined) throw new Error(`the database did not become ready; see ${folders.log}`);
  return outcome === 'ended' ? undefined : outcome;
}

/** Stops the server in order: connections are cut, all is written. Returns when it is gone. */
export async function stopServer(folders: Folders): Promise<void> {
  const server = runningServer(folders);
  if (server === undefined) return;
  // It removes its lock file a moment before it ends; until then it still works in the folder.
  const gone = () =>
    runningServer(folders)?.pid === server.pid || worksIn(server.pid, folders.data) ? undefined : true;
  for (const [signal, limit] of [['SIGINT', STOP_MS] as const, ['SIGQUIT', STOP_MS] as const]) {
    send(server.pid, signal);
    if (await until(limit, gone)) return;
  }
  throw new Error(`the database (process ${server.pid}) does not stop; see ${folders.log}`);
}

/**
 * Clears the lock files of a server that died when their process number has meanwhile gone to somebody else
 * (after a reboot, or in a restarted container): PostgreSQL would take that for itself and refuse to start.
 */
export function clearStaleLocks(folders: Folders): void {
  if (postmasterLines(folders) === undefined || anyoneWorksIn(folders.data)) return;
  rmSync(join(folders.data, 'postmaster.pid'), { force: true });
  rmSync(join(folders.run, '.s.PGSQL.5432.lock'), { force: true });
}

function postmasterLines(folders: Folders): readonly string[] | undefined {
  return readIfThere(join(folders.data, 'postmaster.pid'))
    ?.split('\n')
    .map((line) => line.trim());
}

async function answers(address: Address, password: string): Promise<boolean> {
  const client = new pg.Client({
    ...address,
    user: 'scrip_owner',
    password,
    database: 'postgres',
    ssl: false,
  });
  // A server that goes down while we are connected says so by an event, too.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (isErrno(error, '28P01', '28000')) {
      throw new Error(
        'the database refuses the password of this key file: the data was made with another one',
        {
          cause: error,
        },
      );
    }
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!isErrno(error, 'ESRCH')) throw error;
  }
}
