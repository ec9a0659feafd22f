import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openTill, type Till } from '../../../../test/till.ts';

let bench: TestBench;
let till: Till;
let statementId: string;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench, {}, { timezone: 'Asia/Shanghai' });
  await till.merchant.patch(`/v1/stores/${till.otherStoreId}`, { name: '静安寺店 =2+3' });
  await till.paid(await till.card(), 2_345, { storeId: till.otherStoreId, reference: 'R-78' });
  const period = await till.merchant.post<{ id: string }>('/v1/settlement-periods', {});
  const path = `/v1/settlement-statements?periodId=${period.body.id}&storeId=${till.storeId}`;
  const { body } = await till.merchant.get<{ items: { id: string }[] }>(path);
  statementId = body.items[0]?.id ?? '';
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

const documentOf = (query: string, key = till.merchant.apiKey) =>
  bench.app.inject({
    url: `/v1/settlement-statements/${statementId}/document${query}`,
    headers: { authorization: `Bearer ${key}` },
  });

test('a statement is a workbook of its lines, amounts as numbers, and the postings behind them', async () => {
  const reply = await documentOf('?format=xlsx&language=en');
  expect(reply.statusCode).toBe(200);
  expect(reply.headers['content-type']).toContain('spreadsheetml');
  expect(reply.headers['content-disposition']).toMatch(/^attachment; filename="settlement-1-\w+\.xlsx"$/);
  const { sheets } = await readXlsx(reply.rawPayload);
  expect(sheets.map(({ name }) => name)).toEqual(['Statement', 'Postings']);
  const [lines, postings] = sheets.map(({ rows }) => rows);
  expect(lines?.find(([name]) => name === '静安寺店 =2+3')).toEqual([
    ...['静安寺店 =2+3', 'CNY', 0, 0, 0, 0, -23.45, 0, 0, 0, 0, 0, -23.45, -23.45],
  ]);
  expect(lines?.find(([name]) => name === 'Its own customers')).toEqual([
    ...['Its own customers', 'CNY', 0, -100, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ]);
  expect(lines?.find(([name]) => name === 'Total')).toEqual([
    ...['Total', 'CNY', 0, -100, 100, 0, -23.45, 0, 0, 0, 0, 0, -23.45, -23.45],
  ]);
  expect(postings?.map((row) => [row[1], row[2], row[3], row[7]])).toEqual([
    ['Event', 'Column', 'Counterpart', 'Amount'],
    ['card.activated', 'Loads taken', 'Its own customers', -100],
    ['card.activated', 'Kept', 'Its own customers', 100],
    ['card.redeemed', 'Honoured elsewhere', '静安寺店 =2+3', -23.45],
  ]);
  expect(postings?.[3]?.[5]).toBe('R-78');
});

test('a statement is a PDF in either language, with its fonts in it, for whom may see it and nobody else', async () => {
  for (const language of ['zh', 'en']) {
    const reply = await documentOf(`?language=${language}`);
    expect(reply.statusCode).toBe(200);
    expect(reply.headers).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'no-store' });
    const text = reply.rawPayload.toString('latin1');
    expect(text.slice(0, 5)).toBe('%PDF-');
    expect(text).toContain('NotoSansHans');
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
    expect(reply.rawPayload.length).toBeLessThan(200_000);
  }
  const made = await till.merchant.post<{ key: string }>('/v1/api-keys', {
    name: 'other',
    role: 'store_manager',
    storeIds: [till.otherStoreId],
  });
  expect((await documentOf('', made.body.key)).json()).toMatchObject({ code: 'store_out_of_scope' });
  const { apiKey } = await bench.merchant();
  expect((await documentOf('', apiKey)).json()).toMatchObject({ code: 'settlement_statement_not_found' });
});

test('who took a statement out, when and in which form stands in the log; who may not take it leaves nothing', async () => {
  const made = await till.merchant.post<{ key: string; id: string }>('/v1/api-keys', {
    name: 'bookkeeper',
    role: 'store_manager',
    storeIds: [till.storeId],
  });
  expect((await documentOf('?format=xlsx&language=en', made.body.key)).statusCode).toBe(200);
  const path = '/v1/activities?type=settlement_statement.downloaded';
  type Event = { actor: { id: string }; subjectId: string; occurredAt: string; details: object };
  const { items } = (await till.merchant.get<{ items: Event[] }>(path)).body;
  expect(items[0], JSON.stringify(items)).toMatchObject({
    subjectId: statementId,
    actor: { id: made.body.id },
    occurredAt: bench.time.now.toISOString(),
    details: { format: 'xlsx', language: 'en' },
  });
  const elsewhere = await till.key({ role: 'store_manager', storeIds: [till.otherStoreId] });
  await till.refuses('store_out_of_scope', () =>
    elsewhere.get(`/v1/settlement-statements/${statementId}/document`),
  );
  expect((await till.merchant.get<{ items: Event[] }>(path)).body.items).toHaveLength(items.length);
});
