import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { madeBy, openTill, type Till } from '../../../../test/till.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
  bench.time.now = new Date('2026-01-31T10:00:00+08:00');
  till = await openTill(bench);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

async function plan(more: object = {}): Promise<string> {
  const terms = { name: { zh: '月卡', en: 'Month card' }, price: 3_000, discount: { ppm: 100_000 } };
  const span = { count: 1, unit: 'months' };
  return madeBy(await till.merchant.post('/v1/membership-plans', { ...terms, span, ...more }));
}
const term = (id: string, firstDay?: string) =>
  till.merchant.get(
    `/v1/membership-plans/${id}/term${firstDay === undefined ? '' : `?firstDay=${firstDay}`}`,
  );

test('the counter is told before a sale what the sale then does: to which day it is good, and the price', async () => {
  const id = await plan();
  const told = { firstDay: '2026-01-31', lastDay: '2026-02-28', price: 3_000, currency: 'CNY' };
  expect((await term(id)).body).toEqual({ ...told, validUntil: '2026-02-28T16:00:00.000Z' });
  expect((await term(id, '2026-03-31')).body).toMatchObject({
    firstDay: '2026-03-31',
    lastDay: '2026-04-30',
  });
  const sold = await till.merchant.post('/v1/memberships', {
    member: { phone: '13700001234', consent: { textVersion: 1 } },
    planId: id,
    storeId: till.storeId,
    payment: { tender: 'cash', amount: 3_000, reference: 'M1' },
  });
  expect(sold.body, sold.text).toMatchObject({ firstDay: told.firstDay, lastDay: told.lastDay });
});

test('a day that is over, and a card type that is not sold, have no term', async () => {
  const id = await plan();
  await till.refuses('terms_in_the_past', () => term(id, '2026-01-30'), { field: 'firstDay' });
  await till.merchant.patch(`/v1/membership-plans/${id}`, { state: 'retired' });
  await till.refuses('membership_plan_retired', () => term(id));
});

test('a sale of a membership has a receipt with the card type, its last day and what it cost', async () => {
  const id = await plan({ name: { zh: '季卡', en: 'Quarter card' }, span: { count: 3, unit: 'months' } });
  const sold = await till.merchant.post<{ id: string; activityId: string; lastDay: string }>(
    '/v1/memberships',
    {
      member: { phone: '13700001235', consent: { textVersion: 1 } },
      planId: id,
      storeId: till.storeId,
      payment: { tender: 'alipay', amount: 3_000, reference: 'M2' },
    },
  );
  const shown = await till.merchant.get<{ token: string }>(`/v1/receipts/${sold.body.activityId}`);
  const paper = {
    kind: 'membership',
    amount: 3_000,
    currency: 'CNY',
    tender: 'alipay',
    item: { zh: '季卡', en: 'Quarter card' },
    validThrough: sold.body.lastDay,
    maskedCode: null,
    balance: null,
  };
  expect(shown.body, shown.text).toMatchObject(paper);
  const open = await bench
    .client('')
    .get(`/v1/public/${till.merchant.merchantId}/receipts/${shown.body.token}`);
  expect(open.body).toMatchObject(paper);
  const payment = { tender: 'cash', amount: 3_000, reference: 'M3' };
  const again = await till.merchant.post<{ activityId: string }>(`/v1/memberships/${sold.body.id}/renew`, {
    storeId: till.storeId,
    payment,
  });
  expect((await till.merchant.get(`/v1/receipts/${again.body.activityId}`)).body.kind).toBe('renewal');
});

test('a top-up has a receipt with what was given with it and what is on the wallet then', async () => {
  const rule = { name: 'A gift', steps: [{ from: 10_000, bonus: 800 }] };
  expect((await till.merchant.post('/v1/bonus-rules', rule)).status).toBe(201);
  const body = { phone: '13700001236', consent: { textVersion: 1 } };
  const memberId = madeBy(await till.merchant.post('/v1/members', body));
  const payment = { tender: 'cash', amount: 10_000, reference: 'T1' };
  const topUp = { memberId, storeId: till.storeId, amount: 10_000, payment };
  const done = await till.merchant.post<{ activityId: string }>('/v1/wallet-top-ups', topUp);
  expect((await till.merchant.get(`/v1/receipts/${done.body.activityId}`)).body).toMatchObject({
    kind: 'top_up',
    amount: 10_000,
    bonus: 800,
    balance: 10_800,
    tender: 'cash',
  });
});
