import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Client, openBench, type TestBench } from '../../../../test/harness.ts';
import { madeBy, openTill, rowsOf, type Till } from '../../../../test/till.ts';
import { peopleOf, type TestMember } from '../../../../test/wallet.ts';
import { worthOf } from './taking.ts';

let bench: TestBench;
let till: Till;
let member: TestMember;
let count = 0;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  till = await openTill(bench);
  member = await peopleOf(bench, till, `13${++count}`).member();
});

type Line = { readonly line: number; readonly quantity: number };
type Back = {
  readonly id: string;
  readonly amount: number;
  readonly lines: readonly { line: number; quantity: number; amount: number }[];
  readonly tenders: readonly { tender: string; amount: number }[];
};
type Whole = {
  readonly due: number;
  readonly refundable: number;
  readonly state: string;
  readonly lines: readonly { due: number; quantity: number; returned: number }[];
  readonly refunds: readonly { lines: readonly object[] }[];
};
const wallet = async () =>
  (
    await till.merchant.get<{ balance: { principal: number; bonus: number; total: number } }>(
      `/v1/wallets/${member.id}`,
    )
  ).body.balance;
const whole = async (id: string) => (await till.merchant.get<Whole>(`/v1/purchases/${id}`)).body;

async function topUp(amount: number, storeId = till.storeId) {
  const payment = { tender: 'cash', amount, reference: 'T' };
  madeBy(await till.merchant.post('/v1/wallet-top-ups', { memberId: member.id, storeId, amount, payment }));
}
async function buy(lines: readonly object[], tenders: readonly object[], storeId = till.otherStoreId) {
  const facts = { storeId, memberId: member.id, reference: randomUUID(), lines, tenders };
  return madeBy(await till.merchant.post('/v1/purchases', facts));
}
const back = (id: string, what: object, by: Pick<Client, 'post'> = till.merchant, key?: string) =>
  by.post<Back>(`/v1/purchases/${id}/refunds`, { ...what, reason: 'back' }, key);
const pieces = (...lines: readonly Line[]) => ({ lines });

/** A product of a category of its own. */
async function product(sku: string): Promise<{ readonly sku: string; readonly categoryId: string }> {
  const categoryId = madeBy(
    await till.merchant.post('/v1/product-categories', { name: { zh: sku, en: sku }, parentId: null }),
  );
  const facts = { sku, name: { zh: sku, en: sku }, categoryId, price: 1_000 };
  madeBy(await till.merchant.post('/v1/products', facts));
  return { sku, categoryId };
}

test('pieces of a line cost what was paid for it, to the cent, whatever goes back first', () => {
  for (const due of [0n, 1n, 2n, 99n, 100n, 101n, 99_999n])
    for (const quantity of [1, 2, 3, 7, 10]) {
      let sum = 0n;
      for (let gone = 0; gone < quantity; gone++) {
        const one = worthOf(due, quantity, gone, 1);
        expect(one - due / BigInt(quantity)).toBeOneOf([0n, 1n]);
        sum += one;
      }
      expect(sum).toBe(due);
      expect(worthOf(due, quantity, 0, quantity)).toBe(due);
    }
});

test('lines go back by pieces: the quote says what it is, the purchase how many, and no more go back than were bought', async () => {
  await topUp(5_000);
  const id = await buy(
    [
      { name: '茶', price: 333, quantity: 3 },
      { name: '杯', price: 1_001 },
    ],
    [
      { kind: 'wallet', amount: 1_500 },
      { kind: 'money', tender: 'cash', amount: 500 },
    ],
  );
  const quote = await till.merchant.post<Back & { left: number }>(`/v1/purchases/${id}/refund-quotes`, {
    ...pieces({ line: 0, quantity: 2 }),
  });
  expect(quote.body, quote.text).toMatchObject({
    amount: 666,
    left: 1_334,
    lines: [{ line: 0, quantity: 2, amount: 666 }],
    tenders: [
      { tender: 'cash', amount: 500 },
      { tender: 'wallet', amount: 166 },
    ],
  });
  expect((await whole(id)).state).toBe('whole');
  const given = await back(id, pieces({ line: 0, quantity: 2 }), till.merchant, 'once');
  expect(given.body, given.text).toMatchObject({ amount: 666, tenders: quote.body.tenders });
  expect((await back(id, pieces({ line: 0, quantity: 2 }), till.merchant, 'once')).body).toEqual(given.body);
  expect(await whole(id)).toMatchObject({
    refundable: 1_334,
    lines: [{ returned: 2 }, { returned: 0 }],
    refunds: [{ lines: [{ line: 0, quantity: 2, amount: 666 }] }],
  });
  await till.refuses('pieces_exceed_purchase', () => back(id, pieces({ line: 0, quantity: 2 })), {
    field: 'lines.0.quantity',
  });
  await till.refuses('invalid_request', () => back(id, pieces({ line: 2, quantity: 1 })), {
    field: 'lines.0.line',
  });
  const twice = [
    { line: 1, quantity: 1 },
    { line: 1, quantity: 1 },
  ];
  await till.refuses('invalid_request', () => back(id, pieces(...twice)), { field: 'lines' });
  await till.refuses('invalid_request', () => back(id, { amount: 1, ...pieces({ line: 1, quantity: 1 }) }));
  await till.refuses('invalid_request', () => back(id, {}));
  // A sum goes back of the rest, and then the line no longer can.
  madeBy(await back(id, { amount: 500 }));
  await till.refuses('refund_exceeds_purchase', () => back(id, pieces({ line: 1, quantity: 1 })));
  madeBy(await back(id, { amount: 834 }));
  expect(await whole(id)).toMatchObject({ state: 'refunded', refundable: 0 });
  expect((await wallet()).total).toBe(5_000);
});

test('of many who give the same piece back at once one does', async () => {
  const id = await buy(
    [{ name: '茶', price: 700, quantity: 2 }],
    [{ kind: 'money', tender: 'cash', amount: 1_400 }],
  );
  const replies = await Promise.all(
    Array.from({ length: 10 }, () => back(id, pieces({ line: 0, quantity: 2 }))),
  );
  expect(replies.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
    201,
    ...Array.from({ length: 9 }, () => 409),
  ]);
  expect(await whole(id)).toMatchObject({ state: 'refunded', lines: [{ returned: 2 }] });
});

test('a ceiling binds what lines come to, and who is limited to other stores gives none back', async () => {
  const id = await buy(
    [{ name: '茶', price: 700, quantity: 2 }],
    [{ kind: 'money', tender: 'cash', amount: 1_400 }],
  );
  const limited = await till.key({
    permissions: ['checkout.refund'],
    ceilings: { 'checkout.refund': 1_399 },
  });
  await till.refuses('amount_over_ceiling', () => back(id, pieces({ line: 0, quantity: 2 }), limited));
  expect((await back(id, pieces({ line: 0, quantity: 1 }), limited)).status).toBe(201);
  const elsewhere = await till.key({ role: 'clerk', storeIds: [till.storeId] });
  await till.refuses('store_out_of_scope', () => back(id, pieces({ line: 0, quantity: 1 }), elsewhere));
  await till.refuses('store_out_of_scope', () =>
    elsewhere.post(`/v1/purchases/${id}/refund-quotes`, pieces({ line: 0, quantity: 1 })),
  );
});

test('a bonus that is bound to goods goes back with them, and never with others as long as anything else paid for those', async () => {
  const [tea] = [await product('TEA'), await product('POT')];
  const scope = { categoryIds: [tea?.categoryId] };
  const steps = [{ from: 100, bonus: 600 }];
  madeBy(await till.merchant.post('/v1/bonus-rules', { name: '茶券', steps, scope }));
  await topUp(5_000);
  await till.merchant.patch('/v1/wallet-policy', { spendingOrder: 'bonus_first' });
  const lines = [{ sku: 'TEA' }, { sku: 'POT' }];
  const tenders = [
    { kind: 'wallet', amount: 1_500 },
    { kind: 'money', tender: 'cash', amount: 500 },
  ];
  const id = await buy(lines, tenders);
  expect(await wallet()).toMatchObject({ principal: 4_100, bonus: 0 });
  // The pot was paid by cash and principal alone; the tea by its bonus first.
  const pot = await back(id, pieces({ line: 1, quantity: 1 }));
  expect(pot.body.tenders, pot.text).toEqual([
    { tender: 'cash', amount: 500 },
    { tender: 'wallet', amount: 500 },
  ]);
  expect(await wallet()).toMatchObject({ principal: 4_600, bonus: 0 });
  expect((await back(id, pieces({ line: 0, quantity: 1 }))).body.tenders).toEqual([
    { tender: 'wallet', amount: 1_000 },
  ]);
  expect(await wallet()).toMatchObject({ principal: 5_000, bonus: 600 });
  const other = await buy(lines, tenders);
  const first = await back(other, pieces({ line: 0, quantity: 1 }));
  expect(first.body.tenders, first.text).toEqual([
    { tender: 'cash', amount: 400 },
    { tender: 'wallet', amount: 600 },
  ]);
  expect(await wallet()).toMatchObject({ principal: 4_100, bonus: 600 });
});

const balances = async () =>
  rowsOf(
    bench,
    `select a.owner_id, a.purpose, a.detail, a.asset, a.balance from ledger.account a
     where a.merchant_id = $1 and a.balance <> 0 order by 1, 2, 3, 4`,
    [till.merchant.id],
  );

test.each([1, 2, 3, 4, 5, 6])(
  'any sequence of partial returns comes to what the return of the whole comes to, on every account (%i)',
  async (start) => {
    let seed = start * 7_919;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const goods = [await product('A'), await product('B'), await product('C')];
    const scheme = { earn: { amount: 100, points: 1 }, spend: { points: 100, worth: 100, billPpm: 500_000 } };
    madeBy(await till.merchant.post('/v1/points-schemes', scheme));
    for (const nth of [0, 1]) {
      const steps = [{ from: 1_000, bonus: 400 + random(600) }];
      const categoryIds = [goods[nth]?.categoryId, goods[nth + 1]?.categoryId];
      const name = `R${nth}`;
      const rule = madeBy(
        await till.merchant.post('/v1/bonus-rules', { name, steps, scope: { categoryIds } }),
      );
      await topUp(3_000, nth === 0 ? till.storeId : till.otherStoreId);
      await till.merchant.post(`/v1/bonus-rules/${rule}/end`, {});
    }
    await till.merchant.patch('/v1/wallet-policy', { spendingOrder: 'bonus_first' });
    const before = await balances();
    const lines = goods.map(({ sku }) => ({ sku, price: 101 + random(400), quantity: 1 + random(4) }));
    const total = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
    const cash = random(Math.floor(total / 2));
    const id = await buy(lines, [
      { kind: 'wallet', amount: total - cash },
      ...(cash > 0 ? [{ kind: 'money', tender: 'cash', amount: cash }] : []),
    ]);
    const left = lines.map(({ quantity }) => quantity);
    for (let open = total, n = 0; open > 0; n++) {
      const line = random(3);
      const isLine = n < 12 && random(4) > 0 && (left[line] ?? 0) > 0;
      const quantity = 1 + random(left[line] ?? 1);
      const asked = isLine
        ? pieces({ line, quantity })
        : { amount: n < 12 ? 1 + random(Math.min(open, 150)) : open };
      const quote = await till.merchant.post<Back>(`/v1/purchases/${id}/refund-quotes`, asked);
      const given = await back(id, asked);
      if (given.status !== 201) {
        expect(given.body).toMatchObject({ code: 'refund_exceeds_purchase' });
        continue;
      }
      expect(quote.body, quote.text).toMatchObject({
        amount: given.body.amount,
        tenders: given.body.tenders,
      });
      if (isLine) left[line] = (left[line] ?? 0) - quantity;
      open -= given.body.amount;
    }
    expect(await balances()).toEqual(before);
    expect(await whole(id)).toMatchObject({ state: 'refunded', refundable: 0 });
  },
  30_000,
);
