import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A process told apart from a later one with the same number: its pid and its start time in clock ticks since boot. */
export type ProcessIdentity = { readonly pid: number; readonly startTicks: string };

/** Who this pid is now, or undefined when nobody (a zombie is nobody). */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The command name may hold spaces and brackets, so fields are counted from the last closing one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  if (startTicks === undefined || state === 'Z' || state === 'X') return undefined;
  return { pid, startTicks };
}

/** True while that very process runs. */
export function isAlive(process: ProcessIdentity): boolean {
  return identityOf(process.pid)?.startTicks === process.startTicks;
}

/** True when the process works in this folder: every PostgreSQL process sits in its own data folder. */
export function worksIn(pid: number, folder: string): boolean {
  try {
    const [there, here] = [statSync(`/proc/${pid}/cwd`), statSync(folder)];
    return there.ino === here.ino && there.dev === here.dev;
  } catch {
    return false;
  }
}

/** True when any process at all still works in this folder. */
export function anyoneWorksIn(folder: string): boolean {
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && worksIn(Number(name), folder));
}

/** Polls until `done` answers something, at most `limitMs`; undefined when the time is up. */
export async function until<T>(
  limitMs: number,
  done: () => T | undefined | Promise<T | undefined>,
): Promise<T | undefined> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const value = await done();
    if (value !== undefined) return value;
    if (Date.now() >= deadline) return undefined;
    await pause(20);
  }
}

/**
 * Makes this process the only one that starts or stops the database of `folder`; answers the release.
 * An abstract socket is the lock, because the kernel frees it when its holder dies, however it dies.
 */
export async function lockFolder(folder: string, limitMs: number): Promise<() => Promise<void>> {
  const { dev, ino } = statSync(folder);
  const name = `\0scrip-database-${dev}-${ino}`;
  const release = await until(limitMs, () => tryListen(name));
  if (release === undefined) {
    throw new Error(`another process has been starting or stopping the database in ${folder} for too long`);
  }
  return release;
}

function tryListen(name: string): Promise<(() => Promise<void>) | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(name, () => {
      server.unref();
      resolve(() => new Promise((closed) => server.close(() => closed())));
    });
  });
}

/** A TCP port of the loopback address that is free now, `wanted` if that is; somebody may take it before it is used. */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (wanted !== 0 && isErrno(error, 'EADDRINUSE')) resolve(freePort());
      else reject(error);
    });
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no TCP port is free'));
        else resolve(address.port);
      });
    });
  });
}

/** The text of a small file, or undefined when it is not there. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // ESRCH: a process that ends while its /proc file is read.
    if (isErrno(error, 'ENOENT', 'ESRCH', 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** True for a system error with one of these codes. */
export function isErrno(error: unknown, ...codes: readonly string[]): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)
  );
}
