import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openTill, rowsOf, sell, type Till } from '../../../../test/till.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Asked = {
  readonly format?: string;
  readonly language?: string;
  readonly filter?: Record<string, unknown>;
};
type Poster = Pick<Till['merchant'], 'post'>;
const csv = async (list: string, body: Asked = {}, client: Poster = till.merchant) => {
  const reply = await client.post(`/v1/exports/${list}`, { language: 'en', ...body });
  expect(reply.status, reply.text).toBe(200);
  expect(reply.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  expect(String(reply.headers['content-type'])).toContain('text/csv');
  const rows: Record<string, string>[] = parse(reply.text, { columns: true, bom: true });
  return rows;
};

test('cards are taken out by the same filters as their list shows, amounts in major units, as CSV and as a workbook', async () => {
  const cards = await till.issue(3, 12_345);
  await sell(till, cards.slice(0, 2), 12_345);
  const [card] = cards;
  if (!card) throw new Error('no card');
  await till.paid(card, 12_300);
  const { batchId } = await till.shown(card);
  const filter = { batchId, state: 'partially_used' };
  expect(await csv('cards', { filter })).toMatchObject([
    {
      Serial: card.serial,
      State: 'partially_used',
      Balance: '0.45',
      'Face value': '123.45',
      Currency: 'CNY',
      'Sold by': till.storeId,
    },
  ]);
  expect(await csv('cards', { filter: { batchId } })).toHaveLength(3);

  const reply = await bench.app.inject({
    method: 'POST',
    url: '/v1/exports/cards',
    headers: { authorization: `Bearer ${till.merchant.apiKey}`, 'content-type': 'application/json' },
    payload: JSON.stringify({ format: 'xlsx', filter }),
  });
  expect(reply.headers['content-type']).toContain('spreadsheetml');
  expect(reply.headers['content-disposition']).toBe('attachment; filename="cards.xlsx"');
  const [sheet] = (await readXlsx(reply.rawPayload)).sheets;
  expect(sheet?.name).toBe('卡');
  expect(sheet?.rows[0]?.slice(0, 4)).toEqual(['序号', '末四位', '状态', '余额']);
  expect(sheet?.rows[1]?.slice(0, 4)).toEqual([card.serial, card.code.slice(-4), 'partially_used', 0.45]);
});

test('what somebody typed is never a formula', async () => {
  const evil = ['=1+1', '+1', '-1', '@SUM(A1)', ' =2', '＝3', '=HYPERLINK("http://x","y")'];
  for (const [n, name] of evil.entries()) await till.merchant.post('/v1/stores', { code: `E${n}`, name });
  const names = (await csv('stores')).map(({ Name }) => Name);
  for (const name of evil) {
    expect(names).toContain(`'${name}`);
    expect(names).not.toContain(name);
  }
});

test('every list can be taken out, and the log tells who took what', async () => {
  const card = await till.card();
  const id = await till.paid(card, 500, { reference: '=R' });
  await till.merchant.post(`/v1/redemptions/${id}/refunds`, { amount: 100, reason: '-cmd' });
  expect(await csv('redemptions', { filter: { cardId: card.id } })).toMatchObject([
    { Id: id, Amount: '5.00', Reference: "'=R", Returned: '1.00', By: 'Owner', 'Card serial': card.serial },
  ]);
  expect(await csv('refunds', { filter: { cardId: card.id } })).toMatchObject([
    { Redemption: id, Reason: "'-cmd" },
  ]);
  const audit = await csv('activities', { filter: { type: 'export.made' } });
  expect(audit[0]?.Details).toBe('{"list":"activities","format":"csv","filter":{"type":"export.made"}}');
  expect(audit[1]?.Details).toContain('"list":"refunds"');
  for (const list of ['devices', 'staff', 'api-keys', 'card-programs', 'card-batches']) await csv(list);
  const accounts = await csv('accounts');
  const cents = accounts.reduce((sum, { Balance = '' }) => sum + BigInt(Balance.replace('.', '')), 0n);
  expect(accounts.length).toBeGreaterThan(3);
  expect(cents).toBe(0n);
});

test('nobody takes out what they may not see: by permission, by store', async () => {
  const card = await till.card();
  await till.paid(card, 5);
  const noLedger = await till.key({ permissions: ['exports.make', 'cards.read'] });
  await till.refuses('permission_denied', () => noLedger.post('/v1/exports/accounts'));
  const noExports = await till.key({ permissions: ['cards.read'] });
  await till.refuses('permission_denied', () => noExports.post('/v1/exports/cards'));
  const limited = await till.key({ role: 'owner', storeIds: [till.otherStoreId] });
  expect(await csv('cards', {}, limited)).toEqual([]);
  expect(await csv('redemptions', {}, limited)).toEqual([]);
  expect((await csv('stores', {}, limited)).map(({ Id }) => Id)).toEqual([till.otherStoreId]);
  await till.refuses(
    'invalid_request',
    () => till.merchant.post('/v1/exports/cards', { filter: { colour: 'red' } }),
    {
      field: 'filter.colour',
    },
  );
});

test('thousands of rows are sent page after page, none missed and none twice', async () => {
  const wide = await openTill(bench);
  await rowsOf(
    bench,
    `insert into cards.card (merchant_id, id, version_id, serial, code_hash, key_version, draw, last4, face_value, state)
     select v.merchant_id, gen_random_uuid(), v.id, 100000 + n, sha256(n::text::bytea), 1, 0, '0000', 100, 'generated'
     from programs.version v, generate_series(1, 3001) n where v.merchant_id = '${wide.merchant.id}'`,
  );
  const serials = (await csv('cards', {}, wide.merchant)).map(({ Serial }) => Serial);
  expect(serials).toHaveLength(3_001);
  expect(new Set(serials).size).toBe(3_001);
});
