import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { inject } from 'vitest';
import { openMerchant } from '../src/app/opening.ts';
import { buildApp, jobsOf, openRuntime, type Runtime } from '../src/app.ts';
import { type Keys, loadKeys } from '../src/platform/config/keys.ts';
import { ensureAppRole } from '../src/platform/db/appRole.ts';
import type { Log } from '../src/platform/log/log.ts';
import { templateName } from './testServer.ts';

export type Reply<Body = Record<string, unknown>> = {
  readonly status: number;
  readonly body: Body;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
};

/** A client of the API with one key, as a till or a back office would be. */
export type Client = {
  get<Body = Record<string, unknown>>(path: string): Promise<Reply<Body>>;
  /** Sends an idempotency key of its own unless one is given; null: none. */
  post<Body = Record<string, unknown>>(
    path: string,
    body?: unknown,
    idempotencyKey?: string | null,
  ): Promise<Reply<Body>>;
  patch<Body = Record<string, unknown>>(path: string, body?: unknown): Promise<Reply<Body>>;
};

export type TestBench = {
  readonly runtime: Runtime;
  readonly app: FastifyInstance;
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** Errors that were logged; most tests expect none. */
  readonly errors: readonly string[];
  /** The clock's time; set it to move it. */
  readonly time: { now: Date };
  client(apiKey: string): Client;
  merchant(more?: Partial<{ name: string; currency: string; timezone: string }>): Promise<TestMerchant>;
  /** Runs the jobs of this name, all if none is given, until they have nothing more to do. */
  runJobs(name?: string): Promise<void>;
  /** A second process' worth of service on the same database, reached by `url` and with `keys` if they are given. */
  another(
    url?: string,
    keys?: Keys,
  ): Promise<{
    readonly runtime: Runtime;
    readonly app: FastifyInstance;
    client(apiKey: string): Client;
    close(): Promise<void>;
  }>;
  close(): Promise<void>;
};

export type TestMerchant = Client & {
  readonly id: string;
  readonly merchantId: string;
  readonly apiKey: string;
};

/** A service on a database of its own, cloned from the migrated template. */
export async function openBench(
  options: {
    readonly clock?: () => Date;
    readonly trustedProxies?: string;
    readonly webhookNetworks?: string;
    /** The database that is cloned: the migrated one, unless another is named. */
    readonly template?: string;
  } = {},
): Promise<TestBench> {
  const adminUrl = inject('adminUrl');
  const keys = loadKeys(inject('keyFile'));
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await admin(adminUrl, `create database ${name} template ${options.template ?? templateName}`);
  const ownerUrl = adminUrl.replace(/\/postgres(\?|$)/, `/${name}$1`);
  const appUrl = await ensureAppRole(ownerUrl, keys.appPassword);
  const errors: string[] = [];
  const log: Log = {
    info: () => undefined,
    error: (message, _facts, error) =>
      errors.push(`${message}: ${error instanceof Error ? error.stack : String(error)}`),
  };
  const time = { now: new Date('2026-11-22T04:00:00Z') };
  const clock = options.clock ?? (() => time.now);
  const open = (url = appUrl, ring = keys) =>
    openRuntime({ ...options, appUrl: url, keys: ring, log, clock });
  const runtime = open();
  const app = buildApp(runtime, () => undefined);
  const clientOn = (server: FastifyInstance) => (apiKey: string) => clientOf(server, apiKey);
  return {
    runtime,
    app,
    ownerUrl,
    appUrl,
    errors,
    time,
    client: clientOn(app),
    async merchant(more = {}) {
      const made = await openMerchant(runtime, {
        name: 'Test',
        currency: 'CNY',
        timezone: 'Asia/Shanghai',
        ...more,
      });
      return { ...made, ...clientOf(app, made.apiKey) };
    },
    async runJobs(name) {
      const signal = new AbortController().signal;
      const jobs = jobsOf(runtime).filter((job) => name === undefined || job.name === name);
      for (const job of jobs) while (await job.run(signal));
    },
    async another(url, ring) {
      const second = open(url, ring);
      const server = buildApp(second, () => undefined);
      return {
        runtime: second,
        app: server,
        client: clientOn(server),
        async close() {
          await server.close();
          await second.close();
        },
      };
    },
    async close() {
      await app.close();
      await runtime.close();
      await admin(adminUrl, `drop database ${name} with (force)`);
    },
  };
}

async function admin(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

function clientOf(app: FastifyInstance, apiKey: string): Client {
  async function send<Body>(
    method: 'GET' | 'POST' | 'PATCH',
    url: string,
    body?: unknown,
    key?: string | null,
  ) {
    const headers: Record<string, string> = { authorization: `Bearer ${apiKey}` };
    if (typeof key === 'string') headers['idempotency-key'] = key;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const payload = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await app.inject({ method, url, headers, ...(body === undefined ? {} : { payload }) });
    const isJson = String(response.headers['content-type']).includes('json');
    const parsed: Body = isJson && response.body !== '' ? JSON.parse(response.body) : {};
    return { status: response.statusCode, body: parsed, text: response.body, headers: response.headers };
  }
  return {
    get: (path) => send('GET', path),
    post: (path, body = {}, key = randomUUID()) => send('POST', path, body, key),
    patch: (path, body = {}) => send('PATCH', path, body),
  };
}
