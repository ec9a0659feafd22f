import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { cameOf, commandOf, together } from '../../../test/command.ts';
import { balanceOf, move } from '../../../test/trials.ts';
import { openTwin } from '../../../test/twin.ts';
import { executorDefaults } from './executor.ts';

test('commands beyond the queue limit are turned away as overloaded, and those in it are carried out', async () => {
  const twin = openTwin({ settings: { ...executorDefaults, queueMax: 5, batchMax: 2 } });
  const ann = randomUUID();
  const give = () => commandOf(move, { from: twin.merchantId, to: ann, amount: 1n });
  const answers = await together(twin.executor, twin.merchantId, Array.from({ length: 8 }, give));
  expect(answers.filter((answer) => 'body' in answer)).toHaveLength(5);
  expect(answers.slice(5)).toEqual(Array.from({ length: 3 }, () => ({ refused: 'overloaded' })));
  expect(await together(twin.executor, twin.merchantId, [commandOf(balanceOf, { owner: ann })])).toEqual([
    { body: '5' },
  ]);
});

test('one merchant that is overloaded does not turn another away', async () => {
  const twin = openTwin({ settings: { ...executorDefaults, queueMax: 1 } });
  const other = twin.open();
  const ann = randomUUID();
  const give = (from: string) =>
    twin.executor.run(from, commandOf(move, { from, to: ann, amount: 1n })).then(cameOf);
  const [first, refusedOne, neighbour] = await Promise.all([
    give(twin.merchantId),
    give(twin.merchantId),
    give(other),
  ]);
  expect([first, refusedOne, neighbour].map((came) => Object.keys(came)[0])).toEqual([
    'body',
    'refused',
    'body',
  ]);
});

test('what stays in memory between batches has one limit for all merchants, and nobody is told otherwise for it', async () => {
  const settings = { ...executorDefaults, keptMax: 60 };
  const twin = openTwin({ settings });
  const merchants = Array.from({ length: 20 }, () => twin.open());
  const ann = randomUUID();
  const give = (from: string) =>
    twin.executor.run(from, commandOf(move, { from, to: ann, amount: 1n })).then(cameOf);
  for (const round of [merchants, merchants.toReversed(), merchants]) {
    await Promise.all(round.map(give));
    await twin.executor.drain();
    expect(twin.executor.tally.kept).toBeGreaterThan(0);
    expect(twin.executor.tally.kept).toBeLessThanOrEqual(settings.keptMax);
  }
  for (const from of merchants) {
    const [came] = await together(twin.executor, from, [commandOf(balanceOf, { owner: ann })]);
    expect(came).toEqual({ body: '3' });
  }
});

test('draining waits for all that is under way', async () => {
  const twin = openTwin();
  const ann = randomUUID();
  const given = together(
    twin.executor,
    twin.merchantId,
    Array.from({ length: 500 }, () => commandOf(move, { from: twin.merchantId, to: ann, amount: 1n })),
  );
  await twin.executor.drain();
  expect(twin.executor.tally.commands).toBe(500);
  expect((await given).every((answer) => 'body' in answer)).toBe(true);
});

test('a frozen ledger moves nothing, and says so', async () => {
  const twin = openTwin();
  twin.storage.open(twin.merchantId, {
    seq: 0n,
    hash: Buffer.alloc(32),
    frozenReason: 'account 1 does not add up',
  });
  const answers = await together(twin.executor, twin.merchantId, [
    commandOf(move, { from: twin.merchantId, to: randomUUID(), amount: 1n }),
  ]);
  expect(answers).toEqual([{ refused: 'ledger_frozen' }]);
});

test('the hash of an entry covers all that came before it, back to the beginning', async () => {
  const headAfter = async (genesis: number) => {
    const twin = openTwin({ seed: 3 });
    twin.storage.open(twin.merchantId, { seq: 0n, hash: Buffer.alloc(32, genesis), frozenReason: null });
    const ann = '01900000-0000-7000-8000-000000000001';
    const give = commandOf(move, { from: twin.merchantId, to: ann, amount: 1n });
    await together(twin.executor, twin.merchantId, [give, give]);
    return twin.storage.head(twin.merchantId);
  };
  expect(await headAfter(1)).toEqual(await headAfter(1));
  expect(await headAfter(1)).not.toEqual(await headAfter(2));
});
