import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { madeBy, openTill, type Till } from '../../../../test/till.ts';
import { peopleOf, type TestMember } from '../../../../test/wallet.ts';

let bench: TestBench;
let till: Till;
let member: TestMember;
let planId: string;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  till = await openTill(bench);
  member = await peopleOf(bench, till, '130').member();
  planId = madeBy(
    await till.merchant.post('/v1/membership-plans', {
      name: { zh: '季卡', en: 'Quarter' },
      span: { count: 60, unit: 'days' },
      price: 100,
      discount: { ppm: 50_000 },
    }),
  );
});

type Listed = { readonly event: string; readonly memberId: string | null; readonly text: string | null };
type Due = { memberId: string; wants: boolean; toldAt: string | null };

const payment = { tender: 'cash', amount: 100, reference: 'M1' };
const join = async (memberId = member.id) =>
  madeBy(await till.merchant.post('/v1/memberships', { memberId, planId, storeId: till.storeId, payment }));
const told = async () => {
  await Promise.all([bench.runJobs('notices.remind'), bench.runJobs('notices.remind')]);
  await bench.runJobs('notices.send');
  return (await till.merchant.get<{ items: Listed[] }>('/v1/notices')).body.items.filter(
    ({ event }) => event === 'membership_expiring',
  );
};
const due = async (query = '') =>
  (
    await till.merchant.get<{ items: Due[]; nextCursor: string | null }>(
      `/v1/reminders/ending-memberships${query}`,
    )
  ).body;
const later = (days: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + days * 86_400_000);
};

test('a membership is reminded of 30, 7 and 1 day before its end, once each, and not once it was renewed', async () => {
  const id = await join();
  const seen: number[] = [];
  for (const days of [20, 12, 1, 22]) {
    later(days);
    seen.push((await told()).length);
  }
  expect(seen).toEqual([0, 1, 1, 2]);
  expect((await told())[0]?.text).toMatch(/^【Test】您的会员卡还有 \d 天到期，到店即可续期。$/);
  const renewed = await till.merchant.post(`/v1/memberships/${id}/renew`, { storeId: till.storeId, payment });
  expect(renewed.status, renewed.text).toBeLessThan(300);
  later(4);
  expect(await told()).toHaveLength(2);
  expect((await due()).items).toEqual([]);
});

test('the list names whose membership ends within 30 days, page by page, and says who was told', async () => {
  const other = await peopleOf(bench, till, '131').member();
  await join();
  later(1);
  await join(other.id);
  expect((await due()).items).toEqual([]);
  later(40);
  await told();
  const { items } = await due();
  expect(items).toMatchObject([
    { memberId: member.id, wants: true, toldAt: bench.time.now.toISOString() },
    { memberId: other.id },
  ]);
  const first = await due('?limit=1');
  const rest = await due(`?limit=1&cursor=${first.nextCursor}`);
  expect([...first.items, ...rest.items]).toEqual(items);
});
