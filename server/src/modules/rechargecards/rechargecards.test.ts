import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { makeRecharge, type RechargePair, sellRecharge } from '../../../test/recharge.ts';
import { first, openTill, type Till } from '../../../test/till.ts';
import { peopleOf, type TestMember } from '../../../test/wallet.ts';
import { canonicalNumber } from './number.ts';

let bench: TestBench;
let till: Till;
let member: TestMember;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});
beforeEach(async () => {
  till = await openTill(bench);
  people = peopleOf(bench, till, '138');
  member = await people.member();
});

const wrong = '0000000000000000';
const use = (pair: Pick<RechargePair, 'number' | 'password'>, key?: string, who = member) =>
  till.merchant.post(
    '/v1/recharge-cards/top-ups',
    { memberId: who.id, storeId: till.storeId, number: pair.number, password: pair.password },
    key,
  );
const useOwn = ({ number, password }: Pick<RechargePair, 'number' | 'password'>) =>
  member.phone.post('/recharge-cards/use', { number, password }, { 'idempotency-key': randomUUID() });
const cardOf = async ({ number }: RechargePair) =>
  first(
    (await till.merchant.get<{ items: Record<string, unknown>[] }>(`/v1/recharge-cards?number=${number}`))
      .body.items,
  );

async function sold(quantity = 1, more: object = {}, price?: number): Promise<readonly RechargePair[]> {
  const { pairs } = await makeRecharge(till, quantity, more);
  await sellRecharge(till, pairs, price);
  return pairs;
}

test('a right pair puts its face value and bonus on the wallet, and then it is used up', async () => {
  const [pair] = await sold(1, { salePrice: 9_000, bonus: 800 }, 9_000);
  if (!pair) throw new Error('none was made');
  const done = await use(pair);
  expect(done.body, done.text).toMatchObject({ amount: 10_000, bonus: 800, memberId: member.id });
  expect(await till.total('wallet')).toBe(10_800);
  expect(await cardOf(pair)).toMatchObject({ state: 'used', usedBy: member.id });
  await till.refuses('recharge_card_used', () => use(pair));
  expect((await useOwn(pair)).body.code).toBe('recharge_card_used');
  expect(await till.total('tender', till.storeId)).toBe(-9_000);
});

test('a recharge card is paid for with money, not by the word of somebody with another', async () => {
  const { pairs } = await makeRecharge(till, 1);
  for (const tender of ['recharge_card', 'points', 'gift_card']) {
    const payment = { tender, amount: 10_000, reference: 'R1' };
    const asked = { numbers: [first(pairs).number], storeId: till.storeId, payment };
    await till.refuses('invalid_request', () => till.merchant.post('/v1/recharge-cards/sales', asked));
  }
  expect(await cardOf(first(pairs))).toMatchObject({ state: 'made' });
});

test('the same key has one effect and the same answer', async () => {
  const pair = first(await sold());
  const done = await use(pair, 'once');
  expect((await use(pair, 'once')).body).toEqual(done.body);
  expect(await till.total('wallet')).toBe(10_000);
});

test('of five hundred submissions at once exactly one is credited', async () => {
  const pair = first(await sold());
  const others = [member, await people.member(), await people.member()];
  const replies = await Promise.all(
    Array.from({ length: 500 }, (_, n) => use(pair, undefined, others[n % others.length])),
  );
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(replies.filter(({ body }) => body.code === 'recharge_card_used')).toHaveLength(499);
  expect(await till.total('wallet')).toBe(10_000);
});

test('to a member an unknown number, a mistyped one, a wrong password and a locked card are one and the same answer', async () => {
  const [pair, locked] = await sold(2);
  if (!pair || !locked) throw new Error('none was made');
  for (let n = 0; n < 5; n++) await use({ ...locked, password: wrong });
  const other = await openTill(bench);
  const theirs = (await makeRecharge(other, 1)).pairs[0];
  if (!theirs) throw new Error('none was made');
  const answers = [
    await useOwn({ ...pair, password: wrong }),
    await useOwn({ ...pair, password: 'no digits' }),
    await useOwn(locked),
    await useOwn(theirs),
    await useOwn({ number: '1234', password: wrong }),
    await useOwn({ number: unknownOf(pair.number), password: pair.password }),
  ];
  expect([...new Set(answers.map(({ text, status }) => `${status} ${text}`))]).toHaveLength(1);
  expect(answers[0]?.body.code).toBe('recharge_card_invalid');
  expect((await useOwn(pair)).status).toBe(201);
});

test('five wrong passwords lock a card, however many are tried at once and wherever; staff unlock it', async () => {
  const pair = first(await sold());
  const second = await bench.another();
  try {
    const body = { memberId: member.id, storeId: till.storeId, number: pair.number, password: wrong };
    const elsewhere = second.client(till.merchant.apiKey);
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        n % 2 === 0 ? use(body) : elsewhere.post('/v1/recharge-cards/top-ups', body),
      ),
    );
    expect(tries.filter(({ body }) => body.code === 'recharge_card_invalid')).toHaveLength(5);
    expect(tries.filter(({ body }) => body.code === 'recharge_card_locked')).toHaveLength(15);
    expect(
      (await elsewhere.post('/v1/recharge-cards/top-ups', { ...body, password: pair.password })).body.code,
    ).toBe('recharge_card_locked');
  } finally {
    await second.close();
  }
  const card = await cardOf(pair);
  expect(card).toMatchObject({ state: 'active', locked: true });
  const unlocked = await till.merchant.post(`/v1/recharge-cards/${card.id}/unlock`, { reason: 'seen' });
  expect(unlocked.body).toMatchObject({ locked: false });
  expect((await use(pair)).status).toBe(201);
});

test('a number tells the face value of its batch, whether there is such a card or not', async () => {
  const pair = first((await makeRecharge(till, 1, { bonus: 500 })).pairs);
  const look = (number: string) => member.phone.post('/recharge-cards/look', { number });
  const face = { currency: 'CNY', faceValue: 10_000, bonus: 500 };
  expect((await look(pair.number)).body).toMatchObject(face);
  expect((await look(unknownOf(pair.number))).body).toMatchObject(face);
  const mistyped = pair.number.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
  expect((await look(mistyped)).body.code).toBe('recharge_card_invalid');
  const path = `/v1/recharge-card-faces?number=${pair.number}`;
  expect((await till.merchant.get(path)).body).toMatchObject({ items: [face] });
  const none = await till.merchant.get(`/v1/recharge-card-faces?number=${mistyped}`);
  expect(none.body).toMatchObject({ items: [] });
});

test('a card is good from its sale, or from the release where it needs none, to its end, and not when it is void', async () => {
  const unsold = first((await makeRecharge(till, 1)).pairs);
  await till.refuses('recharge_card_not_sold', () => use(unsold));
  const free = { activation: 'on_release', storeId: till.storeId };
  const [good, voided] = (await makeRecharge(till, 2, free)).pairs;
  if (!good || !voided) throw new Error('none was made');
  const card = await cardOf(voided);
  await till.merchant.post(`/v1/recharge-cards/${card.id}/void`, { reason: 'lost' });
  await till.refuses('recharge_card_void', () => use(voided));
  await till.refuses('recharge_card_void', () =>
    till.merchant.post(`/v1/recharge-cards/${card.id}/void`, { reason: 'again' }),
  );
  expect((await use(good)).status).toBe(201);
  const used = await cardOf(good);
  await till.refuses('recharge_card_used', () =>
    till.merchant.post(`/v1/recharge-cards/${used.id}/void`, { reason: 'late' }),
  );
  const short = first(await sold(1, { validity: { type: 'after', count: 1, unit: 'days' } }));
  const before = bench.time.now;
  bench.time.now = new Date('2026-11-23T15:59:59.999Z');
  const next = first(await sold(1, { validity: { type: 'until', date: '2026-11-23' } }));
  expect((await use(short)).status).toBe(201);
  bench.time.now = new Date('2026-11-23T16:00:00Z');
  await till.refuses('recharge_card_expired', () => use(next));
  bench.time.now = before;
});

test('voiding a batch makes all its cards worthless, and what was paid for a sold one goes where voided value goes', async () => {
  const { batchId, pairs } = await makeRecharge(till, 2);
  await sellRecharge(till, pairs);
  const pair = first(pairs);
  const card = await cardOf(pair);
  await till.merchant.post(`/v1/recharge-cards/${card.id}/void`, { reason: 'torn' });
  expect(await till.total('voided')).toBe(10_000);
  await till.merchant.post(`/v1/recharge-card-batches/${batchId}/void`, { reason: 'the file leaked' });
  for (const one of pairs) await till.refuses('recharge_card_void', () => use(one));
  const { body } = await till.merchant.get(`/v1/recharge-card-batches/${batchId}`);
  expect(body).toMatchObject({ cards: { made: 0, sold: 1, used: 0, void: 1, locked: 0 } });
});

test('cards are sold once, all or none, for what they cost together', async () => {
  const { batchId, pairs } = await makeRecharge(till, 3);
  const payment = { tender: 'cash', amount: 30_000, reference: 'R' };
  const range = { batchId, from: 1, to: 3 };
  const sell = (more: object) =>
    till.merchant.post('/v1/recharge-cards/sales', { storeId: till.storeId, payment, range, ...more });
  await till.refuses('payment_mismatch', () => sell({ payment: { ...payment, amount: 29_999 } }));
  await till.refuses('recharge_card_not_found', () => sell({ range: { ...range, to: 4 } }));
  await till.refuses('recharge_card_not_found', () => sell({ range: undefined, numbers: ['12'] }));
  await till.refuses('recharge_card_not_found', () => sell({ range: undefined }));
  const twice = [pairs[0]?.number, pairs[0]?.number];
  await till.refuses('recharge_card_not_sellable', () => sell({ range: undefined, numbers: twice }));
  const replies = await Promise.all(Array.from({ length: 20 }, () => sell({})));
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(replies.filter(({ body }) => body.code === 'recharge_card_not_sellable')).toHaveLength(19);
});

test('cash for recharge cards is taken, less commission, out of the account of a store that keeps it', async () => {
  const { pairs } = await makeRecharge(till, 2);
  const account = { storeId: till.storeId, keepsCash: true, creditLimit: 18_000 };
  await till.merchant.post('/v1/store-settlement-accounts', account);
  const body = {
    numbers: pairs.map(({ number }) => number),
    storeId: till.storeId,
    payment: { tender: 'cash', amount: 20_000, reference: 'R' },
  };
  await till.refuses('settlement_limit_exceeded', () => till.merchant.post('/v1/recharge-cards/sales', body));
  const commissions = [
    { kind: 'load', storeId: till.storeId, tender: 'cash', ppm: 50_000, min: null, max: null },
  ];
  const terms = await till.merchant.post('/v1/settlement-terms', { ratios: [], bearing: [], commissions });
  expect(terms.status, terms.text).toBe(201);
  await till.merchant.post('/v1/store-settlement-accounts', { ...account, creditLimit: 18_999 });
  await till.refuses('settlement_limit_exceeded', () => till.merchant.post('/v1/recharge-cards/sales', body));
  await till.merchant.post('/v1/store-settlement-accounts', { ...account, creditLimit: 19_000 });
  expect((await till.merchant.post('/v1/recharge-cards/sales', body)).status).toBe(201);
  expect(await till.total('store_fund', till.storeId)).toBe(0);
});

test('numbers and passwords leave once, and a prefix stands for one batch', async () => {
  const { batchId } = await makeRecharge(till, 1, { prefix: '4821' });
  await till.refuses('codes_already_released', () =>
    till.merchant.post(`/v1/recharge-card-batches/${batchId}/release`),
  );
  const terms = { name: 'again', quantity: 1, faceValue: 5, prefix: '4821' };
  await till.refuses('recharge_prefix_taken', () => till.merchant.post('/v1/recharge-card-batches', terms));
  const fresh = await till.merchant.post<{ id: string }>('/v1/recharge-card-batches', {
    ...terms,
    prefix: '4822',
  });
  await till.refuses('batch_not_ready', () =>
    till.merchant.post(`/v1/recharge-card-batches/${fresh.body.id}/release`),
  );
  const nobody = 'rcb_01jd3v0000e008000000000zyd';
  await till.refuses('batch_not_found', () =>
    till.merchant.post(`/v1/recharge-card-batches/${nobody}/void`, { reason: 'x' }),
  );
  await till.refuses('recharge_card_not_found', () =>
    till.merchant.post('/v1/recharge-cards/rcc_01jd3v0000e008000000000zyd/unlock', { reason: 'x' }),
  );
  expect(
    (await till.merchant.get('/v1/recharge-card-batches/rcb_01jd3v0000e008000000000zyd')).body.code,
  ).toBe('batch_not_found');
});

test('a list of cards shows no password, no stand-in, and to a key of a store only what that store sold', async () => {
  await sold(2);
  await makeRecharge(till, 1);
  const limited = await till.key({ role: 'owner', storeIds: [till.otherStoreId] });
  expect((await limited.get<{ items: unknown[] }>('/v1/recharge-cards')).body.items).toEqual([]);
  const all = await till.merchant.get<{ items: { number: string }[] }>('/v1/recharge-cards');
  expect(all.body.items).toHaveLength(3);
  expect(all.body.items.every(({ number }) => canonicalNumber(number) === number)).toBe(true);
  expect(all.text).not.toContain('assword');
});

/** Another number of the same batch, with right check digits. */
function unknownOf(number: string): string {
  const body = number.slice(0, 13) + String((Number(number[13]) + 1) % 10);
  for (let check = 0; check < 100; check++) {
    const text = body + String(check).padStart(2, '0');
    if (canonicalNumber(text) !== undefined) return text;
  }
  throw new Error('every number has its check digits');
}
