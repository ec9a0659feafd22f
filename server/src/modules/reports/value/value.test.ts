import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, openBench, type TestBench } from '../../../../test/harness.ts';
import { madeBy, openTill, rowsOf, type Till } from '../../../../test/till.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
  // Clocks there go forward on 14 March: that day has 23 hours.
  till = await openTill(bench, {}, { timezone: 'America/New_York' });
  bench.time.now = new Date('2027-03-10T15:00:00Z');
  await weeks();
  await bench.runJobs('reports.addUp');
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

const later = (hours: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + hours * 3_600_000);
};

/** Ten days of two stores: top-ups with bonus, part of it released later and ending, payments, returns, corrections, a gift card. */
async function weeks(): Promise<void> {
  const { merchant, storeId, otherStoreId } = till;
  // So that there is some of what is given left when it ends.
  await merchant.patch('/v1/wallet-policy', { spendingOrder: 'principal_first' });
  madeBy(
    await merchant.post('/v1/bonus-rules', {
      ...{ name: 'A tenth', steps: [{ from: 5_000, ppm: 100_000 }], instalments: 2 },
      validity: { type: 'after', count: 3, unit: 'days' },
    }),
  );
  const enrol = async (phone: string) =>
    madeBy(await merchant.post('/v1/members', { phone, consent: { textVersion: 1 } }));
  const [one, two] = [await enrol('13500000001'), await enrol('13500000002')];
  for (let n = 0; n < 10; n++) {
    later(22);
    const memberId = n % 2 === 0 ? one : two;
    const at = n % 3 === 0 ? otherStoreId : storeId;
    const amount = 4_000 + 700 * n;
    const topUp = madeBy(
      await merchant.post('/v1/wallet-top-ups', {
        ...{ memberId, storeId: at, amount },
        payment: { tender: 'cash', amount, reference: `T${n}` },
      }),
    );
    const bought = madeBy(
      await merchant.post('/v1/purchases', {
        ...{ memberId, storeId: n % 2 === 0 ? otherStoreId : storeId, reference: `P${n}` },
        ...{
          lines: [{ name: '茶', price: 900 + n }],
          tenders: [{ kind: 'wallet', amount: 900 + n }],
        },
      }),
    );
    if (n % 3 === 0)
      madeBy(await merchant.post(`/v1/purchases/${bought}/refunds`, { amount: 300 + n, reason: 'back' }));
    if (n === 4) {
      const { body } = await merchant.post<{ items: readonly { topUpId: string; refund: number }[] }>(
        '/v1/wallet-refund-quotes',
        { memberId },
      );
      const refund = body.items.find(({ topUpId }) => topUpId === topUp)?.refund;
      const payment = { tender: 'cash', reference: 'B4' };
      madeBy(
        await merchant.post(`/v1/wallet-top-ups/${topUp}/refunds`, {
          amount: refund,
          payment,
          reason: 'off',
        }),
      );
    }
    if (n === 6)
      madeBy(
        await merchant.post(`/v1/wallets/${memberId}/adjustments`, {
          ...{ kind: 'bonus', amount: 250, reason: 'sorry' },
        }),
      );
    await bench.runJobs('wallets.lapse');
  }
}

type Point = Readonly<Record<'principal' | 'bonus' | 'loaded' | 'given' | 'spent' | 'expired', number>> & {
  readonly day: string;
};
type Answer = { readonly behind: number; readonly points: readonly Point[] };
const range = 'from=2027-03-10&to=2027-03-21';

async function pointsOf(query: string, client: Pick<Client, 'get'> = till.merchant): Promise<Answer> {
  const reply = await client.get<Answer>(`/v1/reports/stored-value?${query}`);
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
}

const nextDay = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

test('each day closes as the liability rolls forward, to the cent, in a zone whose clocks change', async () => {
  const { points, behind } = await pointsOf(range);
  expect([behind, points.length]).toEqual([0, 12]);
  for (const point of points) {
    type Total = Readonly<Record<string, number>>;
    const path = `/v1/reports/liability-roll-forward?from=${point.day}&until=${nextDay(point.day)}`;
    const { body } = await till.merchant.get<{ totals: readonly Total[] }>(path);
    const { closing = 0, bonus = 0, ...moved } = body.totals[0] ?? {};
    const { loaded = 0, spent = 0, refunded = 0, expired = 0, adjusted = 0, transferred = 0 } = moved;
    expect(point).toMatchObject({ given: bonus, loaded, spent, refunded, expired, adjusted, transferred });
    expect(point.principal + point.bonus, point.day).toBe(closing);
  }
  const last = points.at(-1);
  expect((last?.principal ?? 0) + (last?.bonus ?? 0)).toBe(await till.total('wallet'));
  for (const word of ['loaded', 'given', 'spent', 'expired'] as const)
    expect(
      points.some((point) => point[word] > 0),
      word,
    ).toBe(true);
});

test('by week and by month the same is told, and a store is told of what it answers for', async () => {
  const { points } = await pointsOf(range);
  const sum = (rows: readonly Point[], word: 'loaded' | 'spent') =>
    rows.reduce((total, point) => total + point[word], 0);
  for (const by of ['week', 'month']) {
    const longer = (await pointsOf(`${range}&by=${by}`)).points;
    expect(longer.at(-1)).toMatchObject({ day: '2027-03-21', principal: points.at(-1)?.principal });
    expect([sum(longer, 'loaded'), sum(longer, 'spent')]).toEqual([
      sum(points, 'loaded'),
      sum(points, 'spent'),
    ]);
  }
  const stores = [till.storeId, till.otherStoreId];
  const ofEach = await Promise.all(stores.map((storeId) => pointsOf(`${range}&storeId=${storeId}`)));
  expect(ofEach.reduce((total, one) => total + sum(one.points, 'loaded'), 0)).toBe(sum(points, 'loaded'));
  const limited = await till.key({ role: 'store_manager', storeIds: [till.otherStoreId] });
  expect((await pointsOf(range, limited)).points).toEqual(ofEach[1]?.points);
  expect((await pointsOf(`${range}&storeId=${till.storeId}`, limited)).points).toEqual([]);
});

test('made anew from the log, by two processes at once, it is the same', async () => {
  const kept = () => rowsOf(bench, 'select * from reports.value_day order by merchant_id, day, store_id');
  const before = await kept();
  expect(before.length).toBeGreaterThan(8);
  for (const table of ['day', 'actor_day', 'value_day', 'member_day'])
    await rowsOf(bench, `delete from reports.${table}`);
  await rowsOf(bench, `delete from ledger.follower where job = 'reports.addUp'`);
  await Promise.all([bench.runJobs('reports.addUp'), bench.runJobs('reports.addUp')]);
  await bench.runJobs('reports.addUp');
  expect(await kept()).toEqual(before);
});
