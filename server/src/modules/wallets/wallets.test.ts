import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dayAt, plusMonths } from '../../../test/decade/clock.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openTill, type Till } from '../../../test/till.ts';
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
  member = await peopleOf(bench, till, '136').member();
});

type Money = { principal: number; bonus: number; later: number; total: number };
type ToppedUp = { id: string; bonus: number; balance: Money };

const topUp = (amount: number, more: object = {}, key?: string) =>
  till.merchant.post<ToppedUp>(
    '/v1/wallet-top-ups',
    {
      memberId: member.id,
      storeId: till.storeId,
      amount,
      payment: { tender: 'cash', amount, reference: 'T1' },
      ...more,
    },
    key,
  );
const rule = async (terms: object) => {
  const made = await till.merchant.post<{ id: string }>('/v1/bonus-rules', { name: 'A gift', ...terms });
  expect(made.status, made.text).toBe(201);
  return made.body.id;
};
const balance = async () =>
  (await till.merchant.get<{ balance: Money }>(`/v1/wallets/${member.id}`)).body.balance;
const quotes = async (more: object = {}) => {
  type Quote = { topUpId: string; rule: string; refund: number; principal: number; bonus: number };
  const reply = await till.merchant.post<{ items: Quote[] }>('/v1/wallet-refund-quotes', {
    memberId: member.id,
    ...more,
  });
  expect(reply.status, reply.text).toBe(200);
  return reply.body.items;
};
const refund = (id: string, amount: number, more: object = {}, key?: string) =>
  till.merchant.post(
    `/v1/wallet-top-ups/${id}/refunds`,
    { amount, reason: 'leaves', payment: { tender: 'cash', reference: 'B1' }, ...more },
    key,
  );
const buy = async (price: number) => {
  const bought = await till.merchant.post<{ id: string }>('/v1/purchases', {
    ...{ storeId: till.storeId, reference: 'P1', memberId: member.id, lines: [{ name: 'Tea', price }] },
    tenders: [{ kind: 'wallet', amount: price }],
  });
  expect(bought.status, bought.text).toBe(201);
  return bought;
};
const later = (days: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + days * 86_400_000);
};

test('the highest step of a ladder that is reached is given, and of two rules the one that gives more', async () => {
  await rule({
    steps: [
      { from: 50_000, bonus: 8_000 },
      { from: 100_000, bonus: 20_000 },
    ],
  });
  await rule({ steps: [{ from: 10_000, ppm: 50_000 }] });
  const given = [];
  for (const amount of [9_999, 10_000, 50_000, 99_999, 100_000]) given.push((await topUp(amount)).body.bonus);
  expect(given).toEqual([0, 500, 8_000, 8_000, 20_000]);
  expect(await balance()).toEqual({ principal: 269_998, bonus: 36_500, later: 0, total: 306_498 });
  expect(await till.total('tender', till.storeId)).toBe(-269_998);
  expect(await till.total('wallet_bonus')).toBe(-36_500);
});

test('a rule for the first top-up gives once, one for a tender or a store only there, and an ended one nothing', async () => {
  const id = await rule({ occasion: 'first', steps: [{ from: 1, bonus: 100 }] });
  await rule({ tenders: ['bank_card'], storeIds: [till.otherStoreId], steps: [{ from: 1, bonus: 7 }] });
  const by = (tender: string, storeId: string) =>
    topUp(1_000, { storeId, payment: { tender, amount: 1_000, reference: 'T' } });
  const given = [
    await by('cash', till.storeId),
    await by('cash', till.otherStoreId),
    await by('bank_card', till.storeId),
    await by('bank_card', till.otherStoreId),
  ];
  expect(given.map(({ body }) => body.bonus)).toEqual([100, 0, 0, 7]);
  await till.merchant.post(`/v1/bonus-rules/${id}/end`, {});
  member = await peopleOf(bench, till, '137').member();
  expect((await topUp(1_000)).body.bonus).toBe(0);
  await till.refuses('bonus_rule_not_found', () =>
    till.merchant.post('/v1/bonus-rules/bon_01jd3v0000e008000000000zyd/end', {}),
  );
});

test('a merchant has a hundred active rules at most', async () => {
  const one = { steps: [{ from: 1, bonus: 1 }], name: 'One' };
  await Promise.all(Array.from({ length: 100 }, () => till.merchant.post('/v1/bonus-rules', one)));
  await till.refuses('too_many_bonus_rules', () => till.merchant.post('/v1/bonus-rules', one));
});

test('what is quoted before paying is given: instalments by the month, each with its own end', async () => {
  await rule({
    steps: [{ from: 1_000, bonus: 100 }],
    instalments: 3,
    validity: { type: 'after', count: 30, unit: 'days' },
  });
  const asked = { memberId: member.id, storeId: till.storeId, amount: 1_000, tender: 'cash' };
  const quote = await till.merchant.post<{ bonus: number; instalments: { amount: number }[] }>(
    '/v1/wallet-top-up-quotes',
    asked,
  );
  expect(quote.body.bonus).toBe(100);
  expect(quote.body.instalments.map(({ amount }) => amount)).toEqual([34, 33, 33]);
  await topUp(1_000);
  expect(await balance()).toEqual({ principal: 1_000, bonus: 34, later: 66, total: 1_034 });
  later(35);
  expect(await balance()).toEqual({ principal: 1_000, bonus: 33, later: 33, total: 1_033 });
});

test('cash at a store that keeps it comes out of its settlement account, and is refused beyond what that is good for', async () => {
  await till.merchant.post('/v1/store-settlement-accounts', {
    ...{ storeId: till.storeId, keepsCash: true, creditLimit: 5_000 },
  });
  expect((await topUp(4_000)).status).toBe(201);
  expect(await till.total('store_fund', till.storeId)).toBe(1_000);
  await till.refuses('settlement_limit_exceeded', () => topUp(1_001));
  const byCard = { payment: { tender: 'bank_card', amount: 1_001, reference: 'C' } };
  expect((await topUp(1_001, byCard)).status).toBe(201);
  const inCash = (await quotes()).find(({ refund: due }) => due === 4_000);
  await refund(inCash?.topUpId ?? '', 4_000);
  expect(await till.total('store_fund', till.storeId)).toBe(5_000);
});

test('a top-up is refused where it is not what was paid, at no store, for nobody, or above the limit of a wallet', async () => {
  const payment = { tender: 'cash', amount: 999, reference: 'T' };
  await till.refuses('payment_mismatch', () => topUp(1_000, { payment }));
  await till.refuses('store_not_found', () => topUp(1, { storeId: 'store_01jd3v0000e008000000000zyd' }));
  await till.refuses('member_not_found', () => topUp(1, { memberId: 'mem_01jd3v0000e008000000000zyd' }));
  await till.merchant.patch('/v1/wallet-policy', { balanceMax: 1_000 });
  expect((await topUp(600)).status).toBe(201);
  await till.refuses('balance_limit_exceeded', () => topUp(401), { field: 'amount' });
  const limited = await till.key({ role: 'clerk', storeIds: [till.otherStoreId] });
  const body = { memberId: member.id, storeId: till.storeId, amount: 1, payment: { ...payment, amount: 1 } };
  await till.refuses('store_out_of_scope', () => limited.post('/v1/wallet-top-ups', body));
});

test('the same key tops up once, and a hundred at once all count', async () => {
  const done = await topUp(500, {}, 'once');
  expect((await topUp(500, {}, 'once')).body).toEqual(done.body);
  const replies = await Promise.all(Array.from({ length: 100 }, () => topUp(10)));
  expect(replies.every(({ status }) => status === 201)).toBe(true);
  expect((await balance()).total).toBe(1_500);
});

test('within seven days what is untouched goes back whole with its bonus; later by the part that was paid', async () => {
  await rule({ steps: [{ from: 50_000, bonus: 8_000 }] });
  const id = (await topUp(50_000)).body.id;
  expect(await quotes()).toMatchObject([{ rule: 'seven_days', refund: 50_000, bonus: 8_000 }]);
  await till.refuses('payer_mismatch', () =>
    refund(id, 50_000, { payment: { tender: 'bank_card', reference: 'X' } }),
  );
  const limited = await till.key({ role: 'store_manager', storeIds: [till.otherStoreId] });
  const asked = { amount: 50_000, reason: 'r', payment: { tender: 'cash', reference: 'X' } };
  await till.refuses('store_out_of_scope', () => limited.post(`/v1/wallet-top-ups/${id}/refunds`, asked));
  later(8);
  await till.refuses('refund_quote_changed', () => refund(id, 49_999));
  expect(await quotes()).toMatchObject([{ rule: 'paid_ratio', refund: 50_000 }]);
  const done = await refund(id, 50_000, {}, 'same');
  expect((await refund(id, 50_000, {}, 'same')).body).toEqual(done.body);
  expect(await balance()).toMatchObject({ total: 0 });
  expect(await till.total('tender', till.storeId)).toBe(0);
  expect(await till.total('wallet_bonus')).toBe(0);
  await till.refuses('top_up_used_up', () => refund(id, 50_000));
  await till.refuses('top_up_not_found', () => refund('tup_01jd3v0000e008000000000zyd', 1));
});

test('by list price what is paid back is what was paid less what was used, and the rest is kept', async () => {
  await till.merchant.patch('/v1/wallet-policy', { refundRule: 'list_price', sevenDays: false });
  const id = (await topUp(1_000)).body.id;
  expect(await quotes({ usedAtListPrice: 300 })).toMatchObject([{ rule: 'list_price', refund: 700 }]);
  expect((await refund(id, 700, { usedAtListPrice: 300 })).status).toBe(201);
  expect(await balance()).toMatchObject({ total: 0 });
  expect(await till.total('sale_difference')).toBe(300);
});

test('by time what is paid back falls day by day over the policy’s months, and what was spent never comes back', async () => {
  const policy = { refundRule: 'time', refundTermMonths: 6, sevenDays: false };
  const set = await till.merchant.patch('/v1/wallet-policy', policy);
  expect(set.body, set.text).toMatchObject({ refundRule: 'time', refundTermMonths: 6 });
  const from = bench.time.now;
  const id = (await topUp(1_000)).body.id;
  const day = dayAt(from, 'Asia/Shanghai');
  const term = (Date.parse(plusMonths(day, 6)) - Date.parse(day)) / 86_400_000;
  expect(await quotes()).toMatchObject([{ rule: 'time', principal: 1_000, refund: 1_000 }]);
  later(1);
  expect(await quotes()).toMatchObject([{ refund: Math.floor((1_000 * (term - 1)) / term) }]);
  await buy(600);
  expect(await quotes()).toMatchObject([{ rule: 'time', principal: 400, refund: 400 }]);
  bench.time.now = new Date(from.getTime() + (term - 10) * 86_400_000);
  const due = Math.floor((1_000 * 10) / term);
  expect(await quotes()).toMatchObject([{ principal: 400, refund: due }]);
  await till.refuses('refund_quote_changed', () => refund(id, 400));
  expect((await refund(id, due)).body).toMatchObject({ rule: 'time', refund: due, balance: { total: 0 } });
  expect(await till.total('sale_difference')).toBe(400 - due);
  await topUp(500);
  later(200);
  expect(await quotes()).toMatchObject([{ rule: 'time', principal: 500, refund: 0 }]);
});

test('with a top-up goes its own part of the bonus off each lot, and none that another brought onto the same', async () => {
  await rule({ steps: [{ from: 1_000, bonus: 100 }], instalments: 2 });
  const [first, second] = [(await topUp(1_000)).body.id, (await topUp(1_000)).body.id];
  expect(await balance()).toEqual({ principal: 2_000, bonus: 100, later: 100, total: 2_100 });
  expect((await refund(second, 1_000)).body).toMatchObject({ bonus: 100 });
  expect(await balance()).toEqual({ principal: 1_000, bonus: 50, later: 50, total: 1_050 });
  expect(await quotes()).toMatchObject([{ topUpId: first, principal: 1_000, bonus: 100 }]);
});

test('what is said to have been used is never less than what was spent: nobody is paid back twice', async () => {
  await till.merchant.patch('/v1/wallet-policy', { refundRule: 'list_price' });
  const id = (await topUp(1_000)).body.id;
  await buy(600);
  expect(await quotes({ usedAtListPrice: 599 })).toMatchObject([{ rule: 'list_price', refund: 400 }]);
  expect(await quotes({ usedAtListPrice: 601 })).toMatchObject([{ refund: 399 }]);
  await till.refuses('refund_quote_changed', () => refund(id, 1_000, { usedAtListPrice: 0 }));
  expect((await refund(id, 400, { usedAtListPrice: 0 })).status).toBe(201);
});

test('only money that was handed over fills a wallet so, and no word of anybody’s makes it a card or points', async () => {
  for (const tender of ['gift_card', 'recharge_card', 'points', 'wallet', 'import', 'dividend']) {
    const payment = { tender, amount: 500, reference: 'R1' };
    const asked = { memberId: member.id, storeId: till.storeId, amount: 500, payment };
    await till.refuses('invalid_request', () => till.merchant.post('/v1/wallet-top-ups', asked));
  }
  expect((await balance()).total).toBe(0);
});

test('bonus that ends is taken off once and is no part of what a refund is reckoned by; principal stays', async () => {
  await rule({
    steps: [{ from: 1_000, bonus: 300 }],
    validity: { type: 'after', count: 10, unit: 'days' },
  });
  const id = (await topUp(1_000)).body.id;
  const bought = await buy(100);
  later(11);
  const due = { rule: 'paid_ratio', principal: 1_000, bonus: 0, refund: Math.floor(1_000_000 / 1_100) };
  expect(await quotes()).toMatchObject([due]);
  await bench.runJobs('wallets.lapse');
  await bench.runJobs('wallets.lapse');
  expect(await till.total('breakage')).toBe(200);
  expect(await till.total('wallet')).toBe(1_000);
  expect(await quotes()).toMatchObject([due]);
  const back = await till.merchant.post(`/v1/purchases/${bought.body.id}/refunds`, {
    amount: 100,
    reason: 'r',
  });
  expect(back.status, back.text).toBe(201);
  expect(await balance()).toEqual({ principal: 1_000, bonus: 0, later: 0, total: 1_000 });
  await bench.runJobs('wallets.lapse');
  expect(await till.total('breakage')).toBe(300);
  expect(await quotes()).toMatchObject([{ rule: 'paid_ratio', principal: 1_000, bonus: 0, refund: 1_000 }]);
  expect((await refund(id, 1_000)).status).toBe(201);
  expect(await till.total('wallet')).toBe(0);
  const log = await till.merchant.get<{ items: { amount: number }[] }>(
    `/v1/activities?subjectId=${member.id}&type=wallet.lapsed`,
  );
  expect(log.body.items.map(({ amount }) => amount)).toEqual([-100, -200]);
});
