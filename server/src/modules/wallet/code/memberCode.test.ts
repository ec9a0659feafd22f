import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { openTill, type Till } from '../../../../test/till.ts';
import { peopleOf } from '../../../../test/wallet.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Found = { items: { member: { id: string }; balance: { total: number } | null }[] };

test('a code on the member’s phone tells the counter who it is and what it hides without; for a moment, and to one merchant', async () => {
  const people = peopleOf(bench, till, '1367');
  const [member, other] = [await people.member(), await people.member()];
  const payment = { tender: 'cash', amount: 5_000, reference: 'T1' };
  const topUp = { memberId: member.id, storeId: till.storeId, amount: 5_000, payment };
  expect((await till.merchant.post('/v1/wallet-top-ups', topUp)).status).toBe(201);
  await till.merchant.patch('/v1/wallet-policy', { codeAbove: 1_000 });
  const shown = await member.phone.post<{ code: string; nextIn: number }>('/member-code', {});
  expect(shown.status, shown.text).toBe(201);
  const { code, nextIn } = shown.body;
  expect(nextIn).toBe(30);
  const look = async (query: string, merchant = till.merchant) =>
    (await merchant.get<Found>(`/v1/member-lookups?${query}`)).body.items;
  const whole = { member: { id: member.id }, balance: { total: 5_000 } };
  expect(await look(`code=${code}`)).toMatchObject([whole]);
  expect(await look(`memberId=${member.id}&code=${code}`)).toMatchObject([whole]);
  expect(await look(`memberId=${member.id}`)).toMatchObject([{ ...whole, balance: null }]);
  const stranger = await other.phone.post<{ code: string }>('/member-code', {});
  expect(await look(`memberId=${member.id}&code=${stranger.body.code}`)).toMatchObject([{ balance: null }]);
  const elsewhere = await openTill(bench);
  expect(await look(`code=${code}`, elsewhere.merchant)).toEqual([]);
  bench.time.now = new Date(bench.time.now.getTime() + 46_000);
  expect(await look(`code=${code}`)).toEqual([]);
  expect(await look(`memberId=${member.id}&code=${code}`)).toMatchObject([{ balance: null }]);
});

test('what tells who somebody is pays nothing: no card stands behind it', async () => {
  const holder = await peopleOf(bench, till, '1368').holder();
  const { body } = await holder.phone.post<{ code: string }>('/member-code', {});
  expect((await till.pay({ code: body.code, pin: '' }, 100)).body.code).toBe('card_not_found');
});
