import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openTill, rowsOf, sell, type Till } from '../../../../test/till.ts';

const many = 20_400;
let bench: TestBench;
/** One shop with long lists, and one with short ones, for what is looked at before and after. */
let long: Till;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
  long = await openTill(bench);
  await rowsOf(
    bench,
    `insert into cards.card (merchant_id, id, version_id, serial, code_hash, key_version, draw, last4, face_value, state)
     select v.merchant_id, gen_random_uuid(), v.id, 100000 + n, sha256(n::text::bytea), 1, 0, '0000', 100, 'generated'
     from programs.version v, generate_series(1, ${many}) n where v.merchant_id = '${long.merchant.id}'`,
  );
  await rowsOf(
    bench,
    `insert into catalog.product (merchant_id, id, sku, name_zh, price, cost, state, revision, created_at)
     select '${long.merchant.id}', gen_random_uuid(), 'P' || n, case when n = 7 then '=1+1' else '茶' || n end, 1250, 300,
            case when n % 2 = 0 then 'sold' else 'retired' end, 1, now() from generate_series(1, ${many}) n`,
  );
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Poster = Pick<Till['merchant'], 'post'>;
const take = async (body: Record<string, unknown>, client: Poster = till.merchant) => {
  const reply = await client.post('/v1/exports/lists', { language: 'en', ...body });
  expect(reply.status, reply.text.slice(0, 300)).toBe(200);
  const rows: Record<string, string>[] = parse(reply.text, { columns: true, bom: true });
  return rows;
};

test('lists of more than 20,000 rows come whole, none missed and none twice, in major units and never as a formula', async () => {
  const cards = await take({ list: '/v1/cards' }, long.merchant);
  expect(cards).toHaveLength(many);
  expect(new Set(cards.map(({ Id }) => Id)).size).toBe(many);
  const products = await take({ list: '/v1/products' }, long.merchant);
  expect(products).toHaveLength(many);
  expect(new Set(products.map(({ Sku }) => Sku)).size).toBe(many);
  expect(products.find(({ Sku }) => Sku === 'P7')).toMatchObject({
    Price: '12.50',
    Cost: '3.00',
    State: 'retired',
    'Name · zh': "'=1+1",
  });
});

test('the filters of the page are those of the export, and what the page would refuse is refused', async () => {
  expect(await take({ list: '/v1/products', filter: { state: 'sold' } }, long.merchant)).toHaveLength(
    many / 2,
  );
  const asked = (filter: Record<string, unknown>, more = {}) =>
    till.merchant.post('/v1/exports/lists', { list: '/v1/products', filter, ...more });
  await till.refuses('invalid_request', () => asked({ state: 'new' }), { field: 'filter.state' });
  await till.refuses('invalid_request', () => asked({ colour: 'red' }), { field: 'filter.colour' });
  await till.refuses('invalid_request', () => asked({ cursor: 'x' }), { field: 'filter.cursor' });
  await till.refuses('invalid_request', () => asked({}, { list: '/v1/me' }), { field: 'list' });
  await till.refuses('invalid_request', () => asked({}, { params: { id: 'x' } }), { field: 'params.id' });
});

test('a list of one thing is taken out by its id, and what is not there is answered as on its page', async () => {
  const card = await till.card();
  await till.paid(card, 250);
  const list = '/v1/cards/{id}/activities';
  const rows = await take({ list, params: { id: card.id } });
  expect(rows.map(({ Type }) => Type)).toContain('card.redeemed');
  const other = await openTill(bench);
  const reply = await other.merchant.post('/v1/exports/lists', { list, params: { id: card.id } });
  expect(reply.body).toMatchObject({ code: 'card_not_found' });
  expect(reply.status).toBe(404);
});

test('who may not see a list may not take it out, and who is limited to stores takes out only theirs', async () => {
  const noProducts = await till.key({ permissions: ['exports.make', 'cards.read'] });
  await till.refuses('permission_denied', () =>
    noProducts.post('/v1/exports/lists', { list: '/v1/products' }),
  );
  const noExports = await till.key({ permissions: ['catalog.read'] });
  await till.refuses('permission_denied', () =>
    noExports.post('/v1/exports/lists', { list: '/v1/products' }),
  );
  const [sold] = await till.issue(1, 5_000);
  if (!sold) throw new Error('no card');
  await sell(till, [sold], 5_000);
  const own = await till.key({ role: 'owner', storeIds: [till.storeId] });
  const rows = await take({ list: '/v1/cards' }, own);
  expect(rows.map(({ Id }) => Id)).toContain(sold.id);
  expect(new Set(rows.map((row) => row['Sold store id']))).toEqual(new Set([till.storeId]));
  const foreign = await till.key({ role: 'owner', storeIds: [till.otherStoreId] });
  expect(await take({ list: '/v1/cards' }, foreign)).toEqual([]);
});

test('the log tells who took out what, and not whom they looked for', async () => {
  await take({ list: '/v1/members', filter: { phone: '13800138000' } });
  const log = await till.merchant.get('/v1/activities?type=export.made&limit=1');
  expect(log.text).toContain('"list":"members"');
  expect(log.text).not.toContain('13800138000');
});

test('a workbook has the same rows under Chinese heads', async () => {
  const reply = await bench.app.inject({
    method: 'POST',
    url: '/v1/exports/lists',
    headers: { authorization: `Bearer ${till.merchant.apiKey}`, 'content-type': 'application/json' },
    payload: JSON.stringify({ list: '/v1/stores', format: 'xlsx' }),
  });
  expect(reply.headers['content-disposition']).toBe('attachment; filename="stores.xlsx"');
  const [sheet] = (await readXlsx(reply.rawPayload)).sheets;
  expect(sheet?.rows[0]?.[0]).toBe('编号');
  expect(sheet?.rows).toHaveLength(3);
});

test('what somebody typed is never a formula, however it begins', async () => {
  const evil = ['=1+1', '+1', '-1', '@SUM(A1)', ' =2', '＝3', '=HYPERLINK("http://x","y")'];
  for (const [n, name] of evil.entries()) await till.merchant.post('/v1/stores', { code: `E${n}`, name });
  const names = (await take({ list: '/v1/stores' })).map(({ Name }) => Name);
  for (const name of evil) {
    expect(names).toContain(`'${name}`);
    expect(names).not.toContain(name);
  }
});

test('lists that once had exports of their own come by this one: payments, refunds, the log, accounts that sum to zero', async () => {
  const card = await till.card();
  const id = await till.paid(card, 500, { reference: '=R' });
  await till.merchant.post(`/v1/redemptions/${id}/refunds`, { amount: 100, reason: '-cmd' });
  const filter = { cardId: card.id };
  expect(await take({ list: '/v1/redemptions', filter })).toMatchObject([
    { Id: id, Amount: '5.00', Reference: "'=R", Returned: '1.00', Serial: card.serial },
  ]);
  expect(await take({ list: '/v1/refunds', filter })).toMatchObject([
    { 'Redemption id': id, Reason: "'-cmd" },
  ]);
  const audit = await take({ list: '/v1/activities', filter: { type: 'export.made' } });
  expect(audit.map((row) => Object.values(row).join()).join()).toContain('"list":"refunds"');
  const others = ['/v1/devices', '/v1/staff', '/v1/api-keys', '/v1/card-programs', '/v1/card-batches'];
  for (const list of others) await take({ list });
  const accounts = await take({ list: '/v1/ledger/accounts' });
  const cents = accounts.reduce((sum, { Balance = '' }) => sum + BigInt(Balance.replace('.', '')), 0n);
  expect(accounts.length).toBeGreaterThan(3);
  expect(cents).toBe(0n);
  const noLedger = await till.key({ permissions: ['exports.make', 'cards.read'] });
  await till.refuses('permission_denied', () =>
    noLedger.post('/v1/exports/lists', { list: '/v1/ledger/accounts' }),
  );
  const limited = await till.key({ role: 'owner', storeIds: [till.otherStoreId] });
  expect(await take({ list: '/v1/redemptions' }, limited)).toEqual([]);
  expect((await take({ list: '/v1/stores' }, limited)).map(({ Id }) => Id)).toEqual([till.otherStoreId]);
  expect((await till.merchant.post('/v1/exports/cards', {})).status).toBe(404);
});
