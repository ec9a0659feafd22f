import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hire } from '../../../../test/desk.ts';
import type { Simulator } from '../../../../test/gateways/simulator.ts';
import type { TestBench } from '../../../../test/harness.ts';
import { type Cashier, openCashier, openPayments } from '../../../../test/payments.ts';

let bench: TestBench;
let simulator: Simulator;
let close: () => Promise<void>;
let shop: Cashier;
beforeAll(async () => {
  ({ bench, simulator, close } = await openPayments());
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await close();
});
beforeEach(async () => {
  simulator.manners.refunds = 'done';
  shop = await openCashier(bench, simulator);
});

test('a payment that goes back in parts waits for a second person as it would at once', async () => {
  const { merchant } = shop.till;
  await merchant.patch('/v1/approval-policy', { rules: { refund: { above: 5_000 } } });
  for (let n = 0; n < 2; n++) await hire(bench, merchant, { role: 'owner' });
  const { id } = await shop.place('stripe');
  simulator.pay(id);
  await shop.call('stripe', id);
  type Waits = { approval?: { kind: string } };
  const refund = (amount: number) =>
    merchant.post<Waits>(`/v1/payment-orders/${id}/refund`, { amount, reason: 'asked for' });
  expect((await refund(3_000)).status).toBe(201);
  expect((await refund(2_000)).status).toBe(201);
  const over = await refund(1);
  expect([over.status, over.body.approval], over.text).toMatchObject([202, { kind: 'refund' }]);
  expect(await shop.order(id)).toMatchObject({ refunded: 5_000 });
});

test('of a payment that went back in parts, a part that its channel would not send can go back again', async () => {
  const { id } = await shop.place('bank_card');
  simulator.pay(id);
  await shop.call('bank_card', id);
  const refund = (amount: number) =>
    shop.till.merchant.post(`/v1/payment-orders/${id}/refund`, { amount, reason: 'asked for' });
  simulator.manners.refunds = 'pending';
  await refund(6_000);
  await shop.later(0);
  simulator.manners.refunds = 'done';
  await refund(4_000);
  await shop.later(0);
  simulator.manners.refunds = 'failed';
  await shop.later(3_600_000);
  expect(await shop.till.total('wallet')).toBe(6_000);
  expect(await shop.order(id)).toMatchObject({ state: 'paid', refunded: 4_000 });
  simulator.manners.refunds = 'done';
  expect((await refund(6_000)).status).toBe(201);
  await shop.later(0);
  expect(await shop.till.total('wallet')).toBe(0);
  expect(await shop.order(id)).toMatchObject({ state: 'refunded', refunded: 10_000 });
});
