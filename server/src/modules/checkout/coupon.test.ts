import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { couponsAt } from '../../../test/coupons.ts';
import { familyAt } from '../../../test/family.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { madeBy, openTill, type Till } from '../../../test/till.ts';
import { peopleOf, type TestMember } from '../../../test/wallet.ts';

let bench: TestBench;
let till: Till;
let at: ReturnType<typeof couponsAt>;
let people: ReturnType<typeof peopleOf>;
let member: TestMember;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  bench.time.now = new Date('2026-11-22T04:00:00Z');
  till = await openTill(bench);
  at = couponsAt(till);
  people = peopleOf(bench, till, '137');
  member = await people.member();
});

const stateOf = async (id: string) => (await at.listed(member)).find((one) => one.id === id)?.state;
const earns = async () =>
  expect((await till.merchant.post('/v1/points-schemes', { earn: { points: 1, amount: 100 } })).status).toBe(
    201,
  );
async function joins(who: TestMember, ppm: number) {
  const plan = {
    name: { zh: '卡', en: 'Card' },
    span: { count: 1, unit: 'years' },
    price: 0,
    discount: { ppm },
  };
  const planId = madeBy(await till.merchant.post('/v1/membership-plans', plan));
  madeBy(await till.merchant.post('/v1/memberships', { memberId: who.id, planId, storeId: till.storeId }));
}
async function product(sku: string, price: number) {
  const category = await till.merchant.post<{ id: string }>('/v1/product-categories', { name: { zh: sku } });
  const categoryId = madeBy(category);
  const id = madeBy(await till.merchant.post('/v1/products', { sku, name: { zh: sku }, price, categoryId }));
  return { id, categoryId };
}

test('a coupon is used by exactly one of fifty purchases at once', async () => {
  const coupon = await at.coupon(member);
  const replies = await Promise.all(Array.from({ length: 50 }, () => at.buy(member, coupon, 4_000)));
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
  const refused = replies.flatMap(({ status, body }) => (status === 201 ? [] : [body.code]));
  expect(new Set(refused)).toEqual(new Set(['coupon_used']));
  expect(await till.total('coupon')).toBe(0);
  expect(await till.total('revenue')).toBe(4_000);
});

test('two services on one database let it be used once as well', async () => {
  const coupon = await at.coupon(member);
  const second = await bench.another();
  const other = second.client(till.merchant.apiKey);
  const body = (reference: string) => ({
    storeId: till.storeId,
    memberId: member.id,
    reference,
    couponId: coupon,
    lines: [{ name: 'Tea', price: 5_000 }],
    tenders: [{ kind: 'money', tender: 'cash', amount: 4_000 }],
  });
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      (n % 2 ? other : till.merchant).post('/v1/purchases', body(`R${n}`)),
    ),
  );
  await second.close();
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
});

test('the same key uses it once, and is answered alike', async () => {
  const coupon = await at.coupon(member);
  const more = { reference: 'R' };
  const first = await at.buy(member, coupon, 4_000, undefined, more, 'key');
  expect(first.body, first.text).toMatchObject({ due: 4_000, couponDiscount: 1_000, coupon: { id: coupon } });
  expect((await at.buy(member, coupon, 4_000, undefined, more, 'key')).text).toBe(first.text);
  const [shown] = await at.listed(member);
  expect(shown).toMatchObject({
    state: 'used',
    purchaseId: first.body.id,
    allowed: { withdraw: { ok: false } },
  });
});

test('it comes off what is left after the member’s discount, of its own goods, and points are earned on what is paid', async () => {
  await earns();
  await joins(member, 100_000);
  const { categoryId } = await product('TEA', 3_333);
  const scope = { categoryIds: [categoryId] };
  const coupon = await at.coupon(member, { scope, off: { type: 'percent', ppm: 500_000 } });
  const lines = [{ sku: 'TEA' }, { name: 'Cup', price: 2_000 }, { sku: 'TEA', price: 1 }];
  // 3333 - 333 and 2000 - 200 and 1 - 0; half of 3001 is 1500.
  const paid = await at.buy(member, coupon, 3_301, lines);
  expect(paid.body, paid.text).toMatchObject({ due: 3_301, couponDiscount: 1_500, earned: 33 });
  expect(paid.body.lines.map(({ couponDiscount }) => couponDiscount)).toEqual([1_500, 0, 0]);
  await till.refuses('payment_mismatch', () => at.buy(member, undefined, 3_301, lines));
});

test('who it is not for is told why, and how much is missing', async () => {
  const { categoryId, id } = await product('TEA', 900);
  const other = await people.member();
  const theirs = await at.coupon(other);
  const bound = await at.coupon(member, { scope: { storeIds: [till.otherStoreId] } });
  const goods = await at.coupon(member, { scope: { productIds: [id] } });
  const above = await at.coupon(member, { scope: { categoryIds: [categoryId] }, minimum: 1_000 });
  const field = { field: 'couponId' };
  const unknown = await till.refuses(
    'coupon_not_found',
    () => at.buy(member, 'cpn_01h00000000000000000000000', 1),
    field,
  );
  const foreign = await till.refuses('coupon_not_found', () => at.buy(member, theirs, 4_000), field);
  expect(foreign.text).toBe(unknown.text);
  await till.refuses('coupon_not_here', () => at.buy(member, bound, 4_000), field);
  await till.refuses('coupon_not_for_these', () => at.buy(member, goods, 4_000), field);
  const lines = [{ sku: 'TEA' }, { name: 'Cup', price: 9_000 }];
  const below = await till.refuses('coupon_below_minimum', () => at.buy(member, above, 8_900, lines), field);
  expect(below.body.detail).toContain('100 are missing');
  await till.refuses('member_required', () => at.buy(member, above, 1, lines, { memberId: undefined }));
  await till.refuses('coupon_below_minimum', () => at.quote(member, lines, { couponId: above }), field);
});

test('a quote tells what each coupon would take off, the best first, and why one does not', async () => {
  await joins(member, 100_000);
  const best = await at.coupon(member, { off: { type: 'percent', ppm: 300_000 } });
  const good = await at.coupon(member, { minimum: 9_000 });
  const near = await at.coupon(member, { minimum: 9_500, off: { type: 'amount', amount: 9_500 } });
  const later = await at.coupon(member, { from: '2026-12-01' });
  const gone = await at.coupon(member);
  await at.withdraw(gone);
  const lines = [{ name: 'Tea', price: 10_000 }];
  const plain = await at.quote(member, lines);
  expect(plain.body.coupons, plain.text).toMatchObject([
    {
      id: best,
      name: '立减',
      otherwise: { discount: 2_700, reason: null, gap: null },
      byWallet: { discount: 2_700 },
    },
    { id: good, otherwise: { discount: 1_000 } },
    { id: near, otherwise: { discount: 0, reason: 'coupon_below_minimum', gap: 500 } },
    { id: later, otherwise: { discount: 0, reason: 'coupon_not_yet', gap: null } },
  ]);
  expect(plain.body.otherwise).toMatchObject({ due: 9_000, couponDiscount: 0 });
  const quoted = await at.quote(member, lines, { couponId: best });
  expect(quoted.body.otherwise, quoted.text).toMatchObject({
    due: 6_300,
    discount: 1_000,
    couponDiscount: 2_700,
    lines: [{ discount: 1_000, couponDiscount: 2_700 }],
  });
  expect(quoted.body.byWallet).toMatchObject({ due: 6_300 });
  expect((await at.buy(member, best, 6_300, lines)).status).toBe(201);
  const nobody = await till.merchant.post('/v1/purchase-quotes', { storeId: till.storeId, lines });
  expect(nobody.body, nobody.text).toMatchObject({ coupons: [] });
});

test('a coupon comes back with the last of its purchase, exactly once, and not with a part of it', async () => {
  const coupon = await at.coupon(member);
  const purchase = madeBy(await at.buy(member, coupon, 4_000));
  expect((await at.refund(purchase, 3_999)).body).toMatchObject({ coupon: null });
  expect(await stateOf(coupon)).toBe('used');
  const back = await Promise.all(Array.from({ length: 10 }, () => at.refund(purchase, 1)));
  expect(back.filter(({ body }) => body.code === 'refund_exceeds_purchase')).toHaveLength(9);
  expect(back.find(({ status }) => status === 201)?.body).toMatchObject({ coupon: 'returned' });
  expect(await stateOf(coupon)).toBe('usable');
  expect(await till.total('coupon')).toBe(1);
  // It is as good as it was, for another purchase, whose return gives it back again.
  const again = madeBy(await at.buy(member, coupon, 4_000));
  expect((await at.refund(again, 4_000)).body).toMatchObject({ coupon: 'returned' });
  const templateId = (await at.listed(member))[0]?.templateId ?? '';
  expect(await at.shown(templateId)).toMatchObject({ issued: 1, used: 0, held: 1 });
});

test('a coupon whose time is up meanwhile is lost', async () => {
  const coupon = await at.coupon(member, { validity: { type: 'after', count: 1, unit: 'days' } });
  const purchase = madeBy(await at.buy(member, coupon, 4_000));
  bench.time.now = new Date('2026-11-23T16:00:00Z');
  expect((await at.refund(purchase, 4_000)).body).toMatchObject({ coupon: 'lost' });
  await bench.runJobs('coupons.lapse');
  expect(await stateOf(coupon)).toBe('used');
});

test('what came to nothing is given back for nothing, once, and its coupon with it', async () => {
  const coupon = await at.coupon(member, { off: { type: 'amount', amount: 9_000 } });
  const bought = await at.buy(member, coupon, 0);
  expect(bought.body, bought.text).toMatchObject({ due: 0, couponDiscount: 5_000 });
  await till.refuses('refund_exceeds_purchase', () => at.refund(bought.body.id, 1));
  expect((await at.refund(bought.body.id, 0)).body).toMatchObject({ coupon: 'returned', amount: 0 });
  await till.refuses('refund_exceeds_purchase', () => at.refund(bought.body.id, 0));
  const other = madeBy(await at.buy(member, undefined, 5_000));
  await till.refuses('invalid_request', () => at.refund(other, 0), { field: 'amount' });
});

test('goods that a coupon paid for wholly are given back before it is, piece by piece', async () => {
  const { categoryId } = await product('CUP', 2_000);
  const free = { scope: { categoryIds: [categoryId] }, off: { type: 'percent', ppm: 1_000_000 } };
  const coupon = await at.coupon(member, free);
  const lines = [
    { name: 'Tea', price: 3_000 },
    { sku: 'CUP', quantity: 2 },
  ];
  const purchase = madeBy(await at.buy(member, coupon, 3_000, lines));
  const back = async (line: number, quantity: number) => {
    const body = { lines: [{ line, quantity }], reason: 'back' };
    const reply = await till.merchant.post(`/v1/purchases/${purchase}/refunds`, body);
    expect(reply.status, reply.text).toBe(201);
    return reply.body;
  };
  // All of the money is back, and two cups are not.
  expect(await back(0, 1)).toMatchObject({ amount: 3_000, coupon: null });
  expect(await back(1, 1)).toMatchObject({ amount: 0, coupon: null });
  expect(await stateOf(coupon)).toBe('used');
  expect(await back(1, 1)).toMatchObject({ amount: 0, coupon: 'returned' });
  expect(await stateOf(coupon)).toBe('usable');
});

test('who buys uses their coupon, also where a relative’s wallet pays', async () => {
  const family = familyAt(bench, till);
  const payer = await family.person();
  const relative = await family.person();
  await family.shared(payer, relative);
  const coupon = await at.coupon(relative);
  const theirs = await at.coupon(payer);
  await family.topUp(payer, 10_000);
  const tenders = [{ kind: 'wallet', amount: 4_000, payerId: payer.id }];
  await till.refuses('coupon_not_found', () => at.buy(relative, theirs, 1, undefined, { tenders }));
  const paid = await at.buy(relative, coupon, 1, undefined, { tenders });
  expect(paid.body, paid.text).toMatchObject({ due: 4_000, couponDiscount: 1_000 });
});
