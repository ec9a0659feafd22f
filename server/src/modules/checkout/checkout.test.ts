import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { first, madeBy, openTill, type Till } from '../../../test/till.ts';
import { peopleOf, type TestMember } from '../../../test/wallet.ts';

let bench: TestBench;
let till: Till;
let member: TestMember;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  till = await openTill(bench);
  member = await peopleOf(bench, till, '135').member();
});

type Money = { principal: number; bonus: number; total: number };
type Bought = { id: string; balance: Money; earned: number; due: number; code?: string };

async function loaded(principal: number, bonus = 0): Promise<void> {
  if (bonus > 0) {
    const steps = [{ from: principal, bonus }];
    madeBy(await till.merchant.post('/v1/bonus-rules', { name: 'Gift', steps }));
  }
  const payment = { tender: 'cash', amount: principal, reference: 'T' };
  const body = { memberId: member.id, storeId: till.storeId, amount: principal, payment };
  madeBy(await till.merchant.post('/v1/wallet-top-ups', body));
}
const buy = (amount: number, tenders: readonly object[], more: object = {}, key?: string) =>
  till.merchant.post<Bought>(
    '/v1/purchases',
    {
      storeId: till.otherStoreId,
      memberId: member.id,
      reference: randomUUID(),
      lines: [{ name: 'Tea', price: amount }],
      tenders,
      ...more,
    },
    key,
  );
const byWallet = (amount: number, more: object = {}, key?: string) =>
  buy(amount, [{ kind: 'wallet', amount }], more, key);
const refund = (id: string, amount: number, key?: string) =>
  till.merchant.post<{ tenders: object[]; pointsTaken: number }>(
    `/v1/purchases/${id}/refunds`,
    { amount, reason: 'back' },
    key,
  );
const wallet = async () =>
  (await till.merchant.get<{ balance: Money }>(`/v1/wallets/${member.id}`)).body.balance;
async function owed(storeId: string): Promise<number> {
  const { body } = await till.merchant.get<{ counterparts: { net: number }[] }>(
    `/v1/stores/${storeId}/settlement`,
  );
  return body.counterparts.reduce((sum, { net }) => sum + net, 0);
}

test('a wallet pays another store, bonus and principal by the policy, and who sold it owes as much', async () => {
  await loaded(10_000, 2_000);
  const paid = await byWallet(3_000);
  expect(paid.body, paid.text).toMatchObject({ due: 3_000, balance: { principal: 9_000, bonus: 0 } });
  await till.merchant.patch('/v1/wallet-policy', { spendingOrder: 'principal_first' });
  expect((await byWallet(1_000)).body.balance).toMatchObject({ principal: 8_000, bonus: 0 });
  expect([await owed(till.otherStoreId), await owed(till.storeId)]).toEqual([4_000, -4_000]);
  expect(await till.total('revenue', till.otherStoreId)).toBe(4_000);
});

test('both kinds pay in proportion where the policy says so', async () => {
  await loaded(10_000, 2_000);
  await till.merchant.patch('/v1/wallet-policy', { spendingOrder: 'pro_rata' });
  expect((await byWallet(6_001)).body.balance).toMatchObject({ principal: 4_999, bonus: 1_000 });
});

test('of a hundred payments at once those go through that the wallet holds, to the exact cent', async () => {
  await loaded(10_000, 2_000);
  const replies = await Promise.all(Array.from({ length: 100 }, () => byWallet(177)));
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(67);
  const refusals = replies.flatMap(({ status, body }) => (status === 201 ? [] : [body.code]));
  expect(new Set(refusals)).toEqual(new Set(['insufficient_balance']));
  expect(await wallet()).toMatchObject({ total: 12_000 - 67 * 177 });
});

test('the same key buys once, and a reference names one purchase', async () => {
  await loaded(1_000);
  const body = { reference: 'R-1' };
  const done = await byWallet(300, body, 'once');
  expect((await byWallet(300, body, 'once')).body).toEqual(done.body);
  expect(await wallet()).toMatchObject({ total: 700 });
  await till.refuses('duplicate_reference', () => byWallet(1, body));
});

test('wallet, gift card and cash pay one basket; what goes back goes to the last first, and all of it in the end', async () => {
  await loaded(1_000);
  const card = await till.card();
  const tenders = [
    { kind: 'wallet', amount: 1_000 },
    { kind: 'gift_card', code: card.code, pin: card.pin, amount: 2_000 },
    { kind: 'money', tender: 'cash', amount: 500 },
  ];
  const before = await till.total('tender', till.otherStoreId);
  const paid = await buy(3_500, tenders);
  expect(paid.body, paid.text).toMatchObject({ balance: { total: 0 } });
  expect(await till.shown(card)).toMatchObject({ balance: 8_000 });
  const backs = [];
  for (const amount of [700, 1_900]) backs.push((await refund(paid.body.id, amount)).body.tenders);
  expect(backs).toEqual([
    [
      { tender: 'cash', amount: 500 },
      { tender: 'gift_card', amount: 200 },
    ],
    [
      { tender: 'gift_card', amount: 1_800 },
      { tender: 'wallet', amount: 100 },
    ],
  ]);
  await till.refuses('refund_exceeds_purchase', () => refund(paid.body.id, 901), { field: 'amount' });
  const last = await refund(paid.body.id, 900, 'last');
  expect((await refund(paid.body.id, 900, 'last')).body).toEqual(last.body);
  expect(await wallet()).toMatchObject({ total: 1_000 });
  expect(await till.shown(card)).toMatchObject({ balance: 10_000 });
  expect(await till.total('tender', till.otherStoreId)).toBe(before);
  expect([await owed(till.otherStoreId), await till.total('revenue', till.otherStoreId)]).toEqual([0, 0]);
});

test('points are earned on what was paid with money alone, and go back with it', async () => {
  const scheme = { earn: { amount: 100, points: 1 }, spend: { points: 100, worth: 100, billPpm: 500_000 } };
  madeBy(await till.merchant.post('/v1/points-schemes', scheme));
  await loaded(10_000, 2_000);
  const paid = await byWallet(5_000);
  expect(paid.body, paid.text).toMatchObject({ earned: 30 });
  expect(await till.total('points')).toBe(30);
  expect((await refund(paid.body.id, 2_500)).body.pointsTaken).toBe(15);
  expect((await refund(paid.body.id, 2_500)).body.pointsTaken).toBe(15);
  expect(await till.total('points')).toBe(0);
  const earning = await byWallet(10_000, { lines: [{ name: 'Pot', price: 10_000 }] });
  expect(earning.body.earned).toBe(80);
  const mixed = await buy(1_000, [
    { kind: 'points', points: 100 },
    { kind: 'wallet', amount: 900 },
  ]);
  expect(mixed.body.code).toBe('insufficient_points');
});

test('a purchase is refused where nobody is named for a wallet, it is not all paid, or nobody knows what it is', async () => {
  await loaded(1_000);
  const nobody = { memberId: undefined };
  await till.refuses('member_required', () => byWallet(1, nobody));
  await till.refuses('insufficient_balance', () => byWallet(1_001));
  await till.refuses('payment_mismatch', () => buy(10, [{ kind: 'wallet', amount: 9 }]));
  await till.refuses('product_not_found', () => byWallet(1, { lines: [{ sku: 'none' }] }));
  await till.refuses('member_not_found', () => byWallet(1, { memberId: 'mem_01jd3v0000e008000000000zyd' }));
  await till.refuses('purchase_not_found', () => refund('pur_01jd3v0000e008000000000zyd', 1));
  const limited = await till.key({ role: 'clerk', storeIds: [till.storeId] });
  const { id } = (await byWallet(10)).body;
  await till.refuses('store_out_of_scope', () =>
    limited.post(`/v1/purchases/${id}/refunds`, { amount: 1, reason: 'r' }),
  );
  const rules = [{ storeId: null, takes: 'own' }];
  madeBy(await till.merchant.post('/v1/acceptance-rules', { rules }));
  await till.refuses('not_accepted_here', () => byWallet(10));
  expect((await byWallet(10, { storeId: till.storeId })).status).toBe(201);
});

test('a phone number alone shows the counter who it is and what they have; above the limit of the house not how much', async () => {
  await loaded(1_000, 100);
  type Found = { items: { member: { id: string }; balance: Money | null }[] };
  const look = async () =>
    (await till.merchant.get<Found>('/v1/member-lookups?phone=13500000001')).body.items;
  expect(await look()).toMatchObject([
    { member: { id: member.id }, balance: { principal: 1_000, bonus: 100 } },
  ]);
  await till.merchant.patch('/v1/wallet-policy', { codeAbove: 1_099 });
  expect(first(await look()).balance).toBeNull();
  expect((await till.merchant.get<Found>('/v1/member-lookups?phone=13500000009')).body.items).toEqual([]);
});

test('a low balance is news once for each time that it becomes low', async () => {
  await till.merchant.patch('/v1/wallet-policy', { lowBelow: 500 });
  await loaded(1_000);
  for (const amount of [400, 200, 100]) await byWallet(amount);
  await loaded(1_000);
  await byWallet(900);
  const log = await till.merchant.get<{ items: object[] }>('/v1/activities?type=wallet.balance_low');
  expect(log.body.items).toHaveLength(2);
});

test('whatever comes in what order, principal and bonus are what came on less what was spent, paid back or given back', async () => {
  await till.merchant.post('/v1/bonus-rules', { name: 'Each', steps: [{ from: 100, ppm: 130_000 }] });
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  let expected = 0;
  const bought: { id: string; left: number }[] = [];
  for (let n = 0; n < 60; n++) {
    const what = random(4);
    if (what === 0) {
      const amount = 1 + random(5_000);
      const payment = { tender: 'cash', amount, reference: 'T' };
      const body = { memberId: member.id, storeId: till.storeId, amount, payment };
      const done = await till.merchant.post<{ bonus: number }>('/v1/wallet-top-ups', body);
      expected += amount + done.body.bonus;
    } else if (what === 1) {
      const amount = 1 + random(3_000);
      const done = await byWallet(amount, { storeId: random(2) === 0 ? till.storeId : till.otherStoreId });
      expect(done.status === 201).toBe(amount <= expected);
      if (done.status !== 201) continue;
      expected -= amount;
      bought.push({ id: done.body.id, left: amount });
    } else if (what === 2) {
      const one = bought[random(Math.max(bought.length, 1))];
      if (!one || one.left === 0) continue;
      const amount = 1 + random(one.left);
      expect((await refund(one.id, amount)).status).toBe(201);
      one.left -= amount;
      expected += amount;
    } else {
      bench.time.now = new Date(bench.time.now.getTime() + random(5) * 86_400_000);
      type Quote = { topUpId: string; principal: number; bonus: number; refund: number; tender: string };
      const quotes = await till.merchant.post<{ items: Quote[] }>('/v1/wallet-refund-quotes', {
        memberId: member.id,
      });
      const one = quotes.body.items[random(Math.max(quotes.body.items.length, 1))];
      if (!one || one.refund === 0) continue;
      const done = await till.merchant.post(`/v1/wallet-top-ups/${one.topUpId}/refunds`, {
        amount: one.refund,
        payment: { tender: one.tender, reference: 'B' },
        reason: 'leaves',
      });
      expect(done.status, done.text).toBe(201);
      expected -= one.principal + one.bonus;
    }
    expect(await wallet(), `after step ${n}`).toMatchObject({ total: expected });
  }
  expect(await till.total('wallet')).toBe(expected);
  expect((await owed(till.otherStoreId)) + (await owed(till.storeId))).toBe(0);
});

test('a card type takes its part off a basket, and what is bought and given back counts towards what the counter sees', async () => {
  const phone = '13812345678';
  const enrolled = await till.merchant.post<{ id: string }>('/v1/members', {
    phone,
    consent: { textVersion: 1 },
  });
  member = { ...member, id: enrolled.body.id };
  await loaded(10_000);
  const plan = await till.merchant.post<{ id: string }>('/v1/membership-plans', {
    name: { zh: '年卡', en: 'Year card' },
    span: { count: 1, unit: 'years' },
    price: 3_000,
    discount: { ppm: 50_000, walletPpm: 100_000 },
  });
  const payment = { tender: 'cash', amount: 3_000, reference: 'M' };
  const joining = { memberId: member.id, planId: plan.body.id, storeId: till.storeId, payment };
  madeBy(await till.merchant.post('/v1/memberships', joining));
  const lines = [{ name: 'Tea', price: 2_000 }];
  const quote = await till.merchant.post('/v1/purchase-quotes', {
    storeId: till.otherStoreId,
    memberId: member.id,
    lines,
  });
  expect(quote.body, quote.text).toMatchObject({
    total: 2_000,
    byWallet: { due: 1_800 },
    otherwise: { due: 1_900 },
  });
  await till.refuses('payment_mismatch', () => byWallet(2_000));
  const bought = await buy(0, [{ kind: 'wallet', amount: 1_800 }], { lines });
  expect(bought.body, bought.text).toMatchObject({ due: 1_800, discount: 200, balance: { total: 8_200 } });
  madeBy(await refund(bought.body.id, 1_800));
  const seen = await till.merchant.get<{ items: object[] }>(`/v1/member-lookups?phone=${phone}`);
  expect(seen.body.items, seen.text).toMatchObject([
    { standing: { visits: 1, membership: { state: 'active' }, plan: { name: { en: 'Year card' } } } },
  ]);
});

test('points that come back with a new end pay what a refund takes back: nothing is owed beside them', async () => {
  bench.time.now = new Date('2026-12-30T04:00:00Z');
  const terms = { earn: { points: 1, amount: 100 }, ends: { with: 'month', later: 0 } };
  madeBy(await till.merchant.post('/v1/points-schemes', { ...terms, spend: { points: 10, worth: 5 } }));
  const cash = (amount: number) => ({ kind: 'money', tender: 'cash', amount });
  await buy(2_000, [cash(2_000)]);
  const quoted = await till.merchant.post('/v1/purchase-quotes', {
    ...{ storeId: till.storeId, memberId: member.id, lines: [{ name: 'Tea', price: 8 }] },
  });
  // Half of it at most, in whole steps: of 20 points 10 pay 5, and no more of 8.
  expect(quoted.body, quoted.text).toMatchObject({ pointsMost: { points: 10, amount: 5 } });
  const paid = await buy(1_000, [{ kind: 'points', points: 20 }, cash(990)]);
  bench.time.now = new Date('2027-01-02T04:00:00Z');
  expect((await refund(paid.body.id, 1_000)).body.pointsTaken).toBe(9);
  const purse = await till.merchant.get(`/v1/members/${member.id}/points`);
  expect(purse.body).toMatchObject({ usable: 11, owed: 0 });
});
