import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench, type TestMerchant } from '../../../test/harness.ts';
import type { CardInHand } from '../../../test/shop.ts';
import { openTill, type Till } from '../../../test/till.ts';

const shop = 'https://shop.example';
let bench: TestBench;
let till: Till;
let card: CardInHand;
let path: string;

beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
  card = await till.card();
  path = await lookPathOf(till.merchant);
  const set = await till.merchant.patch('/v1/merchant', { widgetOrigins: [shop] });
  expect(set.status, set.text).toBe(200);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

async function lookPathOf(merchant: TestMerchant): Promise<string> {
  const { slug } = (await merchant.get<{ slug: string }>('/v1/merchant')).body;
  return `/v1/wallet/${slug}/look`;
}

type Headers = Readonly<Record<string, string>>;

/** As a browser asks for a page of another site: it says whose, and our pages' header is not there. */
function lookFrom(origin: string, more: Headers = {}, url = path) {
  const headers = { origin, 'sec-fetch-site': 'cross-site', 'content-type': 'application/json', ...more };
  const payload = JSON.stringify({ code: card.code, pin: card.pin });
  return bench.app.inject({ method: 'POST', url, headers, payload });
}

function preflight(origin: string, url = path) {
  const headers = { origin, 'access-control-request-method': 'POST' };
  return bench.app.inject({ method: 'OPTIONS', url, headers });
}

test('a page of a site that the merchant named looks a card up, and gets no cookie', async () => {
  const asked = await preflight(shop);
  expect(asked.statusCode).toBe(204);
  expect(asked.headers).toMatchObject({
    'access-control-allow-origin': shop,
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type',
    vary: 'Origin',
  });
  const seen = await lookFrom(shop);
  expect(seen.statusCode, seen.body).toBe(200);
  expect(seen.headers['access-control-allow-origin']).toBe(shop);
  expect(seen.headers['access-control-allow-credentials']).toBeUndefined();
  expect(seen.headers['set-cookie']).toBeUndefined();
});

test('a refusal is told to that site too, so that its page can say what is wrong', async () => {
  const headers = { origin: shop, 'content-type': 'application/json' };
  const payload = JSON.stringify({ code: card.code, pin: '000000000' });
  const reply = await bench.app.inject({ method: 'POST', url: path, headers, payload });
  expect(reply.json()).toMatchObject({ code: 'not_recognised' });
  expect(reply.headers['access-control-allow-origin']).toBe(shop);
});

test('no other site may, whatever it calls itself; nor may it at another merchant', async () => {
  const other = await lookPathOf(await bench.merchant());
  for (const [origin, url] of [
    ['https://shop.example.evil.example', path],
    ['https://evil.example', path],
    ['http://shop.example', path],
    ['https://shop.example:8443', path],
    ['null', path],
    [shop, other],
    [shop, '/v1/wallet/there-is-none/look'],
  ] as const) {
    const reply = await lookFrom(origin, {}, url);
    expect(reply.json(), origin).toMatchObject({ code: 'cross_origin' });
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
    expect((await preflight(origin, url)).statusCode, origin).toBe(403);
  }
  // The header of our own pages opens nothing for another site's.
  expect((await lookFrom('https://evil.example', { 'scrip-client': 'web' })).statusCode).toBe(403);
});

test('only the look-up is shared: a site that may ask it may ask nothing else', async () => {
  for (const rest of ['sign-in', 'sessions', 'cards', 'gifts/claim', 'sign-out', 'complaints']) {
    const url = path.replace(/look$/, rest);
    expect((await preflight(shop, url)).statusCode, rest).toBe(405);
    expect((await lookFrom(shop, {}, url)).json(), rest).toMatchObject({ code: 'cross_origin' });
  }
});

test('guesses from a shop’s page are counted like all others', async () => {
  const remoteAddress = '203.0.113.200';
  const headers = { origin: shop, 'content-type': 'application/json' };
  const payload = JSON.stringify({ code: 'AAAAAA-AAAAAA-AAAAAA' });
  let last = 0;
  for (let n = 0; n < 61; n++) {
    const reply = await bench.app.inject({ method: 'POST', url: path, headers, payload, remoteAddress });
    last = reply.statusCode;
  }
  expect(last).toBe(429);
});

test('an origin is a scheme, a host and a port, encrypted but on one’s own machine, and stands there once', async () => {
  const set = (widgetOrigins: readonly string[]) => till.merchant.patch('/v1/merchant', { widgetOrigins });
  for (const origin of [
    'https://shop.example/',
    'https://shop.example/cart',
    'http://shop.example',
    'shop.example',
    'https://Shop.example',
    'https://*.example',
    'null',
    '*',
    'javascript:alert(1)',
  ])
    expect((await set([origin])).body, origin).toMatchObject({ code: 'invalid_request' });
  expect((await set([shop, shop])).status).toBe(400);
  expect((await set(Array.from({ length: 21 }, (_, n) => `https://s${n}.example`))).status).toBe(400);
  const good = [
    'https://a.example',
    'https://a.example:8443',
    'http://localhost:3000',
    'http://127.0.0.1:8090',
  ];
  expect((await set(good)).body).toMatchObject({ widgetOrigins: good });
  expect((await till.merchant.get('/v1/merchant')).body).toMatchObject({ widgetOrigins: good });
  expect((await lookFrom(shop)).statusCode, 'what was taken off the list may not any more').toBe(403);
  expect((await set([])).body).toMatchObject({ widgetOrigins: [] });
});
