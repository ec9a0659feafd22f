import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openTill, type Till } from '../../../../test/till.ts';
import { peopleOf, type TestMember } from '../../../../test/wallet.ts';

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
  member = await peopleOf(bench, till, '133').member();
});

type Listed = { readonly event: string; readonly memberId: string | null; readonly text: string | null };
type Due = { memberId: string; amount?: number; balance?: number; wants: boolean; toldAt: string | null };

const topUp = (amount: number) =>
  till.merchant.post('/v1/wallet-top-ups', {
    ...{ memberId: member.id, storeId: till.storeId, amount },
    payment: { tender: 'cash', amount, reference: 'T1' },
  });
const pay = async (amount: number) => {
  const paid = await till.merchant.post('/v1/purchases', {
    ...{ storeId: till.storeId, memberId: member.id, reference: crypto.randomUUID() },
    lines: [{ name: 'Tea', price: amount }],
    tenders: [{ kind: 'wallet', amount }],
  });
  expect(paid.status, paid.text).toBe(201);
};
const told = async (event: string) => {
  await Promise.all([bench.runJobs('notices.remind'), bench.runJobs('notices.remind')]);
  await bench.runJobs('notices.send');
  return (await till.merchant.get<{ items: Listed[] }>('/v1/notices')).body.items.filter(
    (notice) => notice.event === event,
  );
};
const due = async (list: 'ending-value' | 'low-wallets', query = '') =>
  (await till.merchant.get<{ items: Due[]; nextCursor: string | null }>(`/v1/reminders/${list}${query}`))
    .body;
const later = (days: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + days * 86_400_000);
};
/** Tops up by 1000, of which 100 is given for 60 days. */
const withBonus = async () => {
  await till.merchant.post('/v1/bonus-rules', {
    name: 'For sixty days',
    steps: [{ from: 1_000, bonus: 100 }],
    validity: { type: 'after', count: 60, unit: 'days' },
  });
  await topUp(1_000);
};

test('value that ends is reminded of 30, 7 and 1 day before, once each, while any of it is left', async () => {
  await withBonus();
  const seen: number[] = [];
  for (const days of [20, 12, 1, 22, 5, 1]) {
    later(days);
    seen.push((await told('value_expiring')).length);
  }
  expect(seen).toEqual([0, 1, 1, 2, 3, 3]);
  const [last] = await told('value_expiring');
  expect(last?.text).toMatch(/^【Test】您的储值中有 ¥1\.00 还有 \d 天到期，请尽快使用。$/);
});

test('the list names whose value ends within 30 days, and says when they were told', async () => {
  await withBonus();
  expect((await due('ending-value')).items).toEqual([]);
  later(35);
  expect((await due('ending-value')).items).toMatchObject([
    { memberId: member.id, amount: 100, wants: true, toldAt: null },
  ]);
  await told('value_expiring');
  const { items } = await due('ending-value');
  expect(items[0]?.toldAt).toBe(bench.time.now.toISOString());
  const other = await peopleOf(bench, till, '132').member();
  member = other;
  await topUp(1_000);
  later(35);
  expect((await due('ending-value')).items.map(({ memberId }) => memberId)).toEqual([other.id]);
});

test('a wallet that falls below the mark is told of once, and again only after it was above', async () => {
  await till.merchant.patch('/v1/wallet-policy', { lowBelow: 500 });
  await topUp(1_000);
  await pay(500);
  expect(await told('wallet_low')).toHaveLength(0);
  expect((await due('low-wallets')).items).toEqual([]);
  await pay(1);
  const [notice] = await told('wallet_low');
  expect(notice?.text).toBe('【Test】您的储值余额仅剩 ¥4.99。');
  expect((await due('low-wallets')).items).toMatchObject([
    { memberId: member.id, balance: 499, lowBelow: 500, toldAt: bench.time.now.toISOString() },
  ]);
  await pay(99);
  expect(await told('wallet_low')).toHaveLength(1);
  await topUp(1_000);
  expect((await due('low-wallets')).items).toEqual([]);
  await pay(1_000);
  expect(await told('wallet_low')).toHaveLength(2);
});

test('who wants no reminders gets none, and the list says so', async () => {
  await till.merchant.patch('/v1/wallet-policy', { lowBelow: 500 });
  await member.phone.patch('/me', { reminders: { expiry: false, lowBalance: false } });
  await withBonus();
  await pay(1_000);
  later(40);
  expect(await told('wallet_low')).toHaveLength(0);
  expect(await told('value_expiring')).toHaveLength(0);
  expect((await due('low-wallets')).items).toMatchObject([{ wants: false, toldAt: null }]);
});

test('the lists are read page by page', async () => {
  await till.merchant.patch('/v1/wallet-policy', { lowBelow: 5_000 });
  await withBonus();
  const people = peopleOf(bench, till, '131');
  for (const _ of [1, 2]) {
    member = await people.member();
    await topUp(1_000);
  }
  later(35);
  for (const list of ['ending-value', 'low-wallets'] as const) {
    const all = (await due(list)).items;
    expect(all).toHaveLength(3);
    const first = await due(list, '?limit=2');
    const rest = await due(list, `?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items]).toEqual(all);
  }
});
