import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { alone, commandOf, inTurn, together } from '../../../test/command.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { connectAsOwner, type Owner } from '../../../test/owner.ts';
import { balanceOf, broken, chain, clash, move, unreadable } from '../../../test/trials.ts';

// The executor over PostgreSQL, with use cases that show one thing each.

let bench: TestBench;
let owner: Owner;
let merchantId: string;
let executor: TestBench['runtime']['executor'];

beforeAll(async () => {
  bench = await openBench();
  owner = await connectAsOwner(bench.ownerUrl);
  executor = bench.runtime.executor;
});
afterAll(async () => {
  await owner.close();
  await bench.close();
});
beforeEach(async () => {
  merchantId = (await bench.merchant()).id;
  Object.assign(executor.tally, { batches: 0, ahead: 0, commands: 0, retries: 0, splits: 0, ambiguous: 0 });
});

const [ann, bob, eve] = [randomUUID(), randomUUID(), randomUUID()];
const give = (to: string, amount: bigint) => commandOf(move, { from: merchantId, to, amount });
const pay = (from: string, to: string, amount: bigint) => commandOf(move, { from, to, amount });
const holdings = async () => {
  const asked = [ann, bob, eve].map((who) => commandOf(balanceOf, { owner: who }));
  return (await together(executor, merchantId, asked)).map((came) => ('body' in came ? came.body : came));
};
const journal = async () => {
  const [head] = await owner.rows(
    `select j.seq, (select count(*) from ledger.activity a where a.merchant_id = j.merchant_id) as entries,
       (select max(a.seq) from ledger.activity a where a.merchant_id = j.merchant_id) as last,
       (select coalesce(sum(p.amount), 0) from ledger.posting p where p.merchant_id = j.merchant_id) as sum
     from ledger.journal j where j.merchant_id = $1`,
    [merchantId],
  );
  return head;
};
/** The log has every number up to the head's, no further, and its postings sum to zero. */
const expectWholeJournal = async () => {
  const head = await journal();
  expect(head).toEqual({ seq: head?.entries, entries: head?.seq, last: head?.seq, sum: '0' });
};

test('a batch comes to what its commands come to alone, in that order', async () => {
  const commands = () => [
    give(ann, 100n),
    pay(ann, bob, 60n),
    pay(ann, bob, 60n), // refused: too little is left
    pay(bob, eve, 50n),
    pay(bob, ann, 20n), // refused
    pay(eve, ann, 50n),
    pay(ann, bob, 60n), // now it goes
    give(eve, 7n),
  ];
  const batched = await together(executor, merchantId, commands());
  expect(executor.tally).toMatchObject({ batches: 1, commands: 8, retries: 0, splits: 0 });
  const together_ = await holdings();
  await expectWholeJournal();

  merchantId = (await bench.merchant()).id;
  const single = await inTurn(executor, merchantId, commands());
  expect(single).toEqual(batched);
  expect(await holdings()).toEqual(together_);
  expect(together_).toEqual(['30', '70', '7']);
});

test('what arrives while a batch is being committed is the next batch', async () => {
  const first = together(executor, merchantId, [give(ann, 1n), give(ann, 1n)]);
  await new Promise((resolve) => setImmediate(resolve));
  const second = together(executor, merchantId, [give(ann, 1n), give(ann, 1n), give(ann, 1n)]);
  await Promise.all([first, second]);
  expect(executor.tally).toMatchObject({ batches: 2, commands: 5 });
  expect(await holdings()).toEqual(['5', '0', '0']);
});

test('a refused command leaves nothing behind', async () => {
  await together(executor, merchantId, [give(ann, 10n)]);
  const before = await journal();
  expect(await together(executor, merchantId, [pay(ann, bob, 11n), pay(eve, ann, 1n)])).toEqual([
    { refused: 'insufficient_balance' },
    { refused: 'insufficient_balance' },
  ]);
  expect(await journal()).toEqual(before);
  const accounts = await owner.rows(
    'select owner_id from ledger.account where merchant_id = $1 order by owner_id',
    [merchantId],
  );
  expect(accounts.map((account) => account.owner_id)).toEqual([ann, merchantId].sort());
});

test.each([['needs'], ['decide'], ['second activity']] as const)(
  'a command that throws in %s fails alone',
  async (at) => {
    await together(executor, merchantId, [give(ann, 10n)]);
    const answers = await together(executor, merchantId, [
      pay(ann, bob, 1n),
      commandOf(broken, { at, owner: ann }),
      pay(ann, bob, 2n),
      commandOf(broken, { at, owner: ann }),
    ]);
    expect(answers.map((answer) => Object.keys(answer)[0])).toEqual(['body', 'failed', 'body', 'failed']);
    expect(await holdings()).toEqual(['7', '3', '0']);
    await expectWholeJournal();
    // And the merchant goes on.
    expect(await together(executor, merchantId, [pay(ann, bob, 3n)])).toEqual([
      { body: '{"balances":["4","6"]}' },
    ]);
    await expectWholeJournal();
  },
);

test('a constraint broken at the write splits the batch until the command at fault stands alone', async () => {
  await together(executor, merchantId, [give(ann, 100n)]);
  const good = Array.from({ length: 9 }, () => pay(ann, bob, 1n));
  const answers = await together(executor, merchantId, [
    ...good.slice(0, 3),
    commandOf(clash, { owner: ann }),
    ...good.slice(3),
    commandOf(clash, { owner: bob }),
  ]);
  expect(answers.map((answer) => Object.keys(answer)[0])).toEqual([
    ...['body', 'body', 'body', 'failed'],
    ...['body', 'body', 'body', 'body', 'body', 'body', 'failed'],
  ]);
  expect(executor.tally.splits).toBeGreaterThan(0);
  expect(executor.tally.retries).toBe(0);
  expect(await holdings()).toEqual(['91', '9', '0']);
  await expectWholeJournal();
});

/** Commands that go on arriving while earlier ones are being written. */
async function trickle(commands: readonly ReturnType<typeof give>[]) {
  const answers: ReturnType<typeof alone>[] = [];
  for (const command of commands) {
    answers.push(alone(executor, merchantId, command));
    if (answers.length % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return Promise.all(answers);
}

test('what is judged while the batch before is being written comes to what it comes to alone', async () => {
  const commands = () =>
    Array.from({ length: 400 }, (_, n) => (n % 3 === 2 ? pay(ann, bob, 3n) : give(ann, 1n)));
  const first = await trickle(commands());
  expect(executor.tally.ahead).toBeGreaterThan(0);
  expect(executor.tally).toMatchObject({ commands: 400, retries: 0 });
  const holdings_ = await holdings();
  await expectWholeJournal();

  merchantId = (await bench.merchant()).id;
  expect(await inTurn(executor, merchantId, commands())).toEqual(first);
  expect(await holdings()).toEqual(holdings_);
});

test('a batch behind one that failed is judged again, and nobody is told what did not happen', async () => {
  await together(executor, merchantId, [give(ann, 1_000n)]);
  const commands = Array.from({ length: 200 }, (_, n) =>
    n % 20 === 10 ? commandOf(clash, { owner: ann }) : pay(ann, bob, 1n),
  );
  const answers = await trickle(commands);
  expect(executor.tally.splits).toBeGreaterThan(0);
  expect(answers.filter((answer) => 'failed' in answer)).toHaveLength(10);
  // Each answer that was given is one that stands: balances fall one by one, and none is told twice.
  const told = answers.flatMap((answer) => ('body' in answer ? [JSON.parse(answer.body).balances[1]] : []));
  expect(told).toEqual(Array.from({ length: 190 }, (_, n) => String(n + 1)));
  expect(await holdings()).toEqual(['810', '190', '0']);
  await expectWholeJournal();
});

test('a command that asks for what the database cannot read fails alone', async () => {
  const answers = await together(executor, merchantId, [
    give(ann, 5n),
    commandOf(unreadable, {}),
    give(bob, 5n),
  ]);
  expect(answers.map((answer) => Object.keys(answer)[0])).toEqual(['body', 'failed', 'body']);
  expect(await holdings()).toEqual(['5', '5', '0']);
  await expectWholeJournal();
});

test('a command may be led from row to row as far as a card may have been replaced', async () => {
  const owners = Array.from({ length: 110 }, () => randomUUID());
  await together(
    executor,
    merchantId,
    owners.map((to) => give(to, 1n)),
  );
  const another = await bench.another();
  try {
    const far = commandOf(chain, { owners });
    expect(await alone(another.runtime.executor, merchantId, far)).toEqual({ body: '110' });
  } finally {
    await another.close();
  }
});

test('more commands than a batch takes are several batches, in order', async () => {
  const answers = await together(
    executor,
    merchantId,
    Array.from({ length: 450 }, () => give(ann, 1n)),
  );
  expect(answers.map((answer) => ('body' in answer ? JSON.parse(answer.body).balances[1] : answer))).toEqual(
    Array.from({ length: 450 }, (_, n) => String(n + 1)),
  );
  expect(executor.tally.batches).toBe(3);
  await expectWholeJournal();
});

test('merchants do not see each other: neither rows nor idempotency keys', async () => {
  const other = (await bench.merchant()).id;
  await together(executor, merchantId, [give(ann, 10n)]);
  expect(await alone(executor, other, commandOf(balanceOf, { owner: ann }))).toEqual({ body: '0' });
  expect(await alone(executor, other, commandOf(move, { from: ann, to: bob, amount: 1n }))).toEqual({
    refused: 'insufficient_balance',
  });
  const key = { idempotencyKey: 'same' };
  await alone(executor, merchantId, commandOf(move, { from: merchantId, to: ann, amount: 1n }, key));
  expect(await alone(executor, other, commandOf(move, { from: other, to: eve, amount: 2n }, key))).toEqual({
    body: '{"balances":["-2","2"]}',
  });
});

test('a merchant that is not there is nobody', async () => {
  expect(await alone(executor, randomUUID(), commandOf(balanceOf, { owner: ann }))).toEqual({
    refused: 'unauthenticated',
  });
});
