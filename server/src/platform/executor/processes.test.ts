import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { alone, commandOf, inTurn, together } from '../../../test/command.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { connectAsOwner, type Owner } from '../../../test/owner.ts';
import { type CardInHand, openShop, type Shop } from '../../../test/shop.ts';
import { balanceOf, journalsOf, move, stale } from '../../../test/trials.ts';

// Several processes on one database: two runtimes, and a connection that does what no service does.

let bench: TestBench;
let second: Awaited<ReturnType<TestBench['another']>>;
let owner: Owner;
let shop: Shop;
beforeAll(async () => {
  bench = await openBench();
  second = await bench.another();
  owner = await connectAsOwner(bench.ownerUrl);
  shop = await openShop(bench);
});
afterAll(async () => {
  await owner.close();
  await second.close();
  await bench.close();
});
const tallies = () => [bench.runtime.executor.tally, second.runtime.executor.tally];
beforeEach(() => {
  for (const tally of tallies())
    Object.assign(tally, { batches: 0, ahead: 0, commands: 0, retries: 0, splits: 0 });
});
afterEach(() => {
  expect(bench.errors).toEqual([]);
});

test('two processes move the money of one merchant at once, exactly, and neither has to try again', async () => {
  const { id } = await bench.merchant();
  const [ann, bob] = [randomUUID(), randomUUID()];
  const give = () => commandOf(move, { from: id, to: ann, amount: 10n });
  const pay = () => commandOf(move, { from: ann, to: bob, amount: 3n });
  // Rounds, so that each process meets rows that the other has changed since it last looked.
  for (let round = 0; round < 12; round++) {
    await Promise.all([
      inTurn(bench.runtime.executor, id, [give(), pay(), give()]),
      together(second.runtime.executor, id, [give(), give(), pay(), pay()]),
    ]);
  }
  const ask = (who: string) => commandOf(balanceOf, { owner: who });
  for (const { executor } of [bench.runtime, second.runtime]) {
    expect(await together(executor, id, [ask(ann), ask(bob)])).toEqual([
      { body: String(12 * (4 * 10 - 3 * 3)) },
      { body: String(12 * 9) },
    ]);
  }
  expect(tallies().map(({ retries }) => retries)).toEqual([0, 0]);
});

test('a process waits for the journal until the one that has it has ended', async () => {
  const { id } = await bench.merchant();
  const [one, other] = await Promise.all(
    [bench.runtime, second.runtime].map((runtime) => journalsOf(runtime).begin(id)),
  );
  if (!one || !other) throw new Error('two turns');
  await one.lockHead();
  let isThere = false;
  const waits = other.lockHead().then(() => {
    isThere = true;
  });
  const waiting = `select count(*)::int as n from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`;
  await expect.poll(() => owner.rows(waiting).then(([row]) => row?.n), { timeout: 10_000 }).toBe(1);
  expect(isThere).toBe(false);
  await one.end();
  await waits;
  await other.end();
});

test('two processes under load move one merchant’s money exactly, whatever either has judged ahead', async () => {
  const { id } = await bench.merchant();
  const [ann, bob] = [randomUUID(), randomUUID()];
  const executors = [bench.runtime.executor, second.runtime.executor];
  // Each begins by itself, so that it judges ahead, and meets the other in the midst of it.
  const load = async (executor: (typeof executors)[number]) => {
    const answers: ReturnType<typeof alone>[] = [];
    for (let n = 0; n < 300; n++) {
      const command = commandOf(
        move,
        n % 3 === 2 ? { from: ann, to: bob, amount: 5n } : { from: id, to: ann, amount: 2n },
      );
      answers.push(alone(executor, id, command));
      if (n % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    return Promise.all(answers);
  };
  const answers = (await Promise.all(executors.map(load))).flat();
  expect(tallies().reduce((sum, { ahead }) => sum + ahead, 0)).toBeGreaterThan(0);
  const paid = answers.filter((answer, n) => n % 3 === 2 && 'body' in answer).length;
  expect(answers.filter((answer) => 'failed' in answer)).toEqual([]);
  const ask = (who: string) => commandOf(balanceOf, { owner: who });
  for (const executor of executors) {
    expect(await together(executor, id, [ask(ann), ask(bob)])).toEqual([
      { body: String(2 * 400 - 5 * paid) },
      { body: String(5 * paid) },
    ]);
  }
});

test.each([
  { does: 'moves on', sql: 'update ledger.journal set seq = seq + 1 where merchant_id = $1' },
  { does: 'begins anew', sql: `update ledger.journal set hash = 'another' where merchant_id = $1` },
  { does: 'is frozen', sql: `update ledger.journal set frozen_reason = 'looked at' where merchant_id = $1` },
])(
  'what was judged ahead, an acceptance or a refusal, falls when the journal $does in between',
  async ({ sql }) => {
    const { id } = await bench.merchant();
    const storage = journalsOf(bench.runtime);
    const nothing = { rows: [], count: 0 };
    for (const accepts of [true, false]) {
      const turn = await storage.begin(id);
      const before = await turn.lockHead();
      const between = { ...before, seq: before.seq + 1n, hash: Buffer.from('between') };
      await turn.commit(nothing, before, between);
      const after = accepts ? { ...between, seq: between.seq + 1n } : between;
      await owner.rows(sql, [id]);
      await expect(turn.commit(nothing, between, after)).rejects.toThrow('the journal was moved by another');
      await turn.end();
      await owner.rows('update ledger.journal set frozen_reason = null where merchant_id = $1', [id]);
    }
  },
);

test('a serialization failure, here a deadlock with a stranger, is tried again and happens once', async () => {
  const { id } = await bench.merchant();
  const ann = randomUUID();
  const give = commandOf(move, { from: id, to: ann, amount: 10n });
  await alone(bench.runtime.executor, id, give);
  const stranger = await connectAsOwner(bench.ownerUrl);
  try {
    // The stranger holds an account and then wants the journal; the executor has the journal and then wants the account.
    await stranger.rows(`set deadlock_timeout = '60s'`);
    await stranger.rows('begin');
    await stranger.rows('select id from ledger.account where merchant_id = $1 for update', [id]);
    const given = alone(bench.runtime.executor, id, give);
    await expect
      .poll(() =>
        owner.rows(`select count(*)::int as n from pg_locks where not granted`).then(([row]) => row?.n),
      )
      .toBe(1);
    await stranger.rows('select seq from ledger.journal where merchant_id = $1 for update', [id]);
    await stranger.rows('commit');
    expect(await given).toEqual({ body: '{"balances":["-20","20"]}' });
    expect(bench.runtime.executor.tally.retries).toBeGreaterThan(0);
  } finally {
    await stranger.close();
  }
});

test('a row that was changed behind the journal is a conflict: the batch is judged again over what is there', async () => {
  const { id } = await bench.merchant();
  const [ann, bob] = [randomUUID(), randomUUID()];
  const { executor } = bench.runtime;
  await alone(executor, id, commandOf(move, { from: id, to: ann, amount: 10n }));
  // What no service may do: a balance is changed without the log.
  await owner.rows(
    'update ledger.account set balance = 4, postings = postings + 1 where merchant_id = $1 and owner_id = $2',
    [id, ann],
  );
  expect(await alone(executor, id, commandOf(move, { from: ann, to: bob, amount: 5n }))).toEqual({
    refused: 'insufficient_balance',
  });
  expect(executor.tally.retries).toBe(1);
  // Of what was judged over the stale row nothing is left.
  const entries = await owner.rows(
    'select seq from ledger.activity where merchant_id = $1 and subject_id = $2',
    [id, bob],
  );
  expect(entries).toEqual([]);
});

test('what went back behind the journal is not given back again', async () => {
  const [card] = await shop.sell(1, 5_000);
  const paid = await pay(shop.merchant, card);
  const refund = (amount: number) =>
    shop.merchant.post(`/v1/redemptions/${String(paid.body.id)}/refunds`, { amount, reason: 'back' });
  expect((await refund(10)).status).toBe(201);
  await owner.rows(
    'update cards.redemption_return set returned = 60 where merchant_id = $1 and returned = 10',
    [shop.merchant.id],
  );
  expect((await refund(70)).body.code).toBe('refund_exceeds_redemption');
  expect(bench.runtime.executor.tally.retries).toBe(1);
});

test('a conflict that does not pass is given up after a bounded number of tries, and nothing is written', async () => {
  const [card] = await shop.sell(1, 5_000);
  const { merchant, storeId } = shop;
  const body = { code: card?.code, pin: card?.pin, amount: 100, currency: 'CNY', storeId, reference: 'H1' };
  const hold = await merchant.post<{ id: string }>('/v1/holds', body);
  expect(hold.status, hold.text).toBe(201);
  await merchant.post(`/v1/holds/${hold.body.id}/release`);
  const [row] = await owner.rows('select id from ledger.hold where merchant_id = $1', [merchant.id]);
  const before = await owner.rows('select seq from ledger.journal where merchant_id = $1', [merchant.id]);
  const came = await alone(
    bench.runtime.executor,
    merchant.id,
    commandOf(stale, { holdId: String(row?.id) }),
  );
  expect(came).toEqual({ failed: 'a hold has ended meanwhile' });
  expect(bench.runtime.executor.tally.retries).toBe(6);
  expect(await owner.rows('select seq from ledger.journal where merchant_id = $1', [merchant.id])).toEqual(
    before,
  );
});

/** A till at each process with the same key, both warm: each has the merchant's rows in memory. */
async function tills(): Promise<{
  here: ReturnType<TestBench['client']>;
  there: ReturnType<TestBench['client']>;
  keyId: string;
}> {
  const made = await shop.merchant.post<{ id: string; key: string }>('/v1/api-keys', {
    kind: 'secret',
    name: 'Till',
    role: 'clerk',
  });
  return { here: bench.client(made.body.key), there: second.client(made.body.key), keyId: made.body.id };
}

let references = 0;
const pay = (till: ReturnType<TestBench['client']>, card: CardInHand | undefined) =>
  till.post('/v1/redemptions', {
    code: card?.code,
    pin: card?.pin,
    amount: 100,
    currency: 'CNY',
    storeId: shop.storeId,
    reference: `P${references++}`,
  });

test('a key that another process revoked is refused at the very next command', async () => {
  const [card] = await shop.sell(1);
  const { here, there, keyId } = await tills();
  expect((await pay(here, card)).status).toBe(201);
  expect((await pay(there, card)).status).toBe(201);
  expect((await shop.merchant.post(`/v1/api-keys/${keyId}/revoke`)).status).toBe(200);
  expect((await pay(there, card)).body.code).toBe('unauthenticated');
  expect((await pay(here, card)).body.code).toBe('unauthenticated');
  expect((await there.get(`/v1/cards/${card?.id}`)).status).toBe(401);
});

test('a card that another process froze pays nothing at the very next command', async () => {
  const [card] = await shop.sell(1);
  const { here, there } = await tills();
  expect((await pay(there, card)).status).toBe(201);
  expect((await pay(here, card)).status).toBe(201);
  expect((await pay(there, card)).status).toBe(201);
  await shop.merchant.post(`/v1/cards/${card?.id}/freeze`, { reason: 'lost' });
  expect((await pay(there, card)).body.code).toBe('card_frozen');
  await second.client(shop.merchant.apiKey).post(`/v1/cards/${card?.id}/unfreeze`, { reason: 'found' });
  expect((await pay(here, card)).status).toBe(201);
});

test('a store that another process closed takes nothing at the very next command', async () => {
  const [card] = await shop.sell(1);
  const { here, there } = await tills();
  expect((await pay(there, card)).status).toBe(201);
  expect((await pay(here, card)).status).toBe(201);
  const closed = await shop.merchant.patch(`/v1/stores/${shop.storeId}`, { state: 'closed' });
  expect(closed.status, closed.text).toBe(200);
  expect((await pay(there, card)).body.code).toBe('store_closed');
  await second.client(shop.merchant.apiKey).patch(`/v1/stores/${shop.storeId}`, { state: 'open' });
  expect((await pay(here, card)).status).toBe(201);
});

test('cards that another process generated are found at once, though they were asked for in vain before', async () => {
  const [old] = await shop.sell(1);
  const next = String(Number(old?.serial) + 1).padStart(10, '0');
  const sale = (client: ReturnType<TestBench['client']>) =>
    client.post<{ activated: number }>('/v1/cards/activate', {
      cards: [{ serial: next }],
      storeId: shop.storeId,
      payment: { tender: 'cash', amount: 10_000, reference: 'S' },
    });
  const there = second.client(shop.merchant.apiKey);
  expect((await sale(there)).body.activated).toBe(0);
  await shop.issue(1);
  expect((await sale(there)).body.activated).toBe(1);
});
