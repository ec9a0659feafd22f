import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { madeBy, openTill, type Till } from '../../../test/till.ts';

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

const name = (zh: string) => ({ zh, en: null });
const post = (path: string, body: object) => till.merchant.post(path, body);
const category = async (parentId: string | null) =>
  madeBy(await post('/v1/product-categories', { name: name('类'), parentId }));

test('categories are a tree of six levels; a product has a number of its own, and its cost is for who may change it', async () => {
  let parent: string | null = null;
  for (let level = 0; level < 6; level++) parent = await category(parent);
  const bottom: string | null = parent;
  await till.refuses('category_too_deep', () =>
    post('/v1/product-categories', { name: name('深'), parentId: bottom }),
  );
  const nowhere = 'cat_01jd3v0000e008000000000zyd';
  await till.refuses('category_not_found', () =>
    post('/v1/product-categories', { name: name('无'), parentId: nowhere }),
  );
  const tea = {
    sku: 'TEA-1',
    name: { zh: '龙井', en: 'Longjing' },
    categoryId: bottom,
    price: 8_800,
    cost: 3_000,
  };
  const id = madeBy(await post('/v1/products', tea));
  await till.refuses('sku_taken', () => post('/v1/products', tea), { field: 'sku' });
  await till.refuses('category_not_found', () =>
    post('/v1/products', { ...tea, sku: 'X', categoryId: nowhere }),
  );
  const changed = await till.merchant.patch(`/v1/products/${id}`, { price: 9_000, state: 'retired' });
  expect(changed.body).toMatchObject({ sku: 'TEA-1', price: 9_000, cost: 3_000, state: 'retired' });
  await till.refuses('product_not_found', () =>
    till.merchant.patch('/v1/products/prd_01jd3v0000e008000000000zyd', {}),
  );
  const clerk = await till.key({ role: 'clerk' });
  const list = await clerk.get<{ items: object[] }>(`/v1/products?words=long&categoryId=${bottom}`);
  expect(list.body.items).toMatchObject([{ id, cost: null }]);
  expect((await clerk.post('/v1/products', { ...tea, sku: 'Y' })).body).toMatchObject({
    code: 'permission_denied',
  });
  expect((await clerk.get<{ items: object[] }>(`/v1/products?words=%25`)).body.items).toEqual([]);
});

test('two who add the same number at once: one of them is told that it is taken', async () => {
  const same = { sku: 'SAME', name: name('同'), price: 1 };
  const replies = await Promise.all(Array.from({ length: 20 }, () => post('/v1/products', same)));
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    201,
    ...Array(19).fill(409),
  ]);
});
