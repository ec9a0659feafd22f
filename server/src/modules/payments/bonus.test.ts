import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCashier, openPayments } from '../../../test/payments.ts';
import { first } from '../../../test/till.ts';

let opened: Awaited<ReturnType<typeof openPayments>>;
beforeAll(async () => {
  opened = await openPayments();
});
afterAll(async () => {
  expect(opened.bench.errors).toEqual([]);
  await opened.close();
});

test('what was given on top of an order goes with what is paid back, and only the channel pays back', async () => {
  const { bench, simulator } = opened;
  const shop = await openCashier(bench, simulator);
  const { till } = shop;
  const wallet = () => till.total('wallet');
  await till.merchant.post('/v1/bonus-rules', {
    name: 'Gift',
    steps: [{ from: 10_000, bonus: 1_001, points: 101 }],
  });
  const { id } = await shop.place('alipay');
  simulator.pay(id);
  await shop.call('alipay', id);
  expect([await wallet(), await till.total('points')]).toEqual([11_001, 101]);
  const quoted = await till.merchant.post<{ items: { topUpId: string }[] }>('/v1/wallet-refund-quotes', {
    memberId: shop.member.id,
  });
  expect(quoted.body.items).toMatchObject([{ paymentOrderId: id, refund: 10_000, bonus: 1_001 }]);
  const asked = { amount: 10_000, reason: 'r', payment: { tender: 'alipay', reference: 'R' } };
  await till.refuses('top_up_paid_elsewhere', () =>
    till.merchant.post(`/v1/wallet-top-ups/${first(quoted.body.items).topUpId}/refunds`, asked),
  );
  const refund = (amount: number) =>
    till.merchant.post(`/v1/payment-orders/${id}/refund`, { amount, reason: 'asked for' });
  await refund(5_000);
  expect([await wallet(), await till.total('points')]).toEqual([5_501, 51]);
  simulator.manners.refunds = 'failed';
  await shop.later(60_000);
  expect([await wallet(), await till.total('points')]).toEqual([11_001, 101]);
  await refund(10_000);
  expect([await wallet(), await till.total('wallet_bonus'), await till.total('points')]).toEqual([0, 0, 0]);
});
