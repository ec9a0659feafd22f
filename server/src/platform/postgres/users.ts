import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Folders } from './folders.ts';
import { identityOf, isAlive } from './processes.ts';

// Who uses the database: one empty file each, named by process number, start time and a running number.
// Whoever leaves last stops the server, so a command never pulls it away under the service, nor the other way round.
// All of it happens under the folder's lock.

let registrations = 0;

/** Notes that this process uses the database; answers its name for `leave`. */
export function enter(folders: Folders): string {
  const me = identityOf(process.pid);
  if (me === undefined) throw new Error('/proc is not readable, so processes cannot be told apart');
  registrations += 1;
  const name = `${me.pid}.${me.startTicks}.${registrations}`;
  mkdirSync(folders.users, { recursive: true });
  writeFileSync(join(folders.users, name), '');
  return name;
}

/** Notes that this use has ended. */
export function leave(folders: Folders, name: string): void {
  rmSync(join(folders.users, name), { force: true });
}

/** True when a living process uses the database; forgets those that died without leaving. */
export function inUse(folders: Folders): boolean {
  mkdirSync(folders.users, { recursive: true });
  const living = readdirSync(folders.users).filter((name) => {
    const [pid, startTicks] = name.split('.');
    if (pid !== undefined && startTicks !== undefined && isAlive({ pid: Number(pid), startTicks }))
      return true;
    leave(folders, name);
    return false;
  });
  return living.length > 0;
}
