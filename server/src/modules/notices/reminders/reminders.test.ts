import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openTill, type Till } from '../../../../test/till.ts';
import { peopleOf } from '../../../../test/wallet.ts';
import { mark } from './mark.ts';

let bench: TestBench;
let till: Till;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench, { validity: { type: 'after', count: 60, unit: 'days' } });
  people = peopleOf(bench, till, '1340');
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Listed = {
  readonly event: string;
  readonly memberId: string | null;
  readonly state: string;
  readonly failure: string | null;
  readonly text: string | null;
};

test.each([
  [30.01, undefined],
  [30, 30],
  [7.01, 30],
  [7, 7],
  [1.01, 7],
  [1, 1],
  [0.01, 1],
  [0, undefined],
  [-1, undefined],
])('%d days before its end a card has passed the mark of %s', (days, passed) => {
  const now = new Date('2026-01-01T00:00:00Z');
  expect(mark(new Date(now.getTime() + days * 86_400_000), now)).toBe(passed);
});

const about = async (event: string) => {
  await bench.runJobs('notices.send');
  return (await till.merchant.get<{ items: Listed[] }>('/v1/notices')).body.items.filter(
    (notice) => notice.event === event,
  );
};
const later = (days: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + days * 86_400_000);
};

test('a card is reminded of 30, 7 and 1 day before its end, once each however often it is looked', async () => {
  const { phone, card } = await people.holder();
  const before = (await about('card_expiring')).length;
  const seen: number[] = [];
  for (const days of [25, 7, 22, 1, 4, 1, 1]) {
    later(days);
    await Promise.all([bench.runJobs('notices.remind'), bench.runJobs('notices.remind')]);
    await bench.runJobs('notices.remind');
    seen.push((await about('card_expiring')).length - before);
  }
  expect(seen).toEqual([0, 1, 2, 2, 2, 3, 3]);
  const [last] = await about('card_expiring');
  expect(last?.text).toMatch(/^【Test】您的礼品卡（尾号 [0-9A-Z]{4}）还有 1 天到期，余额 ¥100\.00。$/);
  expect(card.code.endsWith(/尾号 (.{4})/.exec(last?.text ?? '')?.[1] ?? '?')).toBe(true);
  await phone.patch('/me', { reminders: { expiry: false } });
});

test('who wants no reminders gets none, nor who has no card with anything on it', async () => {
  const quiet = await people.holder();
  await quiet.phone.patch('/me', { reminders: { expiry: false, lowBalance: false } });
  const empty = await people.holder();
  await till.paid(empty.card, 10_000);
  const low = (await about('balance_low')).length;
  await bench.runJobs('notices.remind');
  expect((await about('balance_low')).length).toBe(low + 1);
  await till.paid(quiet.card, 9_000);
  const before = (await about('card_expiring')).length;
  later(35);
  await bench.runJobs('notices.remind');
  expect((await about('card_expiring')).length).toBe(before);
  expect((await about('balance_low')).length).toBe(low + 1);
});

test('each time a balance goes below a fifth it is told once, and again only after it was above', async () => {
  const { card } = await people.holder();
  const before = (await about('balance_low')).length;
  const told = async () => {
    await Promise.all([bench.runJobs('notices.remind'), bench.runJobs('notices.remind')]);
    return (await about('balance_low')).length - before;
  };
  await till.paid(card, 8_000);
  expect(await told()).toBe(0);
  await till.paid(card, 1);
  expect(await told()).toBe(1);
  await till.paid(card, 1);
  expect(await told()).toBe(1);
  const payment = { tender: 'cash', amount: 5_000, reference: 'R' };
  await till.does(card, 'reload', { amount: 5_000, storeId: till.storeId, payment });
  expect(await told()).toBe(1);
  await till.paid(card, 6_000);
  expect(await told()).toBe(2);
});

test('a giver is told of the claim, and a member of the answer, once', async () => {
  const giver = await people.holder();
  const friend = await people.holder();
  const gift = await giver.phone.post<{ token: string }>(`/cards/${giver.card.id}/gift`);
  const claimed = await friend.phone.post(
    '/gifts/claim',
    { token: gift.body.token },
    { 'idempotency-key': 'k' },
  );
  expect(claimed.status, claimed.text).toBe(201);
  const complaint = await giver.phone.post<{ id: string }>('/complaints', { text: 'x' });
  await till.merchant.post(`/v1/complaints/${complaint.body.id}/answer`, { text: 'y' });
  await bench.runJobs('notices.remind');
  await bench.runJobs('notices.remind');
  expect(await about('gift_claimed')).toHaveLength(1);
  expect(await about('complaint_answered')).toHaveLength(1);
});

test('an erased member is told nothing any more', async () => {
  const { id } = await people.holder();
  const mine = async () =>
    (await about('card_expiring')).filter(({ memberId }) => memberId === id).map(({ failure }) => failure);
  later(35);
  await bench.runJobs('notices.remind');
  await till.merchant.post(`/v1/members/${id}/erase`, { reason: 'requested' });
  expect(await mine()).toEqual(['nobody']);
  later(20);
  await bench.runJobs('notices.remind');
  expect(await mine()).toEqual(['nobody']);
});
