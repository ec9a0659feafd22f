import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Simulator, simulatedKinds } from '../../../test/gateways/simulator.ts';
import type { TestBench } from '../../../test/harness.ts';
import { type Cashier, openCashier, openPayments } from '../../../test/payments.ts';
import { first } from '../../../test/till.ts';

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
  Object.assign(simulator.manners, { silent: false, forged: false, refunds: 'done' });
  shop = await openCashier(bench, simulator);
});

const minute = 60_000;
const wallet = () => shop.till.total('wallet');

test.for(simulatedKinds)(
  '%s: what it calls us with under its signature credits the wallet once',
  async (kind) => {
    const { id, presentation } = await shop.place(kind);
    expect(presentation?.content).toMatch(/^(https|weixin):/);
    expect(await wallet()).toBe(0);
    simulator.pay(id);
    const call = simulator.callback(kind, id);
    const replies = await Promise.all(Array.from({ length: 20 }, () => shop.send(kind, call)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await wallet()).toBe(10_000);
    const { transaction } = simulator.trade(id);
    expect(await shop.order(id)).toMatchObject({ state: 'paid', transaction, differences: [] });
    const own = await shop.member.phone.get(`/top-up-orders/${id}`);
    expect(own.body).toMatchObject({ state: 'paid', presentation: null });
  },
);

test.for(simulatedKinds)(
  '%s: a call that is forged, changed or of another time is not believed',
  async (kind) => {
    const { id } = await shop.place(kind);
    simulator.pay(id);
    const old = new Date(bench.time.now.getTime() - 6 * minute);
    const lies = [{ forged: true }, { tampered: true }, ...(kind === 'alipay' ? [] : [{ signedAt: old }])];
    for (const lie of lies) {
      const reply = await shop.call(kind, id, lie);
      expect([reply.status, reply.body.code], JSON.stringify(lie)).toEqual([401, 'callback_not_good']);
    }
    expect((await shop.send(kind, { headers: {}, body: '' })).body.code).toBe('callback_not_good');
    const elsewhere = kind === 'alipay' ? 'wechat' : 'alipay';
    expect((await shop.send(elsewhere, simulator.callback(kind, id))).body.code).toBe('callback_not_good');
    expect([await wallet(), await shop.differences()]).toEqual([0, []]);
  },
);

test.for(simulatedKinds)('%s: a call that is lost is asked for', async (kind) => {
  const { id } = await shop.place(kind);
  await shop.later(minute);
  expect(await shop.order(id)).toMatchObject({ state: 'pending' });
  simulator.pay(id);
  await shop.later(5 * minute);
  expect(await shop.order(id)).toMatchObject({ state: 'paid' });
  expect((await shop.call(kind, id)).status).toBe(200);
  expect(await wallet()).toBe(10_000);
});

test.for(simulatedKinds)('%s: an order that nobody pays is closed there, and expires here', async (kind) => {
  const { id } = await shop.place(kind);
  await shop.later(14 * minute);
  expect(await shop.order(id)).toMatchObject({ state: 'pending' });
  await shop.later(minute);
  expect(await shop.order(id)).toMatchObject({ state: 'expired' });
  expect(simulator.trade(id).state).toBe('closed');
});

test.for(simulatedKinds)(
  '%s: money that comes when its order is over goes back, and is shown',
  async (kind) => {
    const { id } = await shop.place(kind);
    await shop.later(15 * minute);
    const { transaction, refunds } = simulator.pay(id);
    expect((await shop.call(kind, id)).status).toBe(200);
    expect((await shop.call(kind, id)).status).toBe(200);
    expect(await shop.differences('refunding')).toMatchObject([{ kind: 'paid_late', transaction }]);
    await shop.later(0);
    expect([...refunds.values()]).toEqual([10_000]);
    expect(await shop.differences()).toMatchObject([{ kind: 'paid_late', state: 'refunded' }]);
    expect(await shop.order(id)).toMatchObject({ state: 'refunded', refunded: 10_000 });
    expect(await wallet()).toBe(0);
  },
);

test.for(simulatedKinds)('%s: a paid order goes back in parts, never beyond what was paid', async (kind) => {
  const { id } = await shop.place(kind);
  const { refunds } = simulator.pay(id);
  await shop.call(kind, id);
  const refund = (amount: number) =>
    shop.till.merchant.post(`/v1/payment-orders/${id}/refund`, { amount, reason: 'asked for' });
  expect((await refund(4_000)).body).toMatchObject({ state: 'paid', refunded: 4_000 });
  await shop.till.refuses('refund_exceeds_payment', () => refund(6_001), { field: 'amount' });
  expect((await refund(6_000)).status).toBe(201);
  expect(await wallet()).toBe(0);
  await shop.later(0);
  expect(new Set(refunds.values())).toEqual(new Set([4_000, 6_000]));
  expect(await shop.order(id)).toMatchObject({
    state: 'refunded',
    refunds: [{ state: 'done' }, { state: 'done' }],
  });
  await shop.till.refuses('payment_order_not_paid', () => refund(1));
});

test.for(simulatedKinds)(
  '%s: a refund that it will not make puts the money back, and is shown',
  async (kind) => {
    const { id } = await shop.place(kind);
    simulator.pay(id);
    await shop.call(kind, id);
    simulator.manners.refunds = 'failed';
    await shop.till.merchant.post(`/v1/payment-orders/${id}/refund`, { amount: 10_000, reason: 'asked for' });
    await shop.later(0);
    expect(await wallet()).toBe(10_000);
    expect(await shop.order(id)).toMatchObject({ state: 'paid', refunded: 0 });
    const found = first(await shop.differences('open'));
    expect(found).toMatchObject({ kind: 'refund_failed', amount: 10_000 });
    const resolve = (how: string) =>
      shop.till.merchant.post(`/v1/payment-differences/${found.id}/resolve`, { how, reason: 'by hand' });
    await shop.till.refuses('payment_difference_not_open', () => resolve('refund'));
    expect((await resolve('dismiss')).body).toMatchObject({ state: 'dismissed' });
    await shop.till.refuses('payment_difference_not_open', () => resolve('dismiss'));
  },
);

test('another amount, currency or merchant than the order’s is a difference, once, and credits nothing', async () => {
  const lies = [
    ['wechat', { amount: 9_999, transaction: 'A' }, 'amount_mismatch'],
    ['stripe', { currency: 'USD', transaction: 'B' }, 'currency_mismatch'],
    ['bank_card', { account: 'M999', transaction: 'C' }, 'account_mismatch'],
    ['alipay', { account: '2021999', transaction: 'D' }, 'account_mismatch'],
  ] as const;
  for (const [kind, lie, difference] of lies) {
    const { id } = await shop.place(kind);
    expect((await shop.call(kind, id, lie)).status).toBe(200);
    expect((await shop.call(kind, id, lie)).status).toBe(200);
    expect(await shop.order(id)).toMatchObject({
      state: 'pending',
      differences: [{ kind: difference, state: 'open', transaction: lie.transaction }],
    });
  }
  expect(await wallet()).toBe(0);
  const [latest] = await shop.differences('open');
  const path = `/v1/payment-differences/${latest?.id}/resolve`;
  const back = await shop.till.merchant.post(path, { how: 'refund', reason: 'not ours' });
  expect(back.body).toMatchObject({ state: 'refunding' });
  await shop.later(0);
  expect(await shop.differences('refunded')).toHaveLength(1);
});

test('an order that is paid twice is credited once, and the other payment goes back', async () => {
  const { id } = await shop.place('wechat');
  simulator.pay(id);
  await shop.call('wechat', id);
  await shop.call('wechat', id, { transaction: 'another' });
  await shop.call('wechat', id, { transaction: 'another' });
  expect(await shop.differences()).toMatchObject([{ kind: 'paid_twice', transaction: 'another' }]);
  await shop.later(0);
  expect(await shop.differences()).toMatchObject([{ state: 'refunded' }]);
  expect(await wallet()).toBe(10_000);
  expect(await shop.order(id)).toMatchObject({ state: 'paid', refunded: 0 });
});

test('where the merchant’s rule says so, late money is credited, and shown', async () => {
  shop = await openCashier(bench, simulator, 'credit');
  const { id } = await shop.place('alipay');
  await shop.later(15 * minute);
  simulator.pay(id);
  await shop.call('alipay', id);
  await shop.call('alipay', id);
  expect(await shop.order(id)).toMatchObject({
    state: 'paid',
    differences: [{ kind: 'paid_late', state: 'credited', reason: 'expired' }],
  });
  expect(await wallet()).toBe(10_000);
});

test('money for a member who is gone goes back', async () => {
  const { id } = await shop.place('stripe');
  simulator.pay(id);
  await shop.till.merchant.post(`/v1/members/${shop.member.id}/erase`, { reason: 'requested' });
  await shop.call('stripe', id);
  expect(await shop.differences()).toMatchObject([{ kind: 'not_credited', reason: 'member_not_found' }]);
  await shop.later(0);
  expect(await shop.order(id)).toMatchObject({ state: 'pending', differences: [{ state: 'refunded' }] });
});

test('call, question and end of time at once credit once or not at all, and all money is accounted for', async () => {
  for (const kind of simulatedKinds) {
    const { id } = await shop.place(kind);
    const call = simulator.callback(kind, id);
    simulator.pay(id);
    bench.time.now = new Date(bench.time.now.getTime() + 15 * minute);
    const fresh = kind === 'alipay' ? call : simulator.callback(kind, id);
    await Promise.all([
      ...Array.from({ length: 10 }, () => shop.send(kind, fresh)),
      bench.runJobs('payments.watch'),
      shop.member.phone.post(`/top-up-orders/${id}/close`),
    ]);
    await shop.later(minute);
    expect(await shop.order(id)).toMatchObject({ state: 'paid', differences: [] });
  }
  expect(await wallet()).toBe(40_000);
});

test('what a channel does not sign is not believed when it is asked, and it is asked again', async () => {
  for (const kind of ['alipay', 'wechat', 'bank_card'] as const) {
    simulator.manners.forged = false;
    const { id } = await shop.place(kind);
    simulator.pay(id);
    simulator.manners.forged = true;
    await shop.later(minute);
    expect(await shop.order(id), kind).toMatchObject({ state: 'pending' });
    simulator.manners.forged = false;
    await shop.later(5 * minute);
    expect(await shop.order(id), kind).toMatchObject({ state: 'paid' });
  }
});

test('a channel that says nothing keeps an order open for an hour at most, and is asked for days', async () => {
  const { id } = await shop.place('wechat');
  simulator.manners.silent = true;
  for (let n = 0; n < 5; n++) await shop.later(15 * minute);
  expect(await shop.order(id)).toMatchObject({ state: 'pending' });
  await shop.later(40 * minute);
  expect(await shop.order(id)).toMatchObject({ state: 'expired' });
  simulator.manners.silent = false;
  simulator.pay(id);
  await shop.later(60 * minute);
  expect(await shop.order(id)).toMatchObject({ differences: [{ kind: 'paid_late' }] });
});

test('a channel that cannot be reached is answered as that, and the same key goes on with the same order', async () => {
  simulator.manners.silent = true;
  const failed = await shop.ask('bank_card', {}, 'again');
  expect([failed.status, failed.body]).toMatchObject([503, { code: 'payment_channel_unavailable' }]);
  simulator.manners.silent = false;
  const placed = await shop.ask('bank_card', {}, 'again');
  expect(placed.body.presentation).not.toBeNull();
  expect((await shop.ask('bank_card', {}, 'again')).body).toEqual(placed.body);
  expect((await shop.ask('bank_card', { amount: 5 }, 'again')).body).toMatchObject({
    code: 'idempotency_key_reused',
  });
  const all = await shop.till.merchant.get<{ items: unknown[] }>('/v1/payment-orders');
  expect(all.body.items).toHaveLength(1);
});

test('a member closes an order at the channel first, and sees nobody else’s', async () => {
  const { id } = await shop.place('wechat');
  simulator.manners.silent = true;
  const kept = await shop.member.phone.post(`/top-up-orders/${id}/close`);
  expect(kept.body.code).toBe('payment_channel_unavailable');
  simulator.manners.silent = false;
  const closed = await shop.member.phone.post(`/top-up-orders/${id}/close`);
  expect(closed.body).toMatchObject({ state: 'closed', presentation: null });
  const stranger = await openCashier(bench, simulator);
  const theirs = await stranger.place('wechat');
  expect((await shop.member.phone.get(`/top-up-orders/${theirs.id}`)).body.code).toBe(
    'payment_order_not_found',
  );
  expect((await stranger.till.merchant.get(`/v1/payment-orders/${id}`)).body.code).toBe(
    'payment_order_not_found',
  );
});

test('a page to go to is signed by the app, and by whom it is taken', async () => {
  const { presentation } = await shop.place('alipay', { method: 'redirect' });
  const url = new URL(presentation?.content ?? '');
  expect(url.searchParams.get('method')).toBe('alipay.trade.wap.pay');
  expect(JSON.parse(url.searchParams.get('biz_content') ?? '{}')).toMatchObject({ total_amount: '100.00' });
  const page = await shop.place('wechat', { method: 'redirect' });
  expect(page.presentation).toMatchObject({ kind: 'redirect' });
});
