import { afterAll, beforeAll, expect, test } from 'vitest';
import { routesOf } from '../src/api.ts';
import { headOf, listsOf } from '../src/modules/reports/index.ts';
import { openBench, type TestBench } from './harness.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

test('every list that can be taken out has a head in Chinese over each column', () => {
  const lists = listsOf(routesOf({ ...bench.runtime, poke: () => undefined }));
  expect(lists.length).toBeGreaterThan(50);
  const unnamed = lists.flatMap(({ path, columns }) =>
    columns
      .filter((column) => headOf(column.path) === undefined)
      .map((column) => `${path} ${column.path.join('.')}`),
  );
  expect(unnamed).toEqual([]);
});
