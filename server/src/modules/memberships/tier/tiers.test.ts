import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { answeredAsSystem } from '../../../../test/asSystem.ts';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openTill, type Till } from '../../../../test/till.ts';
import { decodeId } from '../../../kernel/id.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { membershipRows, priceLines, progress } from '../index.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  bench.time.now = new Date('2026-01-31T10:00:00+08:00');
  till = await openTill(bench);
});

let count = 0;
const person = () => ({ phone: `1360001${String(++count).padStart(4, '0')}`, consent: { textVersion: 1 } });
const goTo = (time: string) => {
  bench.time.now = new Date(`${time}+08:00`);
};
const overview = async (memberId: string) =>
  (await till.merchant.get(`/v1/members/${memberId}/membership`)).body;

const tiers = (more: object = {}) => ({
  period: { count: 1, unit: 'years' },
  tiers: [
    {
      code: 'silver',
      name: { zh: '银', en: 'Silver' },
      discount: { ppm: 50_000 },
      entry: { spend: 100_000 },
    },
    {
      code: 'gold',
      name: { zh: '金', en: 'Gold' },
      discount: { ppm: 100_000 },
      entry: { spend: 500_000, points: 9_000 },
    },
  ],
  ...more,
});

/** What checkout does: prices lines and notes the purchase, as the system. */
const buy = useCase({
  name: 'test.buy',
  permission: 'system',
  movesValue: false,
  needs: ({ memberId }: { memberId: string; spent: bigint; currency?: string }, find) =>
    membershipRows(memberId, find),
  decide(rows, { memberId, spent, currency = 'CNY' }, context) {
    const line = { amount: spent > 0n ? spent : 0n, categoryPath: [] };
    const { snapshot } = priceLines(rows, [line], { paidByWallet: false }, context.now);
    const { changes, activities, before, after } = progress(rows, { spent, currency }, context);
    return accepted({
      activities: [{ type: 'test.bought', subjectId: memberId, details: { snapshot } }, ...activities],
      changes,
      result: { before, after, discount: snapshot.discount },
    });
  },
});

async function bought(memberId: string, spent: bigint, currency = 'CNY'): Promise<unknown> {
  const id = decodeId('mem', memberId);
  const merchantId = till.merchant.id;
  if (id === undefined) throw new Error('no id');
  const answer = await answeredAsSystem(bench, merchantId, buy, { memberId: id, spent, currency });
  return 'body' in answer ? JSON.parse(answer.body) : answer;
}

test('what is spent leads to a tier at once, and its refund out of it; the news is in the log', async () => {
  expect((await till.merchant.post('/v1/membership-tiers', tiers())).status).toBe(201);
  const { body: member } = await till.merchant.post<{ id: string }>('/v1/members', person());
  expect(await bought(member.id, 99_999n)).toEqual({ before: null, after: null, discount: 0 });
  expect(await bought(member.id, 7_000_000n, 'USD'), 'another currency').toMatchObject({ after: null });
  expect(await bought(member.id, 1n)).toEqual({ before: null, after: 'silver', discount: 0 });
  expect(await bought(member.id, 10_000n)).toMatchObject({ after: 'silver', discount: 500 });
  expect(await overview(member.id)).toMatchObject({
    tier: { id: 'silver' },
    visits: 4,
    progress: { spent: 110_000, next: { id: 'gold', spendLeft: 390_000, pointsLeft: 9_000 } },
  });
  expect(await bought(member.id, -20_000n)).toMatchObject({ before: 'silver', after: null });
  expect(await overview(member.id)).toMatchObject({ tier: null, visits: 4 });
  const log = await till.merchant.get<{ items: { type: string }[] }>(`/v1/activities?subjectId=${member.id}`);
  expect(log.body.items.filter(({ type }) => type === 'membership.tier_changed')).toHaveLength(2);
});

test('of purchases at once none is lost', async () => {
  await till.merchant.post('/v1/membership-tiers', tiers());
  const { body: member } = await till.merchant.post<{ id: string }>('/v1/members', person());
  await Promise.all(Array.from({ length: 50 }, () => bought(member.id, 2_000n)));
  expect(await overview(member.id)).toMatchObject({
    tier: { id: 'silver' },
    visits: 50,
    progress: { spent: 100_000 },
  });
});

test('tiers are laid down in order; a mistake in them changes nothing', async () => {
  const set = (more: object) => till.merchant.post('/v1/membership-tiers', tiers(more));
  const [silver, gold] = tiers().tiers;
  await till.refuses('invalid_request', () => set({ tiers: [gold, silver] }), {
    field: 'tiers.1.entry.spend',
  });
  await till.refuses('invalid_request', () => set({ tiers: [silver, silver] }), { field: 'tiers.1.code' });
  await till.refuses('invalid_request', () => set({ tiers: [{ ...silver, keep: { spend: 100_001 } }] }));
  await till.refuses('membership_plan_not_found', () =>
    set({ tiers: [{ ...silver, entry: { planIds: ['mpl_00000000000000000000000000'] } }] }),
  );
  expect((await set({})).body).toMatchObject({ number: 1 });
  expect((await set({ downgrade: 'never' })).body).toMatchObject({ number: 2, downgrade: 'never' });
  const { body } = await till.merchant.get<{ items: { number: number }[] }>('/v1/membership-tiers');
  expect(body.items.map(({ number }) => number)).toEqual([2, 1]);
});

test('a tier may be given to its last day, and taken back', async () => {
  const { body: member } = await till.merchant.post<{ id: string }>('/v1/members', person());
  const give = (body: object) =>
    till.merchant.post(`/v1/members/${member.id}/tier`, { reason: 'a friend', ...body });
  await till.refuses('membership_tier_not_found', () => give({ tierId: 'gold' }));
  await till.merchant.post('/v1/membership-tiers', tiers());
  await till.refuses('membership_tier_not_found', () => give({ tierId: 'blue' }), { field: 'tierId' });
  await till.refuses('terms_in_the_past', () => give({ tierId: 'gold', lastDay: '2026-01-30' }));
  expect((await give({ tierId: 'gold', lastDay: '2026-01-31' })).body).toMatchObject({
    until: '2026-01-31T16:00:00.000Z',
  });
  expect(await overview(member.id)).toMatchObject({ tier: { id: 'gold' } });
  goTo('2026-02-01T00:00:00');
  expect(await overview(member.id)).toMatchObject({ tier: null });
  await give({ tierId: 'gold' });
  await give({ tierId: null });
  expect(await overview(member.id)).toMatchObject({ tier: null, progress: { given: null } });
});
