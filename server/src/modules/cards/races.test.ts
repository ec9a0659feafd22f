import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client, Reply } from '../../../test/harness.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import {
  holdVerbs,
  newReference,
  outcomeOf,
  payment,
  prepare,
  type RaceVerb,
  verbs,
} from '../../../test/racing.ts';
import { type CardInHand, openShop, type Shop } from '../../../test/shop.ts';

// Everything at once, through HTTP, from two processes on one PostgreSQL.

let bench: TestBench;
let second: Awaited<ReturnType<TestBench['another']>>;
let shop: Shop;
let here: Client;
let there: Client;
beforeAll(async () => {
  bench = await openBench();
  second = await bench.another();
  shop = await openShop(bench);
  here = shop.merchant;
  there = second.client(shop.merchant.apiKey);
});
afterAll(async () => {
  const books = await shop.merchant.get('/v1/ledger/trial-balance');
  expect(books.body).toMatchObject({ balanced: true, assets: [{ difference: 0 }] });
  expect(bench.errors).toEqual([]);
  expect([bench, second].map(({ runtime }) => runtime.executor.tally.retries)).toEqual([0, 0]);
  await second.close();
  await bench.close();
});

const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
const either = (n: number): Client => (n % 2 === 0 ? here : there);
const codes = (replies: readonly Reply[]) => {
  const counts: Record<string, number> = {};
  for (const { status, body } of replies) {
    const code = status < 300 ? 'done' : String(body.code);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
};
async function one(faceValue = 10_000): Promise<CardInHand> {
  const [card] = await shop.sell(1, faceValue);
  if (!card) throw new Error('no card');
  return card;
}

/** Every pair of verbs, on a card of its own: at once they come to what one after the other comes to, in one order or the other. */
async function raceAll(among: Readonly<Record<string, RaceVerb>>, held: boolean): Promise<void> {
  const names = Object.keys(among);
  const pairs = names.flatMap((a, n) => names.slice(n).map((b) => [a, b] as const));
  const rounds = 3;
  const cards = await prepare(shop, pairs.length * (2 + rounds), held);
  const wrong: string[] = [];
  const race = async ([a, b]: readonly [string, string], n: number): Promise<void> => {
    const [verbA, verbB] = [among[a], among[b]];
    const mine = cards.slice(n * (2 + rounds), (n + 1) * (2 + rounds));
    const [forth, back, ...raced] = mine;
    if (!verbA || !verbB || !forth || !back) throw new Error('a pair of verbs, and cards for it');
    const first = await verbA(here, forth, shop);
    const allowed = [await outcomeOf(shop, forth, [first, await verbB(here, forth, shop)])];
    const other = await verbB(here, back, shop);
    allowed.push(await outcomeOf(shop, back, [await verbA(here, back, shop), other]));
    await Promise.all(
      raced.map(async (each, round) => {
        const replies = await Promise.all([
          verbA(either(round), each, shop),
          verbB(either(round + 1), each, shop),
        ]);
        const came = await outcomeOf(shop, each, replies);
        const known = allowed.map((outcome) => JSON.stringify(outcome));
        if (!known.includes(JSON.stringify(came))) {
          wrong.push(`${a} and ${b}: ${JSON.stringify(came)}, not ${known.join(' or ')}`);
        }
      }),
    );
  };
  // Many pairs at a time, so that the two processes contend for the merchant all along.
  const waiting = [...pairs.entries()];
  const racer = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await race(next[1], next[0]);
  };
  await Promise.all(times(12, racer));
  expect(wrong).toEqual([]);
}

test('every pair of verbs on one card, at once, comes to what one order of the two comes to', () =>
  raceAll(verbs, false));

test('every pair of verbs on one card with a hold, at once, comes to what one order of the two comes to', () =>
  raceAll(holdVerbs, true));

test('of two hundred redemptions at once those go through that the card can pay, to the exact cent', async () => {
  const card = await one(10_000);
  const replies = await Promise.all(
    times(200, (n) =>
      either(n).post('/v1/redemptions', payment(card, n % 3 ? shop.storeId : shop.otherStoreId, 77)),
    ),
  );
  expect(codes(replies)).toEqual({ done: 129, insufficient_balance: 71 });
  expect(await shop.balanceOf(card)).toBe(10_000 - 129 * 77);
  const balances = replies.flatMap(({ status, body }) => (status === 201 ? [Number(body.balance)] : []));
  expect(balances.sort((a, b) => b - a)).toEqual(times(129, (n) => 10_000 - (n + 1) * 77));
});

test('of five hundred wrong PINs at once five are looked at; then the right one opens nothing, after a restart neither', async () => {
  const card = await one();
  const wrong = (n: number) => String((Number(card.pin) + 1 + n) % 100_000_000).padStart(8, '0');
  const guesses = times(500, (n) =>
    n % 2
      ? either(n >> 1).post('/v1/verifications', { code: card.code, pin: wrong(n) })
      : either(n >> 1).post('/v1/redemptions', { ...payment(card, shop.storeId, 1), pin: wrong(n) }),
  );
  expect(codes(await Promise.all(guesses))).toEqual({ pin_wrong: 5, pin_locked: 495 });
  const history = await here.get<{ items: { type: string }[] }>(`/v1/cards/${card.id}/activities?limit=100`);
  expect(history.body.items.filter(({ type }) => type === 'card.not_recognised')).toHaveLength(5);

  const made = await here.post<{ key: string }>('/v1/api-keys', { kind: 'public', name: 'Shop page' });
  expect(made.status, made.text).toBe(201);
  const restarted = await bench.another();
  for (const process of [second, restarted]) {
    const staff = await process
      .client(shop.merchant.apiKey)
      .post('/v1/redemptions', payment(card, shop.storeId, 1));
    expect(staff.body.code).toBe('pin_locked');
    const anyone = await process
      .client(made.body.key)
      .post('/v1/redemptions', payment(card, shop.storeId, 1));
    expect(anyone.body.code).toBe('not_recognised');
  }
  await restarted.close();
  expect((await here.post(`/v1/cards/${card.id}/unlock-pin`, { reason: 'seen the holder' })).status).toBe(
    200,
  );
  expect((await there.post('/v1/redemptions', payment(card, shop.storeId, 1))).status).toBe(201);
});

test('a card that is transferred while it is being redeemed pays once, and its heirs have the rest', async () => {
  const card = await one(10_000);
  const [transfers, redemptions] = await Promise.all([
    Promise.all(
      times(10, (n) => either(n).post(`/v1/cards/${card.id}/transfer`, n % 3 ? { amount: 900 } : {})),
    ),
    Promise.all(times(30, (n) => either(n).post('/v1/redemptions', payment(card, shop.storeId, 450)))),
  ]);
  const heirs = transfers.flatMap(({ status, body }) => (status === 201 ? [Number(body.balance)] : []));
  const paid = redemptions.filter(({ status }) => status === 201).length * 450;
  const inherited = heirs.reduce((sum, balance) => sum + balance, 0);
  expect(paid + inherited + (await shop.balanceOf(card))).toBe(10_000);
  expect(Object.keys(codes([...transfers, ...redemptions]))).not.toContain('internal_error');
});

/** What a store is owed by another one, less what it owes. */
async function netOf(storeId: string, by: string): Promise<number> {
  type Settlement = { counterparts: { storeId: string | null; net: number }[] };
  const { body } = await here.get<Settlement>(`/v1/stores/${storeId}/settlement`);
  return body.counterparts.find((counterpart) => counterpart.storeId === by)?.net ?? 0;
}

test.each([
  ['early', 5],
  ['late', 18],
])('refunds and %s reversals at once give back what was redeemed, and no cent more', async (_when, from) => {
  const card = await one(10_000);
  const paid = payment(card, shop.otherStoreId, 2_000);
  const redemption = await here.post<{ id: string }>('/v1/redemptions', paid);
  const reverses = (n: number) => n >= from && n % 2 === from % 2;
  const replies = await Promise.all(
    times(24, (n) =>
      reverses(n)
        ? either(n >> 1).post('/v1/reversals', { reference: paid.reference, storeId: shop.otherStoreId })
        : either(n >> 1).post(`/v1/redemptions/${redemption.body.id}/refunds`, {
            amount: 300,
            reason: 'back',
          }),
    ),
  );
  const known = ['done', 'redemption_reversed', 'refund_exceeds_redemption'];
  expect(Object.keys(codes(replies)).filter((code) => !known.includes(code))).toEqual([]);
  expect(new Set(replies.filter((_reply, n) => reverses(n)).map(({ text }) => text)).size).toBe(1);
  const back = replies.filter(({ status }, n) => status === 201 && (!reverses(n) || n === from));
  const amounts = back.map(({ body }) => Number(body.amount));
  expect(Math.min(...amounts)).toBeGreaterThanOrEqual(0);
  expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(2_000);
  expect(await shop.balanceOf(card)).toBe(10_000);
  const [theirs, ours] = [shop.otherStoreId, shop.storeId];
  expect((await netOf(theirs, ours)) + (await netOf(ours, theirs)), 'what one is owed the other owes').toBe(
    0,
  );
});

test('a hold is captured, released or over: one of them, whatever comes at once', async () => {
  for (const [at, winners] of [
    [-1, ['captured', 'released']],
    [0, ['over']],
  ] as const) {
    const card = await one(1_000);
    const hold = await here.post<{ id: string; expiresAt: string }>(
      '/v1/holds',
      payment(card, shop.storeId, 1_000),
    );
    bench.time.now = new Date(Date.parse(hold.body.expiresAt) + at);
    const [captures, releases, redemptions] = await Promise.all([
      Promise.all(times(6, (n) => either(n).post(`/v1/holds/${hold.body.id}/capture`))),
      Promise.all(times(6, (n) => either(n).post(`/v1/holds/${hold.body.id}/release`))),
      Promise.all(times(6, (n) => either(n).post('/v1/redemptions', payment(card, shop.storeId, 1_000)))),
      bench.runJobs('cards.endLapsedHolds'),
    ]);
    const captured = codes(captures).done ?? 0;
    const released = codes(releases).done ?? 0;
    const redeemed = codes(redemptions).done ?? 0;
    expect(captured + redeemed, 'it pays once at most').toBeLessThanOrEqual(1);
    expect(captured + released, 'it ends once at most').toBeLessThanOrEqual(1);
    if (at === 0) expect(captured, 'its time was up').toBe(0);
    if (at === -1) expect(captured + released, `one of ${winners.join()} wins`).toBe(1);
    expect(await shop.balanceOf(card)).toBe(1_000 - 1_000 * (captured + redeemed));
    const after = await here.get<{ held: number }>(`/v1/cards/${card.id}`);
    expect(after.body.held).toBe(0);
  }
});

test('a range that is activated twice at once sells each card once', async () => {
  const cards = await shop.issue(60, 500);
  const range = { from: cards[0]?.serial, to: cards.at(-1)?.serial };
  const sale = (n: number) =>
    either(n).post<{ activated: number }>('/v1/cards/activate', {
      range,
      storeId: shop.storeId,
      payment: { tender: `race-${range.from}`, amount: 60 * 500, reference: newReference() },
    });
  const replies = await Promise.all(times(6, sale));
  expect(replies.map(({ body }) => body.activated).sort((a, b) => a - b)).toEqual([0, 0, 0, 0, 0, 60]);
  const balances = await Promise.all(cards.map((card) => shop.balanceOf(card)));
  expect(new Set(balances)).toEqual(new Set([500]));
});

test('cards that cross, each sold where the other is spent, do not stand in each other’s way', async () => {
  const [mine] = await prepare(shop, 1, false);
  const yours = (await shop.issue(1, 10_000))[0];
  await here.post('/v1/cards/activate', {
    cards: [{ serial: yours?.serial }],
    storeId: shop.otherStoreId,
    payment: { tender: 'cash', amount: 10_000, reference: 'X' },
  });
  if (!mine || !yours) throw new Error('two cards');
  const replies = await Promise.all(
    times(60, (n) =>
      n % 2
        ? either(n >> 1).post('/v1/redemptions', payment(mine.card, shop.otherStoreId, 50))
        : either(n >> 1).post('/v1/redemptions', payment(yours, shop.storeId, 70)),
    ),
  );
  expect(codes(replies)).toEqual({ done: 60 });
  expect(await shop.balanceOf(mine.card)).toBe(8_000 - 30 * 50);
  expect(await shop.balanceOf(yours)).toBe(10_000 - 30 * 70);
});
