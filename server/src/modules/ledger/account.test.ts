import { expect, test } from 'vitest';
import { isRefused } from '../../kernel/outcome.ts';
import { type Account, inSpendingOrder, mayPay, newAccount, post, spread } from './account.ts';

const now = new Date('2026-11-22T04:00:00Z');
const later = new Date(now.getTime() + 1);

function account(id: string, more: Partial<Account> = {}): Account {
  return { ...newAccount({ id, ownerId: 'o', purpose: 'card', asset: 'CNY' }), ...more };
}
const lot = (more: Partial<Account> = {}) => account('lot', { balance: 100n, floor: 0n, ...more });
const till = account('till');
const pay = (from: Account, amount = 1n, to = till) => post([{ from, to, amount }], now);

test('a transfer takes from one account what it gives to the other, and counts both postings', () => {
  const posted = pay(lot({ postings: 4n }), 30n);
  expect(posted).toMatchObject({
    postings: [
      { accountId: 'lot', amount: -30n, balanceAfter: 70n, accountSeq: 5n },
      { accountId: 'till', amount: 30n, balanceAfter: 30n, accountSeq: 1n },
    ],
    accounts: [{ balance: 70n }, { balance: 30n }],
  });
});

test('each transfer is carried out over the accounts as the one before left them', () => {
  const start = lot();
  const first = { from: start, to: till, amount: 60n };
  const second = { from: start, to: till, amount: 40n };
  expect(post([first, { ...second, amount: 41n }], now)).toMatchObject({ refused: 'insufficient_balance' });
  expect(post([first, second], now)).toMatchObject({ accounts: [{ balance: 0n }, { balance: 100n }] });
});

test('an account that is closed, frozen or out of its time pays nothing, from that instant on', () => {
  expect(mayPay(lot({ state: 'closed' }), now)).toMatchObject({ refused: 'account_closed' });
  expect(mayPay(lot({ state: 'frozen' }), now)).toMatchObject({ refused: 'account_frozen' });
  expect(mayPay(lot({ usableFrom: later }), now)).toMatchObject({ refused: 'account_not_yet_usable' });
  expect(mayPay(lot({ usableFrom: now }), now)).toBeUndefined();
  expect(mayPay(lot({ usableUntil: later }), now)).toBeUndefined();
  expect(mayPay(lot({ usableUntil: now }), now)).toMatchObject({ refused: 'account_expired' });
  expect(pay(lot({ state: 'frozen' }))).toMatchObject({ refused: 'account_frozen' });
});

test('a closed account takes nothing; a frozen or expired one does', () => {
  expect(pay(lot(), 1n, account('to', { state: 'closed' }))).toMatchObject({ refused: 'account_closed' });
  expect(isRefused(pay(lot(), 1n, account('to', { state: 'frozen', usableUntil: now })))).toBe(false);
});

test('a waiver sets the state and the time aside, never the bounds', () => {
  const transfer = { from: lot({ state: 'frozen', usableUntil: now }), to: till, amount: 100n };
  const waiver = { evenIfUnusable: true };
  expect(isRefused(post([transfer], now, waiver))).toBe(false);
  expect(post([{ ...transfer, amount: 101n }], now, waiver)).toMatchObject({
    refused: 'insufficient_balance',
  });
});

test('what holds reserve is not paid out; a floor and a ceiling hold to the last cent', () => {
  expect(isRefused(pay(lot({ held: 40n }), 60n))).toBe(false);
  expect(pay(lot({ held: 40n }), 61n)).toMatchObject({ refused: 'insufficient_balance' });
  const full = account('full', { balance: 90n, ceiling: 100n });
  expect(isRefused(pay(lot(), 10n, full))).toBe(false);
  expect(pay(lot(), 11n, full)).toMatchObject({ refused: 'balance_limit_exceeded' });
  const most = account('most', { balance: 10n ** 15n });
  expect(pay(lot(), 1n, most)).toMatchObject({ refused: 'balance_limit_exceeded' });
  const least = account('least', { balance: -(10n ** 15n) });
  expect(pay(least, 1n)).toMatchObject({ refused: 'balance_limit_exceeded' });
});

test('a transfer of nothing, to itself or between assets is a mistake, not a refusal', () => {
  expect(() => pay(lot(), 0n)).toThrow('positive');
  expect(() => pay(lot(), -1n)).toThrow('positive');
  expect(() => pay(lot(), 1n, lot())).toThrow('two ends');
  expect(() => pay(lot(), 1n, account('usd', { asset: 'USD' }))).toThrow('one asset');
});

test('an amount is spread over lots in their order, as far as each goes, or not at all', () => {
  const lots = [
    lot({ id: 'a', balance: 5n }),
    lot({ id: 'b', balance: 9n, held: 9n }),
    lot({ id: 'c', balance: 5n }),
  ];
  expect(spread(lots, 7n)?.map(({ account: { id }, amount }) => [id, amount])).toEqual([
    ['a', 5n],
    ['c', 2n],
  ]);
  expect(spread(lots, 11n)).toBeUndefined();
  expect(spread(lots, 0n)).toEqual([]);
});

test('what ends soonest is spent first, then gifts before what was paid for, then the oldest', () => {
  const lots = [
    lot({ id: '1', detail: 'principal|s' }),
    lot({ id: '2', detail: 'compensation|' }),
    lot({ id: '3', detail: 'principal|s', usableUntil: later }),
    lot({ id: '0', detail: 'principal|t' }),
  ];
  expect(inSpendingOrder(lots).map(({ id }) => id)).toEqual(['3', '2', '0', '1']);
});
