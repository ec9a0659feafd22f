import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openTill, type Till } from '../../../../test/till.ts';
import { peopleOf, type TestMember } from '../../../../test/wallet.ts';

let bench: TestBench;
let till: Till;
let members: TestMember[];
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  till = await openTill(bench);
  const people = peopleOf(bench, till, '137');
  members = [await people.member(), await people.member(), await people.member()];
});

type Money = { principal: number; bonus: number; later: number; total: number };
type Wallet = { memberId: string; balance: Money; endsNext: string | null };
type Entry = { type: string; principal: number; bonus: number; balanceAfter: number };
type Page<Item> = { items: Item[]; nextCursor: string | null };

const monthly = {
  name: 'A gift',
  steps: [{ from: 1_000, bonus: 100 }],
  instalments: 2,
  validity: { type: 'after', count: 40, unit: 'days' },
};
const topUp = (place: number, amount: number) =>
  till.merchant.post('/v1/wallet-top-ups', {
    memberId: members[place]?.id,
    storeId: till.storeId,
    amount,
    payment: { tender: 'cash', amount, reference: 'T1' },
  });
const pay = (place: number, amount: number) =>
  till.merchant.post<{ id: string }>('/v1/purchases', {
    storeId: till.storeId,
    memberId: members[place]?.id,
    reference: crypto.randomUUID(),
    lines: [{ name: 'Tea', price: amount }],
    tenders: [{ kind: 'wallet', amount }],
  });
const wallets = async (query = '') => (await till.merchant.get<Page<Wallet>>(`/v1/wallets${query}`)).body;

test('the list says of each member what their own wallet says, page by page', async () => {
  await till.merchant.post('/v1/bonus-rules', monthly);
  await topUp(0, 1_000);
  await topUp(1, 2_000);
  const { items } = await wallets();
  expect(items.map(({ memberId }) => memberId)).toEqual([members[1]?.id, members[0]?.id]);
  for (const { memberId, balance } of items) {
    const own = await till.merchant.get<Wallet>(`/v1/wallets/${memberId}`);
    expect(balance).toEqual(own.body.balance);
  }
  expect(items[0]).toMatchObject({ balance: { principal: 2_000, bonus: 50, later: 50 } });
  expect(items[0]?.endsNext).not.toBeNull();
  const first = await wallets('?limit=1');
  const second = await wallets(`?limit=1&cursor=${first.nextCursor}`);
  expect([...first.items, ...second.items]).toEqual(items);
});

test('wallets with something on them and wallets without are told apart', async () => {
  await topUp(0, 1_000);
  await topUp(1, 500);
  expect((await pay(1, 500)).status).toBe(201);
  const ids = async (holding: string) =>
    (await wallets(`?holding=${holding}`)).items.map(({ memberId }) => memberId);
  expect(await ids('some')).toEqual([members[0]?.id]);
  expect(await ids('none')).toEqual([members[1]?.id]);
});

test('the totals are what is on all wallets', async () => {
  await till.merchant.post('/v1/bonus-rules', monthly);
  await topUp(0, 1_000);
  await topUp(1, 2_000);
  await topUp(2, 500);
  await pay(2, 500);
  expect((await till.merchant.get('/v1/wallet-totals')).body).toEqual({
    currency: 'CNY',
    wallets: 2,
    balance: { principal: 3_000, bonus: 100, later: 100, total: 3_100 },
    endingSoon: 0,
  });
  bench.time.now = new Date(bench.time.now.getTime() + 15 * 86_400_000);
  expect((await till.merchant.get('/v1/wallet-totals')).body).toMatchObject({ endingSoon: 100 });
  const clerk = await till.key({ role: 'clerk' });
  await till.refuses('permission_denied', () => clerk.get('/v1/wallet-totals'));
});

test('the history of a wallet has principal and bonus apart, and what was on it after each', async () => {
  await till.merchant.post('/v1/bonus-rules', monthly);
  await topUp(0, 1_000);
  const bought = await pay(0, 250);
  const path = `/v1/wallets/${members[0]?.id}/history`;
  const { items } = (await till.merchant.get<Page<Entry>>(path)).body;
  expect(items).toMatchObject([
    { type: 'purchase.made', balanceAfter: 850, purchaseId: bought.body.id },
    { type: 'wallet.topped_up', principal: 1_000, bonus: 100, balanceAfter: 1_100, purchaseId: null },
  ]);
  expect((items[0]?.principal ?? 0) + (items[0]?.bonus ?? 0)).toBe(-250);
  const first = (await till.merchant.get<Page<Entry>>(`${path}?limit=1`)).body;
  const rest = (await till.merchant.get<Page<Entry>>(`${path}?limit=1&cursor=${first.nextCursor}`)).body;
  expect([...first.items, ...rest.items]).toEqual(items);
  await till.refuses('member_not_found', () =>
    till.merchant.get('/v1/wallets/mem_01jd3v0000e008000000000zyd/history'),
  );
});

test('what a rule is said to give before it is laid down is what it gives then', async () => {
  const { steps, instalments, validity } = monthly;
  type Preview = { items: { bonus: number; instalments: { amount: number }[] }[] };
  const preview = await till.merchant.post<Preview>('/v1/bonus-rule-previews', {
    ...{ steps, instalments, validity },
    amounts: [999, 1_000],
  });
  expect(preview.body.items.map(({ bonus }) => bonus)).toEqual([0, 100]);
  expect(preview.body.items[1]?.instalments.map(({ amount }) => amount)).toEqual([50, 50]);
  expect((await topUp(0, 1_000)).body).toMatchObject({ bonus: 0 });
  await till.merchant.post('/v1/bonus-rules', monthly);
  expect((await topUp(0, 1_000)).body).toMatchObject({ bonus: 100 });
});

test('some members are read by their ids', async () => {
  const wanted = [members[2]?.id, members[0]?.id];
  const found = await till.merchant.get<Page<{ id: string }>>(`/v1/members?ids=${wanted.join(',')}`);
  expect(found.body.items.map(({ id }) => id)).toEqual([members[0]?.id, members[2]?.id]);
});
