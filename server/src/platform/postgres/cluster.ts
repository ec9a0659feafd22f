import { setTimeout as pause } from 'node:timers/promises';
import { type Folders, foldersOf, socketFits } from './folders.ts';
import {
  initialise,
  type Launch,
  logSince,
  prepareLaunch,
  settingsPath,
  spawnServer,
  startLog,
  writeSettings,
} from './launch.ts';
import {
  type Address,
  clearStaleLocks,
  portLeftBehind,
  runningServer,
  stopServer,
  untilReady,
} from './postmaster.ts';
import { freePort, lockFolder, readIfThere } from './processes.ts';
import { settingsText } from './settings.ts';
import { enter, inUse, leave } from './users.ts';

/** A running PostgreSQL of our own. */
export type Cluster = {
  /** The folder of its Unix socket, or 127.0.0.1. */
  readonly host: string;
  readonly port: number;
  /** The superuser, for migrations and backups only. */
  readonly user: string;
  readonly password: string;
  /** True when no other living process used the database at the time of this start. */
  readonly owned: boolean;
  /** A connection URL that `pg` and libpq both take. */
  url(database: string): string;
  /**
   * Starts the server again at the same address when it has died; true when it had, and this did it.
   * Throws when it does not start.
   */
  revive(): Promise<boolean>;
  /** Ends this use of the database; the last user's stop stops the server. Safe to call twice. */
  stop(): Promise<void>;
};

export type ClusterOptions = {
  /** The installation's data folder; the database lives in `postgres` below it. Made when missing. */
  readonly dataDir: string;
  /** Of the superuser; sets it when the data is made, must equal it ever after. */
  readonly password: string;
  /** False only for tests: a power cut may lose data. */
  readonly durable?: boolean;
  /** More server settings, which win over ours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The folder of another PostgreSQL's programs to use. */
  readonly bin?: string;
};

/** How long one process waits while another starts or stops the same database, in milliseconds. */
const LOCK_MS = 12 * 60_000;
/** How long a start is repeated while what a crashed server held is still being let go, in milliseconds. */
const RETRY_MS = 10_000;
/** What the log says then. */
const HELD =
  /lock file .* already exists|shared memory block .* is still in use|could not bind|could not create any/;

/**
 * Starts the database of `dataDir`, or joins it when it runs already (another process's, or an orphan's).
 * Throws when none can be run here, when the password is not the data's, or when the server does not start.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const folders = foldersOf(options.dataDir);
  const unlock = await lockFolder(folders.home, LOCK_MS);
  try {
    const owned = !inUse(folders);
    const address = (await join(folders, options, owned)) ?? (await start(folders, options));
    return clusterAt(folders, address, options, owned, enter(folders));
  } finally {
    await unlock();
  }
}

/** The address of the server when it runs. An orphan that runs with other settings is stopped instead. */
async function join(
  folders: Folders,
  options: ClusterOptions,
  orphaned: boolean,
): Promise<Address | undefined> {
  if (runningServer(folders) === undefined) return undefined;
  const wanted = settingsText(options.durable ?? true, options.settings ?? {});
  if (orphaned && readIfThere(settingsPath(folders)) !== wanted) {
    await stopServer(folders);
    return undefined;
  }
  return untilReady(folders, options.password, () => runningServer(folders) === undefined);
}

async function start(folders: Folders, options: ClusterOptions): Promise<Address> {
  const port = portLeftBehind(folders);
  const launch = prepareLaunch(folders, options.bin);
  const durable = options.durable ?? true;
  await initialise(launch, options.password, durable);
  writeSettings(launch, durable, options.settings ?? {});
  const deadline = Date.now() + RETRY_MS;
  for (;;) {
    clearStaleLocks(folders);
    const attempt = await tryStart(launch, options.password, port);
    if ('host' in attempt) return attempt;
    if (!HELD.test(attempt.said) || Date.now() > deadline) {
      throw new Error(`the database did not start; ${folders.log} says:\n${attempt.said}`);
    }
    await pause(100);
  }
}

async function tryStart(
  launch: Launch,
  password: string,
  port: number | undefined,
): Promise<Address | { readonly said: string }> {
  const { folders } = launch;
  const from = startLog(folders);
  const server = spawnServer(launch, socketFits(folders) ? undefined : await freePort(port));
  let failure: Error | undefined;
  server.once('error', (error) => {
    failure = error;
  });
  const ended = () => failure !== undefined || server.exitCode !== null || server.signalCode !== null;
  const address = await untilReady(folders, password, ended);
  return address ?? { said: failure?.message ?? logSince(folders, from) };
}

function clusterAt(
  folders: Folders,
  address: Address,
  options: ClusterOptions,
  owned: boolean,
  name: string,
): Cluster {
  const { password } = options;
  const user = 'scrip_owner';
  let stopped: Promise<void> | undefined;
  return {
    ...address,
    user,
    password,
    owned,
    url: (database) =>
      `postgres://${user}:${encodeURIComponent(password)}@${encodeURIComponent(address.host)}:${address.port}/${database}`,
    revive: async () => stopped === undefined && reviveServer(folders, options),
    stop: () => {
      stopped ??= stopUse(folders, name);
      return stopped;
    },
  };
}

async function reviveServer(folders: Folders, options: ClusterOptions): Promise<boolean> {
  if (runningServer(folders) !== undefined) return false;
  const unlock = await lockFolder(folders.home, LOCK_MS);
  try {
    // Another process that uses it may have been faster.
    if (runningServer(folders) !== undefined) return false;
    await start(folders, options);
    return true;
  } finally {
    await unlock();
  }
}

async function stopUse(folders: Folders, name: string): Promise<void> {
  const unlock = await lockFolder(folders.home, LOCK_MS);
  try {
    leave(folders, name);
    if (!inUse(folders)) await stopServer(folders);
  } finally {
    await unlock();
  }
}
