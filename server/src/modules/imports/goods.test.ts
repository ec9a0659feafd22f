import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { importing } from '../../../test/importing.ts';
import { madeBy, openTill, type Till } from '../../../test/till.ts';

let bench: TestBench;
let till: Till;
let on: ReturnType<typeof importing>;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
  on = importing(bench, till.merchant);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Product = { id: string; price: number; cost: number | null; state: string; name: { zh: string } };
const product = async (sku: string): Promise<Product | undefined> =>
  (await till.merchant.get<{ items: Product[] }>(`/v1/products?sku=${sku}`)).body.items[0];
const goods = { kind: 'goods' };

test('goods are added by their number, or changed, and put back to what they were', async () => {
  const name = { zh: '茶', en: 'Tea' };
  const categoryId = madeBy(await till.merchant.post('/v1/product-categories', { name }));
  const known = { sku: 'T-1', name: { zh: '龙井', en: null }, price: 8_800, cost: 3_000 };
  madeBy(await till.merchant.post('/v1/products', known));
  const file = [
    '货号,品名,分类,售价,成本,状态',
    'T-1,西湖龙井,茶,98.00,35,在售',
    'T-2,碧螺春,TEA,66,,在售',
    'T-3,旧茶,,1,,下架',
    'T-4,无类,咖啡,1,,',
    ',无号,,,,或许',
    'T-2,又一,,1,,',
  ].join('\n');
  const id = await on.sent(file, goods);
  expect(await on.checked(id, { existing: 'update' })).toMatchObject({
    found: { good: 3, known: 1, bad: 3 },
  });
  expect((await on.problems(id)).map(({ row, code }) => [row, code])).toEqual([
    [5, 'no_such_category'],
    [6, 'missing'],
    [6, 'missing'],
    [6, 'not_a_state'],
    [7, 'twice_in_file'],
  ]);
  expect(await on.carried(id, 'apply', { skipBad: true })).toMatchObject({
    became: { created: 2, updated: 1 },
  });
  expect(await product('T-1')).toMatchObject({
    name: { zh: '西湖龙井' },
    price: 9_800,
    cost: 3_500,
    categoryId,
  });
  expect(await product('T-2')).toMatchObject({ price: 6_600, cost: null, categoryId });
  expect(await product('T-3')).toMatchObject({ state: 'retired' });

  // What somebody changed since is theirs.
  const third = await product('T-3');
  await till.merchant.patch(`/v1/products/${third?.id}`, { price: 2 });
  expect(await on.carried(id, 'reverse')).toMatchObject({
    state: 'reversed',
    takenBack: { withdrawn: 1, kept: 1 },
  });
  expect((await on.rows(id)).map(({ reversal }) => reversal)).toEqual(['taken_back', 'withdrawn', 'kept']);
  expect(await product('T-1')).toMatchObject({
    name: { zh: '龙井' },
    price: 8_800,
    cost: 3_000,
    categoryId: null,
  });
  expect(await product('T-2')).toMatchObject({ state: 'retired' });
  expect(await product('T-3')).toMatchObject({ price: 2 });
});

test('goods that are there already are left alone unless it is said otherwise', async () => {
  madeBy(await till.merchant.post('/v1/products', { sku: 'K-1', name: { zh: '壶', en: null }, price: 1 }));
  const one = await on.whole('sku,name,price\nK-1,x,2\nK-2,y,3', goods);
  expect(one.became).toMatchObject({ created: 1, skipped: 1 });
  expect(await product('K-1')).toMatchObject({ price: 1 });
  const missing = await on.sent('sku,name\nK-3,x', goods);
  await till.refuses('import_column_missing', () => on.verb(missing, 'check'), { field: 'mapping.price' });
});
