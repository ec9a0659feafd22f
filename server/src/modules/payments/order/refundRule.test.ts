import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Simulator } from '../../../../test/gateways/simulator.ts';
import type { TestBench } from '../../../../test/harness.ts';
import { type Cashier, openCashier, openPayments } from '../../../../test/payments.ts';

let bench: TestBench;
let simulator: Simulator;
let close: () => Promise<void>;
let shop: Cashier;
let sales = 0;
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
  await shop.till.merchant.patch('/v1/wallet-policy', { spendingOrder: 'bonus_first' });
});

type Story = {
  readonly amount: number;
  readonly bonus: number;
  readonly spent: number;
  readonly cuts: readonly number[];
  readonly refundRule: string;
  readonly sevenDays: boolean;
};
type Quote = { rule: string; principal: number; bonus: number; points: number; refund: number };

const gift = (step: object) =>
  shop.till.merchant.post('/v1/bonus-rules', { name: 'Gift', steps: [{ from: 1, ...step }] });
const refund = (id: string, amount: number, more: object = {}) =>
  shop.till.merchant.post(`/v1/payment-orders/${id}/refund`, { amount, reason: 'asked for', ...more });
const quoteOf = (id: string, more: object = {}) =>
  shop.till.merchant.post<Quote>(`/v1/payment-orders/${id}/refund-quote`, more);
async function holding(): Promise<readonly number[]> {
  const path = `/v1/wallets/${shop.member.id}`;
  type Held = { balance: { principal: number; bonus: number } };
  const { balance } = (await shop.till.merchant.get<Held>(path)).body;
  return [balance.principal, balance.bonus];
}

async function paid(amount: number): Promise<string> {
  const { id } = await shop.place('bank_card', { amount, method: 'redirect' });
  simulator.pay(id);
  await shop.call('bank_card', id);
  return id;
}

async function buy(amount: number): Promise<void> {
  sales += 1;
  const made = await shop.till.merchant.post('/v1/purchases', {
    storeId: shop.till.storeId,
    memberId: shop.member.id,
    reference: `S${sales}`,
    lines: [{ name: 'Tea', quantity: 1, price: amount }],
    tenders: [{ kind: 'wallet', amount }],
  });
  expect(made.status, made.text).toBe(201);
}

test('who spends the bonus of an order first and takes the payment back gets back the part that the rule gives', async () => {
  await gift({ bonus: 2_500 });
  const id = await paid(10_000);
  await buy(2_500);
  expect((await quoteOf(id)).body).toMatchObject({
    rule: 'paid_ratio',
    principal: 10_000,
    bonus: 0,
    refund: 8_000,
  });
  await shop.till.refuses('refund_exceeds_quote', () => refund(id, 8_001), { field: 'amount' });
  await shop.till.refuses('refund_exceeds_quote', () => refund(id, 10_000));
  const back = await refund(id, 8_000);
  expect(back.body, back.text).toMatchObject({ refunded: 8_000, refund: { principal: 10_000, bonus: 0 } });
  expect(await shop.till.total('wallet')).toBe(0);
  expect(await shop.till.total('sale_difference')).toBe(2_000);
  await shop.later(0);
  expect([...simulator.pay(id).refunds.values()]).toEqual([8_000]);
  await shop.till.refuses('top_up_used_up', () => refund(id, 1));
  await shop.till.refuses('top_up_used_up', () => quoteOf(id));
});

test('in however many parts it goes back, it comes to what was quoted, and nothing stays on the wallet', async () => {
  const { merchant } = shop.till;
  const story = fc.record({
    amount: fc.integer({ min: 3, max: 5_000 }),
    bonus: fc.integer({ min: 1, max: 3_000 }),
    spent: fc.double({ min: 0, max: 0.999, noNaN: true }),
    cuts: fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { maxLength: 4 }),
    refundRule: fc.constantFrom('paid_ratio', 'list_price'),
    sevenDays: fc.boolean(),
  });
  const told = async ({ amount, bonus, spent, cuts, ...policy }: Story) => {
    await merchant.patch('/v1/wallet-policy', policy);
    await shop.later(1_000);
    const rule = await merchant.post<{ id: string }>('/v1/bonus-rules', {
      name: 'Gift',
      steps: [{ from: 1, bonus, points: 7 }],
    });
    const id = await paid(amount);
    await merchant.post(`/v1/bonus-rules/${rule.body.id}/end`, {});
    const used = Math.floor((amount + bonus) * spent);
    if (used > 0) await buy(used);
    const whole = await quoteOf(id);
    expect(whole.status, whole.text).toBe(200);
    let rest = whole.body.refund;
    for (const cut of [...cuts, 1]) {
      const part = Math.floor(rest * cut);
      if (part === 0) continue;
      const done = await refund(id, part);
      expect(done.status, done.text).toBe(201);
      rest -= part;
      if (rest > 0) expect((await quoteOf(id)).body).toMatchObject({ refund: rest });
    }
    expect(rest).toBe(0);
    if (whole.body.refund > 0) expect(await holding()).toEqual([0, 0]);
    // What is worth nothing back stays to be spent.
    const left = await shop.till.total('wallet');
    if (left > 0) await buy(left);
  };
  await fc.assert(fc.asyncProperty(story, told), { numRuns: 15 });
});

test('a refund that its channel would not make puts back exactly what it took, whatever was spent meanwhile', async () => {
  await gift({ bonus: 2_500, points: 100 });
  const id = await paid(10_000);
  await buy(1_000);
  const before = await holding();
  simulator.manners.refunds = 'pending';
  const { refund: whole } = (await quoteOf(id)).body;
  expect(whole).toBe(9_200);
  expect((await refund(id, 4_600)).body).toMatchObject({ refund: { principal: 5_000, bonus: 750 } });
  expect(await holding()).toEqual([5_000, 750]);
  await shop.later(0);
  await buy(750);
  simulator.manners.refunds = 'failed';
  await shop.later(3_600_000);
  expect(await holding()).toEqual([10_000, 750]);
  expect(before).toEqual([10_000, 1_500]);
  expect(await shop.till.total('points')).toBe(100);
  expect(await shop.order(id)).toMatchObject({ refunded: 0, refunds: [{ state: 'failed' }] });
  expect((await quoteOf(id)).body).toMatchObject({ principal: 10_000, bonus: 750, refund: 8_600 });
});

test('by list price it goes back less what was had, and by time all of it at once', async () => {
  const { merchant } = shop.till;
  await merchant.patch('/v1/wallet-policy', { refundRule: 'list_price', sevenDays: false });
  const id = await paid(1_000);
  expect((await quoteOf(id, { usedAtListPrice: 300 })).body).toMatchObject({ refund: 700 });
  const more = { usedAtListPrice: 300 };
  await shop.till.refuses('refund_exceeds_quote', () => refund(id, 701, more));
  expect((await refund(id, 700, more)).status).toBe(201);
  expect(await shop.till.total('wallet')).toBe(0);
  await merchant.patch('/v1/wallet-policy', { refundRule: 'time', refundTermMonths: 12 });
  const other = await paid(1_000);
  await shop.later(100 * 86_400_000);
  const { rule, refund: due } = (await quoteOf(other)).body;
  expect([rule, due < 1_000 && due > 600]).toEqual(['time', true]);
  await shop.till.refuses('refund_quote_changed', () => refund(other, due - 1));
  expect((await refund(other, due)).status).toBe(201);
  expect(await shop.till.total('wallet')).toBe(0);
});

test('what is left of an order is quoted to who may refund in its store, and not where the balance is hidden', async () => {
  const id = await paid(10_000);
  const key = (storeId: string) => shop.till.key({ permissions: ['payments.refund'], storeIds: [storeId] });
  const far = await key(shop.till.otherStoreId);
  const near = await key(shop.till.storeId);
  const path = `/v1/payment-orders/${id}/refund-quote`;
  await shop.till.refuses('store_out_of_scope', () => far.post(path, {}));
  expect((await near.post(path, {})).body).toMatchObject({ paymentOrderId: id, refund: 10_000 });
  await shop.till.merchant.patch('/v1/wallet-policy', { codeAbove: 5_000, sevenDays: false });
  await shop.till.refuses('member_code_required', () => near.post(path, {}));
  await buy(1_000);
  const above = await near.post(`/v1/payment-orders/${id}/refund`, { amount: 9_500, reason: 'x' });
  expect(above.body).toEqual(expect.objectContaining({ code: 'refund_exceeds_quote' }));
  expect(above.body).not.toHaveProperty('detail');
});
