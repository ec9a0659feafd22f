import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../../test/browser.ts';
import { signIn } from '../../../test/desk.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { makeDemo } from '../demo.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await openBench({ clock: () => new Date() });
});
afterAll(() => bench.close());

test('the sample merchant has a card in every state, each as it is announced, and books that hold', async () => {
  const { keys, log } = bench.runtime;
  const demo = await makeDemo({ appUrl: bench.appUrl, keys, log }, { hasClub: true });
  const owner = bench.client(demo.apiKey);
  const announced = await Promise.all(
    demo.samples.map(async ({ serial, state }) => {
      const { body } = await owner.get<{ items: { state: string }[] }>(`/v1/cards?serial=${serial}`);
      expect(body.items).toMatchObject([{ state }]);
      return state;
    }),
  );
  await bench.runJobs();
  const made = await owner.get<{ items: unknown[] }>('/v1/cards?state=generated');
  expect(made.body.items).toHaveLength(5);
  const states = 'active printed held partially_used used_up frozen expired voided replaced';
  expect(new Set(announced)).toEqual(new Set(states.split(' ')));
  expect((await owner.get('/v1/ledger/trial-balance')).body).toMatchObject({ balanced: true });
  expect((await owner.get<{ items: unknown[] }>('/v1/stores')).body.items).toHaveLength(4);
  const wallets = await owner.get<{ items: { balance: { bonus: number } }[] }>('/v1/wallets?holding=some');
  expect(wallets.body.items).toHaveLength(5);
  expect(wallets.body.items.some(({ balance }) => balance.bonus > 0)).toBe(true);
  const dividends = await owner.get<{ items: object[] }>('/v1/dividends');
  expect(dividends.body.items).toMatchObject([{ state: 'counted', members: 4 }]);
  expect((await owner.get<{ items: object[] }>('/v1/gift-orders')).body.items).toMatchObject([
    { state: 'waiting' },
  ]);
  const coupons = await owner.get<{ items: { cause: string }[] }>('/v1/coupons?state=usable');
  expect(coupons.body.items.map(({ cause }) => cause)).toEqual(Array.from({ length: 6 }, () => 'top_up'));
  const plans = await owner.get<{ items: object[] }>('/v1/membership-plans');
  expect(plans.body.items).toHaveLength(5);
  const ending = await owner.get<{ items: object[] }>('/v1/memberships?state=active');
  expect(ending.body.items).toHaveLength(3);
  const statements = await owner.get<{ items: { state: string }[] }>('/v1/settlement-statements');
  expect(new Set(statements.body.items.map(({ state }) => state))).toEqual(
    new Set(['confirmed', 'disputed', 'drawn']),
  );
  const cards = await owner.get<{ items: { state: string }[] }>('/v1/recharge-cards');
  expect(cards.body.items.map(({ state }) => state).sort()).toEqual([
    'active',
    'active',
    'made',
    'made',
    'made',
    'used',
  ]);
  const clerk = await bench.client(demo.keys.clerk ?? '').get('/v1/me');
  expect(clerk.body).toMatchObject({ role: 'clerk', staff: { name: '小林 Lin' } });
  for (const [role, login] of Object.entries(demo.logins)) {
    const browser = openBrowser(bench.app);
    expect((await signIn(browser, login, demo.password)).status).toBe(200);
    expect((await browser.get('/v1/session')).body).toMatchObject({ staff: { role } });
  }
  expect(bench.errors).toEqual([]);
});
