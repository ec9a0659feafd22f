import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { makeRecharge, sellRecharge } from '../../../../test/recharge.ts';
import { first, madeBy, openTill, type Till } from '../../../../test/till.ts';
import { peopleOf } from '../../../../test/wallet.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Figures = Readonly<Record<string, number>>;
type Statement = {
  readonly id: string;
  readonly party: string;
  readonly storeId: string | null;
  readonly totals: readonly Figures[];
  readonly lines: readonly Figures[];
};

async function statementsOf(till: Till, periodId: string): Promise<readonly Statement[]> {
  const path = `/v1/settlement-statements?periodId=${periodId}`;
  const { body } = await till.merchant.get<{ items: Statement[] }>(path);
  const whole = body.items.map(({ id }) => till.merchant.get<Statement>(`/v1/settlement-statements/${id}`));
  return (await Promise.all(whole)).map((reply) => reply.body);
}

test('loads are what came in for cards and wallets, refunds what went back to who paid it, and the rest is kept; nothing else', async () => {
  const till = await openTill(bench);
  const { merchant, storeId, otherStoreId } = till;
  const member = await peopleOf(bench, till, '137').member();
  const topUp = async (amount: number) => {
    const payment = { tender: 'cash', amount, reference: randomUUID() };
    return madeBy(
      await merchant.post('/v1/wallet-top-ups', { memberId: member.id, storeId, amount, payment }),
    );
  };
  await topUp(3_000);
  const back = { amount: 5_000, reason: 'leaves', payment: { tender: 'cash', reference: 'B' } };
  madeBy(await merchant.post(`/v1/wallet-top-ups/${await topUp(5_000)}/refunds`, back));
  await till.does(await till.card(), 'deactivate', { reason: 'typing error' });
  const tea = { name: 'Tea', price: 700 };
  const cash = { kind: 'money', tender: 'cash', amount: 700 };
  madeBy(
    await merchant.post('/v1/purchases', { storeId, reference: randomUUID(), lines: [tea], tenders: [cash] }),
  );
  await till.paid(await till.card(), 100, { storeId: otherStoreId });
  const drawn = await merchant.post<{ id: string }>('/v1/settlement-periods', {});
  const statements = await statementsOf(till, drawn.body.id);
  expect(statements.find((one) => one.storeId === storeId)).toMatchObject({
    totals: [{ loads: -28_000, refunds: 15_000, kept: 13_000, honouredElsewhere: -100, net: -100 }],
    lines: [{ party: 'store' }, { party: 'holders', loads: -28_000, refunds: 15_000, kept: 13_000, net: 0 }],
  });
  expect(statements.find((one) => one.storeId === otherStoreId)).toMatchObject({
    totals: [{ loads: 0, kept: 0, honoured: 100 }],
  });
});

test('cash that a store paid for at once is the merchant’s to answer for: who honours it is owed by the merchant', async () => {
  const till = await openTill(bench);
  const { merchant, storeId, otherStoreId } = till;
  const member = await peopleOf(bench, till, '138').member();
  const commissions = [{ kind: 'load', storeId, tender: 'cash', ppm: 20_000, min: null, max: null }];
  madeBy(await merchant.post('/v1/settlement-terms', { ratios: [], bearing: [], commissions }));
  const agreed = { storeId, keepsCash: true, creditLimit: 1_000_000 };
  expect((await merchant.post('/v1/store-settlement-accounts', agreed)).status).toBe(200);
  const topUp = { memberId: member.id, storeId, amount: 10_000 };
  const payment = { tender: 'cash', amount: 10_000, reference: 'T' };
  madeBy(await merchant.post('/v1/wallet-top-ups', { ...topUp, payment }));
  const { pairs } = await makeRecharge(till, 1, { faceValue: 5_000 });
  await sellRecharge(till, pairs, 5_000);
  const { number, password } = first(pairs);
  const use = { memberId: member.id, storeId, number, password };
  madeBy(await merchant.post('/v1/recharge-cards/top-ups', use));
  const buy = async (at: string, amount: number) => {
    const lines = [{ name: 'Tea', price: amount }];
    const tenders = [{ kind: 'wallet', amount }];
    const body = { storeId: at, memberId: member.id, reference: randomUUID(), lines, tenders };
    madeBy(await merchant.post('/v1/purchases', body));
  };
  await buy(otherStoreId, 6_000);
  await buy(storeId, 9_000);
  const drawn = await merchant.post<{ id: string }>('/v1/settlement-periods', {});
  const statements = await statementsOf(till, drawn.body.id);
  // Without it the store would have paid twice: out of its account, and to whoever honoured what it sold.
  expect(statements.find((one) => one.storeId === storeId)?.lines).toMatchObject([
    { party: 'merchant', loads: -15_000, fees: 300, payments: 14_700, honoured: 9_000, closing: 9_000 },
  ]);
  expect(statements.find((one) => one.storeId === otherStoreId)?.totals).toMatchObject([{ closing: 6_000 }]);
  const merchants = statements.find((one) => one.party === 'merchant');
  expect(merchants?.totals).toMatchObject([
    { loads: 15_000, fees: -300, payments: -14_700, honouredElsewhere: -15_000, closing: -15_000 },
  ]);
  const path = `/v1/settlement-statements/${merchants?.id}/postings?storeId=${storeId}`;
  const behind = await merchant.get<{ items: { column: string; amount: number }[] }>(`${path}&column=loads`);
  expect(behind.body.items.reduce((sum, { amount }) => sum + amount, 0)).toBe(15_000);
});
