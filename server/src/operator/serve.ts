import type { FastifyInstance } from 'fastify';
import { buildApp, jobsOf, openRuntime, type Runtime } from '../app.ts';
import { decodeId } from '../kernel/id.ts';
import type { Settings } from '../platform/config/settings.ts';
import { durabilityFaults } from '../platform/db/appRole.ts';
import { type Jobs, startJobs } from '../platform/jobs/runner.ts';
import { jsonLog, type Log } from '../platform/log/log.ts';
import { type Database, openDatabase } from './database.ts';
import { showDemo } from './demo.ts';
import { firstOwnerToken, ownerLink } from './owners.ts';
import { settleRestore } from './restored.ts';
import { say } from './terminal.ts';

export type ServeOptions = {
  /** Make a sample merchant and print its key. */
  readonly demo: boolean;
  /** The operator knows that the data are those of a backup. */
  readonly acceptRestore: boolean;
};

/** Runs the service until it is told to stop: the API, and the jobs beside it. */
export async function serve(settings: Settings, options: ServeOptions): Promise<number> {
  const started = performance.now();
  const told = untilTold();
  const database = await openDatabase(settings);
  const runtime = runtimeOver(database, settings, options.demo);
  const upkeep = keepUp(database, runtime.log);
  try {
    await refuseIfUnsafe(runtime);
    await settleRestore(settings, runtime, options.acceptRestore);
    const welcome = options.demo ? undefined : await firstOwnerToken(runtime);
    const jobs = startJobs(jobsOf(runtime), runtime.log);
    try {
      const app = buildApp(runtime, () => jobs.poke('batches.generate'));
      await app.listen({ port: settings.port, host: settings.host });
      const address = app.server.address();
      const port = typeof address === 'object' ? (address?.port ?? settings.port) : settings.port;
      const url = `http://${settings.host === '127.0.0.1' ? 'localhost' : settings.host}:${port}`;
      say(`Scrip is up on ${url} (${Math.round(performance.now() - started)} ms)`);
      say(`  API reference   ${url}/docs`);
      say(`  Data            ${database.cluster ? settings.dataDir : 'your PostgreSQL (DATABASE_URL)'}`);
      say(
        `  Key file        ${settings.keyFile}  (keep a copy apart from the data: without it no card is recognised)`,
      );
      if (options.demo) await sayDemo({ ...database, log: runtime.log }, settings, runtime, url);
      else if (welcome !== undefined) sayWelcome(welcome, url);
      await told;
      say('Stopping.');
      await closeGently(app);
    } finally {
      // Also where the port is taken: a process whose jobs go on does not end.
      await jobs.stop();
    }
  } finally {
    await runtime.close();
    await upkeep.stop();
    await database.stop();
  }
  return 0;
}

/** The sample merchant, and a link by which whoever reads this becomes an owner of it and can look at the pages. */
async function sayDemo(
  made: Parameters<typeof showDemo>[0],
  settings: Settings,
  runtime: Runtime,
  url: string,
): Promise<void> {
  const demo = await showDemo(made, settings, url);
  const merchantId = decodeId('mer', demo.merchantId);
  if (merchantId !== undefined)
    say(`  Its console     ${url}${await ownerLink(runtime, merchantId)}  (once)`);
}

/** On a fresh server: the link that makes its first owner, which nobody sees but who reads this. */
function sayWelcome(token: string, url: string): void {
  say(`  First owner     ${url}/#/welcome?token=${token}  (once, within a day; a restart makes a new one)`);
  say(
    '                  or npx scrip merchant create --name "My shop" --currency CNY --timezone Asia/Shanghai',
  );
}

/** Runs only the jobs: for a second process beside one that serves. */
export async function work(settings: Settings): Promise<number> {
  const told = untilTold();
  const database = await openDatabase(settings);
  const runtime = runtimeOver(database, settings);
  const upkeep = keepUp(database, runtime.log);
  try {
    await refuseIfUnsafe(runtime);
    await settleRestore(settings, runtime, false);
    const jobs = startJobs(jobsOf(runtime), runtime.log);
    say('Scrip works on its jobs.');
    await told;
    await jobs.stop();
  } finally {
    await runtime.close();
    await upkeep.stop();
    await database.stop();
  }
  return 0;
}

/** How soon it is noticed that the database is gone, in milliseconds. */
const lookAfterMs = 250;

/** Starts our own database again when it has died; until it answers, callers are told to come back. */
function keepUp({ cluster }: Database, log: Log): Jobs {
  const revive = async () => {
    if (await cluster?.revive()) log.info('the database had died and was started again');
    return false;
  };
  return startJobs(cluster ? [{ name: 'postgres.revive', everyMs: lookAfterMs, run: revive }] : [], log);
}

/** How long requests under way may take to end when the service stops, in milliseconds: half of what hosts mostly grant. */
const farewellMs = 5_000;

/** Takes no new connection, answers what was asked over those that there are, and closes each after its answer. */
async function closeGently(app: FastifyInstance): Promise<void> {
  app.server.keepAliveTimeout = 1;
  app.server.keepAliveTimeoutBuffer = 0;
  // Who has sent half a request must not keep the process from ending.
  const last = setTimeout(() => app.server.closeAllConnections(), farewellMs);
  await app.close();
  clearTimeout(last);
}

/** Money is not kept on a server that may forget it, nor by a login that could rewrite the books. */
async function refuseIfUnsafe(runtime: Runtime): Promise<void> {
  const faults = await durabilityFaults(runtime.readers);
  if (faults.length > 0) throw new Error(`this PostgreSQL is not safe for money: ${faults.join('; ')}`);
}

/** The service's parts over the database of these settings. */
export function runtimeOver({ appUrl, keys }: Database, settings: Settings, demo = false): Runtime {
  const { headsFile, trustedProxies, channels, webhookNetworks } = settings;
  return openRuntime({
    appUrl,
    keys,
    headsFile,
    trustedProxies,
    channels,
    webhookNetworks,
    demo,
    log: processLog(),
  });
}

/** The log of a process: JSON lines on standard error. */
export function processLog() {
  return jsonLog(
    (line) => process.stderr.write(line),
    () => new Date(),
  );
}

function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
