import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench, type TestMerchant } from '../../../test/harness.ts';
import { connectAsOwner } from '../../../test/owner.ts';
import { openReceiver, type Receiver } from '../../../test/receiver.ts';
import { sendingOf } from '../../../test/sending.ts';

// Deaths at the worst moment, several processes, hostile receivers, and many events.

let bench: TestBench;
let merchant: TestMerchant;
let receiver: Receiver;
beforeAll(async () => {
  bench = await openBench({ webhookNetworks: '127.0.0.0/8' });
});
afterAll(() => bench.close());
beforeEach(async () => {
  merchant = await bench.merchant();
  receiver = await openReceiver();
});
afterEach(async () => {
  const { body } = await merchant.get<{ items: { id: string }[] }>('/v1/webhook-endpoints');
  for (const { id } of body.items) await merchant.patch(`/v1/webhook-endpoints/${id}`, { state: 'disabled' });
  await receiver.close();
});

afterEach(() => {
  expect(bench.errors).toEqual([]);
});

const pass = (seconds: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + seconds * 1_000);
};
const deliver = () => bench.runJobs('webhooks.deliver');

async function listen(eventTypes: readonly string[]): Promise<string> {
  const made = await merchant.post<{ id: string }>('/v1/webhook-endpoints', {
    url: receiver.url,
    eventTypes,
  });
  expect(made.status, made.text).toBe(201);
  return made.body.id;
}

async function openStores(count: number): Promise<string[]> {
  const made = await Promise.all(
    Array.from({ length: count }, (_, n) =>
      merchant.post<{ id: string }>('/v1/stores', { code: `S${n}`, name: 'New' }),
    ),
  );
  expect(new Set(made.map(({ status }) => status))).toEqual(new Set([201]));
  return made.map(({ body }) => body.id);
}

test('a process that dies between sending and noting it sends once more, under the same id; nothing is lost', async () => {
  await listen(['store.created']);
  await openStores(1);
  const owner = await connectAsOwner(bench.ownerUrl);
  receiver.answer = async (response) => {
    // The message is here, and what came of it gets into the database as little as from a process that is dead.
    await owner.rows('revoke insert on webhooks.attempt from scrip_app');
    response.end();
  };
  await deliver();
  expect(receiver.got).toHaveLength(1);
  expect(bench.errors.length).toBeGreaterThan(0);
  (bench.errors as string[]).length = 0;
  await owner.rows('grant insert on webhooks.attempt to scrip_app');
  receiver.answer = (response) => void response.end();
  await deliver();
  expect(receiver.got, 'its claim has not lapsed').toHaveLength(1);
  pass(61);
  await deliver();
  await deliver();
  expect(receiver.got).toHaveLength(2);
  expect(new Set(receiver.got.map(({ id }) => id)).size).toBe(1);
  await owner.close();
});

test('three processes send each event once', async () => {
  await listen(['store.created']);
  const others = await Promise.all([bench.another(), bench.another()]);
  await openStores(300);
  const runs = [bench.runtime, ...others.map(({ runtime }) => runtime)].map(async (runtime) => {
    const run = sendingOf(runtime);
    for (let n = 0; n < 4; n++) await run();
  });
  await Promise.all(runs);
  await Promise.all(others.map((one) => one.close()));
  expect(receiver.got).toHaveLength(300);
  expect(new Set(receiver.got.map(({ id }) => id)).size).toBe(300);
});

test('10,000 events arrive once each, those of a store in the order of the log', async () => {
  await listen(['store.updated']);
  const stores = await openStores(20);
  for (let round = 0; round < 50; round++) {
    const changed = await Promise.all(
      stores.flatMap((id) =>
        Array.from({ length: 10 }, (_, n) => merchant.patch(`/v1/stores/${id}`, { name: `${round}.${n}` })),
      ),
    );
    expect(new Set(changed.map(({ status }) => status))).toEqual(new Set([200]));
  }
  const run = sendingOf(bench.runtime);
  while (receiver.got.length < 10_000) await run();
  await pause(500);
  await deliver();
  expect(receiver.got).toHaveLength(10_000);
  expect(new Set(receiver.got.map(({ id }) => id)).size).toBe(10_000);
  const last = new Map<unknown, number>();
  for (const { body } of receiver.got) {
    const { subjectId, sequence } = body.data;
    expect(sequence).toBeGreaterThan(last.get(subjectId) ?? 0);
    last.set(subjectId, sequence);
  }
  expect(last.size).toBe(20);
}, 120_000);

const hostile: readonly (readonly [string, Receiver['answer'], string | number])[] = [
  ['says nothing', () => undefined, 'timeout'],
  ['drips its answer for ever', (response) => drip(response), 'timeout'],
  ['hangs up', (response) => void response.destroy(), 'econnreset'],
  ['sends it elsewhere', (response) => void response.writeHead(302, { location: receiver.url }).end(), 302],
  ['has headers without end', (response) => headers(response), 'hpe_header_overflow'],
];

function drip(response: Parameters<Receiver['answer']>[0]): void {
  response.writeHead(200);
  const timer = setInterval(() => response.write('.'), 20);
  response.once('close', () => clearInterval(timer));
}

function headers(response: Parameters<Receiver['answer']>[0]): void {
  response.socket?.write(`HTTP/1.1 200 OK\r\n${`x: ${'y'.repeat(1_000)}\r\n`.repeat(100)}\r\n`);
}

test.each(hostile)(
  'a receiver that %s has not got it, and costs no more than its time',
  async (_what, answer, expected) => {
    const id = await listen(['store.created']);
    await openStores(1);
    receiver.answer = answer;
    const run = sendingOf(bench.runtime, 300);
    const startedAt = performance.now();
    await run();
    expect(performance.now() - startedAt).toBeLessThan(1_900);
    expect(receiver.got).toHaveLength(1);
    const { body } = await merchant.get<{ items: Record<string, unknown>[] }>(
      `/v1/webhook-endpoints/${id}/deliveries`,
    );
    const field = typeof expected === 'number' ? 'lastStatus' : 'lastFailure';
    expect(body.items).toMatchObject([{ state: 'waiting', tries: 1, [field]: expected }]);
  },
);

test('of an answer that is too long its beginning is read, and it counts', async () => {
  const id = await listen(['store.created']);
  await openStores(1);
  receiver.answer = (response) => void response.end('y'.repeat(5_000_000));
  await deliver();
  const path = `/v1/webhook-endpoints/${id}`;
  const { body } = await merchant.get<{ items: { eventId: string; state: string }[] }>(`${path}/deliveries`);
  expect(body.items).toMatchObject([{ state: 'delivered' }]);
  const attempts = await merchant.get<{ items: { responseBody: string }[] }>(
    `${path}/deliveries/${body.items[0]?.eventId}`,
  );
  expect(attempts.body.items[0]?.responseBody).toHaveLength(4_096);
});

test('what was delivered a month ago is not kept, and can be sent again all the same', async () => {
  const id = await listen(['store.created']);
  await openStores(1);
  await deliver();
  const eventId = receiver.got[0]?.id;
  pass(31 * 86_400);
  await bench.runJobs('webhooks.deleteOld');
  const list = () => merchant.get<{ items: unknown[] }>(`/v1/webhook-endpoints/${id}/deliveries`);
  expect((await list()).body.items).toEqual([]);
  await merchant.post(`/v1/webhook-endpoints/${id}/resend`, { eventId });
  await deliver();
  expect(receiver.got.map((one) => one.id)).toEqual([eventId, eventId]);
  await pause(0);
});
