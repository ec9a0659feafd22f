import { afterAll, beforeAll, expect, test } from 'vitest';
import { couponsAt } from '../../../test/coupons.ts';
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

test('coupons that came with an order go with what is paid back of it, and those very ones come again where that fails', async () => {
  const { bench, simulator } = opened;
  const shop = await openCashier(bench, simulator);
  const { till, member } = shop;
  const coupons = couponsAt(till);
  const templateId = await coupons.template();
  const steps = [{ from: 1, coupons: { templateId, count: 4 } }];
  await till.merchant.post('/v1/bonus-rules', { name: 'Coupons', steps });
  const { id } = await shop.place('alipay');
  simulator.pay(id);
  await shop.call('alipay', id);
  const usable = async () => (await coupons.listed(member, '&state=usable')).map((one) => one.id).sort();
  const all = await usable();
  expect(all).toHaveLength(4);
  const refund = (amount: number) =>
    till.merchant.post<{ refund: object }>(`/v1/payment-orders/${id}/refund`, {
      amount,
      reason: 'asked for',
    });
  // What staff took back is gone already, and does not come again with the money.
  await coupons.withdraw(all[0] ?? '');
  const half = await refund(5_000);
  expect(half.body, half.text).toMatchObject({ refund: { coupons: 1 } });
  expect(await usable()).toHaveLength(2);
  simulator.manners.refunds = 'failed';
  await shop.later(60_000);
  expect(await usable()).toEqual(all.slice(1));
  expect(await coupons.shown(templateId)).toMatchObject({ issued: 4, held: 3, withdrawn: 1 });
  // One that is used is not charged, and all others go with all of the money.
  expect((await coupons.buy(member, all[1], 4_000)).status).toBe(201);
  const rest = await refund(10_000);
  expect(rest.body, rest.text).toMatchObject({ refund: { amount: 10_000, coupons: 2 } });
  expect(await usable()).toEqual([]);
  expect(await coupons.shown(templateId)).toMatchObject({ used: 1, held: 0, withdrawn: 3 });
});
