import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openTill, type Till } from '../../../test/till.ts';

// What may be asked about endpoints, and by whom. Nothing is sent here.

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  till = await openTill(bench);
});

type Endpoint = { readonly id: string };
const url = 'https://example.com/hooks';
const path = ({ id }: Endpoint) => `/v1/webhook-endpoints/${id}`;

async function listen(): Promise<Endpoint> {
  const made = await till.merchant.post<Endpoint>('/v1/webhook-endpoints', { url });
  expect(made.status, made.text).toBe(201);
  return made.body;
}

test('what is asked of an endpoint that is not there, or of one that must not be, is refused', async () => {
  const { merchant } = till;
  const endpoint = await listen();
  const nobody = { id: 'wep_01jd3v0000e008000000000zyd' };
  const asked: readonly (readonly [string, () => Promise<{ body: Record<string, unknown> }>])[] = [
    ['webhook_endpoint_not_found', () => merchant.get(path(nobody))],
    ['webhook_endpoint_not_found', () => merchant.get(`${path(nobody)}/deliveries`)],
    ['webhook_endpoint_not_found', () => merchant.patch(path(nobody), { state: 'disabled' })],
    ['webhook_endpoint_not_found', () => merchant.post(`${path(nobody)}/test`)],
    ['webhook_endpoint_not_found', () => merchant.post(`${path(nobody)}/rotate-secret`)],
    [
      'webhook_event_not_found',
      () => merchant.post(`${path(endpoint)}/resend`, { eventId: 'act_01jd3v0000g0080000000zyzyd' }),
    ],
    ['invalid_request', () => merchant.post(`${path(endpoint)}/resend`, {})],
    ['webhook_url_not_allowed', () => merchant.post('/v1/webhook-endpoints', { url: 'https://10.0.0.1/' })],
    ['webhook_url_not_allowed', () => merchant.patch(path(endpoint), { url: 'ftp://example.com/' })],
  ];
  for (const [code, ask] of asked) expect((await ask()).body.code).toBe(code);
  for (let n = 1; n < 20; n++) await listen();
  const more = await merchant.post('/v1/webhook-endpoints', { url });
  expect(more.body.code).toBe('too_many_webhook_endpoints');
});

test('a key limited to stores neither sees nor changes where the news of all goes', async () => {
  const endpoint = await listen();
  const limited = await till.key({ role: 'owner', storeIds: [till.storeId] });
  expect((await limited.get<{ items: unknown[] }>('/v1/webhook-endpoints')).body.items).toEqual([]);
  expect((await limited.get(path(endpoint))).body.code).toBe('webhook_endpoint_not_found');
  for (const verb of ['test', 'rotate-secret']) {
    expect((await limited.post(`${path(endpoint)}/${verb}`)).body.code).toBe('store_out_of_scope');
  }
  expect((await limited.post('/v1/webhook-endpoints', { url })).body.code).toBe('store_out_of_scope');
});

test('an event under a false time is not sent again', async () => {
  const endpoint = await listen();
  const redemption = await till.paid(await till.card(), 100);
  const forged = redemption.replace('red_0', 'act_1');
  const asked = await till.merchant.post(`${path(endpoint)}/resend`, { eventId: forged });
  expect(asked.body.code).toBe('webhook_event_not_found');
});
