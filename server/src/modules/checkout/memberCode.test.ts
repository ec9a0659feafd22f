import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { madeBy, openTill, type Till } from '../../../test/till.ts';
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

type Money = { total: number };
type Bought = { balance: Money | null };

async function loaded(amount: number): Promise<void> {
  const payment = { tender: 'cash', amount, reference: 'T' };
  const body = { memberId: member.id, storeId: till.storeId, amount, payment };
  madeBy(await till.merchant.post('/v1/wallet-top-ups', body));
}

test('above the limit of the house a wallet pays only with the code on the member’s phone, which is good for one payment', async () => {
  await loaded(3_000);
  await till.merchant.patch('/v1/wallet-policy', { codeAbove: 1_000 });
  const codeOf = async ({ phone }: TestMember) =>
    (await phone.post<{ code: string }>('/member-code')).body.code;
  const pay = (amount: number, code?: string) =>
    till.merchant.post<Bought>('/v1/purchases', {
      ...{ storeId: till.storeId, memberId: member.id, reference: randomUUID() },
      ...{ lines: [{ name: 'Tea', price: amount }], tenders: [{ kind: 'wallet', amount, code }] },
    });
  const lines = [{ name: 'Tea', price: 100 }];
  const quote = async (code?: string) =>
    (
      await till.merchant.post<{ balance: Money | null }>('/v1/purchase-quotes', {
        ...{ storeId: till.storeId, memberId: member.id, lines, code },
      })
    ).body.balance;
  await till.refuses('member_code_required', () => pay(1_001));
  const other = await peopleOf(bench, till, '134').member();
  const theirs = await codeOf(other);
  await till.refuses('member_code_required', () => pay(1_001, theirs));
  const small = await pay(1_000);
  expect(small.body.balance, small.text).toBeNull();
  expect(await quote()).toBeNull();
  const code = await codeOf(member);
  expect(await quote(code)).toMatchObject({ total: 2_000 });
  const paid = await pay(1_001, code);
  expect(paid.body.balance, paid.text).toMatchObject({ total: 999 });
  await loaded(2_000);
  await till.refuses('payment_code_used', () => pay(1_001, code));
  const old = await codeOf(member);
  bench.time.now = new Date(bench.time.now.getTime() + 166_000);
  await till.refuses('payment_code_expired', () => pay(1_001, old));
  expect(await quote(old)).toBeNull();
});
