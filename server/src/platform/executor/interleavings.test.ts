import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, openBench, type Reply, type TestBench } from '../../../test/harness.ts';
import { connectAsOwner, type Owner } from '../../../test/owner.ts';
import { outcomeOf, payment, prepare, type Raced, type RaceVerb, verbs } from '../../../test/racing.ts';
import { openShop, type Shop } from '../../../test/shop.ts';
import { openStepper, type Stepper } from '../../../test/stepper.ts';

// Two processes on one database, stepped statement by statement in orders drawn by lot: whatever the order, what comes of
// two commands is what comes of one after the other. SCRIP_SCHEDULES sets how many orders of each pair,
// SCRIP_SCHEDULE_SEED which.

const schedules = Number(process.env.SCRIP_SCHEDULES ?? 8);
const seed = Number(process.env.SCRIP_SCHEDULE_SEED ?? Date.now() % 2 ** 31);

let bench: TestBench;
let owner: Owner;
let shop: Shop;
/** Told when something may have become possible. */
let heard: () => void = () => undefined;

type Side = {
  readonly stepper: Stepper;
  readonly process: Awaited<ReturnType<TestBench['another']>>;
  readonly client: Client;
};
let sides: readonly [Side, Side];

async function openSide(): Promise<Side> {
  const stepper = await openStepper(bench.appUrl, owner, () => heard());
  const process = await bench.another(stepper.url(bench.appUrl));
  const client = process.client(shop.merchant.apiKey);
  return { stepper, process, client };
}

beforeAll(async () => {
  bench = await openBench();
  owner = await connectAsOwner(bench.ownerUrl);
  shop = await openShop(bench);
  sides = [await openSide(), await openSide()];
});
afterAll(async () => {
  const books = await shop.merchant.get('/v1/ledger/trial-balance');
  expect(books.body).toMatchObject({ balanced: true, assets: [{ difference: 0 }] });
  await bench.runJobs('ledger.verify');
  expect(bench.errors).toEqual([]);
  for (const { process, stepper } of sides) {
    await process.close();
    await stepper.close();
  }
  await owner.close();
  await bench.close();
});

/** Numbers from 0 up to 1, the same for the same seed. */
function lots(from: number): () => number {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const both = [0, 1] as const;

type Ran = { readonly replies: readonly Reply[]; readonly order: string; readonly blocked: boolean };

/** Runs one command on each side, a statement at a time, in an order drawn by lot. */
async function stepped(
  asks: readonly [() => Promise<Reply>, () => Promise<Reply>],
  draw: () => number,
): Promise<Ran> {
  const done: [boolean, boolean] = [false, false];
  for (const { stepper } of sides) stepper.hold();
  const asked = both.map(async (n) => {
    const reply = await asks[n]();
    done[n] = true;
    heard();
    return reply;
  });
  try {
    const { order, blocked } = await steps(done, draw);
    return { order, blocked, replies: await Promise.all(asked) };
  } finally {
    for (const { stepper } of sides) stepper.letGo();
  }
}

/** Tells one side after the other to go on by a statement, until both are through. */
async function steps(done: readonly boolean[], draw: () => number): Promise<Omit<Ran, 'replies'>> {
  // Now one side runs far ahead, now they take turns.
  const stay = [0.5, 0.8, 0.95][Math.floor(draw() * 3)] ?? 0.5;
  let order = '';
  let blocked = false;
  let turn = draw() < 0.5 ? 0 : 1;
  while (!done.every(Boolean)) {
    const something = Promise.withResolvers<void>();
    heard = () => something.resolve();
    const can = both.filter((n) => sides[n].stepper.waiting > 0);
    const waits = both.filter((n) => sides[n].stepper.isBlocked);
    blocked ||= waits.length > 0;
    // A choice is one only when each side has said what it would do next, waits for the other, or is through.
    const isSilent = both.some((n) => !done[n] && !can.includes(n) && !waits.includes(n));
    if (isSilent || can.length === 0) {
      await something.promise;
      continue;
    }
    if (can.length === 2 && draw() > stay) turn = 1 - turn;
    const goes = can.length === 2 && turn === 1 ? 1 : (can[0] ?? 0);
    await sides[goes].stepper.step();
    order += goes;
  }
  return { order, blocked };
}

/** Both serial orders of two verbs, each on a card of its own. */
async function allowed(
  [a, b]: readonly [RaceVerb, RaceVerb],
  [forth, back]: readonly [Raced, Raced],
): Promise<string[]> {
  const first = await a(shop.merchant, forth, shop);
  const forwards = await outcomeOf(shop, forth, [first, await b(shop.merchant, forth, shop)]);
  const other = await b(shop.merchant, back, shop);
  const backwards = await outcomeOf(shop, back, [await a(shop.merchant, back, shop), other]);
  return [forwards, backwards].map((outcome) => JSON.stringify(outcome));
}

const names = ['redeem', 'redeemElsewhere', 'refund', 'reverse', 'take', 'transfer', 'void'];
const pairs = names.flatMap((a, n) => names.slice(n).map((b) => [a, b] as const));

test('two batches stepped statement by statement come to what one order of the two comes to', {
  timeout: 240_000,
}, async () => {
  process.stdout.write(`interleavings: SCRIP_SCHEDULE_SEED=${seed} SCRIP_SCHEDULES=${schedules}\n`);
  const draw = lots(seed);
  const each = 2 + schedules;
  const cards = await prepare(shop, pairs.length * each, false);
  const orders = new Set<string>();
  const wrong: string[] = [];
  let contended = 0;
  const outcomes = new Set<string>();
  for (const [n, [a, b]] of pairs.entries()) {
    const [forth, back, ...raced] = cards.slice(n * each, (n + 1) * each);
    const [verbA, verbB] = [verbs[a], verbs[b]];
    if (!verbA || !verbB || !forth || !back) throw new Error('a pair of verbs, and cards for it');
    const known = await allowed([verbA, verbB], [forth, back]);
    for (const card of raced) {
      const ran = await stepped(
        [() => verbA(sides[0].client, card, shop), () => verbB(sides[1].client, card, shop)],
        draw,
      );
      const came = JSON.stringify(await outcomeOf(shop, card, ran.replies));
      if (!known.includes(came))
        wrong.push(`${a} and ${b}, ${ran.order}: ${came}, not ${known.join(' or ')}`);
      orders.add(ran.order);
      outcomes.add(`${n} ${known.indexOf(came)}`);
      if (ran.blocked) contended++;
    }
  }
  expect(wrong).toEqual([]);
  process.stdout.write(
    `interleavings: ${orders.size} orders, ${contended} with a wait for a lock, ${outcomes.size} outcomes\n`,
  );
  expect(orders.size).toBeGreaterThan(schedules * 3);
  expect(contended, 'they meet').toBeGreaterThan(schedules);
});

test('one request sent to two processes at once happens once, in whatever order their statements come', async () => {
  const draw = lots(seed + 1);
  for (const [n, { card }] of (await prepare(shop, 2 * schedules, false)).entries()) {
    const order = payment(card, shop.storeId, 5_000);
    const pay = ({ client }: Side) => client.post('/v1/redemptions', order, `twice-${n}`);
    const { replies } = await stepped([() => pay(sides[0]), () => pay(sides[1])], draw);
    expect(replies.map(({ status }) => status)).toEqual([201, 201]);
    expect(replies[0]?.text).toBe(replies[1]?.text);
    expect(await shop.balanceOf(card)).toBe(3_000);
  }
});
