import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Bought, familyAt, type TestPerson } from '../../../test/family.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { mergingAt } from '../../../test/merging.ts';
import { first, madeBy, openTill, type Till } from '../../../test/till.ts';

let bench: TestBench;
let till: Till;
let at: ReturnType<typeof familyAt>;
let payer: TestPerson;
let relative: TestPerson;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  bench.time.now = new Date('2027-03-01T10:00:00+08:00');
  till = await openTill(bench);
  at = familyAt(bench, till);
  [payer, relative] = [await at.person('林夕'), await at.person('陈小雨')];
  await at.topUp(payer, 10_000);
});

test('a relative pays from the wallet of who lets them, to the limits at once and in a day, which begins anew', async () => {
  await at.shared(payer, relative, { paymentMax: 600, dayMax: 1_000 });
  await till.refuses('family_share_exceeded', () => at.pay(relative, payer, 601));
  const paid = await at.pay(relative, payer, 600);
  // What is told is what is on their own wallet.
  expect(paid.body, paid.text).toMatchObject({ due: 600, balance: { total: 0 } });
  await till.refuses('family_share_exceeded', () => at.pay(relative, payer, 401));
  madeBy(await at.pay(relative, payer, 400));
  await till.refuses('family_share_exceeded', () => at.pay(relative, payer, 1));
  expect(await at.balance(payer)).toBe(9_000);
  bench.time.now = new Date('2027-03-02T00:00:00+08:00');
  madeBy(await at.pay(relative, payer, 600));
  expect((await at.family(relative)).got).toMatchObject([{ leftToday: 400, spendable: 400 }]);
});

test('of twenty payments at once against a day’s limit those go through that fit, to the cent', async () => {
  await at.shared(payer, relative, { dayMax: 1_000 });
  const paid = await Promise.all(Array.from({ length: 20 }, () => at.pay(relative, payer, 150)));
  expect(paid.filter(({ status }) => status === 201)).toHaveLength(6);
  expect(new Set(paid.filter(({ status }) => status !== 201).map(({ body }) => Object(body).code))).toEqual(
    new Set(['family_share_exceeded']),
  );
  expect(await at.balance(payer)).toBe(10_000 - 900);
  expect((await at.family(payer)).given).toMatchObject([{ leftToday: 100 }]);
  await mergingAt(bench, till).isWhole();
});

test('without a share, with one that has ended or the other way round nothing is paid', async () => {
  const third = await at.person();
  await till.refuses('family_share_not_found', () => at.pay(relative, payer, 100));
  const id = await at.shared(payer, relative);
  // Nobody passes on what they may: only the wallet of who let them is open.
  await at.shared(relative, third);
  await till.refuses('family_share_not_found', () => at.pay(third, payer, 100));
  await till.refuses('insufficient_balance', () => at.pay(third, relative, 100));
  await till.refuses('family_share_not_found', () => at.pay(payer, relative, 100));
  await till.refuses('family_share_not_found', () => at.pay(payer, payer, 100));
  const tenders = [{ kind: 'wallet', amount: 100, payerId: payer.id }];
  const reference = crypto.randomUUID();
  await till.refuses('member_required', () =>
    till.merchant.post('/v1/purchases', {
      ...{ storeId: till.storeId, reference, lines: [{ name: 'Tea', price: 100 }], tenders },
    }),
  );
  const elsewhere = familyAt(bench, await openTill(bench));
  const there = await elsewhere.person();
  expect((await elsewhere.pay(there, payer, 100)).body).toMatchObject({ code: 'family_share_not_found' });
  await at.end(payer, id);
  await till.refuses('family_share_not_found', () => at.pay(relative, payer, 100));
});

test('above the limit of the house it takes the relative’s own code, and nobody is told more than can be paid', async () => {
  await at.shared(payer, relative, { dayMax: 3_000 });
  await till.merchant.patch('/v1/wallet-policy', { codeAbove: 1_000 });
  expect(await at.seen(relative)).toMatchObject([
    { payerId: payer.id, payer: { name: '林*' }, leftToday: 3_000, spendable: null },
  ]);
  const shown = await at.seen(relative, await at.code(relative));
  expect(shown).toMatchObject([{ spendable: 3_000 }]);
  expect(JSON.stringify(shown)).not.toContain('10000');
  const pay = (amount: number, code?: string) =>
    at.pay(relative, payer, amount, { tenders: [{ kind: 'wallet', amount, payerId: payer.id, code }] });
  await till.refuses('member_code_required', () => pay(1_001));
  const hers = await at.code(payer);
  await till.refuses('member_code_required', () => pay(1_001, hers));
  const his = await at.code(relative);
  madeBy(await pay(1_001, his));
  await till.refuses('payment_code_used', () => pay(1_001, his));
  madeBy(await pay(900));
  expect(await at.seen(relative, await at.code(relative))).toMatchObject([{ spendable: 1_099 }]);
});

test('a quote says the most that the other’s wallet pays of it, and only to who may know', async () => {
  await at.topUp(relative, 300);
  await at.shared(payer, relative, { dayMax: 700 });
  const most = async (payerId?: string, code?: string) => {
    const lines = [{ name: 'Tea', price: 1_000 }];
    const body = { storeId: till.storeId, memberId: relative.id, payerId, lines, code };
    const quote = await till.merchant.post<{ byWallet: { walletMost: number | null }; balance: object }>(
      '/v1/purchase-quotes',
      body,
    );
    // What is told of a balance is told of their own.
    expect(quote.body.balance, quote.text).toMatchObject({ total: 300 });
    return quote.body.byWallet.walletMost;
  };
  expect([await most(), await most(payer.id)]).toEqual([300, 700]);
  await till.merchant.patch('/v1/wallet-policy', { codeAbove: 500 });
  expect([await most(), await most(payer.id)]).toEqual([300, null]);
  expect(await most(payer.id, await at.code(payer))).toBeNull();
  expect(await most(payer.id, await at.code(relative))).toBe(700);
});

test('what goes back goes to the payer’s lots, and to the limit only on the day it was paid', async () => {
  await at.shared(payer, relative, { dayMax: 1_000 });
  const paid = await at.pay(relative, payer, 800);
  madeBy(await at.refund(paid.body.id, 300));
  expect(await at.balance(payer)).toBe(9_500);
  expect(await at.balance(relative)).toBe(0);
  expect((await at.family(relative)).got).toMatchObject([{ leftToday: 500 }]);
  bench.time.now = new Date('2027-03-02T10:00:00+08:00');
  madeBy(await at.pay(relative, payer, 900));
  madeBy(await at.refund(paid.body.id, 500));
  expect((await at.family(relative)).got).toMatchObject([{ leftToday: 100 }]);
  expect(await at.balance(payer)).toBe(9_100);
  await till.refuses('refund_exceeds_purchase', () => at.refund(paid.body.id, 1));
});

test('what a relative bought with it goes back to the payer also when nothing is shared any more', async () => {
  const id = await at.shared(payer, relative);
  const cash = { kind: 'money', tender: 'cash', amount: 100 };
  const tenders = [cash, { kind: 'wallet', amount: 400, payerId: payer.id }];
  const paid = await at.pay(relative, payer, 500, { tenders });
  await at.end(relative, id);
  madeBy(await at.refund(paid.body.id, 450));
  expect(await at.balance(payer)).toBe(10_000);
  await mergingAt(bench, till).isWhole();
});

test('points are the buyer’s, and the payer’s discount goes with it only where they said so and their wallet pays all', async () => {
  await mergingAt(bench, till).scheme();
  const plan = await till.merchant.post('/v1/membership-plans', {
    ...{ name: { zh: '年卡', en: 'Year card' }, span: { count: 1, unit: 'years' }, price: 100 },
    discount: { ppm: 100_000 },
  });
  const payment = { tender: 'cash', amount: 100, reference: 'M' };
  madeBy(
    await till.merchant.post('/v1/memberships', {
      ...{ memberId: payer.id, planId: madeBy(plan), storeId: till.storeId, payment },
    }),
  );
  const id = await at.shared(payer, relative);
  const lines = [{ name: 'Tea', price: 1_000 }];
  const quote = async () =>
    (
      await till.merchant.post<{ byWallet: { due: number }; otherwise: { due: number } }>(
        '/v1/purchase-quotes',
        { storeId: till.storeId, memberId: relative.id, payerId: payer.id, lines },
      )
    ).body;
  expect(await quote()).toMatchObject({ byWallet: { due: 1_000 }, otherwise: { due: 1_000 } });
  await at.change(payer, id, { withDiscount: true });
  expect(await quote()).toMatchObject({ byWallet: { due: 900 }, otherwise: { due: 1_000 } });
  const mixed = [
    { kind: 'wallet', amount: 500, payerId: payer.id },
    { kind: 'money', tender: 'cash', amount: 400 },
  ];
  await till.refuses('payment_mismatch', () => at.pay(relative, payer, 0, { lines, tenders: mixed }));
  const paid = await at.pay(relative, payer, 900, { lines });
  expect(paid.body, paid.text).toMatchObject({
    due: 900,
    discount: 100,
    earned: 9,
  } satisfies Partial<Bought>);
  const points = async ({ id: of }: TestPerson) =>
    (await till.merchant.get<{ usable: number }>(`/v1/members/${of}/points`)).body.usable;
  expect([await points(relative), await points(payer)]).toEqual([9, 0]);
});

test('the payer hears of each payment once, and sees in the wallet’s history who it was', async () => {
  await till.merchant.patch('/v1/wallet-policy', { lowBelow: 9_000 });
  await at.shared(payer, relative);
  const paid = await at.pay(relative, payer, 1_200);
  await Promise.all([bench.runJobs('notices.remind'), bench.runJobs('notices.remind')]);
  await bench.runJobs('notices.send');
  type Notice = { event: string; memberId: string | null; text: string | null };
  const { body } = await till.merchant.get<{ items: Notice[] }>('/v1/notices');
  const told = body.items.filter(({ event }) => event === 'family_paid' || event === 'wallet_low');
  expect(told.map(({ event, memberId }) => ({ event, memberId }))).toEqual(
    expect.arrayContaining([
      { event: 'family_paid', memberId: payer.id },
      { event: 'wallet_low', memberId: payer.id },
    ]),
  );
  expect(told).toHaveLength(2);
  expect(told.find(({ event }) => event === 'family_paid')?.text).toContain('陈** 用您的储值支付了 ¥12.00');
  madeBy(await at.refund(paid.body.id, 1_200));
  type Entry = { type: string; amount: number; paidBy: { name: string } | null };
  const history = await payer.phone.get<{ items: Entry[] }>('/stored-value/history');
  expect(history.body.items).toMatchObject([
    { type: 'purchase.refunded', amount: 1_200, paidBy: { name: '陈**' } },
    { type: 'purchase.made', amount: -1_200, paidBy: { name: '陈**' } },
    { type: 'wallet.topped_up', paidBy: null },
  ]);
  const theirs = await relative.phone.get<{ items: Entry[] }>('/stored-value/history');
  expect(theirs.body.items).toEqual([]);
  const staff = await till.merchant.get<{ items: { relativeId: string | null }[] }>(
    `/v1/wallets/${payer.id}/history`,
  );
  expect(first(staff.body.items).relativeId).toBe(relative.id);
});

test('the same request twice pays once, and one reference names one purchase', async () => {
  await at.shared(payer, relative, { dayMax: 500 });
  const body = {
    ...{ storeId: till.storeId, memberId: relative.id, reference: crypto.randomUUID() },
    lines: [{ name: 'Tea', price: 300 }],
    tenders: [{ kind: 'wallet', amount: 300, payerId: payer.id }],
  };
  const [one, other] = await Promise.all([
    till.merchant.post('/v1/purchases', body, 'same'),
    till.merchant.post('/v1/purchases', body, 'same'),
  ]);
  expect(one?.text).toBe(other?.text);
  await till.refuses('duplicate_reference', () => till.merchant.post('/v1/purchases', body));
  expect((await at.family(relative)).got).toMatchObject([{ leftToday: 200 }]);
});
