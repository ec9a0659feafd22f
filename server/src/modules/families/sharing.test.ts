import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { familyAt } from '../../../test/family.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { first, madeBy, openTill, rowsOf, type Till } from '../../../test/till.ts';

let bench: TestBench;
let till: Till;
let at: ReturnType<typeof familyAt>;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  till = await openTill(bench);
  at = familyAt(bench, till);
});

const later = (ms: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + ms);
};
const dayMs = 86_400_000;

test('what is offered to a number is accepted by who has it, and seen by both under masked names', async () => {
  const [payer, relative] = [await at.person('林夕'), await at.person('陈小雨')];
  const id = madeBy(await at.offer(payer, relative.number, { paymentMax: 500, dayMax: 1_000 }));
  const terms = { id, paymentMax: 500, dayMax: 1_000, leftToday: 1_000, withDiscount: false };
  expect(await at.family(payer)).toMatchObject({
    relativesMax: 5,
    given: [{ ...terms, state: 'offered', relative: null, phoneEnd: '0001' }],
  });
  expect(await at.family(relative)).toMatchObject({
    got: [],
    offers: [{ ...terms, payer: { name: '林*' } }],
  });
  expect((await at.accept(relative, id)).status).toBe(200);
  expect(await at.family(payer)).toMatchObject({
    given: [{ ...terms, state: 'active', relative: { name: '陈**' }, phoneEnd: null }],
  });
  expect(await at.family(relative)).toMatchObject({ got: [{ ...terms, spendable: 0 }], offers: [] });
  const page = await till.merchant.get<{ items: object[] }>(`/v1/members/${payer.id}/family`);
  expect(page.body.items, page.text).toMatchObject([
    { id, state: 'active', begunBy: 'payer', payer: { name: '林夕' }, relative: { name: '陈小雨' } },
  ]);
});

test('an offer to a number of nobody is the same answer, and is found by who becomes a member with it', async () => {
  const [payer, known] = [await at.person(), await at.person()];
  const number = '15900000001';
  const [toKnown, toNobody] = [await at.offer(payer, known.number), await at.offer(payer, number)];
  expect(Object.keys(toNobody.body)).toEqual(Object.keys(toKnown.body));
  expect(toNobody.status).toBe(toKnown.status);
  const { given } = await at.family(payer);
  expect(given.map(({ state, relative }) => ({ state, relative }))).toEqual([
    { state: 'offered', relative: null },
    { state: 'offered', relative: null },
  ]);
  const newcomer = await at.person();
  await newcomer.phone.signIn(number);
  const [offer] = (await at.family(newcomer)).offers;
  expect(offer?.id).toBe(toNobody.body.id);
  expect((await at.accept(newcomer, offer?.id ?? '')).status).toBe(200);
  const [row] = await rowsOf(
    bench,
    `select phone_hash, phone_end from families.share where relative_id is not null`,
  );
  expect(row).toEqual({ phone_hash: null, phone_end: null });
});

test('nobody accepts, changes or ends what is not theirs, nor what is of another merchant', async () => {
  const [payer, relative, stranger] = [await at.person(), await at.person(), await at.person()];
  const id = madeBy(await at.offer(payer, relative.number));
  const refused = { code: 'family_share_not_found' };
  expect((await at.accept(stranger, id)).body).toMatchObject(refused);
  expect((await at.end(stranger, id)).body).toMatchObject(refused);
  expect((await at.accept(payer, id)).body).toMatchObject(refused);
  expect((await at.change(relative, id, { dayMax: null })).body).toMatchObject(refused);
  await at.accept(relative, id);
  expect((await at.accept(relative, id)).body).toMatchObject(refused);
  expect((await at.change(relative, id, { dayMax: null })).body).toMatchObject(refused);
  expect((await at.end(stranger, id)).body).toMatchObject(refused);
  const elsewhere = await openTill(bench);
  expect((await elsewhere.merchant.post(`/v1/family-shares/${id}/end`)).body).toMatchObject(refused);
  expect((await elsewhere.merchant.get(`/v1/members/${payer.id}/family`)).status).toBe(404);
  const there = await familyAt(bench, elsewhere).person();
  expect((await at.end(there, id)).body).toMatchObject(refused);
  expect((await payer.phone.patch(`/family/${id}`, {})).status).toBe(400);
  expect((await at.offer(payer, stranger.number, { dayMax: 0 })).status).toBe(400);
});

test('one shares not with oneself, with nobody twice, and with as many as the house allows', async () => {
  await till.merchant.patch('/v1/wallet-policy', { relativesMax: 2 });
  const [payer, one] = [await at.person(), await at.person()];
  const [other, third] = [await at.person(), await at.person()];
  expect((await at.offer(payer, payer.number)).body).toMatchObject({ code: 'family_share_with_self' });
  const offered = madeBy(await at.offer(payer, one.number));
  expect((await at.offer(payer, one.number)).body).toMatchObject({ code: 'family_share_exists' });
  await at.accept(one, offered);
  expect((await at.offer(payer, one.number)).body).toMatchObject({ code: 'family_share_exists' });
  madeBy(await at.offer(payer, other.number));
  expect((await at.offer(payer, third.number)).body).toMatchObject({ code: 'family_shares_full' });
  // An offer that nobody accepts takes no place for ever.
  later(7 * dayMs);
  madeBy(await at.offer(payer, third.number));
  expect((await at.end(payer, offered)).status).toBe(200);
  madeBy(await at.offer(payer, one.number));
});

test('either side ends it, and so do staff; what nobody accepts in a week ends by itself', async () => {
  const [payer, relative] = [await at.person(), await at.person()];
  for (const by of ['payer', 'relative', 'staff'] as const) {
    later(1_000);
    const id = await at.shared(payer, relative);
    if (by === 'staff') await till.merchant.post(`/v1/family-shares/${id}/end`);
    else await at.end(by === 'payer' ? payer : relative, id);
    expect((await at.family(relative)).got).toEqual([]);
    expect((await at.end(payer, id)).body).toMatchObject({ code: 'family_share_not_found' });
    const page = await till.merchant.get<{ items: object[] }>(`/v1/members/${relative.id}/family?limit=1`);
    expect(page.body.items).toMatchObject([{ id, state: 'ended', endedBy: by }]);
  }
  later(1_000);
  const declined = madeBy(await at.offer(payer, relative.number));
  expect((await at.end(relative, declined)).status).toBe(200);
  later(1_000);
  const late = madeBy(await at.offer(payer, relative.number));
  later(7 * dayMs);
  expect((await at.accept(relative, late)).body).toMatchObject({ code: 'family_share_not_found' });
  await bench.runJobs('families.lapse');
  const page = await till.merchant.get<{ items: object[] }>(`/v1/members/${payer.id}/family?limit=1`);
  expect(page.body.items).toMatchObject([{ id: late, state: 'ended', endedBy: 'lapse', phoneEnd: null }]);
});

test('at the counter it begins with the codes of both phones, each of which speaks once', async () => {
  const [payer, relative] = [await at.person(), await at.person()];
  const begin = (payerCode: string, relativeCode: string, more: object = {}) =>
    till.merchant.post<{ id: string }>('/v1/family-shares', {
      ...{ storeId: till.storeId, payerCode, relativeCode, dayMax: 800, ...more },
    });
  const [hers, his] = [await at.code(payer), await at.code(relative)];
  expect((await begin('P1', his)).body).toMatchObject({ code: 'member_code_required', field: 'payerCode' });
  expect((await begin(hers, hers)).body).toMatchObject({ code: 'family_share_with_self' });
  const begun = await begin(hers, his);
  expect(begun.body, begun.text).toMatchObject({ payerId: payer.id, relativeId: relative.id });
  expect((await at.family(relative)).got).toMatchObject([{ id: begun.body.id, dayMax: 800 }]);
  expect((await begin(hers, his)).body).toMatchObject({ code: 'payment_code_used' });
  const again = await begin(await at.code(payer), await at.code(relative));
  expect(again.body).toMatchObject({ code: 'family_share_exists' });
  const old = await at.code(relative);
  later(166_000);
  await at.end(payer, begun.body.id);
  expect((await begin(await at.code(payer), old)).body).toMatchObject({
    ...{ code: 'payment_code_expired', field: 'relativeCode' },
  });
  const clerk = await till.key({ role: 'clerk' });
  const byClerk = await clerk.post('/v1/family-shares', {
    ...{ storeId: till.storeId, payerCode: hers, relativeCode: his },
  });
  expect(byClerk.body).toMatchObject({ code: 'permission_denied' });
});

test('where the house shares no wallets nobody offers, accepts or pays, and what there was can be ended', async () => {
  const [payer, relative, other] = [await at.person(), await at.person(), await at.person()];
  const id = await at.shared(payer, relative);
  const open = madeBy(await at.offer(payer, other.number));
  await at.topUp(payer, 1_000);
  await till.merchant.patch('/v1/wallet-policy', { relativesMax: 0 });
  const off = { code: 'family_sharing_off' };
  expect((await at.offer(payer, '15900000002')).body).toMatchObject(off);
  expect((await at.accept(other, open)).body).toMatchObject(off);
  await till.refuses('family_sharing_off', () => at.pay(relative, payer, 100));
  expect(await at.seen(relative)).toEqual([]);
  expect(await at.family(relative)).toMatchObject({ relativesMax: 0, got: [], offers: [] });
  expect((await at.end(payer, id)).status).toBe(200);
});

test('of twenty offers at once to twenty numbers those stand that the house allows', async () => {
  const payer = await at.person();
  const made = await Promise.all(
    Array.from({ length: 20 }, (_, n) => at.offer(payer, `158000000${String(n).padStart(2, '0')}`)),
  );
  expect(made.filter(({ status }) => status === 201)).toHaveLength(5);
  expect((await at.family(payer)).given).toHaveLength(5);
  // Each is shown to somebody: so many an hour are enough.
  expect((await at.offer(payer, '15700000001')).body).toMatchObject({ code: 'too_many_attempts' });
});

test('the log and the webhooks tell who lets whom by id, and no number', async () => {
  const [payer, relative] = [await at.person(), await at.person()];
  const id = await at.shared(payer, relative, { dayMax: 500 });
  await at.change(payer, id, { dayMax: null, withDiscount: true });
  await at.end(relative, id);
  const log = await till.merchant.get<{ items: { type: string; details: object }[] }>(
    '/v1/activities?limit=10',
  );
  const told = log.body.items.filter(({ type }) => type.startsWith('family_share.'));
  expect(told.map(({ type }) => type)).toEqual([
    ...['family_share.ended', 'family_share.changed', 'family_share.begun', 'family_share.offered'],
  ]);
  expect(first(told).details).toMatchObject({ by: 'relative', payerId: payer.id, relativeId: relative.id });
  expect(log.text).not.toContain(relative.number.slice(-8));
});
