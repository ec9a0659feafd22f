import { randomUUID } from 'node:crypto';
import { until } from '../../src/platform/postgres/processes.ts';
import type { Client, TestMerchant } from '../harness.ts';
import { openShop, type Shop } from '../shop.ts';
import { command, type Place } from './service.ts';

/** How long a request may take before its answer is given up, in milliseconds. */
const patienceMs = 45_000;

/** A client over real HTTP. Rejects when there was no answer. */
function httpClient(url: string, apiKey: string): Client {
  async function send<Body>(method: string, path: string, body?: unknown, key?: string | null) {
    const headers: Record<string, string> = { authorization: `Bearer ${apiKey}` };
    if (typeof key === 'string') headers['idempotency-key'] = key;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const response = await fetch(url + path, {
      method,
      headers,
      signal: AbortSignal.timeout(patienceMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const parsed: Body = isJson && text !== '' ? JSON.parse(text) : {};
    return { status: response.status, body: parsed, text, headers: Object.fromEntries(response.headers) };
  }
  return {
    get: (path) => send('GET', path),
    post: (path, body = {}, key = randomUUID()) => send('POST', path, body, key),
    patch: (path, body = {}) => send('PATCH', path, body),
  };
}

/** A shop of a merchant made by the command line beside a running service. */
export async function openShopAt(place: Place): Promise<Shop> {
  const made = await command(
    place,
    ...[
      'merchant',
      'create',
      '--name',
      'Crash',
      '--currency',
      'CNY',
      '--timezone',
      'Asia/Shanghai',
      '--json',
    ],
  );
  const { merchantId, apiKey }: { merchantId: string; apiKey: string } = JSON.parse(made.said);
  const client = httpClient(place.url, apiKey);
  const merchant: TestMerchant = { ...client, id: merchantId, merchantId, apiKey };
  const runJobs = async () => {
    const ready = await until(30_000, async () => {
      const { body } = await client.get<{ items: { status: string }[] }>('/v1/card-batches');
      return body.items.every(({ status }) => status === 'ready') || undefined;
    });
    if (!ready) throw new Error('the batch is not made');
  };
  return openShop({ merchant: async () => merchant, runJobs });
}

/** Resolves when the service says that it can work. */
export async function untilReady({ url }: Place): Promise<void> {
  const ready = await until(30_000, () =>
    fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
      ({ ok }) => ok || undefined,
      () => undefined,
    ),
  );
  if (!ready) throw new Error('the service does not become ready');
}
