import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench, type TestMerchant } from '../../../../test/harness.ts';
import { lastCode, openPhone, type Phone } from '../../../../test/phone.ts';
import { rowsOf } from '../../../../test/till.ts';
import { writeAside } from '../../../platform/db/read.ts';
import { spendCode } from './store.ts';

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

let count = 0;
const newNumber = () => `1390000${String(++count).padStart(4, '0')}`;
/** Each on a network of its own, so that no test uses up another's tries. */
const newPhone = () => openPhone(bench, merchant, `198.51.100.${++count}`);
const consent = { textVersion: 1 };
const later = (ms: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + ms);
};
const minute = 60_000;

/** A number that a code was just sent to, with that code. */
async function asked(phone: Phone): Promise<{ number: string; code: string }> {
  const number = newNumber();
  expect((await phone.post('/sign-in', { phone: number })).status).toBe(202);
  return { number, code: await lastCode(bench, merchant) };
}

const enter = (phone: Phone, number: string, code: string, more: object = { consent }) =>
  phone.post('/sessions', { phone: number, code, ...more });
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

test('whoever has the phone comes in, is a member from then on, and is shown to nobody else', async () => {
  const phone = await newPhone();
  const { number, code } = await asked(phone);
  const entered = await enter(phone, number, code, { consent, name: '王小明' });
  expect(entered.status, entered.text).toBe(201);
  expect(String(entered.headers['set-cookie'])).toMatch(
    new RegExp(
      `^scrip-member=[\\w-]{43}; Path=/v1/wallet/${phone.slug}; Max-Age=2592000; HttpOnly; SameSite=Strict$`,
    ),
  );
  expect((await phone.get('/me')).body).toMatchObject({ id: entered.body.id, name: '王小明' });
  const signOut = await phone.post('/sign-out', {}, { host: 'wallet.example' });
  expect(signOut.body.code, 'over HTTPS it is called otherwise').toBe('not_signed_in');
  const secure = phone.cookie?.replace('scrip-member', '__Secure-scrip-member');
  const out = await phone.post('/sign-out', {}, { host: 'wallet.example', cookie: secure });
  expect(String(out.headers['set-cookie'])).toBe(
    `__Secure-scrip-member=; Path=/v1/wallet/${phone.slug}; Max-Age=0; HttpOnly; SameSite=Strict; Secure`,
  );
  expect((await (await newPhone()).get('/me')).body.code).toBe('not_signed_in');
});

test('a member’s number and a stranger’s are answered with the same bytes', async () => {
  const phone = await newPhone();
  const member = newNumber();
  await phone.signIn(member);
  later(minute);
  const known = await phone.post('/sign-in', { phone: member });
  const unknown = await phone.post('/sign-in', { phone: newNumber() });
  expect(known.text).toBe(unknown.text);
  const [one, two] = [await enter(phone, member, '000000'), await enter(phone, newNumber(), '000000')];
  expect(one.text).toBe(two.text);
  expect(one.body.code).toBe('sign_in_code_wrong');
});

test('a code works once', async () => {
  const phone = await newPhone();
  const { number, code } = await asked(phone);
  const replies = await Promise.all(Array.from({ length: 8 }, () => enter(phone, number, code)));
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
  expect((await enter(phone, number, code)).body.code).toBe('sign_in_code_wrong');
});

test('of two who take the same code through the check at once, one uses it up', async () => {
  const phone = await newPhone();
  const { number, code } = await asked(phone);
  const { writers, vault, clock } = bench.runtime.members;
  const [phoneHash = ''] = vault.phoneHashes(merchant.id, `+86${number}`);
  const codeHash = vault.codeHash(merchant.id, phoneHash, code);
  const spend = () =>
    writeAside(writers, merchant.id, (db) => spendCode(db, merchant.id, phoneHash, codeHash, clock()));
  const spent = await Promise.all([spend(), spend(), spend()]);
  expect(spent.filter(Boolean)).toHaveLength(1);
  expect((await enter(phone, number, code)).body.code).toBe('sign_in_code_wrong');
});

test('five wrong tries are all there are, also at once, and then the right one is wrong', async () => {
  const phone = await newPhone();
  const { number, code } = await asked(phone);
  const tries = await Promise.all(Array.from({ length: 9 }, () => enter(phone, number, wrong(code))));
  expect(new Set(tries.map(({ text }) => text)).size).toBe(1);
  const [row] = await rowsOf(bench, 'select max(tries)::int as tries from members.sign_in_code');
  expect(row).toEqual({ tries: 5 });
  expect((await enter(phone, number, code)).body.code).toBe('sign_in_code_wrong');
});

test('four wrong tries leave one', async () => {
  const phone = await newPhone();
  const { number, code } = await asked(phone);
  for (let n = 0; n < 4; n++) await enter(phone, number, wrong(code));
  expect((await enter(phone, number, code)).status).toBe(201);
});

test.each([
  [5 * minute - 1, 201],
  [5 * minute, 403],
])('a code that is %i ms old is answered with %i', async (age, status) => {
  const phone = await newPhone();
  const { number, code } = await asked(phone);
  later(age);
  expect((await enter(phone, number, code)).status).toBe(status);
});

test('a new code takes the place of the one before', async () => {
  const phone = await newPhone();
  const { number, code } = await asked(phone);
  later(minute);
  await phone.post('/sign-in', { phone: number });
  const next = await lastCode(bench, merchant);
  if (next !== code) expect((await enter(phone, number, code)).status).toBe(403);
  expect((await enter(phone, number, next)).status).toBe(201);
});

test('codes to one phone are a minute apart, five an hour, whatever the process and however many ask at once', async () => {
  later(60 * minute);
  const number = newNumber();
  const phones = await Promise.all(Array.from({ length: 6 }, newPhone));
  const replies = await Promise.all(phones.map((phone) => phone.post('/sign-in', { phone: number })));
  expect(replies.filter(({ status }) => status === 202)).toHaveLength(1);
  expect(replies.filter(({ status }) => status === 429)).toHaveLength(5);
  const refused = replies.find(({ status }) => status === 429);
  expect(refused?.body.code).toBe('too_many_attempts');
  expect(refused?.headers['retry-after']).toBe('60');
  let sent = 1;
  for (let n = 0; n < 8; n++) {
    later(minute);
    if ((await (await newPhone()).post('/sign-in', { phone: number })).status === 202) sent++;
  }
  expect(sent).toBeLessThanOrEqual(5);
  const another = await bench.another();
  const late = await openPhone({ ...bench, app: another.app }, merchant, '203.0.113.9');
  expect((await late.post('/sign-in', { phone: number })).status).toBe(429);
  await another.close();
});

test('one address asks for twenty codes and no more, whatever the phones', async () => {
  later(60 * minute);
  const phone = await newPhone();
  const replies = await Promise.all(
    Array.from({ length: 25 }, () => phone.post('/sign-in', { phone: newNumber() })),
  );
  expect(replies.filter(({ status }) => status === 202)).toHaveLength(20);
  expect((await (await newPhone()).post('/sign-in', { phone: newNumber() })).status).toBe(202);
});

test('who has the code but has not agreed to the terms does not come in, and may with the same code after', async () => {
  const phone = await newPhone();
  const { number, code } = await asked(phone);
  expect((await enter(phone, number, wrong(code), {})).body.code).toBe('sign_in_code_wrong');
  expect((await enter(phone, number, code, {})).body.code).toBe('consent_required');
  const old = await enter(phone, number, code, { consent: { textVersion: 9 } });
  expect(old.body.code).toBe('consent_outdated');
  expect((await enter(phone, number, code)).status).toBe(201);
  // A member is not asked again.
  later(minute);
  await phone.post('/sign-in', { phone: number });
  expect((await enter(phone, number, await lastCode(bench, merchant), {})).status).toBe(201);
});

test('a session ends by signing out, everywhere if wanted, after thirty days, and with the member', async () => {
  const number = newNumber();
  const [one, two] = [await newPhone(), await newPhone()];
  await one.signIn(number);
  later(minute);
  await two.signIn(number);
  const kept = one.cookie;
  await one.post('/sign-out');
  expect((await one.get('/me')).status).toBe(401);
  one.cookie = kept;
  expect((await one.get('/me')).body.code).toBe('not_signed_in');
  expect((await two.get('/me')).status).toBe(200);
  later(minute);
  const member = await one.signIn(number);
  await two.post('/sign-out', { everywhere: true });
  expect((await one.get('/me')).status).toBe(401);
  later(minute);
  await one.signIn(number);
  const out = await merchant.post(`/v1/members/${member.id}/sign-out`);
  expect(out.body).toEqual({ id: member.id, signedOut: true });
  expect((await one.get('/me')).status).toBe(401);
  later(minute);
  await one.signIn(number);
  await merchant.post(`/v1/members/${member.id}/erase`, { reason: 'requested' });
  expect((await one.get('/me')).status).toBe(401);
  later(60 * minute);
  await two.signIn(newNumber());
  later(30 * 86_400_000);
  expect((await two.get('/me')).status).toBe(401);
});

test('a session of one merchant is none of another', async () => {
  const phone = await newPhone();
  await phone.signIn(newNumber());
  const elsewhere = await openPhone(bench, await bench.merchant());
  elsewhere.cookie = phone.cookie;
  expect((await elsewhere.get('/me')).body.code).toBe('not_signed_in');
});

test('a merchant that there is not has no door', async () => {
  const phone = await newPhone();
  const lost = { ...phone, slug: 'no-such-shop' };
  expect(lost.slug).not.toBe(phone.slug);
  const reply = await bench.app.inject({ url: '/v1/wallet/no-such-shop/me' });
  expect(reply.json()).toMatchObject({ code: 'merchant_not_found' });
});

const foreign: readonly (readonly [string, Record<string, string | undefined>])[] = [
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['a sibling site', { 'sec-fetch-site': 'same-site' }],
  ['an address that was typed', { 'sec-fetch-site': 'none' }],
  ['a form without our header', { 'scrip-client': undefined }],
  ['an old browser on another origin', { 'sec-fetch-site': undefined, origin: 'https://evil.example' }],
  ['a page without an origin', { 'sec-fetch-site': undefined, origin: 'null' }],
  ['who says nothing of where they come from', { 'sec-fetch-site': undefined }],
];
test.each(foreign)('what comes from %s changes nothing', async (_, headers) => {
  const phone = await newPhone();
  await phone.signIn(newNumber());
  for (const [path, body] of [
    ['/sign-out', {}],
    ['/sign-in', { phone: newNumber() }],
    ['/complaints', { text: 'x' }],
  ] as const) {
    expect((await phone.post(path, body, headers)).body.code).toBe('cross_origin');
  }
  expect((await phone.get('/me')).status).toBe(200);
});

test('an old browser on our own page is let in by its origin', async () => {
  const phone = await newPhone();
  for (const origin of ['http://localhost', 'http://localhost:80']) {
    const reply = await phone.post(
      '/sign-in',
      { phone: newNumber() },
      { 'sec-fetch-site': undefined, origin },
    );
    expect(reply.status, origin).toBe(202);
  }
});

test('a code stands nowhere in clear, before and after it was sent, and not at all when it is over', async () => {
  const phone = await newPhone();
  const { number, code } = await asked(phone);
  expect(code).toMatch(/^\d{6}$/);
  const tables = [
    'notices.notice',
    'members.sign_in_code',
    'members.session',
    'members.attempt',
    'ledger.activity',
  ];
  for (const table of tables) {
    const hits = await rowsOf(
      bench,
      `select 1 as hit from ${table} t where t::text like '%' || $1 || '%'
       or t::text like '%' || encode($1::bytea, 'hex') || '%' or t::text like '%' || $2 || '%'`,
      [`"${code}"`, number],
    );
    expect(hits, table).toEqual([]);
  }
  later(5 * minute + 1);
  expect(await lastCode(bench, merchant)).toBe('none');
  await bench.runJobs('notices.forget');
  const [left] = await rowsOf(
    bench,
    `select count(*)::int as n from notices.notice where event = 'sign_in_code' and sealed_content is not null`,
  );
  expect(left).toEqual({ n: 0 });
});
