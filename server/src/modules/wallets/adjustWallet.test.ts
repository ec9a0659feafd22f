import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
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

type Row = Readonly<Record<string, unknown>>;
const adjust = (
  kind: string,
  amount: number,
  key?: string,
  client: Pick<Till['merchant'], 'post'> = till.merchant,
) =>
  client.post<{ balance: Row }>(
    `/v1/wallets/${member.id}/adjustments`,
    { kind, amount, reason: 'counted twice' },
    key,
  );
const balance = async () =>
  (await till.merchant.get<{ balance: Row }>(`/v1/wallets/${member.id}`)).body.balance;
const topUp = async (amount: number) => {
  const payment = { tender: 'cash', amount, reference: 'T' };
  const body = { memberId: member.id, storeId: till.storeId, amount, payment };
  expect((await till.merchant.post('/v1/wallet-top-ups', body)).status).toBe(201);
};

test('principal and bonus are corrected apart, up and down, and the roll-forward has it as adjusted', async () => {
  await topUp(1_000);
  expect((await adjust('bonus', 300)).body, 'given').toMatchObject({
    balance: { principal: 1_000, bonus: 300 },
  });
  expect((await adjust('principal', 50)).status).toBe(201);
  expect((await adjust('principal', -1_020)).status).toBe(201);
  expect((await adjust('bonus', -100)).status).toBe(201);
  expect(await balance()).toEqual({ principal: 30, bonus: 200, later: 0, total: 230 });
  expect(await till.total('adjustment')).toBe(770);
  const roll = await till.merchant.get<{ items: Row[] }>('/v1/reports/liability-roll-forward');
  const sum = (name: string) => roll.body.items.reduce((total, row) => total + Number(row[name]), 0);
  expect([sum('loaded'), sum('adjusted'), sum('closing')]).toEqual([1_000, -770, 230]);
  const history = await till.merchant.get<{ items: Row[] }>(`/v1/wallets/${member.id}/history`);
  expect(history.body.items[0]).toMatchObject({ type: 'wallet.adjusted', bonus: -100, balanceAfter: 230 });
});

test('no more is taken than there is of a kind, and no more given than a wallet may hold', async () => {
  await topUp(100);
  await till.refuses('insufficient_balance', () => adjust('bonus', -1), { field: 'amount' });
  await till.refuses('insufficient_balance', () => adjust('principal', -101));
  await till.merchant.patch('/v1/wallet-policy', { balanceMax: 150 });
  await till.refuses('balance_limit_exceeded', () => adjust('bonus', 51));
  expect((await adjust('bonus', 50)).status).toBe(201);
  await till.refuses('invalid_request', () => adjust('bonus', 0));
  const nobody = '/v1/wallets/mem_01jd3v0000e008000000000zyd/adjustments';
  await till.refuses('member_not_found', () =>
    till.merchant.post(nobody, { kind: 'bonus', amount: 1, reason: 'x' }),
  );
  const other = await openTill(bench);
  const elsewhere = await adjust('bonus', 1, undefined, other.merchant);
  expect(elsewhere.body).toMatchObject({ code: 'member_not_found' });
});

test('the same key corrects once, and of a hundred at once no more is taken than was there', async () => {
  await topUp(1_000);
  const done = await adjust('principal', -100, 'once');
  expect((await adjust('principal', -100, 'once')).body).toEqual(done.body);
  const replies = await Promise.all(Array.from({ length: 100 }, () => adjust('principal', -100)));
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(9);
  expect(await balance()).toMatchObject({ total: 0 });
});

test('principal that was given so is not paid back: what was paid for is, as if it were not there', async () => {
  await topUp(1_000);
  await adjust('principal', 500);
  const quotes = await till.merchant.post<{ items: Row[] }>('/v1/wallet-refund-quotes', {
    memberId: member.id,
  });
  expect(quotes.body.items).toMatchObject([{ refund: 1_000, principal: 1_000 }]);
});

test('who may not correct wallets does not, and a key no further than its ceiling', async () => {
  const clerk = await till.key({ role: 'clerk', storeIds: [till.storeId] });
  await till.refuses('permission_denied', () => adjust('bonus', 1, undefined, clerk));
  const limited = await till.key({ role: 'owner', ceilings: { 'wallets.adjust': 100 } });
  await till.refuses('amount_over_ceiling', () => adjust('bonus', -101, undefined, limited));
});
