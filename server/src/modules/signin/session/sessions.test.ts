import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../../../test/browser.ts';
import { goodPassword, hire, signIn, tokenOf } from '../../../../test/desk.ts';
import { openBench, type TestBench, type TestMerchant } from '../../../../test/harness.ts';

// How a session lives and ends. Each ends for the very next command, in every process.

let bench: TestBench;
let merchant: TestMerchant;
beforeAll(async () => {
  bench = await openBench();
  merchant = await bench.merchant();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Answer = { readonly status: number; readonly body: Record<string, unknown> };
const codeOf = ({ status, body }: Answer) => (status < 300 ? 'accepted' : body.code);
const later = (minutes: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + minutes * 60_000);
};
/** Something that changes something, and that a manager may. */
let stores = 0;
const aStore = () => ({ code: `S${stores++}`, name: 'North' });

test('signing in ends the session that the browser had: nobody rides on a cookie from before', async () => {
  const { login, browser } = await hire(bench, merchant, { role: 'manager' });
  const [name, before] = [...browser.jar][0] ?? ['', ''];
  expect(codeOf(await signIn(browser, login))).toBe('accepted');
  expect(browser.jar.get(name)).not.toBe(before);
  const thief = openBrowser(bench.app);
  thief.jar.set(name, before);
  expect(codeOf(await thief.get('/v1/session'))).toBe('unauthenticated');
  expect(codeOf(await thief.post('/v1/stores', aStore()))).toBe('unauthenticated');
});

test('a session does what its member of staff may, and a key beside it goes first', async () => {
  const { browser } = await hire(bench, merchant, { role: 'manager' });
  expect(codeOf(await browser.post('/v1/stores', aStore()))).toBe('accepted');
  expect(codeOf(await browser.post('/v1/staff', { name: 'x', role: 'clerk' }))).toBe('permission_denied');
  const bearer = { authorization: `Bearer sk_${'A'.repeat(43)}` };
  expect(codeOf(await browser.post('/v1/stores', aStore(), bearer))).toBe('unauthenticated');
  const owner = { authorization: `Bearer ${merchant.apiKey}` };
  expect(codeOf(await browser.post('/v1/staff', { name: 'x', role: 'clerk' }, owner))).toBe('accepted');
});

test('what was signed out is refused at the next command, in another process too', async () => {
  const second = await bench.another();
  const { browser } = await hire(bench, merchant, { role: 'manager' });
  const there = openBrowser(second.app);
  for (const [name, value] of browser.jar) there.jar.set(name, value);
  expect(codeOf(await there.post('/v1/stores', aStore()))).toBe('accepted');
  expect(codeOf(await browser.post('/v1/session/end'))).toBe('accepted');
  expect(browser.jar.size).toBe(0);
  expect(codeOf(await there.post('/v1/stores', aStore()))).toBe('unauthenticated');
  expect(codeOf(await there.get('/v1/stores'))).toBe('unauthenticated');
  await second.close();
});

test('who leaves, or gets a lesser role, is bound at the next command, in another process too', async () => {
  const second = await bench.another();
  const { browser, staffId } = await hire(bench, merchant, { role: 'manager' });
  const there = openBrowser(second.app);
  for (const [name, value] of browser.jar) there.jar.set(name, value);
  expect(codeOf(await there.post('/v1/stores', aStore()))).toBe('accepted');
  await merchant.patch(`/v1/staff/${staffId}`, { role: 'clerk' });
  expect(codeOf(await there.post('/v1/stores', aStore()))).toBe('permission_denied');
  await merchant.patch(`/v1/staff/${staffId}`, { state: 'left' });
  expect(codeOf(await there.post('/v1/stores', aStore()))).toBe('unauthenticated');
  expect(codeOf(await there.get('/v1/stores'))).toBe('unauthenticated');
  const { body } = await browser.get('/v1/session');
  expect(body).toMatchObject({ merchant: null, staff: null, merchants: [], permissions: [] });
  await second.close();
});

test('a manager of people sees where staff are signed in and signs them out; who may do less may not', async () => {
  const { browser, staffId, login } = await hire(bench, merchant, { role: 'owner' });
  const other = openBrowser(bench.app, { address: '192.0.2.55' });
  await signIn(other, login);
  const path = `/v1/staff/${staffId}/sessions`;
  const { body } = await merchant.get<{ items: { id: string; place: string }[] }>(path);
  expect(body.items.map(({ place }) => place).sort()).toEqual(['192.0.2.*', '203.0.113.*']);
  const role = await merchant.post<{ id: string }>('/v1/roles', {
    name: 'HR',
    permissions: ['people.write', 'people.read'],
  });
  const lesser = await hire(bench, merchant, { roleId: role.body.id });
  expect(codeOf(await lesser.browser.post(`${path}/end`))).toBe('permission_not_held');
  const there = body.items.find(({ place }) => place.startsWith('192'))?.id;
  expect(codeOf(await merchant.post(`${path}/end`, { sessionId: there }))).toBe('accepted');
  expect(codeOf(await merchant.post(`${path}/end`, { sessionId: there }))).toBe('session_not_found');
  expect(codeOf(await other.post('/v1/stores', aStore()))).toBe('unauthenticated');
  expect(codeOf(await browser.post('/v1/stores', aStore()))).toBe('accepted');
  expect((await merchant.post(`${path}/end`)).body).toEqual({ ended: 1 });
  expect(codeOf(await browser.post('/v1/stores', aStore()))).toBe('unauthenticated');
  const nobody = 'stf_01jd000000e008000000000000';
  expect(codeOf(await merchant.get(`/v1/staff/${nobody}/sessions`))).toBe('staff_not_found');
  expect(codeOf(await merchant.post(`/v1/staff/${nobody}/sessions/end`))).toBe('staff_not_found');
});

test('one sees where one is signed in, and signs out elsewhere; never somebody else', async () => {
  const { browser, login } = await hire(bench, merchant, { role: 'clerk' });
  const stranger = await hire(bench, merchant, { role: 'clerk' });
  const other = openBrowser(bench.app);
  await signIn(other, login);
  type List = { items: { id: string; isThis: boolean; agent: string; client: string }[] };
  const { items } = (await browser.get<List>('/v1/sessions')).body;
  expect(items).toHaveLength(2);
  expect(items[0]).toMatchObject({ agent: 'Mozilla/5.0 (Test)', client: 'console' });
  const there = items.find(({ isThis }) => !isThis)?.id;
  expect(codeOf(await stranger.browser.post(`/v1/sessions/${there}/end`))).toBe('session_not_found');
  expect(codeOf(await browser.post(`/v1/sessions/${there}/end`))).toBe('accepted');
  expect(codeOf(await browser.post(`/v1/sessions/${there}/end`))).toBe('session_not_found');
  expect(codeOf(await other.get('/v1/session'))).toBe('unauthenticated');
});

test('who does nothing for ten hours is signed out; who does stays, but no longer than a week', async () => {
  const { browser } = await hire(bench, merchant, { role: 'manager' });
  later(9 * 60 + 59);
  expect(codeOf(await browser.post('/v1/stores', aStore()))).toBe('accepted');
  await bench.runJobs('signin.noteUses');
  later(9 * 60);
  expect(codeOf(await browser.post('/v1/stores', aStore()))).toBe('accepted');
  await bench.runJobs('signin.noteUses');
  later(10 * 60 + 1);
  expect(codeOf(await browser.post('/v1/stores', aStore()))).toBe('unauthenticated');
  const again = await hire(bench, merchant, { role: 'manager' });
  for (let hours = 0; hours < 7 * 24; hours += 8) {
    expect(codeOf(await again.browser.post('/v1/stores', aStore())), `${hours} hours`).toBe('accepted');
    await bench.runJobs('signin.noteUses');
    later(8 * 60);
  }
  expect(codeOf(await again.browser.post('/v1/stores', aStore()))).toBe('unauthenticated');
});

test('a cookie is renewed each hour; the one before is good until the new one was seen, and no longer', async () => {
  const { browser } = await hire(bench, merchant, { role: 'manager' });
  const [name, first] = [...browser.jar][0] ?? ['', ''];
  later(61);
  expect(codeOf(await browser.get('/v1/stores'))).toBe('accepted');
  const renewed = browser.jar.get(name);
  expect(renewed).not.toBe(first);
  const slow = openBrowser(bench.app);
  slow.jar.set(name, first);
  expect(codeOf(await slow.post('/v1/stores', aStore()))).toBe('accepted');
  expect(slow.jar.get(name)).toBe(first);
  later(2);
  await bench.runJobs('signin.noteUses');
  expect(codeOf(await slow.get('/v1/stores'))).toBe('accepted');
  expect(codeOf(await browser.get('/v1/stores'))).toBe('accepted');
  await bench.runJobs('signin.noteUses');
  expect(codeOf(await slow.get('/v1/stores'))).toBe('unauthenticated');
  expect(codeOf(await browser.get('/v1/stores'))).toBe('accepted');
});

test('one person works for several merchants, each with its own role, and acts for one at a time', async () => {
  const { browser, login } = await hire(bench, merchant, { role: 'clerk' });
  const other = await bench.merchant({ name: 'West', currency: 'EUR' });
  const invited = await other.post('/v1/staff/invitations', { login, name: 'Li', role: 'owner' });
  const accept = { token: tokenOf(invited.body.link), password: goodPassword };
  expect(codeOf(await openBrowser(bench.app).post('/v1/invitations/accept', accept))).toBe('accepted');
  expect(codeOf(await browser.post('/v1/stores', aStore()))).toBe('permission_denied');
  const [, before] = [...browser.jar][0] ?? [];
  const { body } = await browser.post('/v1/session/merchant', { merchantId: other.merchantId });
  expect(body).toMatchObject({ merchant: { name: 'West', currency: 'EUR' }, staff: { role: 'owner' } });
  expect([...browser.jar][0]?.[1]).not.toBe(before);
  expect(codeOf(await browser.post('/v1/stores', aStore()))).toBe('accepted');
  const stranger = await bench.merchant();
  const elsewhere = { merchantId: stranger.merchantId };
  expect(codeOf(await browser.post('/v1/session/merchant', elsewhere))).toBe('merchant_not_found');
  const again = openBrowser(bench.app);
  await signIn(again, login);
  expect((await again.get('/v1/session')).body).toMatchObject({ merchant: { name: 'West' } });
});

test('who works for nobody any more signs in and can do nothing', async () => {
  const { staffId, login } = await hire(bench, merchant, { role: 'manager' });
  await merchant.patch(`/v1/staff/${staffId}`, { state: 'left' });
  const browser = openBrowser(bench.app);
  expect(codeOf(await signIn(browser, login))).toBe('accepted');
  expect(codeOf(await browser.post('/v1/stores', aStore()))).toBe('no_merchant');
  expect(codeOf(await browser.get('/v1/stores'))).toBe('no_merchant');
  expect((await browser.get('/v1/session')).body).toMatchObject({ state: 'signed_in', merchants: [] });
});
