import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hire } from '../../../test/desk.ts';
import { type Client, openBench, type TestBench } from '../../../test/harness.ts';
import { openTill, type Till } from '../../../test/till.ts';
import { peopleOf, type TestMember } from '../../../test/wallet.ts';

let bench: TestBench;
let till: Till;
let member: TestMember;
let clerk: Client;
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
  clerk = await till.key({ role: 'clerk', storeIds: [till.storeId] });
  await topUp(till.merchant, 5_000);
  await till.merchant.patch('/v1/wallet-policy', { codeAbove: 1_000 });
});

type Money = { total: number };
type Told = { id: string; balance: Money | null; lots: object[]; items: { balance: Money | null }[] };

const facts = () => ({ memberId: member.id, storeId: till.storeId });
async function topUp(by: Client, amount: number) {
  const payment = { tender: 'cash', amount, reference: 'T' };
  const made = await by.post<Told>('/v1/wallet-top-ups', { ...facts(), amount, payment });
  expect(made.status, made.text).toBe(201);
  return made;
}
const codeOf = async ({ phone }: TestMember) =>
  (await phone.post<{ code: string }>('/member-code')).body.code;
const buy = (by: Client, amount: number, more: object = {}) =>
  by.post<Told>('/v1/purchases', {
    ...{ ...facts(), reference: crypto.randomUUID(), lines: [{ name: 'Tea', price: amount }] },
    tenders: [{ kind: 'wallet', amount, ...more }],
  });
/** All that somebody is answered: no number of it is, or leads to, what is on the wallet. */
const quiet = (text: string) => expect(text).not.toMatch(/5[_,]?[0-9]{3}\b|"total":\d/);

test('above the limit a clerk is told no balance: of the wallet, in the list, its history, quotes, nor after a top-up', async () => {
  const one = await clerk.get<Told>(`/v1/wallets/${member.id}`);
  expect(one.body, one.text).toMatchObject({ balance: null, lots: [] });
  const all = await clerk.get<Told>('/v1/wallets');
  expect(all.body.items, all.text).toMatchObject([{ balance: null }]);
  const more = await topUp(clerk, 100);
  expect(more.body.balance, more.text).toBeNull();
  await till.refuses('member_code_required', () => clerk.get(`/v1/wallets/${member.id}/history`));
  await till.refuses('member_code_required', () =>
    clerk.post('/v1/wallet-refund-quotes', { memberId: member.id }),
  );
  for (const { text } of [one, all, more]) quiet(text);
});

test('with the member’s code they are told, with another’s or an old one not; who keeps the books needs none', async () => {
  const other = await peopleOf(bench, till, '134').member();
  const path = `/v1/wallets/${member.id}`;
  const told = async (by: Client, code?: string) =>
    (await by.get<Told>(code === undefined ? path : `${path}?code=${code}`)).body.balance?.total;
  const code = await codeOf(member);
  expect([await told(clerk, code), await told(clerk, await codeOf(other))]).toEqual([5_000, undefined]);
  expect((await clerk.get(`${path}/history?code=${code}`)).status).toBe(200);
  const quoted = await clerk.post<Told>('/v1/wallet-refund-quotes', { memberId: member.id, code });
  expect(quoted.body.items, quoted.text).toHaveLength(1);
  const finance = await till.key({ role: 'finance' });
  expect([await told(finance), await told(till.merchant)]).toEqual([5_000, 5_000]);
  bench.time.now = new Date(bench.time.now.getTime() + 600_000);
  expect(await told(clerk, code)).toBeUndefined();
  await till.merchant.patch('/v1/wallet-policy', { codeAbove: 5_000 });
  expect(await told(clerk)).toBe(5_000);
});

test('of who was merged a clerk is told no more than of who stays', async () => {
  const heir = await peopleOf(bench, till, '135').member();
  const merged = await till.merchant.post(`/v1/members/${member.id}/merge`, {
    ...{ intoId: heir.id, reason: 'enrolled_twice' },
  });
  expect(merged.status, merged.text).toBe(200);
  const strangers = await codeOf(await peopleOf(bench, till, '133').member());
  for (const id of [member.id, heir.id]) {
    const history = `/v1/wallets/${id}/history`;
    await till.refuses('member_code_required', () => clerk.get(history));
    await till.refuses('member_code_required', () => clerk.get(`${history}?code=${strangers}`));
    expect((await till.merchant.get(history)).status).toBe(200);
    expect((await clerk.get(`${history}?code=${await codeOf(heir)}`)).status).toBe(200);
  }
});

test('no list of reminders tells a clerk what is on a wallet above the limit, nor any part of it', async () => {
  await till.merchant.post('/v1/bonus-rules', {
    ...{ name: 'For ten days', steps: [{ from: 3_000, bonus: 500 }] },
    validity: { type: 'after', count: 10, unit: 'days' },
  });
  await topUp(till.merchant, 3_000);
  await till.merchant.patch('/v1/wallet-policy', { lowBelow: 10_000 });
  type Due = { items: { amount: number | null; balance: number | null }[] };
  const due = async (by: Client) => {
    const lists = ['ending-value', 'low-wallets'];
    const [ending, low] = await Promise.all(lists.map((list) => by.get<Due>(`/v1/reminders/${list}`)));
    return [ending?.body.items[0]?.amount, low?.body.items[0]?.balance];
  };
  expect(await due(clerk)).toEqual([null, null]);
  expect(await due(till.merchant)).toEqual([500, 8_500]);
  await till.merchant.patch('/v1/wallet-policy', { codeAbove: 8_500 });
  expect(await due(clerk)).toEqual([500, 8_500]);
});

test('who reads the log of a store and does not keep the books is not told by it what is on a wallet', async () => {
  const paid = await buy(till.merchant, 200);
  expect(paid.status, paid.text).toBe(201);
  const told = async (by: Client) => {
    type Logged = { id: string; type: string; details: object };
    const { body } = await by.get<{ items: Logged[] }>('/v1/activities');
    const about = body.items.filter(({ type }) => ['purchase.made', 'wallet.topped_up'].includes(type));
    const found = [];
    for (const { id, details } of about) {
      const { postings } = (
        await by.get<{ postings: { purpose: string; balanceAfter: number | null }[] }>(`/v1/activities/${id}`)
      ).body;
      const lot = postings.find(({ purpose }) => purpose === 'wallet');
      found.push('balance' in details, lot?.balanceAfter);
    }
    return found;
  };
  const manager = await till.key({ role: 'store_manager', storeIds: [till.storeId] });
  expect(await told(manager)).toEqual([false, null, false, null]);
  expect(await told(till.merchant)).toEqual([true, 4_800, true, 5_000]);
  await till.merchant.patch('/v1/wallet-policy', { codeAbove: null });
  expect(await told(manager)).toEqual([true, 4_800, true, 5_000]);
});

test('who asks for a refund that waits is shown what moves, and not what is on the wallet', async () => {
  const paid = await buy(till.merchant, 900);
  await till.merchant.patch('/v1/approval-policy', { rules: { refund: { above: 500 } } });
  for (let n = 0; n < 2; n++) await hire(bench, till.merchant, { role: 'owner' });
  type Waits = { approval: { id: string } };
  const asked = await clerk.post<Waits>(`/v1/purchases/${paid.body.id}/refunds`, {
    amount: 900,
    reason: 'r',
  });
  expect(asked.status, asked.text).toBe(202);
  type Change = { before: object | null; after: { purpose?: string; moved?: number; balance?: number } };
  const lots = async (by: Client) => {
    const path = '/v1/approvals';
    const one = await by.get<{ diff: { changes: Change[] } }>(`${path}/${asked.body.approval.id}`);
    const list = await by.get<{ items: { diff: { changes: Change[] } }[] }>(path);
    return [one.body, list.body.items[0]].map((shown) => {
      const found = shown?.diff.changes.find(({ after }) => after.purpose === 'wallet');
      return [found?.before !== null, found?.after.moved, found?.after.balance];
    });
  };
  expect(await lots(clerk)).toEqual(Array(2).fill([false, 900, undefined]));
  expect(await lots(till.merchant)).toEqual(Array(2).fill([true, undefined, 5_000]));
});

test('no refusal and no receipt tells it either', async () => {
  const asked = await buy(clerk, 999_000);
  expect(asked.body, asked.text).toMatchObject({ code: 'member_code_required' });
  await till.merchant.patch('/v1/wallet-policy', { codeAbove: 4_000 });
  const many = Array.from({ length: 2 }, () => ({ name: 'Tea', price: 3_000 }));
  const tenders = [
    { kind: 'wallet', amount: 3_900 },
    ...[2_100].map((amount) => ({ kind: 'money', tender: 'cash', amount })),
  ];
  const mixed = await clerk.post('/v1/purchases', {
    ...{ ...facts(), reference: 'm', lines: many, tenders },
  });
  expect(mixed.status, mixed.text).toBe(201);
  await topUp(till.merchant, 4_000);
  const paid = await buy(clerk, 100);
  expect(paid.body.balance, paid.text).toBeNull();
  const receipt = await clerk.get<{ balance: number | null; token: string }>(
    `/v1/receipts/${paid.body.id.replace(/^[a-z]+_/, 'act_')}`,
  );
  expect(receipt.body.balance, receipt.text).toBeNull();
  const open = await bench
    .client('')
    .get<{ balance: number | null }>(`/v1/public/${till.merchant.merchantId}/receipts/${receipt.body.token}`);
  expect(open.body.balance, open.text).toBeNull();
  await till.merchant.patch('/v1/wallet-policy', { codeAbove: 5_000 });
  expect((await buy(clerk, 100)).body.balance).toMatchObject({ total: 4_900 });
});

test('many small payments without the code are together no more in a day than one may be', async () => {
  const codeless = await Promise.all(Array.from({ length: 20 }, () => buy(clerk, 300)));
  expect(codeless.filter(({ status }) => status === 201)).toHaveLength(3);
  await till.refuses('member_code_required', () => buy(clerk, 101), { field: 'tenders.0.code' });
  expect((await buy(clerk, 100)).status).toBe(201);
  const code = await codeOf(member);
  expect((await buy(clerk, 2_000, { code })).status).toBe(201);
  await till.refuses('member_code_required', () => buy(clerk, 1));
  const fee = { tender: 'wallet', amount: 1 };
  const plan = await till.merchant.post<{ id: string }>('/v1/membership-plans', {
    ...{
      name: { zh: '月卡', en: 'Month' },
      span: { count: 30, unit: 'days' },
      price: 1,
      discount: { ppm: 0 },
    },
  });
  expect(plan.status, plan.text).toBe(201);
  await till.refuses('member_code_required', () =>
    clerk.post('/v1/memberships', { ...facts(), planId: plan.body.id, payment: fee }),
  );
  bench.time.now = new Date(bench.time.now.getTime() + 86_400_000);
  expect((await buy(clerk, 1_000)).status).toBe(201);
  await till.refuses('member_code_required', () => buy(clerk, 1));
  await till.merchant.patch('/v1/wallet-policy', { codeAbove: null });
  expect((await buy(clerk, 500)).status).toBe(201);
});
