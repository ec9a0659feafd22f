import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { madeBy, openTill, rowsOf, sell, type Till } from '../../../test/till.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench, { validity: { type: 'after', count: 20, unit: 'days' } });
  await weeks();
  await bench.runJobs('reports.addUp');
  await bench.runJobs('cards.keepList');
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

const later = (hours: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + hours * 3_600_000);
};

/** Some weeks of a shop: sales, payments in both stores, refunds, reversals, corrections, an undone sale, a transfer. */
async function weeks(): Promise<void> {
  const cards = await till.issue(20, 10_000);
  for (const [n, card] of cards.slice(0, 16).entries()) {
    later(19);
    await sell(till, [card], 10_000, n % 3 === 0 ? { storeId: till.otherStoreId } : {});
    const id = await till.paid(card, 1_000 + n, n % 2 === 0 ? { storeId: till.otherStoreId } : {});
    if (n % 4 === 0)
      await till.merchant.post(`/v1/redemptions/${id}/refunds`, { amount: 300 + n, reason: 'back' });
    if (n === 5) {
      await till.paid(card, 50, { reference: 'R5' });
      await till.merchant.post('/v1/reversals', { reference: 'R5', storeId: till.storeId });
    }
    if (n === 6) await till.does(card, 'adjust', { amount: -40, reason: 'typing error' });
    if (n === 7) await till.does(card, 'adjust', { amount: 60, reason: 'a gift' });
    if (n === 8) await till.does(card, 'void', { reason: 'gone' });
    if (n === 9) await till.does(card, 'transfer', { amount: 2_000, holder: 'H' });
    if (n === 10)
      await till.does(card, 'reload', {
        amount: 500,
        storeId: till.storeId,
        payment: { tender: 'cash', amount: 500, reference: 'L' },
      });
  }
  const undone = cards[18];
  if (undone) {
    await sell(till, [undone], 10_000);
    await till.does(undone, 'deactivate', { reason: 'typing error' });
  }
}

type Figures = {
  readonly currency: string;
  readonly sold: number;
  readonly paid: number;
  readonly activations: number;
  readonly redeemed: number;
  readonly redemptions: number;
  readonly refunded: number;
  readonly refunds: number;
  readonly voided: number;
  readonly adjusted: number;
  readonly outstandingChange: number;
};
type ByStore = {
  readonly behind: number;
  readonly stores: readonly (Figures & { readonly storeId: string | null })[];
};
type Today = {
  readonly day: string;
  readonly currencies: readonly (Figures & {
    readonly outstanding: number;
    readonly expiring: { cards: number; balance: number };
  })[];
};
const range = 'from=2026-11-01&to=2027-01-31';
const get = async <Body>(path: string, client: Pick<Till['merchant'], 'get'> = till.merchant) => {
  const reply = await client.get<Body>(path);
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
};
const sumOf = (rows: readonly Figures[], word: keyof Figures) =>
  rows.reduce((sum, row) => sum + Number(row[word]), 0);

test('the stores together are the ledger, to the cent', async () => {
  const { stores, behind } = await get<ByStore>(`/v1/reports/stores?${range}`);
  expect(behind).toBe(0);
  expect(stores.length).toBe(3);
  expect(sumOf(stores, 'outstandingChange')).toBe(await till.total('card'));
  expect(sumOf(stores, 'redeemed') - sumOf(stores, 'refunded')).toBe(await till.total('revenue'));
  expect(sumOf(stores, 'paid')).toBe(-(await till.total('tender')));
  expect(sumOf(stores, 'voided')).toBe(await till.total('voided'));
  expect(sumOf(stores, 'adjusted')).toBe(-(await till.total('adjustment')));
  const moved =
    sumOf(stores, 'sold') -
    sumOf(stores, 'redeemed') +
    sumOf(stores, 'refunded') -
    sumOf(stores, 'voided') +
    sumOf(stores, 'adjusted');
  expect(moved).toBe(sumOf(stores, 'outstandingChange'));
  for (const one of stores) {
    if (one.storeId === null) continue;
    expect(one.redeemed - one.refunded).toBe(await till.total('revenue', one.storeId));
  }
  expect(sumOf(stores, 'activations')).toBe(17);
  expect(sumOf(stores, 'refunds')).toBe(5);
});

test('today, the series and the ages say the same of what is outstanding', async () => {
  const owed = await till.total('card');
  const { currencies, day } = await get<Today>('/v1/reports/today');
  expect(currencies[0]?.outstanding).toBe(owed);
  for (const by of ['day', 'week', 'month']) {
    const { points } = await get<{
      points: { day: string; outstanding: number; sold: number; redeemed: number }[];
    }>(`/v1/reports/outstanding?${range}&by=${by}`);
    expect(points.at(-1)).toMatchObject({ day: '2027-01-31', outstanding: owed });
    const { stores } = await get<ByStore>(`/v1/reports/stores?${range}`);
    expect(points.reduce((sum, { sold }) => sum + sold, 0)).toBe(sumOf(stores, 'sold'));
    if (by === 'day') expect(points).toHaveLength(92);
    if (by === 'month')
      expect(points.map((point) => point.day)).toEqual(['2026-11-30', '2026-12-31', '2027-01-31']);
  }
  const { ages } = await get<{ ages: { balance: number; cards: number }[] }>('/v1/reports/ageing');
  expect(ages.reduce((sum, { balance }) => sum + balance, 0)).toBe(owed);
  expect(day).toBe('2026-12-05');
});

test('a day ends at midnight in the zone of the merchant', async () => {
  const other = await openTill(bench);
  bench.time.now = new Date('2027-02-01T15:59:59Z');
  await other.card();
  bench.time.now = new Date('2027-02-01T16:00:00Z');
  await other.card(700);
  await bench.runJobs('reports.addUp');
  const stores = async (day: string) =>
    (await get<ByStore>(`/v1/reports/stores?from=${day}&to=${day}`, other.merchant)).stores;
  expect(sumOf(await stores('2027-02-01'), 'sold')).toBe(10_000);
  expect(sumOf(await stores('2027-02-02'), 'sold')).toBe(700);
  expect((await get<Today>('/v1/reports/today', other.merchant)).currencies[0]?.sold).toBe(700);
});

test('made anew from the log, in other steps and by two processes at once, the sums are the same', async () => {
  const sums = () => rowsOf(bench, 'select * from reports.day order by merchant_id, day, store_id, currency');
  const actors = () => rowsOf(bench, 'select * from reports.actor_day order by merchant_id, day, actor_id');
  const before = [await sums(), await actors()];
  expect(before[0]?.length).toBeGreaterThan(10);
  for (const table of ['day', 'actor_day', 'value_day', 'member_day'])
    await rowsOf(bench, `delete from reports.${table}`);
  await rowsOf(bench, `delete from ledger.follower where job = 'reports.addUp'`);
  await Promise.all([bench.runJobs('reports.addUp'), bench.runJobs('reports.addUp')]);
  await bench.runJobs('reports.addUp');
  expect([await sums(), await actors()]).toEqual(before);
});

test('who is limited to stores sees their figures, and nothing of the whole', async () => {
  const limited = await till.key({ role: 'store_manager', storeIds: [till.otherStoreId] });
  const { stores } = await get<ByStore>(`/v1/reports/stores?${range}`, limited);
  expect(stores.map(({ storeId }) => storeId)).toEqual([till.otherStoreId]);
  expect((await get<ByStore>(`/v1/reports/stores?${range}&storeId=${till.storeId}`, limited)).stores).toEqual(
    [],
  );
  const mine = await get<Today>('/v1/reports/today', limited);
  const whole = await get<Today>('/v1/reports/today');
  expect(mine.currencies[0]?.outstanding).toBeGreaterThan(0);
  expect(mine.currencies[0]?.outstanding).toBeLessThan(whole.currencies[0]?.outstanding ?? 0);
});

test('a range that ends before it begins, or is no range, is refused at its field', async () => {
  const ask = (query: string) => () => till.merchant.get(`/v1/reports/stores?${query}`);
  await till.refuses('invalid_request', ask('from=2026-12-02&to=2026-12-01'), { field: 'to' });
  await till.refuses('invalid_request', ask('from=1990-01-01'), { field: 'from' });
  await till.refuses('invalid_request', ask('from=2026-02-30'), { field: 'from' });
});

test('alerts: who gives back more than they take, locked PINs, failed batches, a frozen ledger', async () => {
  const other = await openTill(bench);
  const clerk = await other.key({ role: 'manager', permissions: undefined, name: 'Zhou' });
  const card = await other.card();
  const id = await other.paid(card, 100);
  for (let n = 0; n < 10; n++) await clerk.post(`/v1/redemptions/${id}/refunds`, { amount: 5, reason: 'r' });
  const locked = await other.card();
  for (let n = 0; n < 5; n++) await other.pay({ code: locked.code, pin: '000000' }, 1);
  await rowsOf(
    bench,
    `update batches.batch set status = 'failed', failure = 'no code', released_at = null where merchant_id = '${other.merchant.id}'`,
  );
  await rowsOf(
    bench,
    `update ledger.journal set frozen_reason = 'a sum', frozen_at = now() where merchant_id = '${other.merchant.id}'`,
  );
  await bench.runJobs('reports.addUp');
  await bench.runJobs('cards.keepList');
  const alerts = await get<Record<string, unknown>>('/v1/reports/alerts', other.merchant);
  expect(alerts).toMatchObject({
    ledgerFrozen: { reason: 'a sum' },
    failedBatches: [{ failure: 'no code' }],
    unusual: [{ actor: { name: 'Zhou' }, refunds: 10, refunded: 50, redeemed: 0 }],
    pinLocked: [{ cardId: locked.id, serial: locked.serial, storeId: other.storeId }],
  });
  expect(await get('/v1/reports/alerts')).toMatchObject({
    ledgerFrozen: null,
    failedBatches: [],
    pinLocked: [],
  });
});

test('what members pay from a wallet or in cash is no sale, redemption or refund of a card', async () => {
  const { merchant, storeId, otherStoreId } = till;
  const figures = async () => [
    (await get<ByStore>(`/v1/reports/stores?${range}`)).stores,
    (await get<{ points: object[] }>(`/v1/reports/outstanding?${range}`)).points,
    (await get<Today>('/v1/reports/today')).currencies,
  ];
  await bench.runJobs('reports.addUp');
  const before = await figures();
  const memberId = madeBy(
    await merchant.post('/v1/members', { phone: '13500000001', consent: { textVersion: 1 } }),
  );
  const payment = { tender: 'cash', amount: 9_000, reference: 'W' };
  madeBy(await merchant.post('/v1/wallet-top-ups', { memberId, storeId, amount: 9_000, payment }));
  const lines = [{ name: '茶', price: 5_000 }];
  const tenders = [
    { kind: 'wallet', amount: 4_000 },
    { kind: 'money', tender: 'cash', amount: 1_000 },
  ];
  const bought = madeBy(
    await merchant.post('/v1/purchases', {
      ...{ memberId, storeId: otherStoreId, reference: 'W', lines, tenders },
    }),
  );
  madeBy(await merchant.post(`/v1/purchases/${bought}/refunds`, { amount: 1_500, reason: 'back' }));
  const price = { price: 700, span: { count: 1, unit: 'years' }, discount: { ppm: 0 } };
  const planId = madeBy(
    await merchant.post('/v1/membership-plans', { name: { zh: '年卡', en: 'Year' }, ...price }),
  );
  const fee = { tender: 'cash', amount: 700, reference: 'F' };
  madeBy(await merchant.post('/v1/memberships', { memberId, planId, storeId, payment: fee }));
  await bench.runJobs('reports.addUp');
  expect(await figures()).toEqual(before);
});

test('who gives back more of purchases than they sell is named, whatever was paid with', async () => {
  const { merchant, storeId } = till;
  const clerk = await till.key({ name: 'Wu', role: 'store_manager' });
  const money = (amount: number) => [{ kind: 'money', tender: 'cash', amount }];
  const lines = [{ name: '茶', price: 100 }];
  for (let n = 0; n < 12; n++) {
    const sold = { storeId, reference: `U${n}`, lines, tenders: money(100) };
    const by = n === 0 ? clerk : merchant;
    const bought = madeBy(await by.post('/v1/purchases', sold));
    madeBy(await clerk.post(`/v1/purchases/${bought}/refunds`, { amount: 40, reason: 'back' }));
  }
  await bench.runJobs('reports.addUp');
  const { body } = await merchant.get<{ unusual: readonly { actor: { name: string } }[] }>(
    '/v1/reports/alerts',
  );
  expect(body.unusual.find(({ actor }) => actor.name === 'Wu')).toMatchObject({
    ...{ refunds: 12, refunded: 480, redeemed: 100 },
  });
});
