import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openTill, sell } from '../../../test/till.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

const day = { type: 'after', count: 1, unit: 'days' };

/** The zone, when it is sold there, and the last millisecond at which it is good. */
const zones: readonly (readonly [string, string, string, object])[] = [
  ['Asia/Shanghai', '2026-11-22T04:00:00Z', '2026-11-23T15:59:59.999Z', day],
  ['Asia/Shanghai', '2026-11-22T15:59:59.999Z', '2026-11-23T15:59:59.999Z', day],
  ['Asia/Shanghai', '2026-11-22T16:00:00Z', '2026-11-24T15:59:59.999Z', day],
  // Clocks go forward on the last good day, which has 23 hours.
  ['America/New_York', '2027-03-13T12:00:00Z', '2027-03-15T03:59:59.999Z', day],
  // They go back: 25 hours.
  ['America/New_York', '2026-10-31T12:00:00Z', '2026-11-02T04:59:59.999Z', day],
  // The day after begins at one o'clock, since midnight is skipped there.
  ['Africa/Cairo', '2027-04-28T12:00:00Z', '2027-04-29T21:59:59.999Z', day],
  [
    'Asia/Shanghai',
    '2027-01-31T04:00:00Z',
    '2027-02-28T15:59:59.999Z',
    { type: 'after', count: 1, unit: 'months' },
  ],
  [
    'Asia/Shanghai',
    '2028-02-29T04:00:00Z',
    '2029-02-28T15:59:59.999Z',
    { type: 'after', count: 1, unit: 'years' },
  ],
  [
    'Pacific/Auckland',
    '2026-11-22T04:00:00Z',
    '2026-12-24T10:59:59.999Z',
    { type: 'until', date: '2026-12-24' },
  ],
];

test.each(zones)(
  'in %s a card sold at %s is good until %s and not a millisecond longer',
  async (timezone, sold, last, validity) => {
    bench.time.now = new Date(sold);
    const shop = await openTill(bench, { validity }, { timezone });
    const card = await shop.card();
    bench.time.now = new Date(last);
    expect((await shop.pay(card, 1)).status).toBe(201);
    bench.time.now = new Date(Date.parse(last) + 1);
    expect(await shop.shown(card)).toMatchObject({ state: 'expired', balance: 9_999 });
    expect((await shop.shown(card)).validUntil).toBe(bench.time.now.toISOString());
    await shop.refuses('card_expired', () => shop.pay(card, 1));
    await shop.refuses('card_expired', () => shop.hold(card, 1));
    await shop.refuses('card_expired', () => shop.ask(card, 'transfer'));
  },
);

test('the job notes expiry once; nothing hangs on when it runs, and the value stays on the card', async () => {
  const shop = await openTill(bench, { validity: day });
  const card = await shop.card();
  await bench.runJobs('cards.expire');
  expect(await shop.shown(card)).toMatchObject({ state: 'active' });
  bench.time.now = new Date(bench.time.now.getTime() + 2 * 86_400_000);
  await bench.runJobs('cards.expire');
  await bench.runJobs('cards.expire');
  expect(await shop.shown(card)).toMatchObject({ state: 'expired', balance: 10_000 });
  const { body } = await shop.merchant.get<{ items: { type: string }[] }>(`/v1/cards/${card.id}/activities`);
  expect(body.items.map(({ type }) => type)).toEqual(['card.expired', 'card.activated']);
  await shop.refuses('card_expired', () => shop.pay(card, 1));
});

test('a card whose program has ended since it was made cannot be sold', async () => {
  bench.time.now = new Date('2026-11-22T04:00:00Z');
  const shop = await openTill(bench, { validity: { type: 'until', date: '2026-11-30' } });
  const card = await shop.blank();
  bench.time.now = new Date('2026-11-30T16:00:00Z');
  const sold = await sell(shop, [card], 10_000);
  expect(sold.body).toMatchObject({
    activated: 0,
    rejected: [{ reason: 'card_expired' }],
    unapplied: 10_000,
  });
  bench.time.now = new Date('2026-11-30T15:59:59.999Z');
  expect((await sell(shop, [card], 10_000)).body).toMatchObject({ activated: 1 });
});
