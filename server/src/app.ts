import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { routesOf, version } from './api.ts';
import { assert } from './kernel/assert.ts';
import { encodeId, newId } from './kernel/id.ts';
import type { Random } from './kernel/random.ts';
import { batchesSql, generateBatches } from './modules/batches/index.ts';
import { type CardDesk, cardDesk, cardJobs, cardsSql, secretKey } from './modules/cards/index.ts';
import {
  activities,
  activityByKey,
  genesisHash,
  journalStore,
  ledgerSql,
  openJournal,
  verifierJob,
} from './modules/ledger/index.ts';
import {
  type AsWallet,
  type MemberParts,
  memberJobs,
  membersSql,
  memberVault,
  walletGate,
  walletId,
} from './modules/members/index.ts';
import { createMerchant, merchantsSql } from './modules/merchants/index.ts';
import { type Channels, noticeJobs, openChannels, queueMessage } from './modules/notices/index.ts';
import {
  actorForRead,
  createApiKey,
  findKeyByHash,
  gate,
  newSecret,
  noteKeyUses,
  peopleSql,
  systemKeyId,
} from './modules/people/index.ts';
import { programsSql } from './modules/programs/index.ts';
import { walletJobs, walletSql } from './modules/wallet/index.ts';
import type { ChannelSettings } from './platform/config/channels.ts';
import { type Keys, keysOf } from './platform/config/keys.ts';
import { pooledRandom } from './platform/crypto/random.ts';
import { openPool, type Pool } from './platform/db/connection.ts';
import { allMerchants, read, writeAside } from './platform/db/read.ts';
import { refreshStatistics } from './platform/db/statistics.ts';
import type { Answer } from './platform/executor/batch.ts';
import { type Executor, executorDefaults, startExecutor } from './platform/executor/executor.ts';
import { postgresStorage } from './platform/executor/postgresStorage.ts';
import type { UseCase } from './platform/executor/useCase.ts';
import { type KeyRegistry, keyRegistry } from './platform/http/auth.ts';
import { addDocs } from './platform/http/docs/docs.ts';
import { countMetrics, type Metrics } from './platform/http/metrics.ts';
import { openapiOf } from './platform/http/openapi.ts';
import { buildServer } from './platform/http/server.ts';
import type { Job } from './platform/jobs/runner.ts';
import type { Log } from './platform/log/log.ts';

/** Every table that use cases read and change. */
const entities = [
  ...ledgerSql,
  ...merchantsSql,
  ...peopleSql,
  ...programsSql,
  ...cardsSql,
  ...batchesSql,
  ...membersSql,
  ...walletSql,
];

export type RuntimeSettings = {
  /** The database by the service's own login, which owns nothing. */
  readonly appUrl: string;
  readonly keys: Keys;
  readonly log: Log;
  readonly clock?: () => Date;
  readonly random?: Random;
  /** How people can be told something; none: what they would be told stands in the outbox. */
  readonly channels?: ChannelSettings;
  /** The outbox is there beside real channels. */
  readonly demo?: boolean;
  /** What stands between the service and the network; none: requests come as they are. */
  readonly trustedProxies?: readonly string[];
};

/** The service without its entrances: what `serve`, `work`, the operator's verbs and tests share. */
export type Runtime = {
  readonly executor: Executor;
  readonly writers: Pool;
  readonly readers: Pool;
  /** The verifier's: its statements are few, go through whole tables, and are planned once like the executor's. */
  readonly checkers: Pool;
  readonly keyUses: KeyRegistry;
  readonly desk: CardDesk;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly clock: () => Date;
  readonly random: Random;
  readonly keys: Keys;
  readonly channels: Channels;
  /** What members and their wallet stand on. */
  readonly members: MemberParts;
  readonly trustedProxies: readonly string[];
  close(): Promise<void>;
};

/** One batch a merchant at a time needs few connections, and more only take turns on the processor. */
const writersMax = 4;
const readersMax = 4;
const checkersMax = 1;
/** Of members, codes and notices: whoever floods these waits for his like, and no payment waits with him. */
const asidesMax = 2;

/** Opens the pools and starts the executor; nothing is asked of the database before the first request. */
export function openRuntime(settings: RuntimeSettings): Runtime {
  const { appUrl, keys, log, clock = () => new Date(), random = pooledRandom() } = settings;
  const writers = openPool({ url: appUrl, applicationName: 'scrip executor', plans: 'kept' }, writersMax);
  const readers = openPool({ url: appUrl, applicationName: 'scrip reader', plans: 'fresh' }, readersMax);
  const checkers = openPool({ url: appUrl, applicationName: 'scrip verifier', plans: 'kept' }, checkersMax);
  const asides = openPool({ url: appUrl, applicationName: 'scrip members', plans: 'fresh' }, asidesMax);
  const executor = startExecutor(
    postgresStorage(writers, journalStore, entities),
    { log: { activities, activityByKey }, gate: anyGate, chainKey: currentKey(keys.chain), clock, random },
    executorDefaults,
  );
  const find = (hash: Buffer) => read(readers, allMerchants, (db) => findKeyByHash(db, hash));
  const channels = openChannels(settings.channels ?? {}, settings.demo === true);
  const vault = memberVault(keys);
  const members: MemberParts = {
    readers,
    writers: asides,
    clock,
    random,
    vault,
    asWallet: asWallet(executor),
    queue: (db, merchantId, message, now) => queueMessage({ vault, random }, db, merchantId, message, now),
  };
  return {
    executor,
    channels,
    members,
    trustedProxies: settings.trustedProxies ?? [],
    writers,
    readers,
    checkers,
    keyUses: keyRegistry(find, clock),
    desk: cardDesk(keys),
    metrics: countMetrics(),
    log,
    clock,
    random,
    keys,
    async close() {
      await executor.drain();
      for (const channel of channels.values()) channel.close();
      await Promise.all([writers.end(), readers.end(), checkers.end(), asides.end()]);
    },
  };
}

/** Who is behind a key, or the wallet. */
const anyGate: typeof gate = (find, keyId, now) => walletGate(keyId) ?? gate(find, keyId, now);

/** How long the database may take to say that it is there, in milliseconds. */
const readyWithinMs = 2_000;

/** The HTTP service. `poke` wakes the job that makes batches, where that runs in this process. */
export function buildApp(runtime: Runtime, poke: () => void): FastifyInstance {
  const { executor, readers, keyUses, keys, clock, log, metrics } = runtime;
  const routes = routesOf({ ...runtime, poke });
  const app = buildServer(routes, {
    executor,
    keys: keyUses,
    read: (merchantId, work) => read(readers, merchantId, work),
    actorForRead,
    clock,
    fingerprintKey: createHmac('sha256', currentKey(keys.seal)).update('fingerprint').digest('hex'),
    log,
    metrics,
    trustedProxies: runtime.trustedProxies,
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
      asSystem: (merchantId, useCase, input) => asSystem(runtime, merchantId, useCase, input),
    }),
    ...memberJobs({ ...runtime.members, asSystem: (m, u, i) => asSystem(runtime, m, u, i) }),
    ...walletJobs(runtime.members),
    ...noticeJobs({ ...runtime.members, channels: runtime.channels, log: runtime.log }),
    verifierJob({ ...runtime, readers: runtime.checkers, chainKeys: keysOf(runtime.keys.chain) }),
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

/** Runs a use case as the system itself: the operator at the command line, or a job. */
export async function asSystem<Input, Rows, Result>(
  runtime: Pick<Runtime, 'executor'>,
  merchantId: string,
  useCase: UseCase<Input, Rows, Result>,
  input: Input,
): Promise<Exclude<Answer, { readonly failed: unknown }>> {
  // The executor keeps commands of all use cases in one queue, so it forgets what each one's input is.
  const command = { useCase, input, keyId: systemKeyId, idempotencyKey: null, fingerprint: null } as unknown;
  return runtime.executor.run(merchantId, command as Parameters<Executor['run']>[1]);
}

/** Runs use cases as the wallet, which members act through. */
function asWallet(executor: Executor): AsWallet {
  return (merchantId, useCase, input, replay) => {
    const { idempotencyKey = null, fingerprint = null } = replay ?? {};
    // As in `asSystem`.
    const command = { useCase, input, keyId: walletId, idempotencyKey, fingerprint } as unknown;
    return executor.run(merchantId, command as Parameters<Executor['run']>[1]);
  };
}

export type NewMerchant = { readonly name: string; readonly currency: string; readonly timezone: string };

/** Makes a merchant with its journal and its first key, which may do everything and is shown this once. */
export async function openMerchant(runtime: Runtime, merchant: NewMerchant) {
  const merchantId = newId(runtime.clock(), runtime.random);
  await writeAside(runtime.writers, merchantId, (db) => openJournal(db, merchantId, genesisHash(merchantId)));
  const made = await asSystem(runtime, merchantId, createMerchant, merchant);
  assert('body' in made, 'a merchant can be made on its own fresh journal');
  const secret = newSecret('secret', runtime.random(32));
  const key = await asSystem(runtime, merchantId, createApiKey, {
    kind: 'secret',
    name: 'Owner',
    role: 'owner',
    secret,
  });
  assert('body' in key, 'the system can make the first key');
  return { id: merchantId, merchantId: encodeId('mer', merchantId), apiKey: secret.text };
}

function currentKey(ring: Keys['chain']) {
  const key = ring.keys.get(ring.current);
  assert(key !== undefined, 'a key ring has its current key');
  return secretKey(key);
}
