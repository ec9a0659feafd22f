import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { asSystem, hiringRoutes, onBehalf } from './app/opening.ts';
import { whoActs, whoReads } from './app/who.ts';
import { assert } from './kernel/assert.ts';
import type { Random } from './kernel/random.ts';
import { batchesSql, batchRoutes, generateBatches } from './modules/batches/index.ts';
import { type CardDesk, cardDesk, cardJobs, cardRoutes, cardsSql, secretKey } from './modules/cards/index.ts';
import { clearingRoutes } from './modules/clearing/index.ts';
import { invitationsSql } from './modules/invitations/index.ts';
import {
  type Anchor,
  activities,
  activityByKey,
  anchorIn,
  journalStore,
  ledgerRoutes,
  ledgerSql,
  verifierJob,
} from './modules/ledger/index.ts';
import { merchantRoutes, merchantsSql } from './modules/merchants/index.ts';
import { findKeyByHash, noteKeyUses, peopleRoutes, peopleSql } from './modules/people/index.ts';
import { programRoutes, programsSql } from './modules/programs/index.ts';
import { reportRoutes, rollupJob } from './modules/reports/index.ts';
import { settingsRoutes, settingsSql } from './modules/settings/index.ts';
import {
  type Desk,
  type Sessions,
  sessionRegistry,
  sessionSql,
  signinDesk,
  signinJobs,
  signinRoutes,
} from './modules/signin/index.ts';
import { type Keys, keysOf } from './platform/config/keys.ts';
import { openPool, type Pool } from './platform/db/connection.ts';
import { allMerchants, read, writeAside } from './platform/db/read.ts';
import { refreshStatistics } from './platform/db/statistics.ts';
import { type Executor, executorDefaults, startExecutor } from './platform/executor/executor.ts';
import { postgresStorage } from './platform/executor/postgresStorage.ts';
import { lineFile } from './platform/files/lines.ts';
import { type KeyRegistry, keyRegistry } from './platform/http/auth.ts';
import { addDocs } from './platform/http/docs/docs.ts';
import { countMetrics, type Metrics } from './platform/http/metrics.ts';
import { openapiOf } from './platform/http/openapi.ts';
import type { Route } from './platform/http/route.ts';
import { buildServer } from './platform/http/server.ts';
import type { Job } from './platform/jobs/runner.ts';
import type { Log } from './platform/log/log.ts';

const version = '0.1.0';

/** Every table that use cases read and change. */
const entities = [
  ...ledgerSql,
  ...merchantsSql,
  ...peopleSql,
  sessionSql,
  ...invitationsSql,
  ...programsSql,
  ...cardsSql,
  ...batchesSql,
  ...settingsSql,
];

const actorFor = whoReads(entities);

export type RuntimeSettings = {
  /** The database by the service's own login, which owns nothing. */
  readonly appUrl: string;
  readonly keys: Keys;
  readonly log: Log;
  /** The file outside the database where heads of the logs are kept; left out, they are not. */
  readonly headsFile?: string;
  readonly clock?: () => Date;
  readonly random?: Random;
  /** Whose word about whom a request came from counts: addresses or networks, comma-separated. */
  readonly trustedProxies?: string | undefined;
};

/** The service without its entrances: what `serve`, `work`, the operator's verbs and tests share. */
export type Runtime = {
  readonly executor: Executor;
  readonly writers: Pool;
  readonly readers: Pool;
  /** For what reads beside the writers with statements that are planned once: the executor looking ahead, the verifier. */
  readonly lookers: Pool;
  readonly keyUses: KeyRegistry;
  readonly desk: CardDesk;
  readonly signin: Desk;
  readonly sessions: Sessions;
  readonly trustedProxies: string | undefined;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly clock: () => Date;
  readonly random: Random;
  readonly keys: Keys;
  readonly anchor: Anchor | undefined;
  close(): Promise<void>;
};

/** One merchant's batches take turns on one connection, and more of them only take turns on the processor. */
const writersMax = 4;
/** The verifier has one, each writer one to look ahead by: who has one waits for no other. */
const lookersMax = writersMax + 1;
const readersMax = 4;

/** Opens the pools and starts the executor; nothing is asked of the database before the first request. */
export function openRuntime(settings: RuntimeSettings): Runtime {
  const { appUrl, keys, log, headsFile, clock = () => new Date(), random = pooledRandom() } = settings;
  const writers = openPool({ url: appUrl, applicationName: 'scrip executor', plans: 'kept' }, writersMax);
  const readers = openPool({ url: appUrl, applicationName: 'scrip reader', plans: 'fresh' }, readersMax);
  const lookers = openPool({ url: appUrl, applicationName: 'scrip looker', plans: 'kept' }, lookersMax);
  const executor = startExecutor(
    postgresStorage({ writers, lookers }, journalStore, entities),
    {
      log: { activities, activityByKey },
      gate: whoActs,
      chainKey: currentKey(keys.chain),
      clock,
      random,
    },
    executorDefaults,
  );
  const signin = signinDesk({ readers, writers, keys, random });
  const find = (hash: Buffer) => read(readers, allMerchants, (db) => findKeyByHash(db, hash));
  return {
    executor,
    writers,
    readers,
    lookers,
    keyUses: keyRegistry(find, clock),
    desk: cardDesk(keys),
    signin,
    sessions: sessionRegistry(signin, clock),
    trustedProxies: settings.trustedProxies,
    metrics: countMetrics(),
    log,
    clock,
    random,
    keys,
    anchor: headsFile === undefined ? undefined : anchorIn(lineFile(headsFile)),
    async close() {
      await executor.drain();
      await Promise.all([writers.end(), readers.end(), lookers.end()]);
    },
  };
}

type RouteParts = Pick<
  Runtime,
  'executor' | 'desk' | 'signin' | 'sessions' | 'readers' | 'writers' | 'keys' | 'random' | 'clock'
> & {
  readonly poke: () => void;
};

/** Every route of the API. */
export function routesOf(parts: RouteParts): readonly Route[] {
  const { signin: desk, sessions, clock } = parts;
  return [
    ...merchantRoutes,
    ...peopleRoutes,
    ...signinRoutes(desk, sessions, clock),
    ...hiringRoutes(parts),
    ...programRoutes,
    ...batchRoutes(parts),
    ...cardRoutes(parts.desk, clock),
    ...clearingRoutes,
    ...ledgerRoutes,
    ...settingsRoutes,
    ...reportRoutes(parts.desk, {
      readOf: (merchantId, work) => read(parts.readers, merchantId, work),
      actorFor,
      clock,
    }),
  ];
}

/** How long the database may take to say that it is there, in milliseconds. */
const readyWithinMs = 2_000;

/** The HTTP service. `poke` wakes the job that makes batches, where that runs in this process. */
export function buildApp(runtime: Runtime, poke: () => void): FastifyInstance {
  const { executor, readers, keyUses, sessions, trustedProxies, keys, clock, log, metrics } = runtime;
  const routes = routesOf({ ...runtime, poke });
  const app = buildServer(routes, {
    executor,
    keys: keyUses,
    read: (merchantId, work) => read(readers, merchantId, work),
    sessions,
    trustedProxies,
    actorForRead: actorFor,
    clock,
    fingerprintKeys: keysOf(keys.seal).map((key) =>
      createHmac('sha256', key).update('fingerprint').digest('hex'),
    ),
    log,
    metrics,
  });
  const openapi = openapiOf(routes, version);
  const document = JSON.stringify(openapi);
  addDocs(app, openapi);
  app.get('/openapi.json', (_request, reply) => reply.type('application/json').send(document));
  app.get('/healthz', (_request, reply) => reply.send({ status: 'ok', version }));
  app.get('/readyz', async (_request, reply) => {
    const answered = readers.query('select 1').then(
      () => true,
      () => false,
    );
    // A database that says nothing is as good as none, and who asks wants to know now.
    const ready = await Promise.race([answered, delay(readyWithinMs, false, { ref: false })]);
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not_ready' });
  });
  app.get('/metrics', (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(metrics.text(executor.tally)),
  );
  return app;
}

/** What runs on a clock. */
export function jobsOf(runtime: Runtime): readonly Job[] {
  const { writers, keyUses } = runtime;
  return [
    {
      name: 'batches.generate',
      everyMs: 2_000,
      run: (signal) =>
        generateBatches({ ...runtime, signal, asSystem: (m, u, i) => asSystem(runtime, m, u, i) }),
    },
    ...cardJobs({
      readers: runtime.readers,
      writers,
      clock: runtime.clock,
      onBehalf: (by, useCase, input) => onBehalf(runtime, by, useCase, input),
      asSystem: (merchantId, useCase, input) => asSystem(runtime, merchantId, useCase, input),
    }),
    rollupJob(runtime),
    ...signinJobs(runtime.signin, runtime.sessions, runtime.clock),
    verifierJob({ ...runtime, readers: runtime.lookers, chainKeys: keysOf(runtime.keys.chain) }),
    {
      name: 'platform.refreshStatistics',
      everyMs: 2_000,
      run: async () => {
        await writeAside(writers, allMerchants, (db) => db.query(refreshStatistics, []));
        return false;
      },
    },
    {
      name: 'people.noteKeyUses',
      everyMs: 5_000,
      async run() {
        const uses = [...keyUses.takeUses()].map(([identity, usedAt]) => ({ ...identity, usedAt }));
        if (uses.length > 0) await writeAside(writers, allMerchants, (db) => noteKeyUses(db, uses));
        return false;
      },
    },
  ];
}

/** The OpenAPI document; it depends on no database and no key. */
export function openapiDocument(): object {
  const desk: CardDesk = { present: never, renew: never, shown: never };
  // Routes are only described here, never called, so what they would be called with is not needed.
  return openapiOf(routesOf({ desk, poke: () => undefined } as unknown as RouteParts), version);
}

function never(): never {
  throw new Error('a route of the document was called');
}

function currentKey(ring: Keys['chain']) {
  const key = ring.keys.get(ring.current);
  assert(key !== undefined, 'a key ring has its current key');
  return secretKey(key);
}

/** Random bytes out of a pool: asking the system for ten bytes at a time costs more than the whole decision. */
function pooledRandom(): Random {
  const poolBytes = 16_384;
  let pool = randomBytes(poolBytes);
  let used = 0;
  return (bytes) => {
    if (bytes > poolBytes) return randomBytes(bytes);
    if (used + bytes > poolBytes) {
      pool = randomBytes(poolBytes);
      used = 0;
    }
    used += bytes;
    return pool.subarray(used - bytes, used);
  };
}
