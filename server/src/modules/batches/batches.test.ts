import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Batch, openPress, type Press, rowsOf, serialOf } from '../../../test/press.ts';
import { encodeId } from '../../kernel/id.ts';

let press: Press;

beforeAll(async () => {
  press = await openPress();
});
afterAll(async () => {
  expect(press.bench.errors).toStrictEqual([]);
  await press.close();
});

test('a batch goes from pending to ready, and its codes come out as a file for the printer', async () => {
  const batch = await press.order(3);
  expect(batch).toMatchObject({
    id: expect.stringMatching(/^batch_/),
    status: 'pending',
    quantity: 3,
    done: 0,
    programId: press.shop.programId,
    faceValue: 10_000,
    releasedAt: null,
  });
  expect((await press.release(batch)).body).toMatchObject({ status: 409, code: 'batch_not_ready' });
  await press.bench.runJobs();
  await press.expectComplete(batch, 3);

  const csv = await press.release(batch);
  expect(csv.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${batch.id}.csv"`,
    'cache-control': 'no-store',
  });
  expect(csv.text.split('\n')[0]).toBe('serial,code,pin,faceValue');
  const rows = rowsOf(csv.text);
  expect(rows.map(({ serial }) => serial)).toStrictEqual(
    [0, 1, 2].map((n) => String(serialOf(batch.firstSerial) + n).padStart(10, '0')),
  );
  for (const { code, pin, faceValue } of rows) {
    expect(faceValue).toBe('10000');
    const { body } = await press.shop.merchant.post('/v1/verifications', { code, pin });
    expect(body).toMatchObject({ state: 'printed' });
  }
  expect(await press.look(batch)).toMatchObject({ releasedAt: press.bench.time.now.toISOString() });
});

test('a later batch goes on with the serials where the earlier one ended', async () => {
  const [one, other] = [await press.order(5), await press.order(2)];
  expect(serialOf(other.firstSerial)).toBe(serialOf(one.lastSerial) + 1);
});

test('a merchant gets one decoy card with its first batch, under its own id and serial 0', async () => {
  await press.order(1);
  const { rows } = await press.owner.query(
    'select id, serial::int from cards.card where merchant_id = $1 and batch_id is null',
    [press.shop.merchant.id],
  );
  expect(rows).toStrictEqual([{ id: press.shop.merchant.id, serial: 0 }]);
});

test('batches are listed oldest first, page by page', async () => {
  type Page = { items: Batch[]; nextCursor: string | null };
  const whole = (await press.shop.merchant.get<Page>('/v1/card-batches')).body.items;
  const first = (await press.shop.merchant.get<Page>('/v1/card-batches?limit=1')).body;
  const rest = (await press.shop.merchant.get<Page>(`/v1/card-batches?cursor=${first.nextCursor}`)).body;
  expect([...first.items, ...rest.items]).toStrictEqual(whole);
  expect(whole.length).toBeGreaterThan(2);
  expect(whole.map(({ id }) => id)).toStrictEqual(whole.map(({ id }) => id).toSorted());
});

const unknownProgram = encodeId('prog', '01900000-0000-7000-8000-00000000dead');
test.each([
  ['no card at all', { quantity: 0 }, 400, 'invalid_request', 'quantity'],
  ['more than a million', { quantity: 1_000_001 }, 400, 'invalid_request', 'quantity'],
  ['cards of nothing', { faceValue: 0 }, 400, 'invalid_request', 'faceValue'],
  ['an unknown program', { programId: unknownProgram }, 404, 'program_not_found', 'programId'],
  ['a face value beyond the terms', { faceValue: 1_000_001 }, 422, 'face_value_not_offered', 'faceValue'],
])('%s is refused with its field, and takes no serials', async (_case, wrong, status, code, field) => {
  const before = await press.order(1);
  const body = { programId: press.shop.programId, quantity: 1, faceValue: 1, ...wrong };
  const reply = await press.shop.merchant.post('/v1/card-batches', body);
  expect(reply.body).toMatchObject({ status, code, field });
  const after = await press.order(1);
  expect(serialOf(after.firstSerial)).toBe(serialOf(before.lastSerial) + 1);
});

test("a batch that there is not, or is another merchant's, is not found", async () => {
  const batch = await press.order(1);
  const stranger = await press.bench.merchant();
  const path = `/v1/card-batches/${batch.id}`;
  for (const reply of [await stranger.get(path), await stranger.post(`${path}/release`)])
    expect(reply.body).toMatchObject({ status: 404, code: 'batch_not_found' });
});

test('a key for one store can neither have cards made nor take codes out', async () => {
  const storeIds = [press.shop.storeId];
  const made = await press.shop.merchant.post<{ key: string }>('/v1/api-keys', {
    name: 'k',
    role: 'owner',
    storeIds,
  });
  const key = press.bench.client(made.body.key);
  const batch = await press.order(1);
  for (const reply of [
    await key.post('/v1/card-batches', { programId: press.shop.programId, quantity: 1, faceValue: 1 }),
    await key.post(`/v1/card-batches/${batch.id}/release`),
  ])
    expect(reply.body).toMatchObject({ status: 403, code: 'store_out_of_scope' });
  await press.bench.runJobs();
});
