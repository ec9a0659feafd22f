import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Client, openBench, type TestBench } from '../../../test/harness.ts';
import { openTill, type Till } from '../../../test/till.ts';

let bench: TestBench;
let till: Till;
let deviceId: string;
/** The till's own key, bound to its device. */
let counter: Client;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  till = await openTill(bench);
  deviceId = await device('Till 1');
  counter = await till.key({ role: 'clerk', deviceId });
});

type Shift = {
  readonly id: string;
  readonly code?: string;
  readonly state: string;
  readonly expected: number | null;
  readonly difference: number | null;
  readonly takings: unknown;
};

const later = () => {
  bench.time.now = new Date(bench.time.now.getTime() + 1_000);
};

async function device(name: string, storeId = till.storeId): Promise<string> {
  return (await till.merchant.post<{ id: string }>('/v1/devices', { storeId, name })).body.id;
}

async function open(
  client = counter,
  more: Readonly<Record<string, unknown>> = { deviceId },
): Promise<string> {
  const made = await client.post<Shift>('/v1/shifts', {
    storeId: till.storeId,
    openingFloat: 50_000,
    ...more,
  });
  expect(made.status, made.text).toBe(201);
  return made.body.id;
}
const count = (id: string, amount: number, client = counter) =>
  client.post<Shift>(`/v1/shifts/${id}/count`, { amount });
const close = (id: string, reason?: string, client = counter) =>
  client.post<Shift>(`/v1/shifts/${id}/close`, reason === undefined ? {} : { reason });

test('a list is of the asker’s stores and can be narrowed; the newest comes first', async () => {
  const first = await open();
  await count(first, 50_000);
  later();
  const second = await open();
  later();
  const elsewhere = await till.merchant.post<Shift>('/v1/shifts', {
    storeId: till.otherStoreId,
    openingFloat: 0,
  });
  const ids = async (query: string, client: Client = till.merchant) =>
    (await client.get<{ items: Shift[] }>(`/v1/shifts${query}`)).body.items.map(({ id }) => id);
  expect(await ids('')).toEqual([elsewhere.body.id, second, first]);
  expect(await ids(`?storeId=${till.storeId}&state=open`)).toEqual([second]);
  expect(await ids(`?deviceId=${deviceId}&limit=1`)).toEqual([second]);
  const manager = await till.key({ role: 'store_manager', storeIds: [till.otherStoreId] });
  expect(await ids('', manager)).toEqual([elsewhere.body.id]);
});

test('a shift of another store is not to be seen, counted, closed or corrected', async () => {
  const id = await open();
  const stranger = await till.key({ role: 'owner', storeIds: [till.otherStoreId] });
  for (const path of [`/v1/shifts/${id}/report`, `/v1/counter/shifts/${id}`]) {
    expect((await stranger.get(path)).body.code).toBe('store_out_of_scope');
  }
  expect((await count(id, 1, stranger)).body.code).toBe('store_out_of_scope');
  expect((await close(id, 'x', stranger)).body.code).toBe('store_out_of_scope');
  const correction = await stranger.post(`/v1/shifts/${id}/corrections`, { amount: 1, reason: 'x' });
  expect(correction.body.code).toBe('store_out_of_scope');
  expect((await stranger.post('/v1/shifts', { storeId: till.storeId, openingFloat: 0 })).body.code).toBe(
    'store_out_of_scope',
  );
});

test('what is no shift, and a device that is no good, are refused', async () => {
  const { merchant, storeId, otherStoreId } = till;
  const nobody = 'shift_01jd3v0000e008000000000zyd';
  for (const ask of [count(nobody, 1), close(nobody), merchant.get(`/v1/shifts/${nobody}/report`)]) {
    expect((await ask).body).toMatchObject({ code: 'shift_not_found' });
  }
  const at = (place: string, on: string) =>
    merchant.post('/v1/shifts', { storeId: place, deviceId: on, openingFloat: 0 });
  expect((await at(otherStoreId, deviceId)).body.code).toBe('device_not_found');
  await merchant.post(`/v1/devices/${deviceId}/revoke`);
  expect((await at(storeId, deviceId)).body.code).toBe('device_revoked');
  await merchant.patch(`/v1/stores/${otherStoreId}`, { state: 'closed' });
  expect((await merchant.post('/v1/shifts', { storeId: otherStoreId, openingFloat: 0 })).body.code).toBe(
    'store_closed',
  );
});
