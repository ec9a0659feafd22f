import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { booksOf, importing, people, xlsxType } from '../../../test/importing.ts';
import { openTill, rowsOf, type Till } from '../../../test/till.ts';

let bench: TestBench;
let till: Till;
let on: ReturnType<typeof importing>;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  till = await openTill(bench);
  on = importing(bench, till.merchant);
});

const { memberBy, moneyOf, pointsOf, difference, enrolled, buy } = booksOf(() => till);

test('a file is read, looked through without changing anything, and carried out as it was found', async () => {
  const id = await on.sent(people);
  expect(await on.read(id)).toMatchObject({
    state: 'read',
    quantity: 3,
    mapping: { phone: 0, name: 1, joinedAt: 2, principal: 3, bonus: 4, points: 5 },
  });
  const found = await on.checked(id);
  expect(found).toMatchObject({
    state: 'checked',
    done: 3,
    found: { good: 3, bad: 0, known: 0, principal: 123_451, bonus: 10_000, points: 327 },
  });
  expect(await memberBy('13800138001')).toBeUndefined();
  expect(await till.total('wallet')).toBe(0);

  const done = await on.carried(id, 'apply');
  expect(done).toMatchObject({
    state: 'applied',
    became: {
      created: 3,
      updated: 0,
      skipped: 0,
      refused: 0,
      principal: 123_451,
      bonus: 10_000,
      points: 327,
    },
  });
  const lin = await memberBy('13800138001');
  expect(lin).toMatchObject({ phone: '138****8001', name: '林夕', createdAt: '2024-02-28T16:00:00.000Z' });
  expect(await moneyOf(lin?.id)).toMatchObject({ principal: 123_450, bonus: 10_000 });
  expect(await pointsOf(lin?.id)).toBe(320);
  expect(await till.total('opening_balance')).toBe(-133_451);
  expect(await difference()).toBe(0);
  expect(await on.rows(id)).toMatchObject([
    { row: 2, outcome: 'created', memberId: lin?.id },
    { row: 3, outcome: 'created' },
    { row: 4, outcome: 'created' },
  ]);
  // It came from somewhere else: nobody paid it in, and the merchant gave nothing.
  const { body } = await till.merchant.get<{ totals: object[] }>('/v1/reports/liability-roll-forward');
  expect(body.totals).toMatchObject([{ loaded: 0, bonus: 0, transferred: 133_451, closing: 133_451 }]);
  // What is on the wallet can be spent like any other money.
  await buy(lin?.id, 3_450);
  expect(await moneyOf(lin?.id)).toMatchObject({ total: 130_000 });
});

test('a title over the headings is no heading, and the rows keep the numbers that the file shows', async () => {
  const id = await on.sent('2026 年会员表,,\n,,\n客户电话,称呼,剩余本金\n13800138001,林夕,5\nx,,1\n');
  expect(await on.read(id)).toMatchObject({
    state: 'read',
    headings: ['客户电话', '称呼', '剩余本金'],
    quantity: 2,
    mapping: { phone: 0, name: 1, principal: 2 },
  });
  await on.checked(id);
  expect(await on.problems(id)).toMatchObject([{ row: 5, code: 'not_a_phone' }]);
});

test('each row that is not good is told with its row, its column and why; the others are carried out when that is said', async () => {
  const id = await on.sent(
    [
      'Phone,Name,Balance,Bonus,Bonus until,Joined,Email',
      '13800138001,ok,1,,,,',
      '1380013800,short,1,,,,',
      ',none,-1,1.234,,2030-01-01,x@',
      '138 0013 8001,twice,1,,,,',
      `13800138005,${'x'.repeat(101)},abc,1,2020-01-01,2023-02-29,`,
      '13800138006,large,99999999999999999,,,,',
    ].join('\n'),
  );
  const found = await on.checked(id);
  expect(found).toMatchObject({ found: { good: 1, bad: 5, principal: 100 } });
  const problems = await on.problems(id);
  expect(problems.map(({ row, heading, code }) => [row, heading, code])).toEqual([
    [3, 'Phone', 'not_a_phone'],
    [4, 'Phone', 'missing'],
    [4, 'Balance', 'negative'],
    [4, 'Bonus', 'too_many_decimals'],
    [4, 'Joined', 'in_the_future'],
    [4, 'Email', 'not_an_email'],
    [5, 'Phone', 'twice_in_file'],
    [6, 'Name', 'too_long'],
    [6, 'Balance', 'not_an_amount'],
    [6, 'Bonus until', 'in_the_past'],
    [6, 'Joined', 'not_a_day'],
    [7, 'Balance', 'too_large'],
  ]);
  expect(problems[0]?.value).toBe('1380013800');
  await till.refuses('import_has_bad_rows', () => on.verb(id, 'apply'), { field: 'skipBad' });
  expect(await on.carried(id, 'apply', { skipBad: true })).toMatchObject({
    state: 'applied',
    done: 6,
    became: { created: 1 },
  });
  expect(await on.rows(id)).toHaveLength(1);
});

test('rows that are not good are taken out to be put right, and no cell of them is a formula', async () => {
  const id = await on.sent('手机,姓名\n12,"=HYPERLINK(""http://x"")"\n');
  await on.checked(id);
  const reply = await till.merchant.post(`/v1/imports/${id}/take-problems`, { language: 'en' });
  expect(reply.status, reply.text).toBe(200);
  expect(reply.text.split('\r\n')).toEqual([
    '\ufeffRow,Column,Reason,手机,姓名',
    `2,1,not_a_phone,12,"'=HYPERLINK(""http://x"")"`,
    '',
  ]);
  await till.refuses('import_empty', () => on.verb(id, 'apply', { skipBad: true }));
  const log = await till.merchant.get<{ items: { details: object }[] }>(
    '/v1/activities?type=import.taken_out',
  );
  expect(log.body.items[0]?.details).toEqual({ what: 'problems' });
});

test('a workbook does as well as CSV, and the file is given back byte for byte', async () => {
  const file = await writeXlsx({
    sheets: [
      {
        name: 'A',
        rows: [
          ['手机', '余额', '积分'],
          [13_800_138_001, 0.1 + 0.2, 5],
        ],
      },
    ],
  });
  const id = await on.sent(file, { type: xlsxType });
  expect(await on.checked(id)).toMatchObject({
    format: 'xlsx',
    found: { good: 1, principal: 30, points: 5 },
  });
  const response = await bench.app.inject({
    method: 'POST',
    url: `/v1/imports/${id}/take-file`,
    headers: { authorization: `Bearer ${till.merchant.apiKey}`, 'content-type': 'application/json' },
    payload: '{}',
  });
  expect(Buffer.from(response.rawPayload).equals(Buffer.from(file))).toBe(true);
});

test('the same file is taken once, until it was cancelled or taken back', async () => {
  const id = await on.sent(people);
  await till.refuses('import_file_known', () => on.upload(people));
  expect((await on.verb(id, 'cancel')).body).toMatchObject({ state: 'cancelled' });
  const again = await on.whole(people);
  await till.refuses('import_file_known', () => on.upload(people));
  await on.carried(again.id, 'reverse');
  expect((await on.upload(people)).status).toBe(201);
});

test('what can be done with an import follows from how it stands', async () => {
  const missing = 'imp_01jd3v0000e008000000000zyd';
  await till.refuses('import_not_found', () => till.merchant.get(`/v1/imports/${missing}`));
  await till.refuses('import_not_found', () => till.merchant.get(`/v1/imports/${missing}/problems`));
  await till.refuses('import_not_found', () => till.merchant.get(`/v1/imports/${missing}/rows`));
  for (const [word, body] of [
    ['check', {}],
    ['apply', {}],
    ['reverse', { reason: 'x' }],
    ['cancel', {}],
    ['take-file', {}],
  ] as const)
    await till.refuses('import_not_found', () => on.verb(missing, word, body));
  const id = await on.sent('a,b\n13800138001,x\n');
  await till.refuses('import_state', () => on.verb(id, 'apply'));
  await till.refuses('import_state', () => on.verb(id, 'reverse', { reason: 'x' }));
  await till.refuses('import_column_missing', () => on.verb(id, 'check'), { field: 'mapping.phone' });
  await till.refuses('invalid_request', () => on.verb(id, 'check', { mapping: { phone: 2 } }), {
    field: 'mapping.phone',
  });
  await till.refuses('invalid_request', () => on.verb(id, 'check', { mapping: { phone: 0, name: 0 } }), {
    field: 'mapping.name',
  });
  await till.refuses('invalid_request', () => on.verb(id, 'check', { mapping: { phone: 0, sku: 1 } }), {
    field: 'mapping.sku',
  });
  await till.refuses(
    'store_not_found',
    () => on.verb(id, 'check', { mapping: { phone: 0 }, storeId: 'store_01jd3v0000e008000000000zyd' }),
    { field: 'storeId' },
  );
  await on.checked(id, { mapping: { phone: 0, name: 1 } });
  await on.carried(id, 'apply');
  await till.refuses('import_state', () => on.verb(id, 'check'));
  await till.refuses('import_state', () => on.verb(id, 'cancel'));
});

test('a file that is no table says why; one that is no file is not taken', async () => {
  const failure = async (file: string | Uint8Array, type?: string) =>
    (await on.read(await on.sent(file, type === undefined ? {} : { type }))).failure;
  expect(await failure('手机\n')).toBe('no_rows');
  expect(await failure(`手机\n${'1\n'.repeat(200_001)}`)).toBe('too_many_rows');
  expect(await failure('a,"b\n1\n')).toBe('not_a_table');
  expect(await failure('PK', xlsxType)).toBe('not_a_table');
  await till.refuses('unsupported_media_type', () => on.upload('x', { type: 'application/pdf' }));
  await till.refuses('invalid_request', () => on.upload(''));
  const wide = await on.sent(`手机${',x'.repeat(80)}\n13800138001${',y'.repeat(80)}`);
  expect((await on.read(wide)).headings).toHaveLength(60);
});

test('members who are there already are left alone, or get the balance on top, as chosen; nobody is renamed', async () => {
  const known = await enrolled('13800138001');
  const id = await on.sent(people);
  expect(await on.checked(id)).toMatchObject({ found: { good: 3, known: 1, principal: 1, bonus: 0 } });
  expect(await on.checked(id, { existing: 'update' })).toMatchObject({
    found: { known: 1, principal: 123_451 },
  });
  expect(await on.checked(id)).toMatchObject({ found: { known: 1, principal: 1 } });
  expect(await on.carried(id, 'apply')).toMatchObject({ became: { created: 2, skipped: 1, principal: 1 } });
  expect(await moneyOf(known)).toMatchObject({ total: 0 });

  const other = await on.whole(`${people}\n`, {}, { existing: 'update' });
  expect(other.became).toMatchObject({ created: 0, updated: 3, principal: 123_451 });
  expect(await moneyOf(known)).toMatchObject({ principal: 123_450, bonus: 10_000 });
  expect(await memberBy('13800138001')).toMatchObject({ name: null });
});

test('a wallet takes no more than it may hold: before it is carried out, and where it filled up since', async () => {
  await till.merchant.patch('/v1/wallet-policy', { balanceMax: 100_000 });
  const id = await on.sent(people);
  expect(await on.checked(id)).toMatchObject({ found: { good: 2, bad: 1 } });
  expect((await on.problems(id))[0]).toMatchObject({ row: 2, code: 'over_balance_limit' });
  await till.merchant.patch('/v1/wallet-policy', { balanceMax: 0 });
  expect(await on.carried(id, 'apply', { skipBad: true })).toMatchObject({
    became: { created: 1, refused: 1, principal: 0 },
  });
  expect(await on.rows(id, '&outcome=refused')).toMatchObject([{ row: 3, code: 'balance_limit_exceeded' }]);
  expect(await memberBy('13800138002')).toBeUndefined();
});

test('no number and no name stands anywhere in the database, and ninety days later the file is gone', async () => {
  const { id } = await on.whole(people);
  const tables = await rowsOf(
    bench,
    `select schemaname || '.' || tablename as name from pg_tables where schemaname !~ '^(pg_|information_schema)'`,
  );
  for (const { name } of tables) {
    const [found] = await rowsOf(
      bench,
      `select count(*)::int as n from ${String(name)} t where t::text ~ '1380013800|林夕|王五'`,
    );
    expect(found?.n, String(name)).toBe(0);
  }
  const pieces = async () =>
    (await rowsOf(bench, `select 1 from imports.part where merchant_id = $1`, [till.merchant.id])).length +
    (
      await rowsOf(bench, `select 1 from imports.block where merchant_id = $1 and sealed is not null`, [
        till.merchant.id,
      ])
    ).length;
  bench.time.now = new Date(bench.time.now.getTime() + 89 * 86_400_000);
  await bench.runJobs('imports.forget');
  expect(await pieces()).toBe(2);
  bench.time.now = new Date(bench.time.now.getTime() + 2 * 86_400_000);
  await bench.runJobs('imports.forget');
  expect(await pieces()).toBe(0);
  expect(await on.read(id)).toMatchObject({ state: 'applied', sample: [] });
  expect(await on.carried(id, 'reverse')).toMatchObject({ takenBack: { withdrawn: 3 } });
});
