import { afterAll, beforeAll, expect, test } from 'vitest';
import { authenticator } from '../../../../../test/authenticator.ts';
import { type Browser, openBrowser } from '../../../../../test/browser.ts';
import { hire, signIn } from '../../../../../test/desk.ts';
import { openBench, type TestBench, type TestMerchant } from '../../../../../test/harness.ts';

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

/** Somebody with a passkey in a phone. */
async function withPasskey() {
  const hired = await hire(bench, merchant, { role: 'clerk' });
  const phone = authenticator();
  const { browser } = hired;
  const options = await browser.post('/v1/session/passkeys/options');
  const body = { response: phone.make(options.body), name: 'Phone' };
  const made = await browser.post<{ id: string; recoveryCodes: string[] | null }>(
    '/v1/session/passkeys',
    body,
  );
  expect(made.status, made.text).toBe(201);
  return { ...hired, phone, made: made.body };
}

const optionsFor = async (browser: Browser) => (await browser.post('/v1/session/passkey/options')).body;

test('a fingerprint signs a clerk in, without login and password, and counts as both factors', async () => {
  const { phone, made } = await withPasskey();
  expect(made.recoveryCodes).toHaveLength(10);
  const browser = elsewhere();
  const response = phone.sign(await optionsFor(browser));
  expect((await browser.post('/v1/session/passkey', { response })).body).toEqual({
    state: 'signed_in',
    factors: [],
  });
  expect((await browser.get('/v1/session')).body).toMatchObject({
    staff: { role: 'clerk' },
    hasSecondFactor: true,
  });
  const { items } = (await browser.get<{ items: object[] }>('/v1/session/passkeys')).body;
  expect(items).toMatchObject([{ id: made.id, name: 'Phone', lastUsedAt: expect.any(String) }]);
});

test('a passkey is a second factor after a password, a fresh proof, and no longer any when it is removed', async () => {
  const { phone, login, made } = await withPasskey();
  const browser = elsewhere();
  expect((await signIn(browser, login)).body).toEqual({
    state: 'second_factor_required',
    factors: ['passkey'],
  });
  const give = async () =>
    browser.post('/v1/session/passkey', { response: phone.sign(await optionsFor(browser)) });
  expect(codeOf(await give())).toBe('accepted');
  later(600);
  const remove = () => browser.post(`/v1/session/passkeys/${made.id}/remove`);
  expect(codeOf(await remove())).toBe('step_up_required');
  expect(codeOf(await give())).toBe('accepted');
  expect(codeOf(await remove())).toBe('accepted');
  expect(codeOf(await give())).toBe('passkey_not_good');
});

test('a passkey that signed anything else is refused', async () => {
  const { phone } = await withPasskey();
  const other = await withPasskey();
  const browser = elsewhere();
  const send = (response: object) => browser.post('/v1/session/passkey', { response });
  const used = phone.sign(await optionsFor(browser));
  expect(codeOf(await send(used))).toBe('accepted');
  await browser.post('/v1/session/end');
  expect(codeOf(await send(used)), 'a signature again').toBe('passkey_not_good');
  const options = await optionsFor(browser);
  const wrong: readonly (readonly [string, object])[] = [
    ['another site', phone.sign(options, { origin: 'https://evil.example' })],
    ['nobody verified', phone.sign(await optionsFor(browser), { flags: 0x01 })],
    ['a copy that lags behind', phone.sign(await optionsFor(browser), { uses: 1 })],
    ['a challenge of nobody', phone.sign({ challenge: 'AAAA' })],
    ['an unknown passkey', { ...phone.sign(await optionsFor(browser)), id: 'AAAA', rawId: 'AAAA' }],
    [
      'signed by another phone',
      {
        ...phone.sign(await optionsFor(browser)),
        id: other.phone.sign(options).id,
        rawId: other.phone.sign(options).id,
      },
    ],
  ];
  for (const [what, response] of wrong) expect(codeOf(await send(response)), what).toBe('passkey_not_good');
  const late = await optionsFor(browser);
  later(301);
  expect(codeOf(await send(phone.sign(late, { uses: 99 }))), 'too late').toBe('passkey_not_good');
});

test('a passkey made for another challenge, site or without a verified person is not kept', async () => {
  const { browser } = await hire(bench, merchant, { role: 'clerk' });
  const phone = authenticator();
  const keep = (response: object) => browser.post('/v1/session/passkeys', { response, name: 'x' });
  const options = async () => (await browser.post('/v1/session/passkeys/options')).body;
  expect(codeOf(await keep(phone.make({ ...(await options()), challenge: 'AAAA' })))).toBe(
    'passkey_not_good',
  );
  expect(codeOf(await keep(phone.make(await options(), { origin: 'https://evil.example' })))).toBe(
    'passkey_not_good',
  );
  expect(codeOf(await keep(phone.make(await options(), { flags: 0x41 })))).toBe('passkey_not_good');
  const made = phone.make(await options());
  expect(codeOf(await keep(made))).toBe('accepted');
  expect(codeOf(await keep(made))).toBe('passkey_not_good');
});

test('another person’s passkey is no second factor', async () => {
  const { login } = await withPasskey();
  const other = await withPasskey();
  const browser = elsewhere();
  await signIn(browser, login);
  const response = other.phone.sign(await optionsFor(browser));
  expect(codeOf(await browser.post('/v1/session/passkey', { response }))).toBe('passkey_not_good');
});
