import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { madeBy, openTill, type Till } from '../../../../test/till.ts';
import { peopleOf, type TestMember } from '../../../../test/wallet.ts';
import { roomsOn } from './scope.ts';

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
  member = await peopleOf(bench, till, '134').member();
});

type Money = { principal: number; bonus: number };
type Offer = { due: number; walletMost: number | null };

const made = async (path: string, body: object) =>
  madeBy(await till.merchant.post<{ id: string }>(path, body));
const category = (zh: string, parentId?: string) =>
  made('/v1/product-categories', { name: { zh, en: zh }, parentId: parentId ?? null });
const product = (sku: string, price: number, categoryId?: string) =>
  made('/v1/products', { sku, name: { zh: sku, en: sku }, price, ...(categoryId && { categoryId }) });
/** Tops up with so much of a bonus that pays within a scope. */
async function given(bonus: number, scope: object): Promise<void> {
  const id = await made('/v1/bonus-rules', { name: 'Scoped', steps: [{ from: 1_000, bonus }], scope });
  const payment = { tender: 'cash', amount: 1_000, reference: 'T' };
  await made('/v1/wallet-top-ups', { memberId: member.id, storeId: till.storeId, amount: 1_000, payment });
  await till.merchant.post(`/v1/bonus-rules/${id}/end`, {});
}
const basket = (skus: readonly string[], storeId = till.storeId) => ({
  storeId,
  memberId: member.id,
  lines: skus.map((sku) => ({ sku })),
});
const buy = (skus: readonly string[], amount: number, more: readonly object[] = [], storeId = till.storeId) =>
  till.merchant.post<{ id: string; balance: Money; due: number }>('/v1/purchases', {
    ...basket(skus, storeId),
    reference: randomUUID(),
    tenders: [...(amount > 0 ? [{ kind: 'wallet', amount }] : []), ...more],
  });
const cash = (amount: number) => ({ kind: 'money', tender: 'cash', amount });
async function most(skus: readonly string[], storeId = till.storeId): Promise<number | null | undefined> {
  const { body } = await till.merchant.post<{ byWallet: Offer }>(
    '/v1/purchase-quotes',
    basket(skus, storeId),
  );
  return body.byWallet.walletMost;
}
const balance = async () => {
  const { body } = await till.merchant.get<{ balance: Money; lots: { balance: number; scope: unknown }[] }>(
    `/v1/wallets/${member.id}`,
  );
  return body;
};

test('a bonus for one kind of goods pays for those and for what is under them, and for nothing else', async () => {
  const drinks = await category('饮品');
  const tea = await category('茶', drinks);
  await product('TEA', 800, tea);
  await product('CAKE', 900);
  await given(2_000, { categoryIds: [drinks] });
  expect(await most(['TEA', 'CAKE'])).toBe(1_700);
  expect(await most(['CAKE', 'CAKE', 'CAKE'])).toBe(1_000);
  await till.refuses('bonus_out_of_scope', () => buy(['CAKE', 'CAKE', 'CAKE'], 2_700));
  await till.refuses('insufficient_balance', () => buy(['TEA', 'TEA', 'TEA', 'TEA'], 3_200));
  // Bonus goes first, as far as it may: the tea is paid with it, the cake is not.
  expect((await buy(['TEA', 'CAKE'], 1_700)).body.balance).toMatchObject({ principal: 100, bonus: 1_200 });
  expect((await buy(['TEA', 'CAKE'], 900, [cash(800)])).body.balance).toMatchObject({
    principal: 0,
    bonus: 400,
  });
  await till.refuses('bonus_out_of_scope', () => buy(['CAKE'], 1, [cash(899)]));
  expect((await balance()).lots).toMatchObject([
    { balance: 400, scope: { storeIds: [], categoryIds: [drinks], productIds: [] } },
  ]);
});

test('a bonus for one store pays there and in no other, and for a product only what that costs', async () => {
  const scarf = await product('SCARF', 300);
  await product('HAT', 700);
  await given(500, { storeIds: [till.otherStoreId], productIds: [scarf] });
  expect(await most(['SCARF', 'HAT'], till.storeId)).toBe(1_000);
  expect(await most(['HAT', 'HAT', 'SCARF'], till.otherStoreId)).toBe(1_300);
  await till.refuses('bonus_out_of_scope', () => buy(['SCARF', 'HAT', 'SCARF'], 1_300));
  const paid = await buy(['SCARF', 'HAT'], 1_000, [], till.otherStoreId);
  expect(paid.body.balance).toMatchObject({ principal: 300, bonus: 200 });
  // What goes back goes back to where it came from, and pays again for the same only.
  await made(`/v1/purchases/${paid.body.id}/refunds`, { amount: 1_000, reason: 'back' });
  expect((await balance()).balance).toMatchObject({ principal: 1_000, bonus: 500 });
  await till.refuses('bonus_out_of_scope', () => buy(['HAT', 'HAT'], 1_400));
});

test('a fee is no goods: a bonus for goods does not pay it', async () => {
  const scarf = await product('SCARF2', 300);
  await given(500, { productIds: [scarf] });
  const planId = await made('/v1/membership-plans', {
    name: { zh: '年卡', en: 'Year card' },
    span: { count: 365, unit: 'days' },
    price: 1_200,
    discount: { ppm: 0 },
  });
  const payment = { tender: 'wallet', amount: 1_200 };
  const join = { memberId: member.id, planId, storeId: till.storeId, payment };
  await till.refuses('bonus_out_of_scope', () => till.merchant.post('/v1/memberships', join));
});

test('a bonus on the same terms but for other goods stays apart, and each goes back with its own top-up', async () => {
  const scarf = await product('SCARF3', 300);
  await given(500, { productIds: [scarf] });
  await given(400, {});
  const { lots } = await balance();
  expect(new Map(lots.map(({ balance: on, scope }) => [on, scope !== null]))).toEqual(
    new Map([
      [2_000, false],
      [400, false],
      [500, true],
    ]),
  );
  const { body } = await till.merchant.post<{
    items: { topUpId: string; bonus: number; refund: number }[];
  }>('/v1/wallet-refund-quotes', { memberId: member.id });
  expect(new Set(body.items.map(({ bonus }) => bonus))).toEqual(new Set([400, 500]));
});

test('a scope that names what the merchant does not have is refused', async () => {
  const other = await openTill(bench);
  const theirs = { sku: 'X', name: { zh: 'X', en: 'X' }, price: 1 };
  const foreign = madeBy(await other.merchant.post<{ id: string }>('/v1/products', theirs));
  const rule = (scope: object) =>
    till.merchant.post('/v1/bonus-rules', { name: 'R', steps: [{ from: 1, bonus: 1 }], scope });
  await till.refuses('product_not_found', () => rule({ productIds: [foreign] }));
  await till.refuses('store_not_found', () => rule({ storeIds: [other.storeId] }));
  await till.refuses('category_not_found', () => rule({ categoryIds: ['cat_01m8dqzvrdfw5srpnwb7mrmea0'] }));
});

test('of fifty payments at once by a bonus for goods those go through that it holds', async () => {
  const tea = await product('TEA5', 100);
  await given(1_000, { productIds: [tea] });
  const all = await Promise.all(Array.from({ length: 50 }, () => buy(['TEA5'], 100)));
  expect(all.filter(({ status }) => status === 201)).toHaveLength(20);
  expect((await balance()).balance).toMatchObject({ principal: 0, bonus: 0 });
});

/** The most that all payers together can pay, tried out: what limits them is the least cut. */
function mostByCuts(
  amounts: readonly number[],
  payers: readonly { most: number; lines: readonly number[] }[],
): number {
  let least = Number.POSITIVE_INFINITY;
  for (let kept = 0; kept < 1 << payers.length; kept += 1) {
    const reached = new Set(payers.flatMap(({ lines }, n) => ((kept >> n) & 1 ? lines : [])));
    const cut = payers.reduce((sum, { most: one }, n) => ((kept >> n) & 1 ? sum : sum + one), 0);
    least = Math.min(
      least,
      amounts.reduce((sum, amount, n) => (reached.has(n) ? sum + amount : sum), cut),
    );
  }
  return least;
}

test('lots of several scopes pay together as much as there is any way to, and the first of them as much as it can alone', () => {
  let seed = 7;
  const dice = (sides: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * sides);
  };
  for (let round = 0; round < 2_000; round += 1) {
    const amounts = Array.from({ length: 1 + dice(5) }, () => dice(20));
    const payers = Array.from({ length: 1 + dice(5) }, () => ({
      most: dice(30),
      lines: amounts.flatMap((_, n) => (dice(2) === 0 ? [n] : [])),
    }));
    const rooms = roomsOn(
      amounts.map(BigInt),
      payers.map(({ most: one, lines }) => ({ most: BigInt(one), lines })),
    ).map(Number);
    // Whoever comes first loses nothing to those behind: each head of the row comes to the most that it can.
    for (let heads = 1; heads <= payers.length; heads += 1) {
      const sum = rooms.slice(0, heads).reduce((total, room) => total + room, 0);
      expect(sum, `round ${round}`).toBe(mostByCuts(amounts, payers.slice(0, heads)));
    }
  }
});
