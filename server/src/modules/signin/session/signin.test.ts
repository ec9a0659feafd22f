import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../../../test/browser.ts';
import { goodPassword, hire, newLogin, signIn } from '../../../../test/desk.ts';
import { openBench, type TestBench, type TestMerchant } from '../../../../test/harness.ts';
import { connectAsOwner } from '../../../../test/owner.ts';

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

let addresses = 0;
/** A browser somewhere else, where nobody has guessed. */
const elsewhere = () => openBrowser(bench.app, { address: `198.51.${addresses >> 8}.${addresses++ & 255}` });
const codeOf = ({ status, body }: { readonly status: number; readonly body: Record<string, unknown> }) =>
  status < 300 ? 'accepted' : body.code;

test('who was invited signs in by password and is told who they are and what they may', async () => {
  const { login, staffId } = await hire(bench, merchant, { role: 'manager' });
  const browser = elsewhere();
  const reply = await signIn(browser, ` ${login.toUpperCase()} `);
  expect([reply.status, reply.body]).toEqual([200, { state: 'signed_in', factors: [] }]);
  const { body } = await browser.get('/v1/session');
  expect(body).toMatchObject({
    state: 'signed_in',
    person: { name: 'Li Na', login: expect.stringMatching(/^st\*\*\*@example\.com$/) },
    merchant: { id: merchant.merchantId, name: 'Test', currency: 'CNY', timezone: 'Asia/Shanghai' },
    merchants: [{ id: merchant.merchantId, name: 'Test' }],
    staff: { id: staffId, role: 'manager', roleId: null },
    stores: null,
    ceilings: {},
    hasSecondFactor: false,
  });
  expect(body.permissions).toContain('cards.redeem');
  expect((await browser.get('/v1/staff')).status).toBe(200);
});

test('a phone number signs in however it is typed', async () => {
  await hire(bench, merchant, { role: 'clerk' }, { login: '138 1234 5678' });
  for (const typed of ['13812345678', '+86 138-1234-5678', '0086 13812345678']) {
    expect(codeOf(await signIn(elsewhere(), typed))).toBe('accepted');
  }
  const { browser } = await hire(bench, merchant, { role: 'clerk' }, { login: '13912345678' });
  expect(JSON.stringify((await browser.get('/v1/session')).body)).toContain('139****5678');
});

test('an unknown login and a wrong password are one answer: status, headers and bytes', async () => {
  const { login } = await hire(bench, merchant, { role: 'clerk' });
  const answers = new Set<string>();
  for (const [who, password] of [
    [login, `${goodPassword}x`],
    [newLogin(), goodPassword],
    ['no login at all', goodPassword],
    ['13812345670', 'x'],
  ] as const) {
    const { status, text, headers } = await signIn(elsewhere(), who, password);
    const { date, ...rest } = headers;
    expect(typeof date).toBe('string');
    answers.add(JSON.stringify([status, text, rest]));
  }
  expect(answers.size).toBe(1);
  expect([...answers][0]).toContain('sign_in_refused');
});

/** The share of pairs in which the first took longer; a half where nothing tells them apart. */
function likeness(one: readonly number[], other: readonly number[]): number {
  const pairs = one.flatMap((a) => other.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
  return pairs.reduce<number>((sum, share) => sum + share, 0) / pairs.length;
}

test('an unknown login takes as long to refuse as a wrong password', async () => {
  const { login } = await hire(bench, merchant, { role: 'clerk' });
  const known: number[] = [];
  const unknown: number[] = [];
  for (let n = 0; n < 40; n++) {
    for (const [who, times] of [
      [login, known],
      [newLogin(), unknown],
    ] as const) {
      // Only how long it takes is looked at here, so the guesses of this login are forgotten.
      bench.time.now = new Date(bench.time.now.getTime() + 600_000);
      const browser = elsewhere();
      const started = performance.now();
      expect(codeOf(await signIn(browser, who, 'a wrong password'))).toBe('sign_in_refused');
      times.push(performance.now() - started);
    }
  }
  const auc = likeness(known, unknown);
  expect(Math.abs(auc - 0.5)).toBeLessThan(0.15);
});

test('of 500 guesses at once at one login ten are looked at, and then not even the right password is', async () => {
  const { login } = await hire(bench, merchant, { role: 'clerk' });
  const guesses = Array.from({ length: 500 }, (_, n) => signIn(elsewhere(), login, `guess-${n}`));
  const codes = (await Promise.all(guesses)).map(codeOf);
  expect(codes.filter((code) => code === 'sign_in_refused')).toHaveLength(10);
  expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(490);
  expect(codeOf(await signIn(elsewhere(), login))).toBe('too_many_attempts');
});

test('guesses count over processes and restarts; after a while there is one more, and being right begins anew', async () => {
  const { login } = await hire(bench, merchant, { role: 'clerk' });
  for (let n = 0; n < 10; n++)
    expect(codeOf(await signIn(elsewhere(), login, 'wrong'))).toBe('sign_in_refused');
  const second = await bench.another();
  const there = openBrowser(second.app, { address: '192.0.2.1' });
  expect(codeOf(await signIn(there, login))).toBe('too_many_attempts');
  await second.close();
  expect(codeOf(await signIn(elsewhere(), login))).toBe('too_many_attempts');
  bench.time.now = new Date(bench.time.now.getTime() + 5 * 60_000);
  expect(codeOf(await signIn(elsewhere(), login, 'wrong'))).toBe('sign_in_refused');
  expect(codeOf(await signIn(elsewhere(), login))).toBe('too_many_attempts');
  bench.time.now = new Date(bench.time.now.getTime() + 5 * 60_000);
  expect(codeOf(await signIn(elsewhere(), login))).toBe('accepted');
  for (let n = 0; n < 9; n++)
    expect(codeOf(await signIn(elsewhere(), login, 'wrong'))).toBe('sign_in_refused');
  expect(codeOf(await signIn(elsewhere(), login))).toBe('accepted');
});

test('guesses from one network count together, whatever the login; addresses of one IPv6 network are one', async () => {
  const guess = (n: number) =>
    signIn(openBrowser(bench.app, { address: `2001:db8:0:7::${n.toString(16)}` }), newLogin(), 'wrong');
  for (let n = 0; n < 60; n++) expect(codeOf(await guess(n))).toBe('sign_in_refused');
  expect(codeOf(await guess(60))).toBe('too_many_attempts');
  const next = openBrowser(bench.app, { address: '2001:db8:0:8::1' });
  expect(codeOf(await signIn(next, newLogin(), 'wrong'))).toBe('sign_in_refused');
});

test('a cookie is for this site alone, unseen by scripts, and for HTTPS wherever it may leave the machine', async () => {
  const { login } = await hire(bench, merchant, { role: 'clerk' });
  const here = openBrowser(bench.app, { origin: 'http://localhost:8080' });
  await signIn(here, login);
  expect(here.setCookie()).toMatch(
    /^scrip-session=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/,
  );
  for (const origin of ['https://scrip.example', 'http://192.168.1.20:8080']) {
    const there = openBrowser(bench.app, { origin });
    await signIn(there, login);
    expect(there.setCookie()).toMatch(
      /^__Host-scrip-session=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict; Secure$/,
    );
  }
});

test('neither passwords, cookies nor logins stand in the database', async () => {
  const login = '13712345678';
  const { browser } = await hire(bench, merchant, { role: 'clerk' }, { login });
  await browser.post('/v1/session/totp/begin');
  const owner = await connectAsOwner(bench.ownerUrl);
  const tables = await owner.rows(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const [token] = browser.jar.values();
  for (const { name } of tables) {
    const rows = await owner.rows(`select t::text as text from ${String(name)} t`);
    const text = rows.map((row) => String(row.text)).join('\n');
    for (const secret of [login, goodPassword, String(token)])
      expect(text, String(name)).not.toContain(secret);
    const bytes = Buffer.from(login).toString('hex');
    expect(text, String(name)).not.toContain(bytes);
  }
  await owner.close();
});
