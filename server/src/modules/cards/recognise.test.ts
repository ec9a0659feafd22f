import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, openBench, type TestBench } from '../../../test/harness.ts';
import type { CardInHand } from '../../../test/shop.ts';
import { openTill, rowsOf, type Till } from '../../../test/till.ts';

// What a public key, which may be in anybody's hands, can learn about codes that are not its own: nothing.

let bench: TestBench;
let till: Till;
let anybody: Client;
let card: CardInHand;
let foreign: CardInHand;
let locked: CardInHand;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
  anybody = await till.key({ kind: 'public' });
  [card, locked] = [await till.card(), await till.card()];
  foreign = await (await openTill(bench)).card();
  for (let n = 0; n < 5; n++) await till.pay({ ...locked, pin: wrongOf(locked.pin) }, 1);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

const wrongOf = (pin: string) => (pin.startsWith('0') ? '1' : '0') + pin.slice(1);

type Guess = { readonly code: string; readonly pin?: string };
const classes: Readonly<Record<string, () => Guess>> = {
  'unknown code': () => ({ code: '000000-000000-000000', pin: '12345678' }),
  'wrong check character': () => ({ code: mistyped(card.code), pin: card.pin }),
  'wrong PIN': () => ({ code: card.code, pin: wrongOf(card.pin) }),
  'locked PIN': () => ({ code: locked.code, pin: locked.pin }),
  'card of another merchant': () => ({ code: foreign.code, pin: foreign.pin }),
  'no PIN': () => ({ code: card.code }),
  'no code at all': () => ({ code: '?', pin: '1' }),
};
const mistyped = (code: string) => code.slice(0, -1) + (code.endsWith('A') ? 'B' : 'A');

const asks: readonly ((guess: Guess) => ReturnType<Client['post']>)[] = [
  (guess) => anybody.post('/v1/verifications', guess, null),
  (guess) =>
    anybody.post('/v1/redemptions', {
      ...guess,
      amount: 1,
      currency: 'CNY',
      storeId: till.storeId,
      reference: 'p-1',
    }),
  (guess) =>
    anybody.post('/v1/holds', {
      ...guess,
      amount: 1,
      currency: 'CNY',
      storeId: till.storeId,
      reference: 'p-2',
    }),
];

test('to a public key all that is not recognised is one answer: status, headers and bytes', async () => {
  for (const ask of asks) {
    const answers = new Set<string>();
    for (const guess of Object.values(classes)) {
      const { status, text, headers } = await ask(guess());
      const { date, ...rest } = headers;
      expect(typeof date).toBe('string');
      answers.add(JSON.stringify([status, text, rest]));
    }
    expect([...answers]).toHaveLength(1);
    expect([...answers][0]).toContain('not_recognised');
  }
});

test('to a public key all that is not recognised costs one entry in the log and one changed row', async () => {
  const look = `select (select seq from ledger.journal where merchant_id = $1) as seq,
      (select sum(xmin::text::bigint) from cards.card where merchant_id = $1) as version,
      (select count(*)::int from cards.card where merchant_id = $1) as cards`;
  const state = async () => {
    const [row] = await rowsOf(bench, look, [till.merchant.id]);
    return row;
  };
  await till.does(card, 'unlock-pin', { reason: 'for the test' });
  for (const [name, guess] of Object.entries(classes)) {
    const before = await state();
    await anybody.post('/v1/verifications', guess(), null);
    const after = await state();
    expect([name, Number(after?.seq) - Number(before?.seq)]).toEqual([name, 1]);
    expect([name, after?.version === before?.version]).toEqual([name, false]);
    expect(after?.cards).toBe(before?.cards);
  }
});

test('what was guessed at is in the log with its reason, and the code is not', async () => {
  const sql = `select details, subject_id as id from ledger.activity
    where merchant_id = $1 and type = 'card.not_recognised' order by seq desc limit 1`;
  const reasons: unknown[] = [];
  for (const guess of Object.values(classes)) {
    await anybody.post('/v1/verifications', guess(), null);
    const [row] = await rowsOf(bench, sql, [till.merchant.id]);
    reasons.push(JSON.parse(String(row?.details)).reason);
  }
  expect(reasons).toEqual([
    'card_not_found',
    'check_character_wrong',
    'pin_wrong',
    'pin_locked',
    'card_not_found',
    'pin_required',
    'check_character_wrong',
  ]);
});

test('a public key that knows code and PIN is served as anybody', async () => {
  const mine = await till.card();
  const seen = await anybody.post('/v1/verifications', { code: mine.code, pin: mine.pin });
  expect(seen.body, seen.text).toMatchObject({ state: 'active', balance: 10_000 });
});

test('to a public key all that is not recognised takes the same time', async () => {
  const names = [
    'unknown code',
    'wrong check character',
    'wrong PIN',
    'locked PIN',
    'card of another merchant',
  ];
  const samples = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = 0; round < 200; round++) {
    if (round % 4 === 0) await till.does(card, 'unlock-pin', { reason: 'for the test' });
    // All at once, each round in another order: what else the machine does takes from all alike.
    const order = names.map((_, n) => names[(n * 2 + round) % names.length] ?? '');
    await Promise.all(
      order.map(async (name) => {
        const started = performance.now();
        await anybody.post('/v1/verifications', classes[name]?.(), null);
        samples.get(name)?.push(performance.now() - started);
      }),
    );
  }
  const medians = [...samples.values()].map((times) => times.sort((a, b) => a - b)[times.length >> 1] ?? 0);
  const [least = 0, most = 0] = [Math.min(...medians), Math.max(...medians)];
  expect(most - least, JSON.stringify(medians)).toBeLessThan(2);
});
