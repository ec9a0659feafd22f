import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type Reply, type TestBench } from '../../../test/harness.ts';
import type { CardInHand } from '../../../test/shop.ts';
import { openTill, type Till } from '../../../test/till.ts';

// Whatever is sent, the answer is a problem document with a code, and nothing has moved.

let bench: TestBench;
let till: Till;
let card: CardInHand;
let good: Record<string, unknown>;
let port: number;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
  card = await till.card();
  const { code, pin } = card;
  good = { code, pin, amount: 100, currency: 'CNY', storeId: till.storeId, reference: 'r-1' };
  port = Number(new URL(await bench.app.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

const redeem = (body: unknown) => () => till.merchant.post('/v1/redemptions', body);
const withAmount = (text: string) =>
  redeem(JSON.stringify({ ...good, amount: 0 }).replace('"amount":0', `"amount":${text}`));

test.each([
  '1.5',
  '1.0',
  '1e3',
  '100E0',
  '-0',
  '0',
  '-1',
  '1000000000000001',
  '9007199254740993',
  '1e999',
  '"100"',
  '[100]',
  '{"n":100}',
  'null',
  'true',
  '"１００"',
])('an amount of %s is refused at its field, or as no JSON of ours', async (text) => {
  const reply = await till.refuses('invalid_request', withAmount(text));
  if (!/^-?\d*[.eE]|^-0$|E|e/.test(text)) expect(reply.body.field).toBe('amount');
});

test('the largest amount is understood, and refused because it is not there', async () => {
  await till.refuses('insufficient_balance', withAmount('1000000000000000'), { field: 'amount' });
});

const wrong: readonly (readonly [string, object, string])[] = [
  ['an unknown field', { colour: 'red' }, 'colour'],
  ['a field named constructor', { constructor: 1 }, 'constructor'],
  ['a field named toString', { toString: 'x' }, 'toString'],
  ['a currency in lower case', { currency: 'cny' }, 'currency'],
  ['a currency that is none', { currency: 'YUAN' }, 'currency'],
  ['no currency', { currency: undefined }, 'currency'],
  ['no code', { code: undefined }, 'code'],
  ['an empty code', { code: '' }, 'code'],
  ['a code of 129 characters', { code: 'A'.repeat(129) }, 'code'],
  ['a code that is a number', { code: 123456 }, 'code'],
  ['a PIN that is a number', { pin: 12345678 }, 'pin'],
  ['a PIN of letters', { pin: 'abc' }, 'pin'],
  ['a PIN in full-width digits', { pin: '１２３４５６７８' }, 'pin'],
  ['a PIN of null', { pin: null }, 'pin'],
  ['an empty reference', { reference: '' }, 'reference'],
  ['a reference with a null byte', { reference: 'a\0b' }, 'reference'],
  ['a reference with a line feed', { reference: 'a\nb' }, 'reference'],
  ['a reference with half a surrogate pair', { reference: 'a\ud800' }, 'reference'],
  ['a reference of 65 characters', { reference: 'x'.repeat(65) }, 'reference'],
  ['a store that is a bare uuid', { storeId: '01900000-0000-7000-8000-00000000dead' }, 'storeId'],
  ['a store id of another kind', { storeId: 'card_01jd000000e008000000000000' }, 'storeId'],
  ['a store id beyond 128 bits', { storeId: 'store_8zzzzzzzzzzzzzzzzzzzzzzzzz' }, 'storeId'],
  ['a store id in capitals', { storeId: 'store_01JD000000E008000000000000' }, 'storeId'],
  ['a store id that climbs', { storeId: '../../etc/passwd' }, 'storeId'],
];
test.each(wrong)('%s is refused at its field', async (_what, change, field) => {
  await till.refuses('invalid_request', redeem({ ...good, ...change }), { field });
});

test('a member that would reach a prototype is an unknown field', async () => {
  const text = JSON.stringify(good).replace('{', '{"__proto__":{"amount":1},');
  await till.refuses('invalid_request', redeem(text), { field: '__proto__' });
  expect(Object.hasOwn(Object.prototype, 'amount')).toBe(false);
});

test.each([
  ['nothing', undefined],
  ['no JSON', '{'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a text', '"x"'],
  ['a number', '5'],
  ['a member twice', '{"reference":"a","reference":"b"}'],
  ['a nest of 100,000 lists', '['.repeat(100_000)],
  ['deep objects', `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`],
  ['a byte order mark', '\ufeff{}'],
])('a body of %s is refused', async (_what, body) => {
  await till.refuses('invalid_request', () => till.merchant.post('/v1/redemptions', body, 'k'));
});

test('a body above a mebibyte is refused before it is read', async () => {
  await till.refuses('body_too_large', redeem(`{"reference":"${'x'.repeat(1 << 20)}"}`));
});

test('a store of another merchant is a store that does not exist', async () => {
  const other = await openTill(bench);
  await till.refuses('store_not_found', redeem({ ...good, storeId: other.storeId }), { field: 'storeId' });
});

test.each([
  '/v1/cards/%00',
  '/v1/cards/card_%',
  '/v1/cards/%ff',
  '/v1/cards/../../etc/passwd',
  '/v1/cards/..%2f..%2fetc',
  '/v1/cards/',
  `/v1/cards/${'x'.repeat(300)}`,
  '//v1/cards',
  '/v1//cards',
  '/v1/cards/card_01jd000000e008000000000000%20',
  '/V1/cards',
  '/v1/cards?limit=1&limit=2',
  '/v1/cards?__proto__=1',
  '/v1/cards?constructor[x]=1',
  '/v1/merchant?x=1',
  '/v1/cards?limit=0',
  '/v1/cards?holder=%00',
  '/v1/ledger/accounts?ownerId=%00',
  '/v1/ledger/accounts?purpose=%00',
  '/v1/ledger/accounts?cursor=%00',
])('the address %s is refused', async (path) => {
  const reply = await till.merchant.get(path);
  expect(reply.status, reply.text).toBeGreaterThanOrEqual(400);
  expect(reply.status, reply.text).toBeLessThan(500);
  expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(['invalid_request', 'route_not_found']).toContain(reply.body.code);
});

test('a parameter that the address does not take is refused', async () => {
  await till.refuses('invalid_request', () => till.merchant.post('/v1/redemptions?amount=1', good), {
    field: 'amount',
  });
});

test.each(['DELETE', 'PUT', 'PATCH', 'OPTIONS', 'GET', 'HEAD'] as const)(
  '%s where there is only POST is 405 and says so',
  async (method) => {
    const headers = { authorization: `Bearer ${till.merchant.apiKey}` };
    const reply = await bench.app.inject({ method, url: '/v1/verifications', headers });
    expect(reply.statusCode).toBe(405);
    expect(reply.headers.allow).toBe('POST');
    if (method !== 'HEAD') expect(reply.json()).toMatchObject({ code: 'method_not_allowed' });
  },
);

test('an address that there is not is 404, whatever the method', async () => {
  for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS'] as const) {
    const reply = await bench.app.inject({ method, url: '/v1/nothing' });
    expect([reply.statusCode, reply.json().code]).toEqual([404, 'route_not_found']);
  }
});

type Headers = Readonly<Record<string, string | string[]>>;
const send =
  (headers: Headers, payload: string | Buffer = JSON.stringify(good)) =>
  async (): Promise<Reply> => {
    const all = {
      authorization: `Bearer ${till.merchant.apiKey}`,
      'idempotency-key': 'k',
      'content-type': 'application/json',
      ...headers,
    };
    const reply = await bench.app.inject({ method: 'POST', url: '/v1/redemptions', headers: all, payload });
    return { status: reply.statusCode, body: reply.json(), text: reply.body, headers: reply.headers };
  };

test('only JSON is taken', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'json',
    'text/json',
    '*/*',
  ]) {
    await till.refuses('unsupported_media_type', send({ 'content-type': type }));
  }
});

test('bytes that are no UTF-8 are refused, not made into others', async () => {
  const bytes = Buffer.from(JSON.stringify({ ...good, reference: '@' }));
  bytes[bytes.indexOf('@')] = 0xff;
  await till.refuses('invalid_request', send({}, bytes));
});

test('an idempotency key is required, and is 1 to 255 visible characters', async () => {
  await till.refuses('idempotency_key_required', () => till.merchant.post('/v1/redemptions', good, null));
  for (const key of ['', ' ', 'a b', 'x'.repeat(256), 'ключ', 'a\tb']) {
    await till.refuses('invalid_request', send({ 'idempotency-key': key }), { field: 'Idempotency-Key' });
  }
});

test('without a key, with a wrong one or another scheme nothing is told', async () => {
  const answers = new Set<string>();
  for (const authorization of [
    '',
    'Bearer',
    'Bearer ',
    'Bearer x',
    `Basic ${till.merchant.apiKey}`,
    `bearer\t${till.merchant.apiKey}`,
    `Bearer ${till.merchant.apiKey} `,
    'x'.repeat(8_000),
  ]) {
    const reply = await till.refuses('unauthenticated', send({ authorization }));
    expect(reply.headers['www-authenticate']).toBe('Bearer');
    answers.add(reply.text);
  }
  expect(answers.size).toBe(1);
});

test.each([
  [
    'headers of 20 kB',
    `GET /v1/cards HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(20_000)}\r\n\r\n`,
    431,
    'headers_too_large',
  ],
  ['what is no HTTP', 'HELLO\r\n\r\n', 400, 'invalid_request'],
  [
    'a length that is none',
    'POST /v1/cards HTTP/1.1\r\nhost: x\r\ncontent-length: -5\r\n\r\n',
    400,
    'invalid_request',
  ],
  [
    'two lengths',
    'POST /v1/cards HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
    400,
    'invalid_request',
  ],
])('%s is answered with a problem document and a closed connection', async (_what, text, status, code) => {
  const answered = await new Promise<string>((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => {
      received += String(chunk);
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
  });
  expect(answered.split('\r\n')[0]).toContain(String(status));
  expect(answered).toContain('application/problem+json');
  expect(JSON.parse(answered.slice(answered.indexOf('\r\n\r\n')))).toMatchObject({ code, status });
});

test('after all of it the card has what it had, and pays', async () => {
  expect(await till.balanceOf(card)).toBe(10_000);
  await till.paid(card, 10_000);
});
