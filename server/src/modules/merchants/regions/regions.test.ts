import { afterAll, beforeAll, expect, test } from 'vitest';
import { hire } from '../../../../test/desk.ts';
import { openBench, type TestBench, type TestMerchant } from '../../../../test/harness.ts';
import { openTill, type Till } from '../../../../test/till.ts';

type Made = { readonly id: string; readonly code: string; readonly name: string };
type Store = Made & { readonly region: string | null; readonly regionName: string | null };
type Listed = { readonly items: readonly Made[] };

let bench: TestBench;
let till: Till;
let merchant: TestMerchant;

beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
  merchant = till.merchant;
});
afterAll(() => bench.close());

const add = (name: string) => merchant.post<Made>('/v1/regions', { name });
const storeNow = async (id: string) => (await merchant.get<Store>(`/v1/stores/${id}`)).body;

test('a rename is seen everywhere at once, and who works there and what is accepted stay as they were', async () => {
  const east = (await add('East')).body;
  const stores = { type: 'regions', regions: [east.code] };
  expect((await merchant.patch(`/v1/card-programs/${till.programId}`, { stores })).status).toBe(200);
  await merchant.post(`/v1/regions/${east.id}/stores`, { storeIds: [till.storeId] });
  const card = await till.card();
  const scope = { regions: [east.code] };
  const { browser } = await hire(bench, merchant, { role: 'clerk', scope });
  const worksIn = async () =>
    (await browser.get<{ stores: Made[] }>('/v1/session')).body.stores.map(({ id }) => id);
  await till.paid(card, 1);
  expect(await worksIn()).toEqual([till.storeId]);

  const renamed = await merchant.patch<Made>(`/v1/regions/${east.id}`, { name: '华东' });
  expect(renamed.body).toEqual({ ...east, name: '华东' });
  expect(await storeNow(till.storeId)).toMatchObject({ region: east.code, regionName: '华东' });
  expect((await merchant.get<Listed>('/v1/regions')).body.items).toEqual([renamed.body]);
  await till.paid(card, 1);
  await till.refuses('store_not_accepting', () => till.pay(card, 1, { storeId: till.otherStoreId }));
  expect(await worksIn()).toEqual([till.storeId]);

  await merchant.post(`/v1/regions/${east.id}/stores`, { storeIds: [till.otherStoreId] });
  await till.paid(card, 1, { storeId: till.otherStoreId });
  expect((await worksIn()).sort()).toEqual([till.storeId, till.otherStoreId].sort());
});

test('a name and a code are of one region, and another merchant may use the same', async () => {
  const body = { name: 'North', code: 'N' };
  expect((await merchant.post('/v1/regions', body)).status).toBe(201);
  const taken = async (asked: object) => {
    const { status, body: answer } = await merchant.post('/v1/regions', asked);
    return [status, answer.code, answer.field];
  };
  expect(await taken({ name: 'North' })).toEqual([409, 'region_taken', 'name']);
  expect(await taken({ name: 'Far north', code: 'N' })).toEqual([409, 'region_taken', 'code']);
  const south = (await add('South')).body;
  const renamed = await merchant.patch(`/v1/regions/${south.id}`, { name: 'North' });
  expect([renamed.status, renamed.body.code]).toEqual([409, 'region_taken']);
  expect((await merchant.patch(`/v1/regions/${south.id}`, { name: 'South' })).status).toBe(200);
  const stranger = await bench.merchant();
  expect((await stranger.post('/v1/regions', body)).status).toBe(201);
  const replies = await Promise.all(Array.from({ length: 8 }, () => add('At once')));
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
});

test('a region that stores are in is not retired, and none comes into one that is', async () => {
  const west = (await add('West')).body;
  const path = `/v1/regions/${west.id}`;
  const made = await merchant.post<Store>('/v1/stores', { code: 'W', name: 'W', region: west.code });
  await merchant.patch(`/v1/stores/${made.body.id}`, { state: 'closed' });
  const held = await merchant.patch(path, { state: 'retired' });
  expect([held.status, held.body.code]).toEqual([409, 'region_in_use']);
  await merchant.patch(`/v1/stores/${made.body.id}`, { region: null });
  expect((await merchant.patch(path, { state: 'retired' })).body).toEqual({ ...west, state: 'retired' });
  const tries = [
    merchant.patch(`/v1/stores/${made.body.id}`, { region: west.code }),
    merchant.post('/v1/stores', { code: 'W2', name: 'W2', region: west.code }),
    merchant.post(`${path}/stores`, { storeIds: [made.body.id] }),
  ];
  for (const { body } of await Promise.all(tries)) expect(body.code).toBe('region_retired');
  const active = (await merchant.get<Listed>('/v1/regions?state=active')).body.items;
  expect(active.map(({ id }) => id)).not.toContain(west.id);
  await merchant.patch(path, { state: 'active' });
  expect((await merchant.post(`${path}/stores`, { storeIds: [made.body.id] })).status).toBe(200);
});

test('stores come into a region all or none, only by who acts for them, and each says so in the log', async () => {
  const delta = (await add('Delta')).body;
  const path = `/v1/regions/${delta.id}/stores`;
  const before = await storeNow(till.storeId);
  const unknown = 'store_01jd000000e008000000000000';
  const half = await merchant.post(path, { storeIds: [till.storeId, unknown] });
  expect([half.body.code, half.body.field]).toEqual(['store_not_found', 'storeIds.1']);
  expect(await storeNow(till.storeId)).toEqual(before);
  const limited = await till.key({ role: 'manager', storeIds: [till.otherStoreId] });
  expect((await limited.post(path, { storeIds: [till.storeId] })).body.code).toBe('store_out_of_scope');
  expect((await limited.post('/v1/regions', { name: 'Mine' })).body.code).toBe('store_out_of_scope');
  const rename = await limited.patch(`/v1/regions/${delta.id}`, { name: 'Mine' });
  expect(rename.body.code).toBe('store_out_of_scope');
  expect((await merchant.post(path, { storeIds: [till.storeId] })).status).toBe(200);
  const log = await merchant.get<{ items: { type: string; details: unknown }[] }>(
    `/v1/activities?type=store.updated&limit=1`,
  );
  expect(log.body.items).toMatchObject([
    { details: { before: { region: before.region }, after: { region: delta.code } } },
  ]);
});

test('a region of another merchant is one that there is not, by id and by code', async () => {
  const mine = (await merchant.post<Made>('/v1/regions', { name: 'Hidden', code: 'hidden' })).body;
  const stranger = await openTill(bench);
  const other = stranger.merchant;
  const codes = await Promise.all([
    other.patch(`/v1/regions/${mine.id}`, { name: 'Taken' }),
    other.post(`/v1/regions/${mine.id}/stores`, { storeIds: [stranger.storeId] }),
    other.patch(`/v1/stores/${stranger.storeId}`, { region: mine.code }),
    other.post('/v1/staff', { name: 'x', role: 'clerk', scope: { regions: [mine.code] } }),
    other.patch(`/v1/card-programs/${stranger.programId}`, {
      stores: { type: 'regions', regions: [mine.code] },
    }),
  ]);
  expect(codes.map(({ body }) => body.code)).toEqual(Array(5).fill('region_not_found'));
  expect((await other.get<Listed>('/v1/regions')).body.items).toEqual([]);
});

test('nothing of this was logged as an error', () => {
  expect(bench.errors).toStrictEqual([]);
});
