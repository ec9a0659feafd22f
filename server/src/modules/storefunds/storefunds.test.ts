import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '../../../test/asSystem.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openTill, type Till } from '../../../test/till.ts';
import { decodeId } from '../../kernel/id.ts';
import { isRefused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { accountsOf, availableOn, newAccount, openBook, ownerAnd } from '../ledger/index.ts';
import { fundRows, keepCash, returnCash } from './index.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  till = await openTill(bench);
});

const path = '/v1/store-settlement-accounts';
const payment = { tender: 'bank_transfer', reference: 'B1' };

const agree = (creditLimit: number, keepsCash = true) =>
  till.merchant.post(path, { storeId: till.storeId, keepsCash, creditLimit });
const pay = (verb: 'deposits' | 'withdrawals', amount: number, key?: string) =>
  till.merchant.post(`${path}/${till.storeId}/${verb}`, { amount, payment }, key);

test('an account is good for what was paid in and the credit together, and shows each apart', async () => {
  expect((await agree(5_000)).body).toMatchObject({ deposit: 0, available: 5_000, creditLimit: 5_000 });
  expect((await pay('deposits', 2_000)).body).toMatchObject({ deposit: 2_000, available: 7_000 });
  expect((await pay('withdrawals', 500)).body).toMatchObject({ deposit: 1_500, available: 6_500 });
  expect((await agree(1_000)).body).toMatchObject({ deposit: 1_500, available: 2_500 });
  expect(await till.total('store_fund', till.storeId)).toBe(2_500);
});

test('nothing is paid out beyond what was paid in, however much credit there is', async () => {
  await agree(5_000);
  await pay('deposits', 100);
  await till.refuses('settlement_limit_exceeded', () => pay('withdrawals', 101), { field: 'amount' });
  expect((await pay('withdrawals', 100)).body).toMatchObject({ deposit: 0 });
});

test('a store without an account is not paid in for', async () => {
  await till.refuses('store_fund_not_found', () => pay('deposits', 100));
  const nowhere = { storeId: 'store_01jd3v0000e008000000000zyd', keepsCash: true, creditLimit: 0 };
  await till.refuses('store_not_found', () => till.merchant.post(path, nowhere));
});

test('the same key pays in once', async () => {
  await agree(0);
  const first = await pay('deposits', 300, 'same');
  const again = await pay('deposits', 300, 'same');
  expect(again.body).toEqual(first.body);
  expect(await till.total('store_fund', till.storeId)).toBe(300);
});

test('of a hundred withdrawals at once no more get through than there is money for', async () => {
  await agree(0);
  await pay('deposits', 1_000);
  const replies = await Promise.all(Array.from({ length: 100 }, () => pay('withdrawals', 100)));
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(10);
  expect(await till.total('store_fund', till.storeId)).toBe(0);
});

test('a key limited to a store sees and moves its account alone', async () => {
  await agree(5_000);
  const other = { storeId: till.otherStoreId, keepsCash: true, creditLimit: 100 };
  await till.merchant.post(path, other);
  const limited = await till.key({ role: 'owner', storeIds: [till.storeId] });
  const { body } = await limited.get<{ items: { storeId: string }[] }>(path);
  expect(body.items.map(({ storeId }) => storeId)).toEqual([till.storeId]);
  await till.refuses('store_out_of_scope', () =>
    limited.post(path, { storeId: till.otherStoreId, keepsCash: true, creditLimit: 9_000 }),
  );
  await till.refuses('store_out_of_scope', () =>
    limited.post(`${path}/${till.otherStoreId}/deposits`, { amount: 1, payment }),
  );
});

/** Cash that is handed over at a store, as whoever takes it posts it. */
const takeCash = useCase({
  name: 'test.take_cash',
  permission: 'system',
  movesValue: false,
  needs: ({ storeId }: { storeId: string; amount: bigint; commission: bigint }, find) => ({
    rows: fundRows(storeId, find),
    others: [
      ...find.all(accountsOf, ownerAnd(storeId, 'tender')),
      ...find.all(accountsOf, ownerAnd(find.merchantId, 'test')),
    ],
  }),
  decide({ rows, others }, { storeId, amount, commission }, { now, merchantId }) {
    const book = openBook([...rows.accounts, ...others], now);
    const tender = book.account({ ownerId: storeId, purpose: 'tender', detail: 'cash', asset: 'CNY' });
    const wallet = book.account({ ownerId: merchantId, purpose: 'test', asset: 'CNY' });
    const kept = keepCash(rows, { currency: 'CNY', amount, commission }, book, merchantId);
    if (isRefused(kept)) return kept;
    const postings = book.post([{ from: tender, to: wallet, amount }, ...kept]);
    if (isRefused(postings)) return postings;
    return accepted({
      activities: [{ type: 'card.reloaded', subjectId: storeId, storeId, amount, postings }],
      changes: book.changes(),
      result: {},
    });
  },
});

async function take(amount: bigint, commission: bigint): Promise<string> {
  const id = decodeId('store', till.storeId) ?? '';
  return (await asSystem(bench, till.merchant.id, takeCash, { storeId: id, amount, commission })) ?? 'taken';
}

test('a limit that is drawn on cannot be taken away', async () => {
  await agree(5_000);
  expect(await take(4_000n, 200n)).toBe('taken');
  await till.refuses('settlement_limit_in_use', () => agree(3_799), { field: 'creditLimit' });
  expect((await agree(3_800)).body).toMatchObject({ available: 0, deposit: -3_800 });
});

test('of a hundred payments in cash at once no more are taken than the account is good for', async () => {
  await agree(1_000);
  const taken = await Promise.all(Array.from({ length: 100 }, () => take(105n, 5n)));
  expect(taken.filter((one) => one === 'taken')).toHaveLength(10);
  expect(taken.filter((one) => one === 'settlement_limit_exceeded')).toHaveLength(90);
  expect(await till.total('store_fund', till.storeId)).toBe(0);
  expect(await till.total('cash_kept', till.storeId)).toBe(1_050);
  expect(await till.total('tender', till.storeId)).toBe(-1_050);
});

const storeId = '00000000-0000-7000-8000-00000000000a';
const merchantId = '00000000-0000-7000-8000-00000000000b';
const now = new Date('2026-11-22T04:00:00Z');
const agreed = { storeId, currency: 'CNY', keepsCash: true, creditLimit: 500n, createdAt: now };

function drawer(balance: bigint, keepsCash = true) {
  const account = {
    ...newAccount({
      id: '00000000-0000-7000-8000-00000000000c',
      ownerId: storeId,
      purpose: 'store_fund',
      asset: 'CNY',
      floor: 0n,
    }),
    balance,
  };
  const book = openBook([account], now);
  const rows = { fund: { ...agreed, keepsCash }, accounts: [account] };
  return { rows, book, left: () => availableOn(book.now(account)) };
}

const cash = { currency: 'CNY', amount: 400n, commission: 20n };

test('cash that a store keeps is taken out of its account less its commission, and what it keeps is noted against it', () => {
  const { rows, book, left } = drawer(380n);
  const transfers = keepCash(rows, cash, book, merchantId);
  if (isRefused(transfers)) throw new Error(transfers.refused);
  expect(transfers.map(({ from, to, amount }) => [from.purpose, to.purpose, amount])).toEqual([
    ['store_fund', 'cash_kept', 380n],
    ['commission', 'cash_kept', 20n],
  ]);
  expect(isRefused(book.post(transfers))).toBe(false);
  expect(left()).toBe(0n);
  expect(isRefused(book.post(returnCash(rows, cash, book, merchantId)))).toBe(false);
  expect(left()).toBe(380n);
});

test('a cent more than the account is good for is refused', () => {
  const { rows, book } = drawer(379n);
  expect(keepCash(rows, cash, book, merchantId)).toMatchObject({ refused: 'settlement_limit_exceeded' });
});

test('a store that hands its cash in, or has no account, pays nothing', () => {
  const { rows, book } = drawer(0n, false);
  expect(keepCash(rows, cash, book, merchantId)).toEqual([]);
  expect(keepCash({ fund: undefined, accounts: [] }, cash, book, merchantId)).toEqual([]);
  expect(returnCash(rows, cash, book, merchantId)).toEqual([]);
});

test('cash in another currency than the account is not taken for it', () => {
  const { rows, book } = drawer(1_000n);
  const dollars = { ...cash, currency: 'USD' };
  expect(keepCash(rows, dollars, book, merchantId)).toMatchObject({ refused: 'currency_mismatch' });
  expect(returnCash(rows, dollars, book, merchantId)).toEqual([]);
});
