import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadKeys } from '../../src/platform/config/keys.ts';
import { foldersOf } from '../../src/platform/postgres/folders.ts';
import { runningServer } from '../../src/platform/postgres/postmaster.ts';
import { anyoneWorksIn, freePort, readIfThere, until } from '../../src/platform/postgres/processes.ts';

const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');

/** A folder and a port of its own, where services are started one after another. */
export type Place = {
  readonly dataDir: string;
  readonly port: number;
  readonly url: string;
  readonly launched: Process[];
};

/** How a process ended, and what it had said. */
export type Ending = { readonly code: number | null; readonly signal: string | null; readonly said: string };

/** A running `scrip` process. */
export type Process = {
  readonly pid: number;
  readonly ended: Promise<Ending>;
  /** The end of what it has said so far. */
  said(): string;
  /** Undefined while it runs. */
  ending(): Ending | undefined;
  kill(signal: NodeJS.Signals): void;
};

export async function newPlace(): Promise<Place> {
  const port = await freePort();
  const dataDir = mkdtempSync(join(tmpdir(), 'scrip-crash-'));
  return { dataDir, port, url: `http://127.0.0.1:${port}`, launched: [] };
}

/** Starts one of the program's entrances; `heard` is told all that it has said so far whenever it says more. */
export function launch(
  place: Place,
  args: readonly string[],
  heard: (said: string) => void = () => undefined,
): Process {
  const child = spawn(process.execPath, ['--no-warnings', main, ...args], {
    env: { ...environment(), SCRIP_DATA_DIR: place.dataDir, PORT: String(place.port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let ending: Ending | undefined;
  const ended = once(child, 'close').then(([code, signal]) => {
    ending = { code, signal, said };
    return ending;
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      heard(said);
    });
  }
  const launched: Process = {
    pid: child.pid ?? 0,
    ended,
    said: () => said.slice(-4_000),
    ending: () => ending,
    kill: (signal) => child.kill(signal),
  };
  place.launched.push(launched);
  return launched;
}

/** Ends whatever a test that failed has left running, and forgets the folder. */
export async function clear(place: Place): Promise<void> {
  for (const { kill, ended } of place.launched) {
    kill('SIGKILL');
    await ended;
  }
  const orphan = postmasterOf(place);
  if (orphan !== undefined) process.kill(orphan, 'SIGQUIT');
  await until(10_000, () => !anyoneWorksIn(join(place.dataDir, 'postgres')) || undefined);
  rmSync(place.dataDir, { recursive: true, force: true });
}

/** Starts a process that stays; resolves once it has said `ready`, rejects when it ends before. */
export function start(place: Place, entrance: string, ready: string): Promise<Process> {
  return new Promise((resolve, reject) => {
    const started = launch(place, entrance.split(' '), (said) => {
      if (said.includes(ready)) resolve(started);
    });
    void started.ended.then(({ code, signal, said }) =>
      reject(new Error(`scrip ${entrance} ended (${code ?? signal}):\n${said}`)),
    );
  });
}

export const serve = (place: Place): Promise<Process> => start(place, 'serve', 'Scrip is up on');

/** Runs a command to its end. */
export function command(place: Place, ...args: readonly string[]): Promise<Ending> {
  return launch(place, args).ended;
}

function environment(): NodeJS.ProcessEnv {
  // What vitest adds is for its own workers.
  return { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR };
}

/** The PostgreSQL process that the others descend from; undefined when it does not run. */
export function postmasterOf({ dataDir }: Place): number | undefined {
  return runningServer(foldersOf(dataDir))?.pid;
}

/** The PostgreSQL processes that serve the service's connections. */
export function backendsOf(place: Place): number[] {
  const parent = postmasterOf(place);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const status = readIfThere(`/proc/${pid}/status`);
      return status !== undefined && Number(/^PPid:\s*(\d+)$/m.exec(status)?.[1]) === parent;
    })
    .filter((pid) => readIfThere(`/proc/${pid}/cmdline`)?.includes(' scrip [local]'));
}

/** The superuser's connection URL; the server need not run. */
export function ownerUrl({ dataDir }: Place): string {
  const { databasePassword } = loadKeys(join(dataDir, 'keys.json'));
  const [, , , port, socketFolder] = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split(
    '\n',
  );
  const host = socketFolder ? encodeURIComponent(foldersOf(dataDir).run) : '127.0.0.1';
  return `postgres://scrip_owner:${encodeURIComponent(databasePassword)}@${host}:${port}/scrip`;
}
