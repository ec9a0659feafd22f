import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Simulator } from '../../../test/gateways/simulator.ts';
import type { TestBench } from '../../../test/harness.ts';
import { booksOf, importing, people } from '../../../test/importing.ts';
import { mergingAt } from '../../../test/merging.ts';
import { openCashier, openPayments } from '../../../test/payments.ts';
import { madeBy, openTill } from '../../../test/till.ts';
import { peopleOf } from '../../../test/wallet.ts';

// What was begun for a member before they went over, and ends afterwards.

let bench: TestBench;
let simulator: Simulator;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ bench, simulator, close } = await openPayments());
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await close();
});
const minutes = (count: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + count * 60_000);
};

test('a payment that is under way forbids it; one that comes late credits who stays, and goes back by its channel', async () => {
  const shop = await openCashier(bench, simulator, 'credit');
  const at = mergingAt(bench, shop.till);
  const other = await peopleOf(bench, shop.till, '138').member();
  const { id } = await shop.place('wechat');
  await shop.till.refuses('member_has_open', () => at.merge(shop.member, other));
  minutes(20);
  await bench.runJobs('payments.watch');
  expect(await shop.order(id)).toMatchObject({ state: 'expired' });
  expect((await at.merge(shop.member, other)).status).toBe(200);
  simulator.pay(id);
  await shop.call('wechat', id);
  expect(await at.balance(other)).toMatchObject({ principal: 10_000 });
  expect((await shop.till.merchant.get(`/v1/wallets/${shop.member.id}`)).body.code).toBe('member_merged');
  const back = await shop.till.merchant.post(`/v1/payment-orders/${id}/refund`, {
    amount: 4_000,
    reason: 'x',
  });
  expect(back.status, back.text).toBe(201);
  expect(await at.balance(other)).toMatchObject({ principal: 6_000 });
  await at.isWhole();
});

test('a top-up through a channel that went over goes back through it, and comes again where that fails', async () => {
  const shop = await openCashier(bench, simulator);
  const at = mergingAt(bench, shop.till);
  const other = await peopleOf(bench, shop.till, '138').member();
  const { id } = await shop.place('stripe');
  simulator.pay(id);
  await shop.call('stripe', id);
  simulator.manners.refunds = 'failed';
  const asked = await shop.till.merchant.post(`/v1/payment-orders/${id}/refund`, {
    amount: 3_000,
    reason: 'x',
  });
  expect(asked.status, asked.text).toBe(201);
  expect((await at.merge(shop.member, other)).status).toBe(200);
  expect(await at.balance(other)).toMatchObject({ total: 7_000 });
  await shop.later(0);
  expect(await at.balance(other)).toMatchObject({ total: 10_000 });
  simulator.manners.refunds = 'done';
  await at.isWhole();
});

test('a dividend that was counted before is paid to who stays, each share once', async () => {
  const till = await openTill(bench);
  const at = mergingAt(bench, till);
  const all = peopleOf(bench, till, '137');
  const [one, other, third] = [await all.member(), await all.member(), await all.member()];
  const made = madeBy(
    await till.merchant.post('/v1/dividends', {
      ...{ name: '分红', firstDay: '2020-03-01', lastDay: '2020-03-31' },
      ...{ source: { kind: 'sum', amount: 900 } },
      weighing: { by: 'given', given: [one, other, third].map(({ id }) => ({ memberId: id, weight: 1 })) },
    }),
  );
  await bench.runJobs('dividends.count');
  expect((await at.merge(one, other)).status).toBe(200);
  expect((await till.merchant.post(`/v1/dividends/${made}/approve`, {})).status).toBe(200);
  await bench.runJobs('dividends.pay');
  expect((await at.balance(other)).total).toBe(600);
  expect((await at.balance(third)).total).toBe(300);
  await at.isWhole();
});

test('an import is taken back from who stays: what is left of each row, and nobody who stays is taken away', async () => {
  const till = await openTill(bench);
  const on = importing(bench, till.merchant);
  const at = mergingAt(bench, till);
  const { memberBy, pointsOf, difference } = booksOf(() => till);
  const id = await on.sent(people);
  await on.checked(id);
  await on.carried(id, 'apply');
  const [lin, ann] = [await memberBy('13800138001'), await memberBy('+442079460000')];
  const other = await peopleOf(bench, till, '136').member();
  if (!lin || !ann) throw new Error('both were imported');
  const phone = other.phone;
  expect((await at.merge({ id: lin.id, phone }, other)).status).toBe(200);
  expect((await at.merge({ id: ann.id, phone }, other)).status).toBe(200);
  expect(await at.balance(other)).toMatchObject({ principal: 123_450, bonus: 10_000 });
  expect(await pointsOf(other.id)).toBe(327);
  await at.buy(other, 450);
  const done = await on.carried(id, 'reverse', { reason: 'twice' });
  expect(done.state).toBe('reversed');
  expect(await at.balance(other)).toMatchObject({ total: 0 });
  expect(await pointsOf(other.id)).toBe(0);
  expect((await till.merchant.get(`/v1/members/${other.id}`)).status).toBe(200);
  expect(await difference()).toBe(0);
  await at.isWhole();
});

test('points that were given with a top-up go with it: what is paid back after the merge takes them back', async () => {
  const till = await openTill(bench);
  const at = mergingAt(bench, till);
  const both = peopleOf(bench, till, '135');
  const [one, other] = [await both.member(), await both.member()];
  await at.scheme();
  madeBy(
    await till.merchant.post('/v1/bonus-rules', { name: 'Points', steps: [{ from: 1_000, points: 60 }] }),
  );
  const { id } = (await at.topUp(one, 1_000)).body;
  expect(await at.points(one)).toMatchObject({ usable: 60 });
  expect((await at.merge(one, other)).status).toBe(200);
  await at.buy(other, 500);
  expect(await at.points(other)).toMatchObject({ usable: 65 });
  const [quote] = await at.quotes(other);
  expect((await at.refundTopUp(id, quote?.refund ?? 0)).status).toBe(201);
  expect(await at.points(other)).toMatchObject({ usable: 35, owed: 0 });
  await at.isWhole();
});
