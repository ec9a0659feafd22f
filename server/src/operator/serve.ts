import { buildApp, jobsOf, openRuntime, type Runtime } from '../app.ts';
import type { Settings } from '../platform/config/settings.ts';
import { durabilityFaults } from '../platform/db/appRole.ts';
import { startJobs } from '../platform/jobs/runner.ts';
import { jsonLog } from '../platform/log/log.ts';
import { openDatabase } from './database.ts';
import { makeDemo } from './demo.ts';
import { say } from './terminal.ts';

/** Runs the service until it is told to stop: the API, and the jobs beside it. */
export async function serve(settings: Settings, options: { readonly demo: boolean }): Promise<number> {
  const started = performance.now();
  const database = await openDatabase(settings);
  const runtime = openRuntime({ appUrl: database.appUrl, keys: database.keys, log: processLog() });
  try {
    await refuseIfUnsafe(runtime);
    const jobs = startJobs(jobsOf(runtime), runtime.log);
    const app = buildApp(runtime, () => jobs.poke('batches.generate'));
    await app.listen({ port: settings.port, host: settings.host });
    const address = app.server.address();
    const port = typeof address === 'object' ? (address?.port ?? settings.port) : settings.port;
    const url = `http://${settings.host === '127.0.0.1' ? 'localhost' : settings.host}:${port}`;
    say(`Scrip is up on ${url} (${Math.round(performance.now() - started)} ms)`);
    say(`  API reference   ${url}/docs`);
    say(`  Data            ${database.cluster ? settings.dataDir : 'your PostgreSQL (DATABASE_URL)'}`);
    say(`  Key file        ${settings.keyFile}  (keep a copy apart from the data: without it no card is recognised)`);
    if (options.demo) await makeDemo(runtime, url);
    else say('  First merchant  npx scrip merchant create --name "My shop" --currency CNY --timezone Asia/Shanghai');
    await untilTold();
    say('Stopping.');
    await app.close();
    await jobs.stop();
  } finally {
    await runtime.close();
    await database.stop();
  }
  return 0;
}

/** Runs only the jobs: for a second process beside one that serves. */
export async function work(settings: Settings): Promise<number> {
  const database = await openDatabase(settings);
  const runtime = openRuntime({ appUrl: database.appUrl, keys: database.keys, log: processLog() });
  try {
    await refuseIfUnsafe(runtime);
    const jobs = startJobs(jobsOf(runtime), runtime.log);
    say('Scrip works on its jobs.');
    await untilTold();
    await jobs.stop();
  } finally {
    await runtime.close();
    await database.stop();
  }
  return 0;
}

/** Money is not kept on a server that may forget it, nor by a login that could rewrite the books. */
async function refuseIfUnsafe(runtime: Runtime): Promise<void> {
  const faults = await durabilityFaults(runtime.readers);
  if (faults.length > 0) throw new Error(`this PostgreSQL is not safe for money: ${faults.join('; ')}`);
}

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
