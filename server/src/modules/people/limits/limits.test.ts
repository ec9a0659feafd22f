import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../../../../test/browser.ts';
import { goodPassword, hire } from '../../../../test/desk.ts';
import { openBench, type Reply, type TestBench } from '../../../../test/harness.ts';
import { openTill, type Till } from '../../../../test/till.ts';

// What somebody may is bounded by place, by each amount, by the day, and above a sum by a fresh proof.

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

const codeOf = ({ status, body }: Reply) => (status < 300 ? 'accepted' : body.code);
const later = (minutes: number) => {
  bench.time.now = new Date(bench.time.now.getTime() + minutes * 60_000);
};
let keys = 0;
async function reload(browser: Browser, amount: number, storeId = till.storeId): Promise<Reply> {
  const card = await till.card();
  return browser.post(
    `/v1/cards/${card.id}/reload`,
    { amount, storeId, payment: { tender: 'cash', amount, reference: 'r' } },
    { 'idempotency-key': `k${keys++}` },
  );
}

test('a single amount above the ceiling is refused, one at it is not', async () => {
  const { browser } = await hire(bench, till.merchant, {
    role: 'clerk',
    ceilings: { 'cards.reload': { each: 5_000 } },
  });
  expect(codeOf(await reload(browser, 5_000))).toBe('accepted');
  expect(codeOf(await reload(browser, 5_001))).toBe('amount_over_ceiling');
  expect((await browser.get('/v1/session')).body.ceilings).toEqual({ 'cards.reload': { each: 5_000 } });
});

test('a day’s ceiling is claimed, not counted: of many at once as many pass as it holds', async () => {
  const { browser } = await hire(bench, till.merchant, {
    role: 'clerk',
    ceilings: { 'cards.reload': { day: 10_000 } },
  });
  const codes = (await Promise.all(Array.from({ length: 20 }, () => reload(browser, 3_000)))).map(codeOf);
  expect(codes.filter((code) => code === 'accepted')).toHaveLength(3);
  expect(codes.filter((code) => code === 'amount_over_daily_ceiling')).toHaveLength(17);
  expect(codeOf(await reload(browser, 1_000))).toBe('accepted');
  expect(codeOf(await reload(browser, 1))).toBe('amount_over_daily_ceiling');
});

test('a day’s ceiling binds somebody’s keys and sessions together, over processes, until the merchant’s midnight', async () => {
  bench.time.now = new Date('2026-12-01T15:00:00Z');
  const ceilings = { 'cards.reload': { day: 1_000 } };
  const { browser, staffId } = await hire(bench, till.merchant, { role: 'clerk', ceilings });
  const made = await till.merchant.post<{ key: string }>('/v1/api-keys', { name: 'k', staffId });
  const second = await bench.another();
  const card = await till.card();
  const body = {
    amount: 600,
    storeId: till.storeId,
    payment: { tender: 'cash', amount: 600, reference: 'r' },
  };
  const byKey = () => second.client(made.body.key).post(`/v1/cards/${card.id}/reload`, body);
  expect(codeOf(await byKey())).toBe('accepted');
  expect(codeOf(await reload(browser, 401))).toBe('amount_over_daily_ceiling');
  expect(codeOf(await reload(browser, 400))).toBe('accepted');
  expect(codeOf(await byKey())).toBe('amount_over_daily_ceiling');
  // Half past midnight in Shanghai, still the day before in UTC.
  bench.time.now = new Date('2026-12-01T16:30:00Z');
  expect(codeOf(await byKey())).toBe('accepted');
  await second.close();
});

test('a refused command takes nothing of the day, and a repeated one takes it once', async () => {
  const { browser } = await hire(bench, till.merchant, {
    role: 'clerk',
    ceilings: { 'cards.reload': { day: 1_000 } },
  });
  const card = await till.card();
  await till.does(card, 'freeze', { cause: 'lost', reason: 'x' });
  const body = {
    amount: 900,
    storeId: till.storeId,
    payment: { tender: 'cash', amount: 900, reference: 'r' },
  };
  const ask = (id: string, key: string) =>
    browser.post(`/v1/cards/${id}/reload`, body, { 'idempotency-key': key });
  expect(codeOf(await ask(card.id, 'frozen'))).toBe('card_frozen');
  const good = await till.card();
  for (let n = 0; n < 3; n++) expect(codeOf(await ask(good.id, 'the-same'))).toBe('accepted');
  expect(codeOf(await reload(browser, 100))).toBe('accepted');
  expect(codeOf(await reload(browser, 1))).toBe('amount_over_daily_ceiling');
});

test('above 1,000.00 who signed in proves themselves anew, and may for five minutes', async () => {
  const { browser } = await hire(bench, till.merchant, { role: 'clerk' });
  expect(codeOf(await reload(browser, 200_000))).toBe('accepted');
  later(5);
  expect((await browser.get('/v1/session')).body.steppedUpUntil).toBeNull();
  expect(codeOf(await reload(browser, 100_000))).toBe('accepted');
  expect(codeOf(await reload(browser, 100_001))).toBe('step_up_required');
  expect((await browser.post('/v1/session/step-up', { password: goodPassword })).status).toBe(200);
  expect(codeOf(await reload(browser, 100_001))).toBe('accepted');
  later(4);
  expect(codeOf(await reload(browser, 100_001))).toBe('accepted');
  later(1);
  expect(codeOf(await reload(browser, 100_001))).toBe('step_up_required');
});

test('who works in a store or a region acts there only; a store that comes to the region is theirs at once', async () => {
  const region = async (storeId: string, name: string | null) =>
    till.merchant.patch(`/v1/stores/${storeId}`, { region: name });
  for (const name of ['East', 'West', 'North']) await till.merchant.post('/v1/regions', { code: name, name });
  await region(till.storeId, 'East');
  await region(till.otherStoreId, 'West');
  const scopes: readonly (readonly [object, string[]])[] = [
    [{}, [till.storeId, till.otherStoreId]],
    [{ storeIds: [till.otherStoreId] }, [till.otherStoreId]],
    [{ regions: ['East'] }, [till.storeId]],
    [{ regions: ['East', 'West'] }, [till.storeId, till.otherStoreId]],
    [{ regions: ['East'], storeIds: [till.otherStoreId] }, [till.storeId, till.otherStoreId]],
  ];
  for (const [scope, within] of scopes) {
    const { browser, staffId } = await hire(bench, till.merchant, { role: 'clerk', scope });
    const key = await till.merchant.post<{ key: string }>('/v1/api-keys', { name: 'k', staffId });
    const client = bench.client(key.body.key);
    for (const storeId of [till.storeId, till.otherStoreId]) {
      const expected = within.includes(storeId) ? 'accepted' : 'store_out_of_scope';
      expect(codeOf(await reload(browser, 100, storeId)), JSON.stringify(scope)).toBe(expected);
      const card = await till.card();
      const body = { amount: 100, storeId, payment: { tender: 'cash', amount: 100, reference: 'r' } };
      expect(codeOf(await client.post(`/v1/cards/${card.id}/reload`, body))).toBe(expected);
      const shown = await browser.get<{ stores: { id: string }[] | null }>('/v1/session');
      const stores =
        shown.body.stores?.map(({ id }) => id).sort() ?? [till.storeId, till.otherStoreId].sort();
      expect(stores).toEqual([...within].sort());
    }
  }
  const { browser } = await hire(bench, till.merchant, { role: 'clerk', scope: { regions: ['East'] } });
  expect(codeOf(await reload(browser, 100, till.otherStoreId))).toBe('store_out_of_scope');
  await region(till.otherStoreId, 'East');
  expect(codeOf(await reload(browser, 100, till.otherStoreId))).toBe('accepted');
  await region(till.storeId, 'North');
  expect(codeOf(await reload(browser, 100))).toBe('store_out_of_scope');
});

test('who has a day’s ceiling makes no key that has none', async () => {
  const permissions = ['people.write', 'people.read', 'cards.reload'] as const;
  const role = await till.merchant.post<{ id: string }>('/v1/roles', { name: 'Keys', permissions });
  const ceilings = { 'cards.reload': { day: 1_000 } };
  const { browser } = await hire(bench, till.merchant, { roleId: role.body.id, ceilings });
  const ask = (words: readonly string[]) => browser.post('/v1/api-keys', { name: 'k', permissions: words });
  expect((await ask(['cards.reload'])).body).toMatchObject({
    code: 'permission_not_held',
    field: 'ceilings.cards.reload',
  });
  expect(codeOf(await ask(['people.read']))).toBe('accepted');
});
