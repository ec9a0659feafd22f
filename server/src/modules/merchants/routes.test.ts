import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench, type TestMerchant } from '../../../test/harness.ts';

type Store = { readonly id: string; readonly code: string; readonly name: string };
type Page = { readonly items: readonly Store[]; readonly nextCursor: string | null };

let bench: TestBench;
let owner: TestMerchant;

beforeAll(async () => {
  bench = await openBench();
  owner = await bench.merchant({ name: '小店', currency: 'JPY', timezone: 'Asia/Tokyo' });
  await owner.post('/v1/regions', { code: 'East', name: '华东' });
});
afterAll(() => bench.close());

test('a merchant is what it was made as', async () => {
  expect((await owner.get('/v1/merchant')).body).toStrictEqual({
    id: owner.merchantId,
    name: '小店',
    currency: 'JPY',
    timezone: 'Asia/Tokyo',
    slug: `m-${owner.merchantId.slice(-8)}`,
    contact: { phone: null, email: null, address: null, website: null },
    terms: { zh: null, en: null },
    termsVersion: 1,
    widgetOrigins: [],
    createdAt: '2026-11-22T04:00:00.000Z',
  });
});

test('how to reach a merchant, and its terms, are changed one by one, by who acts for all of it', async () => {
  const other = await bench.merchant({ name: 'Other' });
  const first = {
    contact: { phone: '021-5555 0100', website: 'https://shop.example/' },
    terms: { en: 'No.' },
  };
  expect((await other.patch('/v1/merchant', first)).body).toMatchObject({ ...first, termsVersion: 2 });
  const second = await other.patch('/v1/merchant', { contact: { phone: null, email: 'desk@shop.example' } });
  expect(second.body).toMatchObject({
    contact: { phone: null, email: 'desk@shop.example', address: null, website: 'https://shop.example/' },
    terms: { zh: null, en: 'No.' },
    termsVersion: 2,
  });
  const website = 'javascript:alert(1)';
  const refused = await other.patch('/v1/merchant', { contact: { website } });
  expect(refused.body).toMatchObject({ code: 'invalid_request' });
});

test('a store is read back as it was answered, and a repeated request adds no second one', async () => {
  const entity = await owner.post<{ id: string }>('/v1/legal-entities', {
    name: '东方',
    registration: '9131',
  });
  expect(entity.body).toMatchObject({ name: '东方', registration: '9131' });
  const body = { code: 'A 1', name: '一号店', region: 'East', legalEntityId: entity.body.id };
  const made = await owner.post<Store>('/v1/stores', body, 'store-a1');
  expect(made).toMatchObject({ status: 201, body: { ...body, regionName: '华东', state: 'open' } });
  expect((await owner.post('/v1/stores', body, 'store-a1')).text).toBe(made.text);
  expect((await owner.get(`/v1/stores/${made.body.id}`)).body).toStrictEqual(made.body);
});

test('a store is changed, closed and opened; what is left out stays', async () => {
  const made = await owner.post<Store>('/v1/stores', { code: 'B', name: 'B', region: 'East' });
  const path = `/v1/stores/${made.body.id}`;
  expect((await owner.patch(path, { name: 'B2', state: 'closed' })).body).toStrictEqual({
    ...made.body,
    name: 'B2',
    state: 'closed',
  });
  expect((await owner.post('/v1/devices', { storeId: made.body.id, name: 'Till' })).body.code).toBe(
    'store_closed',
  );
  const opened = await owner.patch(path, { region: null, state: 'open' });
  expect(opened.body).toMatchObject({ name: 'B2', region: null, regionName: null, state: 'open' });
  expect((await owner.get(path)).body).toStrictEqual(opened.body);
  expect((await owner.patch(path, { code: 'C' })).body).toMatchObject({
    code: 'invalid_request',
    field: 'code',
  });
});

test('one code asked for at once in two processes is given once', async () => {
  const other = await bench.another();
  try {
    const second = other.client(owner.apiKey);
    const asked = Array.from({ length: 10 }, (_, n) =>
      (n % 2 === 0 ? owner : second).post('/v1/stores', { code: 'RACE', name: `${n}` }),
    );
    const replies = await Promise.all(asked);
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = replies.filter(({ status }) => status === 409);
    expect(refused).toHaveLength(9);
    expect(new Set(refused.map(({ body }) => body.code))).toStrictEqual(new Set(['store_code_taken']));
  } finally {
    await other.close();
  }
});

test('pages hold every store once, oldest first, and the last has no cursor', async () => {
  const made: string[] = [];
  const chain = await bench.merchant();
  for (let n = 0; n < 7; n++) {
    bench.time.now = new Date(bench.time.now.getTime() + 1);
    made.push((await chain.post<Store>('/v1/stores', { code: `P${n}`, name: 'P' })).body.code);
  }
  for (const limit of [1, 3, 7, 50]) {
    const seen: string[] = [];
    let query = `?limit=${limit}`;
    for (;;) {
      const { body } = await chain.get<Page>(`/v1/stores${query}`);
      expect(body.items.length).toBeLessThanOrEqual(limit);
      seen.push(...body.items.map(({ code }) => code));
      if (body.nextCursor === null) break;
      query = `?limit=${limit}&cursor=${body.nextCursor}`;
    }
    expect(seen).toStrictEqual(made);
  }
});

test.each([
  [{ code: '', name: 'x' }, 'code'],
  [{ code: 'x' }, 'name'],
  [{ code: 'x', name: 'a\u0007b' }, 'name'],
  [{ code: 'x', name: 'x'.repeat(201) }, 'name'],
  [{ code: 'x', name: 'x', region: 5 }, 'region'],
  [{ code: 'x', name: 'x', legalEntityId: 'ent_1' }, 'legalEntityId'],
  [{ code: 'x', name: 'x', owner: 'me' }, 'owner'],
])('a store that is asked for wrongly is refused with the field at fault: %o', async (body, field) => {
  const refusal = await owner.post('/v1/stores', body);
  expect(refusal).toMatchObject({ status: 400, body: { code: 'invalid_request', field } });
});

test('nothing of this was logged as an error', () => {
  expect(bench.errors).toStrictEqual([]);
});

test('lists of stores and devices are narrowed by region, state and name, and go on by their cursor', async () => {
  const merchant = await bench.merchant();
  type Id = { readonly id: string };
  const add = async (path: string, body: unknown) => (await merchant.post<Id>(path, body)).body.id;
  for (const code of ['east', 'west']) await add('/v1/regions', { code, name: code });
  const east = await add('/v1/stores', { code: 'E1', name: 'Nanjing Road', region: 'east' });
  const west = await add('/v1/stores', { code: 'W1', name: 'West Lake', region: 'west' });
  const closed = await add('/v1/stores', { code: 'W2', name: 'West Gate', region: 'west' });
  await merchant.patch(`/v1/stores/${closed}`, { state: 'closed' });
  const till = await add('/v1/devices', { storeId: east, name: 'Till' });
  const phone = await add('/v1/devices', { storeId: west, name: 'Phone' });
  await merchant.post(`/v1/devices/${phone}/revoke`);
  const ids = async (path: string) =>
    (await merchant.get<{ items: Id[] }>(`/v1/${path}`)).body.items.map(({ id }) => id).sort();
  const some = (...wanted: string[]) => wanted.sort();
  expect(await ids('stores?region=west')).toEqual(some(west, closed));
  expect(await ids('stores?region=west&state=open')).toEqual([west]);
  expect(await ids('stores?text=WEST')).toEqual(some(west, closed));
  expect(await ids('stores?text=e1')).toEqual([east]);
  expect(await ids('stores?text=%25')).toEqual([]);
  expect(await ids(`devices?storeId=${west}`)).toEqual([phone]);
  expect(await ids('devices?state=active')).toEqual([till]);
  const renamed = await merchant.patch(`/v1/devices/${till}`, { name: 'Till by the door' });
  expect(renamed.body).toMatchObject({ id: till, name: 'Till by the door', state: 'active' });
  expect((await merchant.patch(`/v1/devices/${phone}`, { name: 'x' })).body.code).toBe('device_revoked');
});
