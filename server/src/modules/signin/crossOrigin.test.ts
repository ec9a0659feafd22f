import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, openBrowser } from '../../../test/browser.ts';
import { goodPassword, hire } from '../../../test/desk.ts';
import { openBench, type TestBench, type TestMerchant } from '../../../test/harness.ts';
import { connectAsOwner, type Owner } from '../../../test/owner.ts';
import { openPhone } from '../../../test/phone.ts';
import { type OpenApi, type Operation, operationsOf, requestOf, visitsOf } from '../../../test/samples.ts';

// A page of another site, in the browser of an owner who is signed in: it can have any request sent, with the cookie.

let bench: TestBench;
let merchant: TestMerchant;
let owner: Browser;
let eye: Owner;
let unsafe: readonly Operation[];
/** Whose cookies a browser may keep: those of staff, of a customer, of a device at a counter. */
let kept: Readonly<Record<'staff' | 'customer' | 'device', Browser>>;
beforeAll(async () => {
  bench = await openBench();
  merchant = await bench.merchant();
  ({ browser: owner } = await hire(bench, merchant, { role: 'owner' }));
  const phone = await openPhone(bench, merchant);
  await phone.signIn('13800138000');
  kept = { staff: owner, customer: openBrowser(bench.app), device: await pairedDevice() };
  const [name = '', value = ''] = phone.cookie?.split('=') ?? [];
  kept.customer.jar.set(name, value);
  eye = await connectAsOwner(bench.ownerUrl);
  const document = (await merchant.get<OpenApi>('/openapi.json')).body;
  unsafe = [...operationsOf(document), ...visitsOf(document)].filter(({ method }) => method !== 'GET');
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await eye.close();
  await bench.close();
});

async function pairedDevice(): Promise<Browser> {
  const at = openBrowser(bench.app);
  const store = await merchant.post<{ id: string }>('/v1/stores', { code: 'D', name: 'D' });
  const device = await merchant.post<{ id: string }>('/v1/devices', { storeId: store.body.id, name: 'P' });
  const { code } = (await merchant.post<{ code: string }>(`/v1/devices/${device.body.id}/pairing`)).body;
  const claimed = await at.post('/v1/pairings/claim', { code, name: 'Counter' });
  expect(claimed.status, claimed.text).toBeLessThan(300);
  return at;
}

/** What browsers let another site's page send. */
const attacks: readonly (readonly [string, Readonly<Record<string, string | undefined>>])[] = [
  ['a form', { 'scrip-client': undefined, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  [
    'a page that has no origin',
    { 'scrip-client': undefined, origin: 'null', 'sec-fetch-site': 'cross-site' },
  ],
  ['a page of a sister site', { origin: 'http://shop.localhost:8080', 'sec-fetch-site': 'same-site' }],
  ['another port', { origin: 'http://localhost:9999', 'sec-fetch-site': 'same-site' }],
  ['an old browser, by its origin', { origin: 'https://evil.example', 'sec-fetch-site': undefined }],
  ['a request without any origin', { origin: undefined, 'sec-fetch-site': undefined }],
  ['a page of ours that forgot the header', { 'scrip-client': undefined }],
  ['a header that is none', { 'scrip-client': '' }],
];

/** All that is written, in a few words. */
async function state(): Promise<string> {
  const rows = await eye.rows(
    `select (select jsonb_agg(to_jsonb(j)) from ledger.journal j) as journal,
       (select jsonb_agg(to_jsonb(s) order by id) from signin.session s) as sessions,
       (select jsonb_agg(to_jsonb(p) order by id) from signin.person p) as persons,
       (select count(*) from signin.challenge) as challenges, (select count(*) from signin.link) as links,
       (select jsonb_agg(to_jsonb(g)) from signin.guess g) as guesses,
       (select jsonb_agg(to_jsonb(s) order by id) from members.session s) as phones,
       (select count(*) from members.sign_in_code) as codes, (select count(*) from members.attempt) as attempts,
       (select count(*) from notices.notice) as notices`,
  );
  return JSON.stringify(rows);
}

test('there are many routes that change something', () => {
  expect(unsafe.length).toBeGreaterThan(55);
});

test.each(attacks)('%s changes nothing, at any route', async (_what, headers) => {
  await bench.runJobs('signin.noteUses');
  const before = await state();
  const wrong: string[] = [];
  for (const operation of unsafe) {
    const { url, body } = requestOf(operation);
    const sent = { ...headers, 'idempotency-key': 'k' };
    const reply =
      operation.method === 'PATCH' ? await owner.patch(url, body, sent) : await owner.post(url, body, sent);
    // Where a signature speaks and no cookie does, a page's request is one that is not signed.
    const refusal = operation.access === 'signature' ? 'callback_not_good' : 'cross_origin';
    if (reply.body.code !== refusal) wrong.push(`${operation.method} ${operation.path}: ${reply.text}`);
  }
  expect(wrong).toEqual([]);
  expect(await state()).toBe(before);
  expect((await owner.get('/v1/session')).status).toBe(200);
});

/** What a form of another site can be sent as, without asking first. */
const forms = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'];
const whose = ['staff', 'customer', 'device'] as const;

test.each(whose.flatMap((who) => forms.map((type) => [who, type] as const)))(
  'a form of another site, with the cookie of %s and sent as %s, changes nothing at any route',
  async (who, type) => {
    const at = kept[who];
    expect(at.jar.size).toBeGreaterThan(0);
    const cookies = [...at.jar];
    await bench.runJobs('signin.noteUses');
    const before = await state();
    const foreign = { 'scrip-client': undefined, origin: 'https://evil.example', 'content-type': type };
    const wrong: string[] = [];
    for (const operation of unsafe) {
      const { url, body } = requestOf(operation);
      const sent = { ...foreign, 'sec-fetch-site': 'cross-site', 'idempotency-key': 'k' };
      const reply =
        operation.method === 'PATCH' ? await at.patch(url, body, sent) : await at.post(url, body, sent);
      const isSigned = operation.access === 'signature';
      const codes = ['cross_origin', 'unsupported_media_type', ...(isSigned ? ['callback_not_good'] : [])];
      if (!codes.includes(String(reply.body.code)))
        wrong.push(`${operation.method} ${operation.path}: ${reply.text}`);
    }
    expect(wrong).toEqual([]);
    expect(await state()).toBe(before);
    expect([...at.jar]).toEqual(cookies);
  },
);

test('text that claims to be a form is no request of ours', async () => {
  const reply = await owner.post('/v1/session/end', {}, { 'content-type': 'text/plain' });
  expect([reply.status, reply.body.code]).toEqual([415, 'unsupported_media_type']);
});

test('a page of ours is heard where its browser sends no Sec-Fetch-Site, by its origin', async () => {
  const headers = { 'sec-fetch-site': undefined };
  expect((await owner.post('/v1/session/totp/begin', {}, headers)).status).toBe(200);
});

test('a key needs none of it, whatever cookie comes along', async () => {
  const sent = {
    authorization: `Bearer ${merchant.apiKey}`,
    origin: 'https://evil.example',
    'sec-fetch-site': 'cross-site',
    'scrip-client': undefined,
  };
  expect((await owner.post('/v1/stores', { code: 'N', name: 'N' }, sent)).status).toBe(201);
});

test('no answer lets another site read it', async () => {
  const reply = await owner.get('/v1/session', { origin: 'https://evil.example' });
  expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

const said = {
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'scrip.example',
  'x-forwarded-for': '9.9.9.9',
  'sec-fetch-site': undefined,
};

test('what anybody says of himself like a proxy does not count', async () => {
  const there = openBrowser(bench.app, { address: '192.0.2.9' });
  const guess = (address: string) =>
    there.post(
      '/v1/session',
      { login: 'a@b.example', password: 'x' },
      { ...said, 'x-forwarded-for': address },
    );
  const subjects = async () => (await eye.rows('select count(*)::int as n from signin.guess'))[0]?.n;
  await guess('9.9.9.9');
  const before = await subjects();
  await guess('8.8.8.8');
  expect(await subjects()).toBe(before);
});

test('behind a proxy that is trusted it counts: whom a guess is of, HTTPS, and the address of the page', async () => {
  const behind = await openBench({ trustedProxies: '10.0.0.0/8' });
  const shop = await behind.merchant();
  const { login } = await hire(behind, shop, { role: 'clerk' });
  const page = openBrowser(behind.app, { origin: 'http://127.0.0.1:8080', address: '10.1.2.3' });
  const sent = { ...said, origin: 'https://scrip.example' };
  const reply = await page.post('/v1/session', { login, password: goodPassword }, sent);
  expect(reply.status, reply.text).toBe(200);
  expect(page.setCookie()).toMatch(/^__Host-scrip-session=.*; Secure$/);
  const list = await page.get<{ items: { place: string }[] }>('/v1/sessions', said);
  expect(list.body.items.map(({ place }) => place)).toContain('9.9.9.*');
  const foreign = { ...said, origin: 'https://evil.example' };
  expect((await page.post('/v1/session/end', {}, foreign)).body.code).toBe('cross_origin');
  expect(behind.errors).toEqual([]);
  await behind.close();
});
