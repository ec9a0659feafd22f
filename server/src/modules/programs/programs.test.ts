import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench, type TestMerchant } from '../../../test/harness.ts';
import { openShop } from '../../../test/shop.ts';

let bench: TestBench;
let merchant: TestMerchant;

beforeAll(async () => {
  bench = await openBench();
  merchant = await bench.merchant({ currency: 'JPY' });
});
afterAll(async () => {
  expect(bench.errors).toStrictEqual([]);
  await bench.close();
});

type Program = { readonly id: string; readonly version: number; readonly versionId: string } & Readonly<
  Record<string, unknown>
>;

async function create(terms: Readonly<Record<string, unknown>> = {}): Promise<Program> {
  const made = await merchant.post<Program>('/v1/card-programs', { name: 'Gift', ...terms });
  expect(made.status, made.text).toBe(201);
  return made.body;
}

test('what is left out of a program has a sensible default', async () => {
  expect(await create()).toStrictEqual({
    id: expect.stringMatching(/^prog_/),
    kind: 'gift',
    state: 'active',
    version: 1,
    versionId: expect.stringMatching(/^pver_/),
    name: { zh: 'Gift', en: 'Gift' },
    currency: 'JPY',
    denominations: [],
    range: null,
    salePrice: [],
    validity: { type: 'none' },
    pin: true,
    bearer: true,
    medium: 'physical',
    reloadable: false,
    transferable: true,
    stores: { type: 'all' },
    balanceMax: null,
    createdAt: bench.time.now.toISOString(),
  });
});

test('a program is read back and listed with all its terms, which can be sent again as they are', async () => {
  const store = await merchant.post<{ id: string }>('/v1/stores', { code: 'P1', name: 'First' });
  const terms = {
    kind: 'gift',
    name: { zh: '年卡', en: 'Year card' },
    currency: 'CNY',
    denominations: [10_000, 50_000],
    range: { min: 1_000, max: 100_000, step: 500 },
    salePrice: [{ faceValue: 50_000, salePrice: 45_000 }],
    validity: { type: 'after', count: 12, unit: 'months' },
    pin: false,
    bearer: false,
    medium: 'digital',
    reloadable: true,
    transferable: false,
    stores: { type: 'list', storeIds: [store.body.id] },
    balanceMax: 500_000,
  };
  const made = await create(terms);
  expect(made).toMatchObject(terms);
  expect((await merchant.get(`/v1/card-programs/${made.id}`)).body).toStrictEqual(made);
  const { id, state, version, versionId, createdAt, kind, currency, ...same } = made;
  const edited = await merchant.patch<Program>(`/v1/card-programs/${made.id}`, same);
  expect(edited.body).toMatchObject({ ...terms, version: 2 });
  const list = await merchant.get<{ items: Program[] }>('/v1/card-programs');
  expect(list.body.items.find((item) => item.id === made.id)).toStrictEqual(edited.body);
});

test('programs are listed oldest first, page by page', async () => {
  const other = await bench.merchant();
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) {
    bench.time.now = new Date(bench.time.now.getTime() + 1);
    ids.push((await other.post<Program>('/v1/card-programs', { name: `P${n}` })).body.id);
  }
  type Page = { items: Program[]; nextCursor: string | null };
  const first = (await other.get<Page>('/v1/card-programs?limit=2')).body;
  const second = (await other.get<Page>(`/v1/card-programs?limit=2&cursor=${first.nextCursor}`)).body;
  expect([...first.items, ...second.items].map(({ id }) => id)).toStrictEqual(ids);
  expect(second.nextCursor).toBeNull();
});

test.each<[string, Readonly<Record<string, unknown>>, number, string, string]>([
  ['an unknown kind', { kind: 'wallet' }, 400, 'invalid_request', 'kind'],
  ['a name in one language', { name: { en: 'Gift' } }, 400, 'invalid_request', 'name'],
  ['an unknown field', { colour: 'red' }, 400, 'invalid_request', 'colour'],
  ['a negative face value', { denominations: [-1] }, 400, 'invalid_request', 'denominations.0'],
  ['an absurd face value', { denominations: [1e15 + 1] }, 400, 'invalid_request', 'denominations.0'],
  ['a step of nothing', { range: { min: 1, max: 2, step: 0 } }, 400, 'invalid_request', 'range.step'],
  [
    'a day that there is not',
    { validity: { type: 'until', date: '2027-02-30' } },
    400,
    'invalid_request',
    'validity.date',
  ],
  [
    'a count of nothing',
    { validity: { type: 'after', count: 0, unit: 'days' } },
    400,
    'invalid_request',
    'validity.count',
  ],
  [
    'an unknown unit',
    { validity: { type: 'after', count: 1, unit: 'weeks' } },
    400,
    'invalid_request',
    'validity.unit',
  ],
  ['no store at all', { stores: { type: 'list', storeIds: [] } }, 400, 'invalid_request', 'stores.storeIds'],
  ['a currency that there is not', { currency: 'XYZ' }, 400, 'invalid_request', 'currency'],
  ['one price for two', { denominations: [1, 2], salePrice: 1 }, 422, 'sale_price_ambiguous', 'salePrice'],
  [
    'a price for nothing',
    { denominations: [1], salePrice: [{ faceValue: 2, salePrice: 1 }] },
    422,
    'face_value_not_offered',
    'salePrice.0.faceValue',
  ],
])('%s is refused with its field', async (_case, terms, status, code, field) => {
  const reply = await merchant.post('/v1/card-programs', { name: 'Gift', ...terms });
  expect(reply.body).toMatchObject({ status, code, field });
});

test("another merchant's store cannot be listed", async () => {
  const stranger = await bench.merchant();
  const store = await stranger.post<{ id: string }>('/v1/stores', { code: 'X', name: 'X' });
  const stores = { type: 'list', storeIds: [store.body.id] };
  const reply = await merchant.post('/v1/card-programs', { name: 'Gift', stores });
  expect(reply.body).toMatchObject({ status: 404, code: 'store_not_found', field: 'stores.storeIds.0' });
});

test('an edit is a new version: cards already made keep their terms, cards made later get the new ones', async () => {
  const shop = await openShop(bench, { denominations: [10_000], range: null, pin: true });
  const sell = async (terms: string) => {
    const [card] = await shop.sell(1);
    expect(card, terms).toBeDefined();
    return card;
  };
  const before = await sell('before');
  const edit = { pin: false, salePrice: 10_000, stores: { type: 'list', storeIds: [shop.otherStoreId] } };
  const edited = await shop.merchant.patch<Program>(`/v1/card-programs/${shop.programId}`, edit);
  expect(edited.body).toMatchObject({ version: 2, denominations: [10_000], ...edit, salePrice: [] });
  const after = await sell('after');
  expect([before?.pin, after?.pin]).toStrictEqual([expect.stringMatching(/^\d{8}$/), '']);

  const redeem = (code: string | undefined, pin: string | undefined, storeId: string, reference: string) =>
    shop.merchant.post('/v1/redemptions', {
      code,
      ...(pin ? { pin } : {}),
      amount: 1,
      currency: 'CNY',
      storeId,
      reference,
    });
  expect((await redeem(before?.code, before?.pin, shop.storeId, 'E1')).status).toBe(201);
  expect((await redeem(after?.code, undefined, shop.otherStoreId, 'E2')).status).toBe(201);
  expect((await redeem(after?.code, undefined, shop.storeId, 'E3')).body).toMatchObject({
    code: 'store_not_accepting',
  });
});

test('an edit leaves what it does not name, clears what it sets to null, and takes prices away with their face values', async () => {
  const made = await create({
    denominations: [100, 200],
    range: { min: 1_000, max: 2_000, step: 100 },
    salePrice: [
      { faceValue: 100, salePrice: 90 },
      { faceValue: 1_000, salePrice: 950 },
    ],
    balanceMax: 5_000,
    reloadable: true,
  });
  const edit = { range: null, balanceMax: null };
  const edited = await merchant.patch<Program>(`/v1/card-programs/${made.id}`, edit);
  expect(edited.body).toStrictEqual({
    ...made,
    ...edit,
    version: 2,
    versionId: edited.body.versionId,
    salePrice: [{ faceValue: 100, salePrice: 90 }],
  });
  expect(edited.body.versionId).not.toBe(made.versionId);
});

test.each([
  ['the currency', { currency: 'CNY' }, 'currency'],
  ['the kind', { kind: 'gift' }, 'kind'],
])('an edit cannot touch %s', async (_case, edit, field) => {
  const { id } = await create();
  expect((await merchant.patch(`/v1/card-programs/${id}`, edit)).body).toMatchObject({
    code: 'invalid_request',
    field,
  });
});

test('an edit that changes nothing, or breaks the terms as a whole, is refused and leaves the version', async () => {
  const made = await create({ denominations: [100], salePrice: 90 });
  const path = `/v1/card-programs/${made.id}`;
  expect((await merchant.patch(path, {})).body).toMatchObject({ code: 'invalid_request' });
  expect((await merchant.patch(path, { balanceMax: 99 })).body).toMatchObject({ field: 'balanceMax' });
  expect((await merchant.get(path)).body).toStrictEqual(made);
});

test('a retired program stays readable, makes no more cards and cannot be edited or retired again', async () => {
  const made = await create();
  const path = `/v1/card-programs/${made.id}`;
  const retired = await merchant.post(`${path}/retire`);
  expect(retired.body).toStrictEqual({ ...made, state: 'retired' });
  expect((await merchant.get(path)).body).toStrictEqual(retired.body);
  const batch = { programId: made.id, quantity: 1, faceValue: 100 };
  for (const reply of [
    await merchant.post(`${path}/retire`),
    await merchant.patch(path, { pin: false }),
    await merchant.post('/v1/card-batches', batch),
  ])
    expect(reply.body).toMatchObject({ status: 409, code: 'program_retired' });
});

test("a program that there is not, or is another merchant's, is not found", async () => {
  const stranger = await bench.merchant();
  const theirs = await stranger.post<Program>('/v1/card-programs', { name: 'Gift' });
  const path = `/v1/card-programs/${theirs.body.id}`;
  for (const reply of [
    await merchant.get(path),
    await merchant.patch(path, { pin: false }),
    await merchant.post(`${path}/retire`),
  ])
    expect(reply.body).toMatchObject({ status: 404, code: 'program_not_found' });
});

test('a key for one store cannot set the terms of all of them', async () => {
  const store = await merchant.post<{ id: string }>('/v1/stores', { code: 'ONE', name: 'One' });
  const storeIds = [store.body.id];
  const made = await merchant.post<{ key: string }>('/v1/api-keys', { name: 'k', role: 'manager', storeIds });
  const manager = bench.client(made.body.key);
  const { id } = await create();
  for (const reply of [
    await manager.post('/v1/card-programs', { name: 'Gift' }),
    await manager.patch(`/v1/card-programs/${id}`, { pin: false }),
    await manager.post(`/v1/card-programs/${id}/retire`),
  ])
    expect(reply.body).toMatchObject({ status: 403, code: 'store_out_of_scope' });
});
