import { hash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench, type TestMerchant } from '../../../test/harness.ts';
import { sampleId } from '../../../test/samples.ts';
import { ceilingWords } from './permissions.ts';

type Key = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly key: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
};
type Page = { readonly items: readonly Key[]; readonly nextCursor: string | null };
type Id = { readonly id: string };

let bench: TestBench;
let owner: TestMerchant;
let database: pg.Client;

beforeAll(async () => {
  bench = await openBench();
  owner = await bench.merchant();
  database = new pg.Client({ connectionString: bench.ownerUrl });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await bench.close();
});

async function makeKey(terms: Readonly<Record<string, unknown>>): Promise<Key & { readonly key: string }> {
  const made = await owner.post<Key>('/v1/api-keys', { name: 'a key', ...terms });
  expect(made.status, made.text).toBe(201);
  return { ...made.body, key: made.body.key ?? '' };
}

/** Everything the database has of people and of what they did, as text. */
async function storedText(): Promise<string> {
  const stored: string[] = [];
  for (const table of ['people.api_key', 'people.staff', 'people.key_use', 'ledger.activity']) {
    const { rows } = await database.query<{ row: string }>(`select t::text as row from ${table} t`);
    stored.push(...rows.map(({ row }) => row));
  }
  return stored.join('\n');
}

test('a key is shown once: a repeated request has the same answer without it', async () => {
  const body = { name: 'shown once', role: 'clerk' };
  const first = await owner.post<Key>('/v1/api-keys', body, 'shown-once');
  const second = await owner.post<Key>('/v1/api-keys', body, 'shown-once');
  expect(first.body.key).toMatch(/^sk_[A-Za-z0-9_-]{43}$/);
  expect(second.status).toBe(201);
  expect(second.body).toStrictEqual({ ...first.body, key: null });
  expect(second.headers['idempotent-replayed']).toBe('true');
  const other = await owner.post('/v1/api-keys', { ...body, role: 'manager' }, 'shown-once');
  expect(other.body.code).toBe('idempotency_key_reused');
});

test('the database has the hash of a key, and the key nowhere', async () => {
  const { key, prefix } = await makeKey({ role: 'clerk' });
  const stored = await storedText();
  expect(stored).toContain(hash('sha256', key, 'hex'));
  expect(stored).toContain(prefix);
  const secret = key.slice(prefix.length);
  for (const form of [secret, Buffer.from(key).toString('hex'), Buffer.from(key).toString('base64')]) {
    expect(stored).not.toContain(form);
  }
});

test('keys are listed by prefix with their last use, page by page', async () => {
  const { id, key, prefix } = await makeKey({ role: 'clerk', name: 'listed' });
  const find = async () => {
    const keys: Key[] = [];
    let cursor: string | null = null;
    do {
      const after: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await owner.get<Page>(`/v1/api-keys?limit=2${after}`);
      keys.push(...body.items);
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(new Set(keys.map((one) => one.id)).size).toBe(keys.length);
    return keys.find((one) => one.id === id);
  };
  expect(await find()).toMatchObject({ name: 'listed', prefix, lastUsedAt: null, revokedAt: null });
  expect(await find()).not.toHaveProperty('key');
  bench.time.now = new Date('2026-11-22T05:00:00Z');
  await bench.client(key).get('/v1/me');
  await bench.runJobs('people.noteKeyUses');
  expect(await find()).toMatchObject({ lastUsedAt: '2026-11-22T05:00:00.000Z' });
  expect((await owner.get('/v1/api-keys?cursor=nothing')).body).toMatchObject({
    code: 'invalid_request',
    field: 'cursor',
  });
});

test('a last use never goes back', async () => {
  const { id, key } = await makeKey({ role: 'clerk' });
  for (const time of ['2026-11-22T07:00:00Z', '2026-11-22T06:00:00Z']) {
    bench.time.now = new Date(time);
    await bench.client(key).get('/v1/me');
    await bench.runJobs('people.noteKeyUses');
  }
  const { body } = await owner.get<Page>('/v1/api-keys?limit=200');
  expect(body.items.find((one) => one.id === id)?.lastUsedAt).toBe('2026-11-22T07:00:00.000Z');
});

test('a revoked key is refused at once, also by another process that has just served it', async () => {
  const { id, key } = await makeKey({ role: 'owner', name: 'to be revoked' });
  const other = await bench.another();
  try {
    const clients = [bench.client(key), other.client(key)];
    for (const [at, client] of clients.entries()) {
      expect((await client.get('/v1/me')).status).toBe(200);
      expect((await client.post('/v1/legal-entities', { name: `East ${at}` })).status).toBe(201);
    }
    expect((await owner.post(`/v1/api-keys/${id}/revoke`)).body).toMatchObject({ id, name: 'to be revoked' });
    for (const client of clients) {
      expect((await client.get('/v1/me')).status).toBe(401);
      expect((await client.post('/v1/legal-entities', { name: 'West' })).status).toBe(401);
    }
  } finally {
    await other.close();
  }
});

test('a key ends at its time for reads and commands alike', async () => {
  bench.time.now = new Date('2026-11-22T08:00:00Z');
  const { key } = await makeKey({ role: 'owner', expiresAt: '2026-11-22T17:00:00+08:00' });
  const client = bench.client(key);
  bench.time.now = new Date('2026-11-22T08:59:59.999Z');
  expect((await client.get('/v1/me')).body).toMatchObject({ expiresAt: '2026-11-22T09:00:00.000Z' });
  expect((await client.post('/v1/legal-entities', { name: 'In time' })).status).toBe(201);
  bench.time.now = new Date('2026-11-22T09:00:00Z');
  expect((await client.get('/v1/me')).status).toBe(401);
  expect((await client.post('/v1/legal-entities', { name: 'Too late' })).status).toBe(401);
});

test('the last key of an owner cannot be revoked, by itself least of all', async () => {
  const alone = await bench.merchant();
  const { body } = await alone.get<{ keyId: string }>('/v1/me');
  const refusal = await alone.post(`/v1/api-keys/${body.keyId}/revoke`);
  expect(refusal).toMatchObject({ status: 409, body: { code: 'last_owner_key' } });
  expect((await alone.get('/v1/me')).status).toBe(200);
});

test('a ceiling binds every permission that can have one, to the minor unit', async () => {
  const ceilings = Object.fromEntries(ceilingWords.map((word) => [word, 5_000]));
  const { key } = await makeKey({ permissions: ceilingWords, ceilings });
  const limited = bench.client(key);
  const storeId = sampleId('store');
  const asked = (amount: number): Record<(typeof ceilingWords)[number], [path: string, body: unknown]> => {
    const payment = { tender: 'cash', amount, reference: 'R' };
    const paid = { code: 'sample', amount, currency: 'CNY', storeId, reference: 'R' };
    return {
      'cards.activate': ['/v1/cards/activate', { cards: [{ serial: '1' }], storeId, payment }],
      'cards.redeem': ['/v1/redemptions', paid],
      'cards.hold': ['/v1/holds', paid],
      'cards.refund': [`/v1/redemptions/${sampleId('red')}/refunds`, { amount, reason: 'r' }],
      'cards.reload': [`/v1/cards/${sampleId('card')}/reload`, { amount, storeId, payment }],
      'memberships.sell': [
        '/v1/memberships',
        { memberId: sampleId('mem'), planId: sampleId('mpl'), storeId, payment },
      ],
      'payments.refund': [`/v1/payment-orders/${sampleId('pay')}/refund`, { amount, reason: 'r' }],
      'wallets.top_up': ['/v1/wallet-top-ups', { memberId: sampleId('mem'), storeId, amount, payment }],
      'checkout.sell': [
        '/v1/purchases',
        {
          storeId,
          reference: 'R',
          lines: [{ name: 'Tea', price: amount }],
          tenders: [{ kind: 'money', tender: 'cash', amount }],
        },
      ],
      'checkout.refund': [`/v1/purchases/${sampleId('pur')}/refunds`, { amount, reason: 'r' }],
      'wallets.adjust': [
        `/v1/wallets/${sampleId('mem')}/adjustments`,
        { kind: 'bonus', amount, reason: 'r' },
      ],
      'wallets.refund': [
        `/v1/wallet-top-ups/${sampleId('tup')}/refunds`,
        { amount, reason: 'r', payment: { tender: 'cash', reference: 'R' } },
      ],
      'rechargecards.sell': ['/v1/recharge-cards/sales', { numbers: ['1'], storeId, payment }],
      'cards.adjust': [`/v1/cards/${sampleId('card')}/adjust`, { amount, reason: 'r' }],
    };
  };
  for (const word of ceilingWords) {
    const [over, overBody] = asked(5_001)[word];
    expect((await limited.post(over, overBody)).body.code, word).toBe('amount_over_ceiling');
    const [within, withinBody] = asked(5_000)[word];
    expect((await limited.post(within, withinBody)).status, word).toBe(404);
  }
  const [path, body] = asked(-5_001)['cards.adjust'];
  expect((await limited.post(path, body)).body.code).toBe('amount_over_ceiling');
});

test('a key says who it is, for whom, and what it may do', async () => {
  const store = await owner.post<Id>('/v1/stores', { code: 'ME', name: 'Me' });
  const device = await owner.post<Id>('/v1/devices', { storeId: store.body.id, name: 'Till 1' });
  const member = await owner.post<Id>('/v1/staff', { name: '李娜', role: 'clerk' });
  expect(member.body).toMatchObject({ name: '李娜', role: 'clerk', state: 'active' });
  const { id, key } = await makeKey({
    staffId: member.body.id,
    deviceId: device.body.id,
    ceilings: { 'cards.redeem': 500 },
  });
  const { body } = await bench.client(key).get('/v1/me');
  expect(body).toMatchObject({
    keyId: id,
    role: 'clerk',
    storeIds: [store.body.id],
    ceilings: { 'cards.redeem': 500 },
    staff: { id: member.body.id, name: '李娜' },
    deviceId: device.body.id,
    merchant: { id: owner.merchantId, currency: 'CNY', timezone: 'Asia/Shanghai' },
  });
});

test('who leaves loses their keys with the same answer, and their name is not in the log', async () => {
  const member = await owner.post<Id>('/v1/staff', { name: 'Han Meimei', role: 'manager' });
  const { id, key } = await makeKey({ staffId: member.body.id });
  const left = await owner.patch(`/v1/staff/${member.body.id}`, { state: 'left' });
  expect(left.body).toMatchObject({ id: member.body.id, state: 'left' });
  expect((await bench.client(key).get('/v1/me')).status).toBe(401);
  const { body } = await owner.get<Page>('/v1/api-keys?limit=200');
  expect(body.items.find((one) => one.id === id)?.revokedAt).not.toBeNull();
  const { rows } = await database.query<{ row: string }>('select a::text as row from ledger.activity a');
  expect(rows.filter(({ row }) => row.includes('Han Meimei'))).toStrictEqual([]);
});

test('a revoked device takes its keys with it', async () => {
  const store = await owner.post<Id>('/v1/stores', { code: 'DEV', name: 'Device' });
  const device = await owner.post<Id>('/v1/devices', { storeId: store.body.id, name: 'Till 1' });
  const { key } = await makeKey({ role: 'manager', deviceId: device.body.id });
  const till = bench.client(key);
  expect((await till.get(`/v1/stores/${store.body.id}`)).status).toBe(200);
  expect((await owner.post(`/v1/devices/${device.body.id}/revoke`)).body.state).toBe('revoked');
  expect((await till.get(`/v1/stores/${store.body.id}`)).status).toBe(401);
  expect((await till.patch(`/v1/stores/${store.body.id}`, { name: 'x' })).status).toBe(401);
});

test.each([
  [{ role: 'clerk', permissions: ['cards.verify'] }, 'permissions'],
  [{}, 'role'],
  [{ kind: 'public', staffId: sampleId('stf') }, 'kind'],
  [{ role: 'king' }, 'role'],
  [{ permissions: ['cards.steal'] }, 'permissions.0'],
  [{ permissions: [] }, 'permissions'],
  [{ role: 'clerk', storeIds: [] }, 'storeIds'],
  [{ role: 'clerk', storeIds: [sampleId('card')] }, 'storeIds.0'],
  [{ role: 'clerk', ceilings: { 'cards.read': 1 } }, 'ceilings.cards.read'],
  [{ role: 'clerk', ceilings: { 'cards.redeem': 0 } }, 'ceilings.cards.redeem'],
  [{ role: 'clerk', expiresAt: '2026-11-22' }, 'expiresAt'],
  [{ role: 'clerk', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  [{ role: 'clerk', secret: 'mine' }, 'secret'],
])('a key that is asked for wrongly is refused with the field at fault: %o', async (terms, field) => {
  const refusal = await owner.post('/v1/api-keys', { name: 'wrong', ...terms });
  expect(refusal).toMatchObject({ status: 400, body: { code: 'invalid_request', field } });
});

test('nothing of this was logged as an error', () => {
  expect(bench.errors).toStrictEqual([]);
});
