import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { importing, manyMembers } from '../../../../test/importing.ts';
import { madeBy, openTill, rowsOf, type Till } from '../../../../test/till.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
  bench.time.now = new Date('2027-03-10T02:00:00Z');
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Answer = { readonly behind: number; readonly points: readonly object[] };
const points = async (query = '', client: Pick<Till['merchant'], 'get'> = till.merchant) =>
  (await client.get<Answer>(`/v1/reports/members?from=2027-03-10&to=2027-03-12${query}`)).body;

test('who joined, left, bought a card type and came is told by day, each person once, and how many there are', async () => {
  const { merchant, storeId, otherStoreId } = till;
  const enrol = async (n: number) =>
    madeBy(await merchant.post('/v1/members', { phone: `1350000000${n}`, consent: { textVersion: 1 } }));
  const [first, second, third] = [await enrol(1), await enrol(2), await enrol(3)];
  const name = { zh: '年卡', en: 'Year' };
  const planId = madeBy(
    await merchant.post('/v1/membership-plans', {
      ...{ name, span: { count: 1, unit: 'years' }, price: 0, discount: { ppm: 0 } },
    }),
  );
  madeBy(await merchant.post('/v1/memberships', { memberId: first, planId, storeId }));
  bench.time.now = new Date('2027-03-10T16:00:00Z');
  const buy = async (memberId: string | undefined, at: string, reference: string) => {
    const lines = [{ name: '茶', price: 100 }];
    const tenders = [{ kind: 'money', tender: 'cash', amount: 100 }];
    madeBy(await merchant.post('/v1/purchases', { storeId: at, memberId, reference, lines, tenders }));
  };
  await buy(first, storeId, 'A');
  await buy(first, otherStoreId, 'B');
  await buy(undefined, storeId, 'C');
  const merge = { intoId: first, reason: 'enrolled_twice' };
  expect((await merchant.post(`/v1/members/${second}/merge`, merge)).status).toBe(200);
  expect((await merchant.post(`/v1/members/${third}/erase`, { reason: 'requested' })).status).toBe(200);
  expect(await points()).toMatchObject({ behind: expect.any(Number), points: [{ members: 0 }, {}, {}] });
  await bench.runJobs('reports.addUp');
  const none = { joined: 0, gone: 0, memberships: 0, renewals: 0, visits: 0 };
  expect(await points()).toMatchObject({
    behind: 0,
    points: [
      { day: '2027-03-10', ...none, members: 3, joined: 3, memberships: 1 },
      { day: '2027-03-11', ...none, members: 1, gone: 2, visits: 2 },
      { day: '2027-03-12', ...none, members: 1 },
    ],
  });
  const limited = await till.key({ role: 'store_manager', storeIds: [otherStoreId] });
  expect((await points('&by=month', limited)).points).toEqual([
    { day: '2027-03-12', ...none, members: null, visits: 1 },
  ]);
  const members = await rowsOf(bench, `select 1 from members.member where state = 'active'`);
  expect(members).toHaveLength(1);
});

test('who was imported has joined, once and not again with a later file; with the import taken back they have gone', async () => {
  const on = importing(bench, till.merchant);
  bench.time.now = new Date('2027-03-12T02:00:00Z');
  const { id } = await on.whole(manyMembers(5));
  await on.whole(manyMembers(5).replaceAll('会员', '客人'), {}, { existing: 'update' });
  await bench.runJobs('reports.addUp');
  expect((await points()).points.at(-1)).toMatchObject({ members: 6, joined: 5, gone: 0 });
  const another = await on.whole(manyMembers(7));
  await on.carried(another.id, 'reverse');
  await bench.runJobs('reports.addUp');
  expect((await points()).points.at(-1)).toMatchObject({ members: 6, joined: 7, gone: 2 });
  expect(id).not.toBe(another.id);
});

test('made anew from the log, by two processes at once, it is the same', async () => {
  const kept = () => rowsOf(bench, 'select * from reports.member_day order by merchant_id, day, store_id');
  const before = await kept();
  expect(before.length).toBeGreaterThan(2);
  for (const table of ['day', 'actor_day', 'value_day', 'member_day'])
    await rowsOf(bench, `delete from reports.${table}`);
  await rowsOf(bench, `delete from ledger.follower where job = 'reports.addUp'`);
  await Promise.all([bench.runJobs('reports.addUp'), bench.runJobs('reports.addUp')]);
  await bench.runJobs('reports.addUp');
  expect(await kept()).toEqual(before);
});
