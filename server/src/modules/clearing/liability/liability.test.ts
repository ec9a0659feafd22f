import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openTill, sell, type Till } from '../../../../test/till.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench, {}, { timezone: 'America/New_York' });
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Sums = Readonly<Record<string, number>>;
type Report = {
  readonly items: readonly (Sums & { storeId: string | null })[];
  readonly totals: readonly Sums[];
};
const report = async (from: string, until: string, client: Pick<Till['merchant'], 'get'> = till.merchant) =>
  (await client.get<Report>(`/v1/reports/liability-roll-forward?from=${from}&until=${until}`)).body;

test('liability rolls forward to the cent by what became of it, and each period opens where the last one closed', async () => {
  // Clocks in New York go forward on 14 March: that day has 23 hours.
  bench.time.now = new Date('2027-03-15T03:59:59Z');
  const card = await till.card();
  bench.time.now = new Date('2027-03-15T04:00:00Z');
  const [cheap] = await till.issue(1, 5_000);
  if (!cheap) throw new Error('no card');
  await sell(till, [cheap], 5_000);
  const id = await till.paid(card, 4_000, { storeId: till.otherStoreId });
  await till.merchant.post(`/v1/redemptions/${id}/refunds`, { amount: 1_000, reason: 'returned' });
  const payment = { tender: 'cash', amount: 700, reference: 'R7' };
  await till.does(card, 'reload', { amount: 700, storeId: till.otherStoreId, payment });
  await till.does(cheap, 'void', { reason: 'lost' });
  const gone = await till.card();
  await till.does(gone, 'deactivate', { reason: 'mistake' });

  const first = await report('2027-03-14', '2027-03-15');
  expect(first.totals).toMatchObject([{ opening: 0, loaded: 10_000, spent: 0, closing: 10_000 }]);
  const second = await report('2027-03-15', '2027-03-16');
  expect(second.totals).toMatchObject([
    {
      opening: 10_000,
      loaded: 5_000 + 700 + 10_000,
      bonus: 0,
      spent: 3_000,
      refunded: 10_000,
      expired: 5_000,
      adjusted: 0,
      closing: 7_700,
    },
  ]);
  expect(await till.total('card')).toBe(7_700);
  const limited = await till.key({ role: 'store_manager', storeIds: [till.otherStoreId] });
  const own = await report('2027-03-15', '2027-03-16', limited);
  expect(own.items.map(({ storeId }) => storeId)).toEqual([till.otherStoreId]);
  expect(own.totals).toMatchObject([{ loaded: 700, closing: 700 }]);
});

test('a period that ends before it begins is refused', async () => {
  await till.refuses(
    'invalid_request',
    () => till.merchant.get('/v1/reports/liability-roll-forward?from=2026-11-02&until=2026-11-02'),
    { field: 'until' },
  );
});
