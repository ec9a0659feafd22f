import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openTill, rowsOf, type Till } from '../../../test/till.ts';

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

type Body = Readonly<Record<string, unknown>>;
const later = () => {
  bench.time.now = new Date(bench.time.now.getTime() + 1_000);
};
async function lay(at: Till, what: 'settlement-terms' | 'acceptance-rules', body: Body) {
  later();
  const made = await at.merchant.post<{ id: string; number: number }>(`/v1/${what}`, body);
  expect(made.status, made.text).toBe(201);
  later();
  return made.body;
}
type Position = { storeId: string | null; owed: number; owes: number; net: number };
async function positions(at: Till, storeId: string): Promise<Position[]> {
  const { body } = await at.merchant.get<{ counterparts: Position[] }>(`/v1/stores/${storeId}/settlement`);
  return body.counterparts;
}
const net = async (at: Till, storeId: string) =>
  (await positions(at, storeId)).reduce((sum, one) => sum + one.net, 0);
async function postingsOf(at: Till): Promise<number> {
  const [row] = await rowsOf(bench, 'select count(*)::int as n from ledger.posting where merchant_id = $1', [
    at.merchant.id,
  ]);
  return Number(row?.n);
}

test('with no terms a store is paid all of what it honours, by two postings beside the payment', async () => {
  const shop = await openTill(bench);
  const card = await shop.card();
  const before = await postingsOf(shop);
  await shop.paid(card, 2_000, { storeId: shop.otherStoreId });
  expect((await postingsOf(shop)) - before).toBe(4);
  await shop.paid(card, 1_000);
  expect((await postingsOf(shop)) - before).toBe(6);
  expect(await net(shop, shop.otherStoreId)).toBe(2_000);
});

test('by its ratio a store is paid a part of what it honours; a return undoes what was posted though terms have changed', async () => {
  const shop = await openTill(bench);
  const card = await shop.card();
  await lay(shop, 'settlement-terms', {
    ratios: [{ redeemerId: shop.otherStoreId, principalPpm: 333_333 }, { principalPpm: 0 }],
  });
  const id = await shop.paid(card, 1_000, { storeId: shop.otherStoreId });
  expect(await net(shop, shop.otherStoreId)).toBe(333);
  await lay(shop, 'settlement-terms', { ratios: [{ principalPpm: 900_000 }] });
  for (const amount of [1, 499, 500]) {
    const back = await shop.merchant.post(`/v1/redemptions/${id}/refunds`, { amount, reason: 'returned' });
    expect(back.status, back.text).toBe(201);
  }
  expect(await net(shop, shop.otherStoreId)).toBe(0);
  expect(await net(shop, shop.storeId)).toBe(0);
  expect(await shop.balanceOf(card)).toBe(10_000);
});

test('what a lot costs is borne by shares that sum to the cent, by store, merchant and sponsor; all sum to zero', async () => {
  const shop = await openTill(bench);
  const card = await shop.card();
  const sponsor = await shop.merchant.post<{ id: string }>('/v1/settlement-parties', {
    kind: 'sponsor',
    name: '市商务局',
  });
  expect(sponsor.status, sponsor.text).toBe(201);
  await lay(shop, 'settlement-terms', {
    bearing: [
      {
        lot: 'principal',
        shares: [
          { by: 'seller', ppm: 333_333 },
          { by: 'hq', ppm: 333_333 },
          { by: 'sponsor', partyId: sponsor.body.id, ppm: 333_334 },
        ],
      },
    ],
    commissions: [{ kind: 'redemption', ppm: 10_000, min: 7, max: 50 }],
  });
  const id = await shop.paid(card, 100, { storeId: shop.otherStoreId });
  const owed = await positions(shop, shop.otherStoreId);
  expect(owed.reduce((sum, one) => sum + one.owed, 0)).toBe(100);
  expect(owed.reduce((sum, one) => sum + one.owes, 0)).toBe(7);
  expect(await shop.total('clearing')).toBe(0);
  // Also at the store that sold it others bear their part.
  await shop.paid(card, 100);
  expect(await net(shop, shop.storeId)).toBe(-33 + 67 - 7);
  const reversed = await shop.merchant.post(`/v1/redemptions/${id}/refunds`, { amount: 100, reason: 'x' });
  expect(reversed.status, reversed.text).toBe(201);
  expect(await net(shop, shop.otherStoreId)).toBe(0);
});

test('terms hold from the day they name, in the zone of the merchant; the newest that has begun holds', async () => {
  const shop = await openTill(bench);
  const card = await shop.card();
  const made = await shop.merchant.post<{ validFrom: string }>('/v1/settlement-terms', {
    from: '2026-11-24',
    ratios: [{ principalPpm: 500_000 }],
  });
  expect(made.body.validFrom).toBe('2026-11-23T16:00:00.000Z');
  await shop.paid(card, 100, { storeId: shop.otherStoreId });
  expect(await net(shop, shop.otherStoreId)).toBe(100);
  bench.time.now = new Date('2026-11-23T16:00:00Z');
  await shop.paid(card, 100, { storeId: shop.otherStoreId });
  expect(await net(shop, shop.otherStoreId)).toBe(150);
  const listed = await shop.merchant.get<{ items: { number: number }[] }>('/v1/settlement-terms');
  expect(listed.body.items.map(({ number }) => number)).toEqual([1]);
});

test('a store takes what its rule says, and is told what of a card it takes; a hold obeys the same rule', async () => {
  const shop = await openTill(bench);
  const card = await shop.card(1_000);
  const storeId = shop.otherStoreId;
  await lay(shop, 'acceptance-rules', { rules: [{ takes: 'own' }] });
  const { code, pin } = card;
  const shown = await shop.merchant.post('/v1/verifications', { code, pin, storeId });
  const no = { ok: false, reason: 'not_accepted_here' };
  expect(shown.body).toMatchObject({ available: 0, allowed: { redeem: no, hold: no } });
  const nowhere = await shop.merchant.post('/v1/verifications', { code, pin });
  expect(nowhere.body).toMatchObject({ allowed: { redeem: { ok: true } } });
  await shop.refuses('not_accepted_here', () => shop.pay(card, 10, { storeId }), { field: 'storeId' });
  await shop.refuses('not_accepted_here', () => shop.hold(card, 10, { storeId }), { field: 'storeId' });
  await shop.paid(card, 10);
  const payment = { tender: 'cash', amount: 50, reference: 'R9' };
  await shop.does(card, 'reload', { amount: 50, storeId, payment });
  await shop.refuses('not_accepted_here', () => shop.pay(card, 51, { storeId }));
  await shop.paid(card, 50, { storeId });
  expect(await shop.balanceOf(card)).toBe(990);
  await lay(shop, 'acceptance-rules', {
    rules: [{ takes: 'own' }, { storeId, takes: 'list', sellerIds: [shop.storeId] }],
  });
  await shop.paid(card, 10, { storeId });
  await shop.refuses('insufficient_balance', () => shop.pay(card, 5_000, { storeId }));
});

test('a store takes by region, by who runs the other, and only while the rule lasts', async () => {
  const shop = await openTill(bench);
  const card = await shop.card();
  const storeId = shop.otherStoreId;
  const store = (id: string, body: Body) => shop.merchant.patch(`/v1/stores/${id}`, body);
  await shop.merchant.post('/v1/regions', { code: '华东', name: '华东' });
  await lay(shop, 'acceptance-rules', { rules: [{ takes: 'region' }] });
  await shop.refuses('not_accepted_here', () => shop.pay(card, 10, { storeId }));
  await store(storeId, { region: '华东' });
  await store(shop.storeId, { region: '华东' });
  await shop.paid(card, 10, { storeId });
  await lay(shop, 'acceptance-rules', { rules: [{ takes: 'direct' }] });
  await shop.paid(card, 10, { storeId });
  await store(shop.storeId, { ownership: 'franchise' });
  await shop.refuses('not_accepted_here', () => shop.pay(card, 10, { storeId }));
  const today = new Date(bench.time.now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  await lay(shop, 'acceptance-rules', { rules: [{ storeId, takes: 'own', lastDay: today }] });
  await shop.refuses('not_accepted_here', () => shop.pay(card, 10, { storeId }));
  bench.time.now = new Date(bench.time.now.getTime() + 86_400_000);
  await shop.paid(card, 10, { storeId });
});

test('the matrix says what each store takes of the others, and at what part', async () => {
  const shop = await openTill(bench);
  await lay(shop, 'acceptance-rules', { rules: [{ storeId: shop.storeId, takes: 'own' }] });
  await lay(shop, 'settlement-terms', { ratios: [{ sellerId: shop.storeId, bonusPpm: 250_000 }] });
  type Seller = { sellerId: string; takes: boolean; bonusPpm: number };
  type Row = { storeId: string; rule: string; sellers: Seller[] };
  const { body } = await shop.merchant.get<{ items: Row[] }>('/v1/settlement-matrix');
  const rowOf = (id: string) => body.items.find(({ storeId }) => storeId === id);
  const cell = (id: string, of: string) => rowOf(id)?.sellers.find(({ sellerId }) => sellerId === of);
  const { storeId: one, otherStoreId: other } = shop;
  expect([rowOf(one)?.rule, rowOf(other)?.rule]).toEqual(['own', 'all']);
  expect(cell(one, one)).toMatchObject({ takes: true });
  expect(cell(one, other)).toMatchObject({ takes: false, bonusPpm: 1_000_000 });
  expect(cell(other, one)).toMatchObject({ takes: true, bonusPpm: 250_000 });
  expect(cell(other, other)).toMatchObject({ takes: true });
});

test('terms that are not whole, not known, twice or in the past are refused', async () => {
  const ask = (body: Body) => () => till.merchant.post('/v1/settlement-terms', body);
  const shares = (...given: Body[]) => ask({ bearing: [{ lot: 'bonus', shares: given }] });
  await till.refuses('shares_not_whole', shares({ by: 'hq', ppm: 999_999 }));
  await till.refuses('settlement_party_not_found', shares({ by: 'sponsor', ppm: 1_000_000 }));
  const unknown = `pty_${'0'.repeat(26)}`;
  await till.refuses(
    'settlement_party_not_found',
    shares({ by: 'issuer', partyId: unknown, ppm: 1_000_000 }),
  );
  await till.refuses('store_not_found', ask({ ratios: [{ sellerId: `store_${'0'.repeat(26)}` }] }));
  await till.refuses('invalid_request', ask({ ratios: [{}, {}] }));
  await till.refuses('invalid_request', ask({ ratios: [{ principalPpm: 1_000_001 }] }));
  const commission = { kind: 'load', ppm: 1 };
  await till.refuses('invalid_request', ask({ commissions: [commission, commission] }));
  await till.refuses('invalid_request', ask({ commissions: [{ ...commission, min: 2, max: 1 }] }));
  await till.refuses('terms_in_the_past', ask({ from: '2026-11-22' }), { field: 'from' });
  await till.refuses('store_not_found', () =>
    till.merchant.post('/v1/acceptance-rules', {
      rules: [{ storeId: `store_${'0'.repeat(26)}`, takes: 'all' }],
    }),
  );
  const made = await till.merchant.post('/v1/settlement-parties', { kind: 'issuer', name: '发卡公司' });
  expect(made.status).toBe(201);
  await till.refuses('settlement_party_taken', () =>
    till.merchant.post('/v1/settlement-parties', { kind: 'sponsor', name: '发卡公司' }),
  );
});

test('only who acts for the whole merchant lays down terms', async () => {
  const limited = await till.key({ role: 'finance', storeIds: [till.storeId] });
  for (const [path, body] of [
    ['settlement-terms', {}],
    ['acceptance-rules', { rules: [] }],
    ['settlement-parties', { kind: 'issuer', name: 'A' }],
  ] as const) {
    await till.refuses('store_out_of_scope', () => limited.post(`/v1/${path}`, body));
  }
});
