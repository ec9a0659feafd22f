import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, openBrowser } from '../../../../test/browser.ts';
import { arm, goodPassword, hire, signIn, tokenOf } from '../../../../test/desk.ts';
import { openBench, type TestBench, type TestMerchant } from '../../../../test/harness.ts';

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
const later = (seconds: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + seconds * 1_000);
};
let addresses = 0;
const elsewhere = () => openBrowser(bench.app, { address: `198.51.100.${addresses++}` });

/** Somebody with an authenticator app. */
const armed = (role = 'manager') => arm(bench, merchant, role);

test('a link sets a password anew once, and signs out everywhere; the second factor stays unless it was lost', async () => {
  const { browser, login, staffId, code } = await armed('clerk');
  const ask = (body: object = {}) => merchant.post(`/v1/staff/${staffId}/password-link`, body);
  const [first, second] = [tokenOf((await ask()).body.link), tokenOf((await ask()).body.link)];
  const use = (token: string, password: string) =>
    elsewhere().post('/v1/password-links/use', { token, password });
  expect(codeOf(await use(first, 'marble-Quartz-77-sonata'))).toBe('link_not_good');
  expect(codeOf(await use(second, 'password123'))).toBe('password_too_weak');
  const tries = Array.from({ length: 20 }, () => use(second, 'marble-Quartz-77-sonata'));
  expect((await Promise.all(tries)).map(codeOf).filter((given) => given === 'accepted')).toHaveLength(1);
  expect(codeOf(await browser.get('/v1/session'))).toBe('unauthenticated');
  const there = elsewhere();
  expect((await signIn(there, login, 'marble-Quartz-77-sonata')).body.state).toBe('second_factor_required');
  expect(codeOf(await there.post('/v1/session/second-factor', { code: code() }))).toBe('accepted');
  const lost = tokenOf((await ask({ allFactors: true })).body.link);
  expect(codeOf(await use(lost, goodPassword))).toBe('accepted');
  expect((await signIn(elsewhere(), login)).body.state).toBe('signed_in');
  later(24 * 3_600);
  const late = tokenOf((await ask()).body.link);
  later(24 * 3_600 + 1);
  expect(codeOf(await use(late, goodPassword))).toBe('link_not_good');
});

test('a link for a password is made by who may do all that they may, for who signs in, and works only here', async () => {
  const role = await merchant.post<{ id: string }>('/v1/roles', {
    name: 'People',
    permissions: ['people.write', 'people.read'],
  });
  const { browser } = await hire(bench, merchant, { roleId: role.body.id });
  const owner = await hire(bench, merchant, { role: 'owner' });
  const ask = (staffId: string, by: Pick<Browser, 'post'> | TestMerchant = merchant) =>
    by.post(`/v1/staff/${staffId}/password-link`, {});
  expect(codeOf(await ask(owner.staffId, browser))).toBe('permission_not_held');
  const added = await merchant.post<{ id: string }>('/v1/staff', { name: 'Lin', role: 'clerk' });
  expect(codeOf(await ask(added.body.id))).toBe('staff_cannot_sign_in');
  expect(codeOf(await ask('stf_01jd000000e008000000000000'))).toBe('staff_not_found');
  const other = await bench.merchant();
  const invited = await other.post('/v1/staff/invitations', { login: owner.login, name: 'x', role: 'clerk' });
  const accept = { token: tokenOf(invited.body.link), password: goodPassword };
  await elsewhere().post('/v1/invitations/accept', accept);
  expect(codeOf(await ask(owner.staffId))).toBe('staff_works_elsewhere');
  const clerk = await hire(bench, merchant, { role: 'clerk' });
  await merchant.patch(`/v1/staff/${clerk.staffId}`, { state: 'left' });
  expect(codeOf(await ask(clerk.staffId))).toBe('staff_left');
});
