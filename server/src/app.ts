import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { routesOf, version } from './api.ts';
import { approvalDesk } from './app/approvalDesk.ts';
import { asSystem, asWallet, onBehalf } from './app/opening.ts';
import { outletJobs, outletsSql } from './app/outlets.ts';
import { topUpJobs, topUpSql } from './app/topUps.ts';
import { whoActs, whoReads } from './app/who.ts';
import { assert } from './kernel/assert.ts';
import type { Random } from './kernel/random.ts';
import { type ApprovalDesk, approvalJobs, approvalsSql, fourEyes } from './modules/approvals/index.ts';
import { batchesSql, generateBatches } from './modules/batches/index.ts';
import { type CardDesk, cardDesk, cardJobs, cardsSql, secretKey } from './modules/cards/index.ts';
import { clearingSql } from './modules/clearing/index.ts';
import { invitationsSql } from './modules/invitations/index.ts';
import {
  type Anchor,
  activities,
  activityByKey,
  anchorIn,
  journalStore,
  ledgerSql,
  verifierJob,
} from './modules/ledger/index.ts';
import { type MemberParts, memberJobs, membersSql, memberVault } from './modules/members/index.ts';
import { membershipsSql } from './modules/memberships/index.ts';
import { merchantsSql } from './modules/merchants/index.ts';
import { type Channels, noticeJobs, openChannels, queueMessage } from './modules/notices/index.ts';
import { findKeyByHash, noteKeyUses, peopleSql } from './modules/people/index.ts';
import { programsSql } from './modules/programs/index.ts';
import { rollupJob } from './modules/reports/index.ts';
import { settingsSql } from './modules/settings/index.ts';
import {
  type Desk,
  pairingSql,
  type Sessions,
  sessionRegistry,
  sessionSql,
  signinDesk,
  signinJobs,
} from './modules/signin/index.ts';
import { walletJobs, walletSql } from './modules/wallet/index.ts';
import type { ChannelSettings } from './platform/config/channels.ts';
import { type Keys, keysOf } from './platform/config/keys.ts';
import { pooledRandom } from './platform/crypto/random.ts';
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
import { buildServer } from './platform/http/server.ts';
import { addWeb } from './platform/http/web.ts';
import type { Job } from './platform/jobs/runner.ts';
import type { Log } from './platform/log/log.ts';
import { type Networks, networksOf } from './platform/outbound/networks.ts';

/** Where `npm start` builds the pages into. */
const webFolder = new URL('../../web/dist/', import.meta.url);

/** Every table that use cases read and change. */
const entities = [
  ...ledgerSql,
  ...merchantsSql,
  ...peopleSql,
  sessionSql,
  pairingSql,
  ...invitationsSql,
  ...programsSql,
  ...clearingSql,
  ...cardsSql,
  ...batchesSql,
  ...outletsSql,
  ...topUpSql,
  ...membersSql,
  ...membershipsSql,
  ...walletSql,
  ...approvalsSql,
  ...settingsSql,
];

export type RuntimeSettings = {
  /** The database by the service's own login, which owns nothing. */
  readonly appUrl: string;
  readonly keys: Keys;
  readonly log: Log;
  /** The file outside the database where heads of the logs are kept; left out, they are not. */
  readonly headsFile?: string;
  readonly clock?: () => Date;
  readonly random?: Random;
  /** How people can be told something; none: what they would be told stands in the outbox. */
  readonly channels?: ChannelSettings;
  /** The outbox is there beside real channels. */
  readonly demo?: boolean;
  /** Whose word about whom a request came from counts: addresses or networks, comma-separated. */
  readonly trustedProxies?: string | undefined;
  /** Networks that webhooks may be sent to though they are not public, comma-separated. */
  readonly webhookNetworks?: string | undefined;
};

/** The service without its entrances: what `serve`, `work`, the operator's verbs and tests share. */
export type Runtime = {
  readonly executor: Executor;
  /** Who reads, by a key or signed in. */
  readonly actorFor: ReturnType<typeof whoReads>;
  readonly writers: Pool;
  readonly readers: Pool;
  /** For what reads beside the writers with statements that are planned once: the executor looking ahead, the verifier. */
  readonly lookers: Pool;
  readonly keyUses: KeyRegistry;
  readonly desk: CardDesk;
  readonly approvals: ApprovalDesk;
  readonly signin: Desk;
  readonly sessions: Sessions;
  readonly trustedProxies: string | undefined;
  readonly webhookNetworks: Networks;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly clock: () => Date;
  readonly random: Random;
  readonly keys: Keys;
  readonly channels: Channels;
  /** What members and their wallet stand on. */
  readonly members: MemberParts;
  readonly anchor: Anchor | undefined;
  close(): Promise<void>;
};

/** One merchant's batches take turns on one connection, and more of them only take turns on the processor. */
const writersMax = 4;
/** The verifier has one, each writer one to look ahead by: who has one waits for no other. */
const lookersMax = writersMax + 1;
const readersMax = 4;
/** Of members, codes and notices: whoever floods these waits for his like, and no payment waits with him. */
const asidesMax = 2;

/** Opens the pools and starts the executor; nothing is asked of the database before the first request. */
export function openRuntime(settings: RuntimeSettings): Runtime {
  const { appUrl, keys, log, headsFile, clock = () => new Date(), random = pooledRandom() } = settings;
  const writers = openPool({ url: appUrl, applicationName: 'scrip executor', plans: 'kept' }, writersMax);
  const readers = openPool({ url: appUrl, applicationName: 'scrip reader', plans: 'fresh' }, readersMax);
  const lookers = openPool({ url: appUrl, applicationName: 'scrip looker', plans: 'kept' }, lookersMax);
  const asides = openPool({ url: appUrl, applicationName: 'scrip members', plans: 'fresh' }, asidesMax);
  const approvals = approvalDesk(keys, random);
  const executor = startExecutor(
    postgresStorage({ writers, lookers }, journalStore, entities),
    {
      log: { activities, activityByKey },
      gate: whoActs,
      fourEyes: fourEyes(approvals),
      chainKey: currentKey(keys.chain),
      clock,
      random,
    },
    executorDefaults,
  );
  const signin = signinDesk({ readers, writers, keys, random });
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
    actorFor: whoReads(entities),
    channels,
    members,
    writers,
    readers,
    lookers,
    keyUses: keyRegistry(find, clock),
    desk: cardDesk(keys),
    approvals,
    signin,
    sessions: sessionRegistry(signin, clock),
    trustedProxies: settings.trustedProxies,
    webhookNetworks: networksOf(settings.webhookNetworks),
    metrics: countMetrics(),
    log,
    clock,
    random,
    keys,
    anchor: headsFile === undefined ? undefined : anchorIn(lineFile(headsFile)),
    async close() {
      await executor.drain();
      for (const channel of channels.values()) channel.close();
      await Promise.all([writers.end(), readers.end(), lookers.end(), asides.end()]);
    },
  };
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
    actorForRead: runtime.actorFor,
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
  addWeb(app, webFolder);
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
    ...memberJobs({ ...runtime.members, asSystem: (m, u, i) => asSystem(runtime, m, u, i) }),
    ...walletJobs(runtime.members),
    ...noticeJobs({ ...runtime.members, channels: runtime.channels, log: runtime.log }),
    ...approvalJobs({
      readers: runtime.readers,
      clock: runtime.clock,
      asSystem: (merchantId, useCase, input) => asSystem(runtime, merchantId, useCase, input),
    }),
    rollupJob(runtime),
    ...signinJobs(runtime.signin, runtime.sessions, runtime.clock),
    ...outletJobs(runtime),
    ...topUpJobs(runtime),
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

function currentKey(ring: Keys['chain']) {
  const key = ring.keys.get(ring.current);
  assert(key !== undefined, 'a key ring has its current key');
  return secretKey(key);
}
