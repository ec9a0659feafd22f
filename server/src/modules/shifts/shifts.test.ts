import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Client, openBench, type TestBench } from '../../../test/harness.ts';
import { openTill, sell, type Till } from '../../../test/till.ts';

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
const report = async (id: string) => (await till.merchant.get<Shift>(`/v1/shifts/${id}/report`)).body;

/** Sells a card at this client's counter. */
async function sale(client: Client, tender: string, amount = 10_000) {
  const card = await till.blank(amount);
  const reply = await sell({ ...till, merchant: { ...till.merchant, ...client } }, [card], amount, {
    payment: { tender, amount, reference: 'R1' },
  });
  expect(reply.body, reply.text).toMatchObject({ activated: 1 });
  return card;
}

test('a shift has what was sold, reloaded, redeemed, refunded and reversed at its device, by tender', async () => {
  await sale(counter, 'cash');
  const id = await open();
  const card = await sale(counter, 'cash');
  await sale(counter, 'wechat_pay', 20_000);
  const payment = { tender: 'cash', amount: 3_000, reference: 'R2' };
  const { storeId } = till;
  expect(
    (await counter.post(`/v1/cards/${card.id}/reload`, { amount: 3_000, storeId, payment })).status,
  ).toBe(201);
  const pay = (amount: number, reference: string) =>
    counter.post<{ id: string }>('/v1/redemptions', {
      code: card.code,
      pin: card.pin,
      amount,
      currency: 'CNY',
      storeId,
      reference,
    });
  const paid = await pay(4_000, 'a');
  expect(paid.status, paid.text).toBe(201);
  await pay(500, 'b');
  await counter.post(`/v1/redemptions/${paid.body.id}/refunds`, { amount: 1_000, reason: 'too much' });
  await counter.post('/v1/reversals', { reference: 'b', storeId });
  await sale(till.merchant, 'cash');
  const cny = (amount: number, of: number) => ({ currency: 'CNY', amount, count: of });
  expect(await report(id)).toMatchObject({
    state: 'open',
    openingFloat: 50_000,
    expected: 63_000,
    takings: {
      sold: [
        { tender: 'cash', ...cny(10_000, 1) },
        { tender: 'wechat_pay', ...cny(20_000, 1) },
      ],
      reloaded: [{ tender: 'cash', ...cny(3_000, 1) }],
      returned: [],
      redeemed: [cny(4_500, 2)],
      refunded: [cny(-1_000, 1)],
      reversed: [cny(-500, 1)],
    },
  });
});

test('the counter is told what should be in the drawer after its count, not before', async () => {
  const id = await open();
  await sale(counter, 'cash');
  const looked = () => counter.get<Shift>(`/v1/counter/shifts/${id}`);
  expect((await looked()).body).toMatchObject({ state: 'open', expected: null, takings: null });
  expect((await counter.get(`/v1/shifts/${id}/report`)).body.code).toBe('permission_denied');
  expect((await count(id, 59_000)).body).toMatchObject({ state: 'counted', counted: 59_000, expected: null });
  expect((await looked()).body).toMatchObject({ state: 'counted', expected: 60_000, difference: -1_000 });
  expect((await count(id, 60_000)).body.code).toBe('shift_not_open');
});

test('a difference needs a reason and becomes the store’s loss or gain; the drawer’s account is then what was counted', async () => {
  const id = await open();
  await sale(counter, 'cash');
  expect((await close(id)).body.code).toBe('shift_not_counted');
  await count(id, 59_000);
  expect((await close(id)).body).toMatchObject({
    code: 'shift_reason_required',
    detail: '60000 was expected.',
  });
  expect((await close(id, 'gave too much change')).body).toMatchObject({
    state: 'closed',
    counted: 59_000,
    expected: 60_000,
    difference: -1_000,
    reason: 'gave too much change',
  });
  expect(await till.total('tender', till.storeId)).toBe(-9_000);
  expect(await till.total('cash_difference', till.storeId)).toBe(-1_000);
  expect((await close(id, 'again')).body.code).toBe('shift_closed');
  const balanced = await till.merchant.get<{ balanced: boolean }>('/v1/ledger/trial-balance');
  expect(balanced.body.balanced).toBe(true);
});

test('a shift whose cash is right closes without a word and moves nothing', async () => {
  const id = await open();
  await sale(counter, 'cash');
  await count(id, 60_000);
  const closed = await counter.post<Shift>(`/v1/shifts/${id}/close`, {}, 'close-1');
  expect(closed.body).toMatchObject({ state: 'closed', difference: 0, reason: null });
  expect((await counter.post(`/v1/shifts/${id}/close`, {}, 'close-1')).text).toBe(closed.text);
  expect(await till.total('cash_difference')).toBe(0);
});

test('a correction is an entry of its own; the shift stays closed and what was counted stays written', async () => {
  const id = await open();
  const correct = (client: Client, amount: number) =>
    client.post<Shift>(`/v1/shifts/${id}/corrections`, { amount, reason: 'found under the drawer' });
  expect((await correct(till.merchant, 500)).body.code).toBe('shift_not_closed');
  await count(id, 49_000);
  await close(id, 'short');
  expect((await correct(counter, 500)).body.code).toBe('permission_denied');
  expect((await correct(till.merchant, 1_000)).body).toMatchObject({
    state: 'closed',
    counted: 49_000,
    corrected: 1_000,
    difference: 0,
  });
  expect(await till.total('cash_difference')).toBe(0);
});

test('of many that open a shift on one device at once, one does', async () => {
  const replies = await Promise.all(
    Array.from({ length: 20 }, () =>
      counter.post('/v1/shifts', { storeId: till.storeId, deviceId, openingFloat: 0 }),
    ),
  );
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
  const others = replies.filter(({ status }) => status !== 201);
  expect(new Set(others.map(({ body }) => body.code))).toEqual(new Set(['shift_already_open']));
});

test('in two processes at once it is one too', async () => {
  const second = await bench.another();
  const made = await till.merchant.post<{ key: string }>('/v1/api-keys', {
    name: 'k',
    role: 'clerk',
    deviceId,
  });
  const there = second.client(made.body.key);
  const replies = await Promise.all(
    [counter, there, counter, there].map((client) =>
      client.post('/v1/shifts', { storeId: till.storeId, deviceId, openingFloat: 0 }),
    ),
  );
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(replies.filter(({ body }) => body.code === 'shift_already_open')).toHaveLength(3);
  await second.close();
});

test('with its count the next shift may begin, and each sale is of one of them', async () => {
  const first = await open();
  await sale(counter, 'cash');
  await count(first, 60_000);
  const second = await open();
  await sale(counter, 'cash', 20_000);
  expect([(await report(first)).expected, (await report(second)).expected]).toEqual([60_000, 70_000]);
  await close(first);
  expect((await report(first)).expected).toBe(60_000);
});

test('without a device it is of whoever opened it; a sale at a device with an open shift is of that one alone', async () => {
  const clerk = await till.key({ role: 'clerk' });
  const own = await open(clerk, {});
  expect((await clerk.post('/v1/shifts', { storeId: till.storeId, openingFloat: 0 })).body.code).toBe(
    'shift_already_open',
  );
  const byTill = await open(counter, {});
  await sale(clerk, 'cash');
  await sale(counter, 'cash', 20_000);
  expect([(await report(own)).expected, (await report(byTill)).expected]).toEqual([60_000, 70_000]);
  const onDevice = await open(till.merchant, { deviceId });
  await sale(counter, 'cash', 30_000);
  expect([(await report(byTill)).expected, (await report(onDevice)).expected]).toEqual([70_000, 80_000]);
  expect(await unfinished(clerk)).toEqual(
    [`open ${own} own`, `open ${byTill}`, `open ${onDevice}`].toSorted(),
  );
  expect(await unfinished(counter, `&deviceId=${deviceId}`)).toEqual(
    [`open ${own}`, `open ${byTill}`, `open ${onDevice} own`].toSorted(),
  );
});

const unfinished = async (client: Client, more = '') => {
  type Unfinished = Shift & { readonly own: boolean };
  const path = `/v1/counter/shifts?storeId=${till.storeId}${more}`;
  const { body, text } = await client.get<{ items: Unfinished[] }>(path);
  expect(body.items, text).toBeInstanceOf(Array);
  return body.items.map(({ id, state, own }) => `${state} ${id}${own ? ' own' : ''}`).toSorted();
};

test('a shift that was counted is told to every counter of the store until it is closed, by whomever', async () => {
  const id = await open();
  await sale(counter, 'cash');
  await count(id, 59_000);
  const next = await open();
  const other = await till.key({ role: 'clerk', storeIds: [till.storeId] });
  expect(await unfinished(other)).toEqual([`counted ${id}`, `open ${next}`].toSorted());
  const told = await other.get<{ items: Shift[] }>(`/v1/counter/shifts?storeId=${till.storeId}`);
  expect(told.body.items.map(({ expected }) => expected)).toEqual([null, null]);
  expect((await close(id, 'ten short', other)).status).toBe(200);
  expect(await unfinished(counter, `&deviceId=${deviceId}`)).toEqual([`open ${next} own`]);
  const elsewhere = await till.key({ role: 'clerk', storeIds: [till.otherStoreId] });
  await till.refuses('store_out_of_scope', () => elsewhere.get(`/v1/counter/shifts?storeId=${till.storeId}`));
});

test('a count takes in what was sold before it, whoever sells and counts at the same moment', async () => {
  const id = await open();
  const cards = await till.issue(12);
  const selling = cards.map((card) =>
    counter.post('/v1/cards/activate', {
      cards: [{ serial: card.serial }],
      storeId: till.storeId,
      payment: { tender: 'cash', amount: 10_000, reference: 'R' },
    }),
  );
  const counting = count(id, 0);
  const closing = counter.post<Shift>(`/v1/shifts/${id}/close`, { reason: 'a race' });
  await Promise.all([...selling, counting, closing]);
  const early = (await closing).body;
  const closed = early.state === 'closed' ? early : (await close(id, 'after the race')).body;
  expect(closed.state).toBe('closed');
  const { takings, expected } = await report(id);
  const [cash] = (takings as { sold: { amount: number }[] }).sold;
  expect(closed.expected).toBe(expected);
  expect(expected).toBe(50_000 + (cash?.amount ?? 0));
});
