import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, openBrowser } from '../../../../test/browser.ts';
import { arm, goodPassword, hire, signIn } from '../../../../test/desk.ts';
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

test('who has an app signs in by password and code; between the two they are nobody', async () => {
  const { login, code } = await armed();
  const browser = elsewhere();
  expect((await signIn(browser, login)).body).toEqual({ state: 'second_factor_required', factors: ['totp'] });
  expect((await browser.get('/v1/session')).body).toMatchObject({
    state: 'second_factor_required',
    person: null,
    merchant: null,
    merchants: [],
    permissions: [],
  });
  expect(codeOf(await browser.get('/v1/stores'))).toBe('unauthenticated');
  expect(codeOf(await browser.post('/v1/stores', { code: 'X', name: 'X' }))).toBe('unauthenticated');
  expect(codeOf(await browser.post('/v1/session/totp/remove'))).toBe('unauthenticated');
  const [before] = browser.jar.values();
  expect((await browser.post('/v1/session/second-factor', { code: code() })).body).toEqual({
    state: 'signed_in',
    factors: [],
  });
  expect([...browser.jar.values()][0]).not.toBe(before);
  expect(codeOf(await browser.get('/v1/stores'))).toBe('accepted');
});

test('a code is taken once, and none from before it; a wrong one never', async () => {
  const { login, code } = await armed();
  const taken = code();
  const [one, two, three] = [elsewhere(), elsewhere(), elsewhere()];
  for (const browser of [one, two, three]) await signIn(browser, login);
  const give = (browser: Browser, given: string) =>
    browser.post('/v1/session/second-factor', { code: given });
  expect(codeOf(await give(one, taken))).toBe('accepted');
  expect(codeOf(await give(two, taken))).toBe('second_factor_wrong');
  later(30);
  const next = code();
  later(30);
  expect(codeOf(await give(two, next))).toBe('accepted');
  expect(codeOf(await give(three, taken))).toBe('second_factor_wrong');
  expect(codeOf(await give(three, '000000'))).toBe('second_factor_wrong');
});

test('guesses at a code are counted for the person, however many sessions wait and networks ask', async () => {
  const { login, code } = await armed();
  const waiting = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const browser = elsewhere();
      await signIn(browser, login);
      return browser;
    }),
  );
  const guesses = waiting.flatMap((browser) =>
    Array.from({ length: 10 }, (_, n) => browser.post('/v1/session/second-factor', { code: `00000${n}` })),
  );
  const codes = (await Promise.all(guesses)).map(codeOf);
  expect(codes.filter((given) => given === 'second_factor_wrong')).toHaveLength(6);
  const [first] = waiting;
  expect(first && codeOf(await first.post('/v1/session/second-factor', { code: code() }))).toBe(
    'too_many_attempts',
  );
});

test('a recovery code signs in once, of 50 at once one', async () => {
  const { login, recovery } = await armed();
  // More than one person may guess at in a while: the guesses are waited out, the sessions are not.
  const [code = ''] = recovery;
  const browsers: Browser[] = [];
  for (let n = 0; n < 50; n++) {
    const browser = elsewhere();
    await signIn(browser, login);
    browsers.push(browser);
  }
  const typed = ` ${code.toLowerCase().replace('-', ' ')} `;
  const replies = await Promise.all(
    browsers.map((browser) => browser.post('/v1/session/second-factor', { code: typed })),
  );
  const codes = replies.map(codeOf);
  expect(codes.filter((given) => given === 'accepted')).toHaveLength(1);
  expect(
    codes.every((given) => ['accepted', 'second_factor_wrong', 'too_many_attempts'].includes(String(given))),
  ).toBe(true);
  later(3_600);
  const again = elsewhere();
  await signIn(again, login);
  expect(codeOf(await again.post('/v1/session/second-factor', { code }))).toBe('second_factor_wrong');
  expect(codeOf(await again.post('/v1/session/second-factor', { code: recovery[1] }))).toBe('accepted');
});

test('new recovery codes make those before void', async () => {
  const { browser, login, recovery } = await armed();
  const renewed = await browser.post<{ recoveryCodes: string[] }>('/v1/session/recovery-codes');
  const there = elsewhere();
  await signIn(there, login);
  expect(codeOf(await there.post('/v1/session/second-factor', { code: recovery[2] }))).toBe(
    'second_factor_wrong',
  );
  const [fresh] = renewed.body.recoveryCodes;
  expect(codeOf(await there.post('/v1/session/second-factor', { code: fresh }))).toBe('accepted');
});

test('an app is in use only once its code was seen, and what was begun elsewhere since is not confirmed', async () => {
  const { browser, login } = await hire(bench, merchant, { role: 'clerk' });
  const confirm = (code: string) => browser.post('/v1/session/totp/confirm', { code });
  expect(codeOf(await confirm('000000'))).toBe('totp_not_begun');
  await browser.post('/v1/session/totp/begin');
  expect(codeOf(await confirm('000000'))).toBe('second_factor_wrong');
  expect((await signIn(elsewhere(), login)).body).toMatchObject({ state: 'signed_in' });
});

test('how one signs in is changed only with a proof given just now', async () => {
  const { browser, code } = await armed();
  later(300);
  const changes = [
    '/v1/session/totp/begin',
    '/v1/session/totp/remove',
    '/v1/session/recovery-codes',
    '/v1/session/passkeys/options',
    '/v1/session/passkeys/psk_01jd000000e008000000000000/remove',
  ];
  for (const path of changes) expect(codeOf(await browser.post(path)), path).toBe('step_up_required');
  const stepUp = (body: object) => browser.post('/v1/session/step-up', body);
  expect(codeOf(await stepUp({ password: goodPassword }))).toBe('second_factor_required');
  expect(codeOf(await stepUp({ code: '000000' }))).toBe('second_factor_wrong');
  const [before] = browser.jar.values();
  const proven = await stepUp({ code: code() });
  const until = new Date(bench.time.now.getTime() + 300_000).toISOString();
  expect(proven.body).toEqual({ steppedUpUntil: until });
  const [after] = browser.jar.values();
  expect(after).not.toBe(before);
  const thief = openBrowser(bench.app);
  thief.jar.set('scrip-session', before ?? '');
  expect(codeOf(await thief.get('/v1/session'))).toBe('unauthenticated');
  expect(codeOf(await browser.post('/v1/session/passkeys/psk_01jd000000e008000000000000/remove'))).toBe(
    'passkey_not_found',
  );
  expect(codeOf(await browser.post('/v1/session/totp/remove'))).toBe('accepted');
  expect((await browser.get('/v1/session')).body).toMatchObject({ hasSecondFactor: false });
});

test('who has no second factor proves themselves by password, with guesses counted', async () => {
  const { browser } = await hire(bench, merchant, { role: 'clerk' });
  const stepUp = (password?: string) => browser.post('/v1/session/step-up', { password });
  for (let n = 0; n < 6; n++) expect(codeOf(await stepUp(`wrong ${n}`))).toBe('password_wrong');
  expect(codeOf(await stepUp(goodPassword))).toBe('too_many_attempts');
  later(300);
  expect(codeOf(await stepUp(goodPassword))).toBe('accepted');
});

test('a password is changed by who knows it, and signs out everywhere else', async () => {
  const { browser, login } = await hire(bench, merchant, { role: 'clerk' });
  const other = elsewhere();
  await signIn(other, login);
  const change = (current: string, next: string) => browser.post('/v1/session/password', { current, next });
  expect((await change('not it', 'marble-Quartz-77-sonata')).body).toMatchObject({
    code: 'password_wrong',
    field: 'current',
  });
  expect((await change(goodPassword, 'short')).body).toMatchObject({
    code: 'password_too_short',
    field: 'next',
  });
  for (const weak of [
    'password2024',
    'woaini1314',
    'qwertyuiop1',
    `${login}`,
    '5201314woaini',
    'aaaaaaaaaaaa',
  ]) {
    expect((await change(goodPassword, weak)).body, weak).toMatchObject({ code: 'password_too_weak' });
  }
  expect(codeOf(await change(goodPassword, 'marble-Quartz-77-sonata'))).toBe('accepted');
  expect(codeOf(await browser.get('/v1/session'))).toBe('accepted');
  expect(codeOf(await other.get('/v1/session'))).toBe('unauthenticated');
  expect(codeOf(await signIn(elsewhere(), login))).toBe('sign_in_refused');
  expect(codeOf(await signIn(elsewhere(), login, 'marble-Quartz-77-sonata'))).toBe('accepted');
});
