import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, openBrowser } from '../../../../test/browser.ts';
import { goodPassword, type Hired, hire, signIn } from '../../../../test/desk.ts';
import { openBench, type Reply, type TestBench } from '../../../../test/harness.ts';
import { connectAsOwner, type Owner } from '../../../../test/owner.ts';
import { type CardInHand, openShop, type Shop } from '../../../../test/shop.ts';

// A phone at a counter: how a browser becomes it, who signs in on it, and what they may there.

let bench: TestBench;
let shop: Shop;
let eye: Owner;
let cards: CardInHand[];
beforeAll(async () => {
  bench = await openBench();
  shop = await openShop(bench);
  cards = await shop.sell(12);
  eye = await connectAsOwner(bench.ownerUrl);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await eye.close();
  await bench.close();
});

type Made = { readonly id: string };
type Code = { readonly code: string; readonly url: string; readonly expiresAt: string };
type SessionShown = {
  readonly device: { readonly id: string; readonly storeName: string } | null;
  readonly byPin: boolean;
  readonly permissions: readonly string[];
  readonly stores: readonly { readonly id: string }[];
};
const codeOf = ({ status, body }: Reply): string => (status < 300 ? 'accepted' : String(body.code));

let addresses = 0;
/** A browser in a network of its own, so that its guesses are counted apart. */
const phone = () => openBrowser(bench.app, { address: `198.51.100.${++addresses}` });

async function newDevice(storeId = shop.storeId): Promise<string> {
  return (await shop.merchant.post<Made>('/v1/devices', { storeId, name: 'Phone' })).body.id;
}
async function codeFor(deviceId: string): Promise<string> {
  const reply = await shop.merchant.post<Code>(`/v1/devices/${deviceId}/pairing`);
  expect(reply.status, reply.text).toBe(201);
  expect(reply.body.url).toBe(`/counter#/pair?code=${reply.body.code}`);
  return reply.body.code;
}
const claim = (at: Browser, code: string) => at.post('/v1/pairings/claim', { code, name: 'Counter 1' });

async function paired(storeId = shop.storeId): Promise<{ at: Browser; deviceId: string }> {
  const deviceId = await newDevice(storeId);
  const at = phone();
  expect(codeOf(await claim(at, await codeFor(deviceId)))).toBe('accepted');
  return { at, deviceId };
}

/** Somebody with six digits. */
async function withPin(role = 'clerk', pin = '271828', more: object = {}): Promise<Hired> {
  const hired = await hire(bench, shop.merchant, { role, ...more });
  expect(codeOf(await hired.browser.post('/v1/session/device-pin', { pin }))).toBe('accepted');
  return hired;
}
const byPin = (at: Browser, staffId: string, pin = '271828') => at.post('/v1/session/pin', { staffId, pin });

let references = 0;
function redeem(at: Browser, amount: number, storeId = shop.storeId, [card] = cards) {
  const reference = `D${references++}`;
  const body = { code: card?.code, pin: card?.pin, amount, currency: 'CNY', storeId, reference };
  return at.post('/v1/redemptions', body, { 'idempotency-key': reference });
}

test('a code pairs one browser of fifty that claim it at once, and none after', async () => {
  const code = await codeFor(await newDevice());
  const all = Array.from({ length: 50 }, phone);
  const answers = (await Promise.all(all.map((at) => claim(at, code)))).map(codeOf);
  expect(answers.filter((one) => one === 'accepted')).toHaveLength(1);
  expect(new Set(answers)).toEqual(new Set(['accepted', 'link_not_good']));
  expect(codeOf(await claim(phone(), code))).toBe('link_not_good');
  const known = await Promise.all(all.map((at) => at.get('/v1/device')));
  expect(known.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('a code that was guessed, replaced or has expired pairs nothing, and all are one answer', async () => {
  const deviceId = await newDevice();
  const first = await codeFor(deviceId);
  const second = await codeFor(deviceId);
  const begun = bench.time.now;
  const answers = [await claim(phone(), 'A'.repeat(43)), await claim(phone(), first)];
  bench.time.now = new Date(begun.getTime() + 600_000);
  answers.push(await claim(phone(), second));
  expect(answers.map(({ status, text }) => [status, text])).toEqual(
    answers.map(() => [404, answers[0]?.text]),
  );
  expect(answers[0]?.body.code).toBe('link_not_good');
});

test('neither code nor cookie stands in the database, and the cookie is for this browser alone', async () => {
  const deviceId = await newDevice();
  const code = await codeFor(deviceId);
  const at = phone();
  await claim(at, code);
  const cookie = at.jar.get('scrip-device') ?? '';
  expect(cookie).toMatch(/^[\w-]{43}$/);
  const dump = JSON.stringify([
    await eye.rows('select * from signin.pairing'),
    await eye.rows('select * from ledger.activity'),
  ]);
  expect(dump).not.toContain(code);
  expect(dump).not.toContain(cookie);
  const device = (
    await eye.rows('select name, paired_at from merchants.device where paired_at is not null')
  )[0];
  expect(device?.name).toBe('Counter 1');
});

test('who signs in on a device acts in its store alone, and within its limits for each and for the day', async () => {
  const { at, deviceId } = await paired();
  const { login } = await hire(bench, shop.merchant, { role: 'manager' });
  expect(codeOf(await signIn(at, login))).toBe('accepted');
  const shown = (await at.get<SessionShown>('/v1/session')).body;
  expect(shown.device).toMatchObject({ id: deviceId, storeName: 'First' });
  expect(shown.stores.map(({ id }) => id)).toEqual([shop.storeId]);
  expect(codeOf(await redeem(at, 10, shop.otherStoreId))).toBe('store_out_of_scope');
  expect(codeOf(await redeem(at, 500))).toBe('accepted');
  const ceilings = { 'cards.redeem': { each: 300, day: 1000 } };
  const limited = await shop.merchant.patch(`/v1/devices/${deviceId}`, { ceilings });
  expect(limited.body, limited.text).toMatchObject({ ceilings });
  expect(codeOf(await redeem(at, 301))).toBe('amount_over_ceiling');
  const together = await Promise.all(Array.from({ length: 10 }, () => redeem(at, 300)));
  const answers = together.map(codeOf);
  expect(answers.filter((one) => one === 'accepted')).toHaveLength(3);
  expect(new Set(answers)).toEqual(new Set(['accepted', 'amount_over_daily_ceiling']));
  // Elsewhere the same person is bound by nothing of it.
  const desk = phone();
  await signIn(desk, login);
  expect(codeOf(await redeem(desk, 400))).toBe('accepted');
});

test('the limits of a device bind the keys that are bound to it', async () => {
  const { deviceId } = await paired();
  const made = await shop.merchant.post<{ key: string }>('/v1/api-keys', {
    name: 'k',
    role: 'clerk',
    deviceId,
  });
  await shop.merchant.patch(`/v1/devices/${deviceId}`, { ceilings: { 'cards.redeem': { each: 5 } } });
  const [, card] = cards;
  const body = { code: card?.code, pin: card?.pin, amount: 6, currency: 'CNY', storeId: shop.storeId };
  const reply = await bench.client(made.body.key).post('/v1/redemptions', { ...body, reference: 'K1' });
  expect(codeOf(reply)).toBe('amount_over_ceiling');
});

test('a clerk signs in by six digits, for what is done at a counter and no more, whatever they are elsewhere', async () => {
  const { at } = await paired();
  const owner = await withPin('owner');
  const list = await at.get<{ staff: { id: string }[] }>('/v1/device');
  expect(list.body.staff.map(({ id }) => id)).toContain(owner.staffId);
  expect(codeOf(await byPin(at, owner.staffId))).toBe('accepted');
  const shown = (await at.get<SessionShown>('/v1/session')).body;
  expect(shown.byPin).toBe(true);
  expect(shown.permissions).toContain('cards.redeem');
  expect(shown.permissions).not.toContain('people.write');
  expect(codeOf(await redeem(at, 20))).toBe('accepted');
  expect(codeOf(await at.post('/v1/staff', { name: 'x', role: 'owner' }))).toBe('permission_denied');
  expect(codeOf(await at.post('/v1/session/device-pin', { pin: '314159' }))).toBe('step_up_required');
  expect(codeOf(await at.post('/v1/session/totp/begin'))).toBe('step_up_required');
  expect(codeOf(await at.post('/v1/session/merchant', { merchantId: shop.merchant.merchantId }))).toBe(
    'merchant_not_found',
  );
  expect((await at.get<SessionShown>('/v1/session')).body.byPin).toBe(true);
});

test('digits are good on a paired device only, are not simple, and take a fresh proof', async () => {
  const clerk = await withPin();
  expect(codeOf(await byPin(phone(), clerk.staffId))).toBe('device_unknown');
  for (const pin of ['000000', '123456', '654321']) {
    expect(codeOf(await clerk.browser.post('/v1/session/device-pin', { pin }))).toBe('pin_too_simple');
  }
  bench.time.now = new Date(bench.time.now.getTime() + 301_000);
  expect(codeOf(await clerk.browser.post('/v1/session/device-pin', { pin: '314159' }))).toBe(
    'step_up_required',
  );
  const rows = JSON.stringify(await eye.rows('select pin_hash from signin.device_pin'));
  expect(rows).not.toContain('271828');
});

test('guesses at digits are counted before they are looked at: of fifty at once five are heard, the right one among them or not', async () => {
  const { at } = await paired();
  const clerk = await withPin();
  const guesses = Array.from({ length: 50 }, (_, n) => byPin(at, clerk.staffId, String(500_000 + n * 7)));
  const answers = (await Promise.all(guesses)).map(codeOf);
  expect(answers.filter((one) => one === 'sign_in_refused')).toHaveLength(5);
  expect(answers.filter((one) => one === 'too_many_attempts')).toHaveLength(45);
  expect(codeOf(await byPin(at, clerk.staffId))).toBe('too_many_attempts');
  // Another one's digits, and another device, are counted apart.
  const colleague = await withPin();
  expect(codeOf(await byPin(at, colleague.staffId))).toBe('accepted');
  const elsewhere = await paired();
  expect(codeOf(await byPin(elsewhere.at, clerk.staffId))).toBe('accepted');
  bench.time.now = new Date(bench.time.now.getTime() + 900_000);
  expect(codeOf(await byPin(at, clerk.staffId))).toBe('accepted');
});

test('a revoked device ends at the very next command, in every process, with all who are signed in on it', async () => {
  const { at, deviceId } = await paired();
  const clerk = await withPin();
  await byPin(at, clerk.staffId);
  const second = await bench.another();
  const there = openBrowser(second.app, { address: '198.51.100.250' });
  for (const [name, value] of at.jar) there.jar.set(name, value);
  expect(codeOf(await redeem(there, 10))).toBe('accepted');
  expect(codeOf(await redeem(at, 10))).toBe('accepted');
  await shop.merchant.post(`/v1/devices/${deviceId}/revoke`);
  expect(codeOf(await redeem(there, 10))).toBe('unauthenticated');
  expect(codeOf(await redeem(at, 10))).toBe('unauthenticated');
  expect(codeOf(await at.get('/v1/stores'))).toBe('unauthenticated');
  expect(codeOf(await at.get('/v1/device'))).toBe('device_unknown');
  expect(codeOf(await byPin(at, clerk.staffId))).toBe('device_unknown');
  expect(codeOf(await shop.merchant.post(`/v1/devices/${deviceId}/pairing`))).toBe('device_revoked');
  await second.close();
});

test('paired anew, the browser before is no device any more, nor signed in', async () => {
  const { at, deviceId } = await paired();
  const { login } = await hire(bench, shop.merchant, { role: 'clerk' });
  await signIn(at, login);
  const next = phone();
  expect(codeOf(await claim(next, await codeFor(deviceId)))).toBe('accepted');
  expect(codeOf(await at.get('/v1/device'))).toBe('device_unknown');
  expect(codeOf(await redeem(at, 10))).toBe('unauthenticated');
  expect(codeOf(await next.get('/v1/device'))).toBe('accepted');
});

test('the cookie of a device is renewed when somebody signs in; the one before is good until the next', async () => {
  const { at, deviceId } = await paired();
  const { login } = await hire(bench, shop.merchant, { role: 'clerk' });
  const before = at.jar.get('scrip-device') ?? '';
  bench.time.now = new Date(bench.time.now.getTime() + 3_600_000);
  expect((await at.post('/v1/session', { login, password: goodPassword })).status).toBe(200);
  expect(at.jar.get('scrip-device')).not.toBe(before);
  const lost = phone();
  lost.jar.set('scrip-device', before);
  expect(codeOf(await lost.get('/v1/device'))).toBe('accepted');
  expect(codeOf(await at.get('/v1/session'))).toBe('accepted');
  await bench.runJobs('signin.noteUses');
  const list = await shop.merchant.get<{ items: { id: string; lastSeenAt: string | null }[] }>(
    '/v1/devices?limit=200',
  );
  const seen = list.body.items.find(({ id }) => id === deviceId)?.lastSeenAt;
  expect(seen).toBe(bench.time.now.toISOString());
});

test('who is of other stores, or of no merchant here, does nothing on a device', async () => {
  const { at } = await paired();
  const elsewhere = await withPin('clerk', '271828', { scope: { storeIds: [shop.otherStoreId] } });
  await byPin(at, elsewhere.staffId);
  expect(codeOf(await redeem(at, 10))).toBe('store_out_of_scope');
  const stranger = await bench.merchant();
  const { staffId } = await hire(bench, stranger, { role: 'clerk' });
  expect(codeOf(await byPin(at, staffId))).toBe('sign_in_refused');
});
