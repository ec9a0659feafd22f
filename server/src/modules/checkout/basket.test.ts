import { expect, test } from 'vitest';
import { openBench } from '../../../test/harness.ts';
import { openTill } from '../../../test/till.ts';

test('a basket comes to no more than an amount can be, whether a line or all of them do, and is refused beyond', async () => {
  const bench = await openBench();
  const { merchant, storeId, refuses } = await openTill(bench);
  const quote = (...lines: readonly { price: number; quantity?: number }[]) =>
    merchant.post('/v1/purchase-quotes', {
      storeId,
      lines: lines.map((line) => ({ name: 'Tea', ...line })),
    });
  const most = 1e15;
  expect((await quote({ price: most - 1 }, { price: 1 })).body).toMatchObject({ total: most });
  for (const lines of [[{ price: most, quantity: 10_000 }], [{ price: most }, { price: 1 }]])
    await refuses('invalid_request', () => quote(...lines), { field: 'lines' });
  const tenders = [1, 2].map((amount) => ({ kind: 'money', tender: 'cash', amount }));
  const lines = [1, 2].map(() => ({ name: 'Tea', price: most }));
  await refuses('invalid_request', () =>
    merchant.post('/v1/purchases', { storeId, reference: 'P1', lines, tenders }),
  );
  expect(bench.errors).toEqual([]);
  await bench.close();
});
