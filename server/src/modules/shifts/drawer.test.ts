import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, openBench, type TestBench } from '../../../test/harness.ts';
import { madeBy, openTill, type Till } from '../../../test/till.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Report = { readonly expected: number; readonly takings: unknown };

test('all cash that goes through a drawer is in its count: wallets, recharge cards, memberships, purchases, and what goes back', async () => {
  const { merchant, storeId } = till;
  const deviceId = madeBy(await merchant.post('/v1/devices', { storeId, name: 'Till 1' }));
  const counter: Client = await till.key({ role: 'manager', deviceId });
  const shift = madeBy(await counter.post('/v1/shifts', { storeId, deviceId, openingFloat: 50_000 }));
  const cash = (amount: number, reference: string) => ({ tender: 'cash', amount, reference });
  const done = async (path: string, body: object) => {
    const reply = await counter.post<{ id: string }>(path, body);
    expect(reply.status, reply.text).toBeLessThan(300);
    return reply.body.id;
  };

  const consent = { textVersion: 1 };
  const memberId = await done('/v1/members', { phone: '13700002001', consent });
  const wallet = { memberId, storeId };
  const topUp = await done('/v1/wallet-top-ups', { ...wallet, amount: 20_000, payment: cash(20_000, 'T1') });
  const byCard = { tender: 'bank_card', amount: 5_000, reference: 'T2' };
  await done('/v1/wallet-top-ups', { ...wallet, amount: 5_000, payment: byCard });

  const terms = { name: { zh: '月卡', en: 'Month card' }, span: { count: 1, unit: 'months' }, price: 3_000 };
  const planId = madeBy(await merchant.post('/v1/membership-plans', { ...terms, discount: { ppm: 0 } }));
  const membership = await done('/v1/memberships', { ...wallet, planId, payment: cash(3_000, 'M1') });
  await done(`/v1/memberships/${membership}/renew`, { storeId, payment: cash(3_000, 'M2') });

  const batch = await merchant.post<{ id: string }>('/v1/recharge-card-batches', {
    name: 'r',
    quantity: 2,
    faceValue: 10_000,
  });
  await bench.runJobs('rechargecards.generate');
  await merchant.post(`/v1/recharge-card-batches/${batch.body.id}/release`, {});
  const range = { batchId: batch.body.id, from: 1, to: 2 };
  await done('/v1/recharge-cards/sales', { storeId, range, payment: cash(20_000, 'R1') });

  const basket = { storeId, lines: [{ name: 'Tea', price: 1_500 }], reference: 'P1' };
  const paid = [{ kind: 'money', tender: 'cash', amount: 1_500 }];
  await done('/v1/purchases', { ...basket, tenders: paid });

  const back = { amount: 20_000, reason: 'leaves', payment: { tender: 'cash', reference: 'B1' } };
  await done(`/v1/wallet-top-ups/${topUp}/refunds`, back);

  const { body } = await merchant.get<Report>(`/v1/shifts/${shift}/report`);
  const taken = (tender: string, amount: number, count: number) => ({
    tender,
    currency: 'CNY',
    amount,
    count,
  });
  expect(body.takings).toMatchObject({
    toppedUp: [taken('bank_card', 5_000, 1), taken('cash', 20_000, 1)],
    memberships: [taken('cash', 6_000, 2)],
    recharged: [taken('cash', 20_000, 2)],
    purchased: [taken('cash', 1_500, 1)],
    returned: [taken('cash', -20_000, 1)],
  });
  expect(body.expected).toBe(50_000 + 20_000 + 6_000 + 20_000 + 1_500 - 20_000);
  await counter.post(`/v1/shifts/${shift}/count`, { amount: body.expected });
  const closed = await counter.post<{ difference: number }>(`/v1/shifts/${shift}/close`, {});
  expect(closed.body, closed.text).toMatchObject({ expected: body.expected, difference: 0 });
});
