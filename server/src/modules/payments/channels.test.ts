import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '../../../test/asSystem.ts';
import type { Simulator } from '../../../test/gateways/simulator.ts';
import type { TestBench } from '../../../test/harness.ts';
import { connectAsOwner } from '../../../test/owner.ts';
import { type Cashier, openCashier, openPayments } from '../../../test/payments.ts';
import { decodeId } from '../../kernel/id.ts';
import { amountFrom, decimalOf } from './gateway.ts';
import { endOrder } from './order/endOrder.ts';
import { endRefund } from './order/endRefund.ts';

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
  shop = await openCashier(bench, simulator);
});

const path = '/v1/payment-channels';
const terms = () => ({
  name: 'x',
  storeId: shop.till.storeId,
  credentials: simulator.channels.wechat.credentials,
  publicUrl: 'https://shop.example',
});
const add = (more: object) => shop.till.merchant.post(path, { ...terms(), ...more });

test('keys go in and never come out: not in an answer, nor the log, nor the database', async () => {
  const { credentials } = simulator.channels.wechat;
  const secrets = [credentials.apiV3Key, credentials.privateKey?.split('\n')[1]];
  const answers = [
    await shop.till.merchant.get(path),
    await shop.till.merchant.get('/v1/activities?limit=200'),
    await shop.till.merchant.patch(`${path}/${shop.channels.wechat}`, { credentials }),
  ];
  const owner = await connectAsOwner(bench.ownerUrl);
  const rows = await owner.rows(
    `select encode(credentials, 'escape') as text from payments.channel
     union all select coalesce(details, '') || coalesce(result, '') from ledger.activity`,
  );
  await owner.close();
  const all = [...answers.map(({ text }) => text), JSON.stringify(rows)].join('\n');
  for (const secret of secrets) {
    expect(secret?.length).toBeGreaterThan(20);
    expect(all).not.toContain(secret);
  }
});

test('a channel is added with keys that are some, at an address that is its own', async () => {
  const { credentials } = simulator.channels.wechat;
  const broken = { ...credentials, privateKey: 'x'.repeat(100) };
  await shop.till.refuses('payment_keys_not_good', () => add({ credentials: broken }), {
    field: 'credentials',
  });
  const { credentials: stripe } = simulator.channels.stripe;
  const places = [
    [{ baseUrl: 'https://10.0.0.1' }, 'webhook_url_not_allowed'],
    [{ baseUrl: 'https://evil.example', credentials: stripe }, 'webhook_url_not_allowed'],
    [{ baseUrl: 'https://a.example/path' }, 'invalid_request'],
    [{ credentials: simulator.channels.bank_card.credentials }, 'webhook_url_not_allowed'],
  ] as const;
  for (const [more, code] of places) await shop.till.refuses(code, () => add(more));
  await shop.till.refuses('store_not_found', () => add({ storeId: 'store_01jd3v0000e008000000000zyd' }));
  for (let n = 4; n < 20; n++) expect((await add({})).status).toBe(201);
  await shop.till.refuses('too_many_payment_channels', () => add({}));
});

test('a channel that rests takes no new orders and ends those under way; only what is named changes', async () => {
  const { id } = await shop.place('wechat');
  const at = `${path}/${shop.channels.wechat}`;
  const rested = await shop.till.merchant.patch(at, { state: 'disabled' });
  expect(rested.body).toMatchObject({ state: 'disabled', name: 'wechat', lateRule: 'refund' });
  expect((await shop.ask('wechat')).body).toMatchObject({ code: 'payment_channel_disabled' });
  simulator.pay(id);
  await shop.call('wechat', id);
  expect(await shop.order(id)).toMatchObject({ state: 'paid' });
  const { credentials } = simulator.channels.stripe;
  await shop.till.refuses('invalid_request', () => shop.till.merchant.patch(at, { credentials }));
  const nobody = 'pch_01jd3v0000e008000000000zyd';
  await shop.till.refuses('payment_channel_not_found', () =>
    shop.till.merchant.patch(`${path}/${nobody}`, { name: 'y' }),
  );
  expect((await shop.ask('wechat', { channelId: nobody })).body).toMatchObject({
    code: 'payment_channel_not_found',
  });
  const listed = await shop.member.phone.get<{ items: { kind: string }[] }>('/payment-channels');
  expect(listed.body.items.map(({ kind }) => kind).sort()).toEqual(['alipay', 'bank_card', 'stripe']);
});

test('a key limited to stores sees and refunds only what is theirs', async () => {
  const { id } = await shop.place('stripe');
  simulator.pay(id);
  await shop.call('stripe', id);
  const limited = await shop.till.key({ role: 'owner', storeIds: [shop.till.otherStoreId] });
  for (const list of [path, '/v1/payment-orders', '/v1/payment-differences'])
    expect((await limited.get<{ items: unknown[] }>(list)).body.items).toEqual([]);
  expect((await limited.get(`/v1/payment-orders/${id}`)).body.code).toBe('payment_order_not_found');
  await shop.till.refuses('store_out_of_scope', () =>
    limited.post(`/v1/payment-orders/${id}/refund`, { amount: 1, reason: 'x' }),
  );
  await shop.till.refuses('store_out_of_scope', () => limited.post(path, terms()));
  await shop.till.refuses('store_out_of_scope', () =>
    limited.patch(`${path}/${shop.channels.wechat}`, { name: 'mine' }),
  );
});

test('what there is not is not refunded, resolved or ended', async () => {
  const { merchant } = shop.till;
  const order = 'pay_01jd3v0000e008000000000zyd';
  await shop.till.refuses('payment_order_not_found', () =>
    merchant.post(`/v1/payment-orders/${order}/refund`, { amount: 1, reason: 'x' }),
  );
  await shop.till.refuses('payment_difference_not_found', () =>
    merchant.post('/v1/payment-differences/pdf_01jd3v0000e008000000000zyd/resolve', {
      how: 'dismiss',
      reason: 'x',
    }),
  );
  const placed = await shop.place('alipay');
  const orderId = decodeId('pay', placed.id) ?? '';
  const end = await asSystem(bench, merchant.id, endOrder, { orderId, how: 'expired' });
  expect(end).toBe('payment_order_not_over');
  const nothing = { refundId: orderId, failure: null };
  expect(await asSystem(bench, merchant.id, endRefund, nothing)).toBe('payment_order_not_found');
  await shop.till.refuses('payment_order_not_paid', () =>
    merchant.post(`/v1/payment-orders/${placed.id}/refund`, { amount: 1, reason: 'x' }),
  );
});

test('the same key refunds once; what the wallet has no more of is not refunded', async () => {
  const { id } = await shop.place('alipay');
  simulator.pay(id);
  await shop.call('alipay', id);
  const refund = (amount: number, key?: string) =>
    shop.till.merchant.post(`/v1/payment-orders/${id}/refund`, { amount, reason: 'x' }, key);
  const done = await refund(3_000, 'once');
  expect((await refund(3_000, 'once')).body).toEqual(done.body);
  expect(await shop.till.total('wallet')).toBe(7_000);
  const replies = await Promise.all(Array.from({ length: 50 }, () => refund(1_000)));
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(7);
  expect(await shop.till.total('wallet')).toBe(0);
});

test('minor units are written as decimals and read back exactly', () => {
  for (const amount of [1n, 10n, 99n, 100n, 101n, 88_888n, 10n ** 15n - 1n]) {
    expect(amountFrom(decimalOf(amount, 2), 2)).toBe(amount);
    expect(amountFrom(decimalOf(amount, 0), 0)).toBe(amount);
  }
  expect(decimalOf(5n, 2)).toBe('0.05');
  expect(amountFrom('1.5', 2)).toBe(150n);
  for (const bad of ['', '1.', '.5', '-1', '1.005', '1e3', '1,00', ' 1', undefined, 100]) {
    expect(amountFrom(bad, 2)).toBeUndefined();
  }
});
