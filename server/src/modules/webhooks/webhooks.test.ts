import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { isSigned, openReceiver, type Received, type Receiver } from '../../../test/receiver.ts';
import { openTill, type Till } from '../../../test/till.ts';

// A real receiver on this machine, which the operator allows; signatures are checked by an implementation of the test's own.

let bench: TestBench;
let till: Till;
let receiver: Receiver;
beforeAll(async () => {
  bench = await openBench({ webhookNetworks: '127.0.0.0/8' });
});
afterAll(() => bench.close());
beforeEach(async () => {
  till = await openTill(bench);
  receiver = await openReceiver();
});
afterEach(async () => {
  // Or the next test would see this one's endpoint fail, now that nobody listens there.
  const { body } = await till.merchant.get<{ items: Endpoint[] }>('/v1/webhook-endpoints');
  for (const one of body.items) await till.merchant.patch(path(one), { state: 'disabled' });
  await receiver.close();
});

type Endpoint = { readonly id: string; readonly secret: string; readonly state: string };

async function listen(more: Readonly<Record<string, unknown>> = {}): Promise<Endpoint> {
  const made = await till.merchant.post<Endpoint>('/v1/webhook-endpoints', { url: receiver.url, ...more });
  expect(made.status, made.text).toBe(201);
  return made.body;
}
const deliver = () => bench.runJobs('webhooks.deliver');
const pass = (seconds: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + seconds * 1_000);
};
const typesOf = (messages: readonly Received[]) => messages.map(({ body }) => body.type);
const path = ({ id }: Pick<Endpoint, 'id'>) => `/v1/webhook-endpoints/${id}`;
type Delivery = {
  readonly eventId: string;
  readonly state: string;
  readonly tries: number;
  readonly nextAt: string | null;
};
const deliveries = async (endpoint: Endpoint, more = '') =>
  (await till.merchant.get<{ items: Delivery[] }>(`${path(endpoint)}/deliveries?limit=200${more}`)).body
    .items;

test('what happens after an endpoint was added reaches it once, in order, signed with its secret', async () => {
  const before = await till.card();
  const endpoint = await listen();
  expect(endpoint.secret).toMatch(/^whsec_[\w+/]{43}=$/);
  const redemption = await till.paid(before, 1_200, { reference: 'order-7' });
  await till.does(before, 'freeze', { reason: 'a word about 张三' });
  await deliver();
  await deliver();
  expect(typesOf(receiver.got)).toEqual(['card.redeemed', 'card.frozen']);
  expect(receiver.got.every((one) => isSigned(one, endpoint.secret))).toBe(true);
  const [paid] = receiver.got;
  expect(paid?.body).toEqual({
    id: redemption.replace('red_', 'act_'),
    type: 'card.redeemed',
    timestamp: bench.time.now.toISOString(),
    data: {
      merchantId: till.merchant.merchantId,
      sequence: expect.any(Number),
      subjectId: before.id,
      storeId: till.storeId,
      reference: 'order-7',
      amount: 1_200,
      balance: 8_800,
    },
  });
  expect(paid?.id).toBe(paid?.body.id);
  expect(paid?.headers['webhook-timestamp']).toBe(String(Math.floor(bench.time.now.getTime() / 1_000)));
});

test('no message has a code, a PIN, a secret, what somebody wrote, or more of people than an id', async () => {
  await listen();
  const card = await till.card();
  await till.paid(card, 100);
  await till.does(card, 'freeze', { reason: 'seen with 李四' });
  const clerk = { name: '王五', role: 'clerk' };
  const { body: staff } = await till.merchant.post<{ id: string }>('/v1/staff', clerk);
  await till.merchant.patch(`/v1/staff/${staff.id}`, { name: '赵六' });
  const { body: key } = await till.merchant.post<{ key: string }>('/v1/api-keys', clerk);
  await deliver();
  const said = receiver.got.map(({ text }) => text).join('\n');
  const codes = [card.code, card.code.replaceAll('-', ''), card.pin, key.key];
  for (const secret of [...codes, '李四', '王五', '赵六', 'seen with']) expect(said).not.toContain(secret);
  const people = receiver.got.filter(({ body }) => /^(staff|api_key)\./.test(body.type));
  expect(typesOf(people).sort()).toEqual(['api_key.created', 'staff.created', 'staff.updated']);
  const known = ['merchantId', 'sequence', 'subjectId', 'storeId', 'reference', 'amount'];
  for (const { body } of people) expect(Object.keys(body.data)).toEqual(known);
});

test('a signature over another body, another time or another secret does not pass', async () => {
  const endpoint = await listen();
  await till.card();
  await deliver();
  const [message] = receiver.got;
  if (!message) throw new Error('nothing came');
  expect(isSigned(message, endpoint.secret)).toBe(true);
  expect(isSigned({ ...message, text: `${message.text} ` }, endpoint.secret)).toBe(false);
  expect(
    isSigned({ ...message, headers: { ...message.headers, 'webhook-timestamp': '1' } }, endpoint.secret),
  ).toBe(false);
  expect(isSigned(message, `whsec_${Buffer.alloc(32).toString('base64')}`)).toBe(false);
});

test('an endpoint gets the kinds that it asked for, and its own trial besides', async () => {
  const endpoint = await listen({ eventTypes: ['card.redeemed'] });
  const card = await till.card();
  await till.paid(card, 100);
  const trial = await till.merchant.post<{ eventId: string }>(`${path(endpoint)}/test`);
  expect(trial.status).toBe(202);
  await deliver();
  expect(typesOf(receiver.got).sort()).toEqual(['card.redeemed', 'webhook.tested']);
  expect(receiver.got.map(({ id }) => id)).toContain(trial.body.eventId);
});

test('a secret is shown once, and while two overlap both sign', async () => {
  const made = await till.merchant.post<Endpoint>('/v1/webhook-endpoints', { url: receiver.url }, 'make');
  const again = await till.merchant.post<Endpoint>('/v1/webhook-endpoints', { url: receiver.url }, 'make');
  expect([again.body.id, again.body.secret]).toEqual([made.body.id, null]);
  const rotated = await till.merchant.post<Endpoint>(`${path(made.body)}/rotate-secret`, {
    overlapSeconds: 3_600,
  });
  expect(rotated.body.secret).not.toBe(made.body.secret);
  const signers = async () => {
    await till.card();
    await deliver();
    const last = receiver.got.at(-1);
    if (!last) throw new Error('nothing came');
    return [made.body.secret, rotated.body.secret].map((secret) => isSigned(last, secret));
  };
  expect(await signers()).toEqual([true, true]);
  pass(3_601);
  expect(await signers()).toEqual([false, true]);
  for (const look of ['/v1/webhook-endpoints', path(made.body)]) {
    expect((await till.merchant.get(look)).text).not.toContain('whsec_');
  }
});

test('what fails is tried eleven times over about a day under one id, then given up, and can be sent again', async () => {
  receiver.answer = (response) => void response.writeHead(500).end('no\0pe');
  const endpoint = await listen({ eventTypes: ['card.redeemed'] });
  const card = await till.card();
  await till.paid(card, 100);
  const began = bench.time.now.getTime();
  for (let tries = 1; tries <= 11; tries++) {
    await deliver();
    expect(receiver.got.length).toBe(tries);
    await deliver();
    expect(receiver.got.length, 'not before its time').toBe(tries);
    const [one] = await deliveries(endpoint);
    if (one?.nextAt) bench.time.now = new Date(one.nextAt);
  }
  const hours = (bench.time.now.getTime() - began) / 3_600_000;
  expect(hours).toBeGreaterThan(18);
  expect(hours).toBeLessThan(29);
  const [dead] = await deliveries(endpoint, '&state=dead');
  expect(dead).toMatchObject({ state: 'dead', tries: 11, nextAt: null, lastStatus: 500 });
  const attempts = await till.merchant.get<{ items: Record<string, unknown>[] }>(
    `${path(endpoint)}/deliveries/${dead?.eventId}`,
  );
  expect(attempts.body.items).toHaveLength(11);
  expect(attempts.body.items[0]).toMatchObject({ status: 500, responseBody: 'no�pe', failure: null });
  receiver.answer = (response) => void response.end();
  expect((await till.merchant.post(`${path(endpoint)}/resend`, { eventId: dead?.eventId })).status).toBe(202);
  await deliver();
  expect(new Set(receiver.got.map(({ id }) => id)).size).toBe(1);
  expect(await deliveries(endpoint)).toMatchObject([{ state: 'delivered', tries: 1 }]);
});

test('a time is sent again, all of it and nothing besides', async () => {
  const endpoint = await listen({ eventTypes: ['card.redeemed'] });
  const card = await till.card();
  const ids: string[] = [];
  for (let n = 0; n < 4; n++) {
    pass(60);
    ids.push((await till.paid(card, 100)).replace('red_', 'act_'));
  }
  await deliver();
  expect(receiver.got.map(({ id }) => id)).toEqual(ids);
  const at = receiver.got.map(({ body }) => body.timestamp);
  receiver.got.length = 0;
  const asked = await till.merchant.post(`${path(endpoint)}/resend`, { since: at[1], until: at[3] });
  expect(asked.status, asked.text).toBe(202);
  await deliver();
  expect(receiver.got.map(({ id }) => id)).toEqual(ids.slice(1, 3));
});

test('a later event of a card waits for an earlier one, until that has failed three times; other cards do not', async () => {
  const [one, other] = [await till.card(), await till.card()];
  await listen({ eventTypes: ['card.redeemed'] });
  const first = (await till.paid(one, 100)).replace('red_', 'act_');
  const second = (await till.paid(one, 200)).replace('red_', 'act_');
  const strange = (await till.paid(other, 300)).replace('red_', 'act_');
  receiver.answer = (response, { id }) => void response.writeHead(id === first ? 503 : 200).end();
  await deliver();
  const sent = () => receiver.got.map(({ id }) => id);
  expect(sent().sort()).toEqual([first, strange].sort());
  pass(10);
  await deliver();
  expect(sent()).not.toContain(second);
  pass(60);
  await deliver();
  await deliver();
  expect(sent().filter((id) => id === first)).toHaveLength(3);
  expect(sent()).toContain(second);
});

test('an endpoint that answers 410 gets nothing more; set to work again it gets all that it missed', async () => {
  const endpoint = await listen({ eventTypes: ['card.activated'] });
  receiver.answer = (response) => void response.writeHead(410).end();
  await till.card();
  await deliver();
  expect((await till.merchant.get(path(endpoint))).body).toMatchObject({
    state: 'disabled',
    disabledReason: 'gone',
  });
  expect(bench.errors).toHaveLength(1);
  (bench.errors as string[]).length = 0;
  await till.card();
  await deliver();
  expect(receiver.got).toHaveLength(1);
  for (const verb of ['test', 'resend']) {
    const body = verb === 'resend' ? { since: '2026-01-01T00:00:00Z' } : {};
    expect((await till.merchant.post(`${path(endpoint)}/${verb}`, body)).body.code).toBe(
      'webhook_endpoint_disabled',
    );
  }
  receiver.answer = (response) => void response.end();
  await till.merchant.patch(path(endpoint), { state: 'active' });
  pass(10);
  await deliver();
  expect(typesOf(receiver.got)).toEqual(['card.activated', 'card.activated', 'card.activated']);
});

test('after three days without a success an endpoint is disabled, which the log and other endpoints tell', async () => {
  const endpoint = await listen({ eventTypes: ['card.activated'] });
  const other = await openReceiver();
  await till.merchant.post('/v1/webhook-endpoints', { url: other.url, eventTypes: ['webhook.disabled'] });
  receiver.answer = (response) => void response.writeHead(500).end();
  for (let day = 0; day < 4; day++) {
    await till.card();
    await deliver();
    pass(86_400);
  }
  expect((await till.merchant.get(path(endpoint))).body).toMatchObject({
    state: 'disabled',
    disabledReason: 'failing',
    failingSince: expect.any(String),
  });
  expect(bench.errors, bench.errors.join('\n')).toHaveLength(1);
  expect(bench.errors[0]).toContain('a webhook endpoint was disabled');
  (bench.errors as string[]).length = 0;
  await deliver();
  expect(other.got).toMatchObject([
    { body: { type: 'webhook.disabled', data: { subjectId: endpoint.id, reason: 'failing' } } },
  ]);
  await other.close();
});

test('an endpoint that hangs does not keep another from its news', async () => {
  const eventTypes = ['card.activated'];
  await listen({ eventTypes });
  const other = await openReceiver();
  const made = await till.merchant.post<Endpoint>('/v1/webhook-endpoints', { url: other.url, eventTypes });
  expect(made.status).toBe(201);
  receiver.answer = () => undefined;
  await till.card();
  await deliver();
  await till.card();
  await deliver();
  expect(other.got).toHaveLength(2);
  await other.close();
});
