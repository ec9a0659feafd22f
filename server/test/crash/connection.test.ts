import pg from 'pg';
import { afterAll, beforeAll, describe, type ExpectStatic, expect, test } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { until } from '../../src/platform/postgres/processes.ts';
import { type Client, openBench, type Reply, type TestBench } from '../harness.ts';
import { type DatabaseProxy, openProxy, type Verdict } from '../proxy.ts';
import { type CardInHand, openShop, type Shop } from '../shop.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** A service whose way to the database breaks when told to, and a shop that knows what must be on its cards. */
type Line = {
  readonly proxy: DatabaseProxy;
  readonly service: Awaited<ReturnType<TestBench['another']>>;
  readonly shop: Shop;
  readonly client: Client;
  /** Sends a batch of new commands at once. */
  send(): Promise<Reply[]>;
  /** Sends the last batch again under the same keys. */
  again(): Promise<Reply[]>;
  /** Fails unless each batch that was sent is on the cards exactly once. */
  settle(): Promise<void>;
  close(): Promise<void>;
};

type Command = { readonly path: string; readonly body: object };

async function openLine(query = ''): Promise<Line> {
  const proxy = await openProxy(bench.appUrl);
  const service = await bench.another(`${proxy.url(bench.appUrl)}${query}`);
  const shop = await openShop(bench);
  const cards = await shop.sell(3, 100_000);
  const client = service.client(shop.merchant.apiKey);
  // The key is known, the connection is there, the rows are in memory: what follows is about the batches alone.
  await client.post('/v1/verifications', { code: cards[0]?.code, pin: cards[0]?.pin });
  let batches = 0;
  const send = () =>
    Promise.all(batch(shop, cards, batches).map(({ path, body }, n) => post(client, path, body, n)));
  const post = (at: Client, path: string, body: object, n: number) => at.post(path, body, `K${batches}.${n}`);
  return {
    proxy,
    service,
    shop,
    client,
    send() {
      batches++;
      return send();
    },
    again: send,
    async settle() {
      const found = await Promise.all(cards.map(({ id }) => shop.merchant.get(`/v1/cards/${id}`)));
      const expected = [-100 - 20, -3, +7].map((change) => ({ balance: 100_000 + batches * change }));
      expect(found.map(({ body }) => body)).toMatchObject(expected);
      expect(found[2]?.body).toMatchObject({ held: batches * 9 });
      const books = await shop.merchant.get('/v1/ledger/trial-balance');
      expect(books.body).toMatchObject({ balanced: true });
    },
    async close() {
      await service.close();
      await proxy.close();
    },
  };
}

function batch(shop: Shop, cards: readonly CardInHand[], number: number): Command[] {
  const { storeId } = shop;
  const [first, second, third] = cards;
  const payment = (card: CardInHand | undefined, amount: number, n: number) => ({
    ...{ code: card?.code, pin: card?.pin, amount, currency: 'CNY', storeId },
    reference: `${number}.${n}`,
  });
  return [
    { path: '/v1/redemptions', body: payment(first, 100, 1) },
    { path: '/v1/redemptions', body: payment(first, 20, 2) },
    { path: '/v1/redemptions', body: payment(second, 3, 3) },
    {
      path: `/v1/cards/${third?.id}/reload`,
      body: { amount: 7, storeId, payment: { tender: 'cash', amount: 7, reference: 'P' } },
    },
    { path: '/v1/holds', body: payment(third, 9, 4) },
  ];
}

/** At the next COMMIT that carries a batch, once. */
function atCommit(verdict: Verdict): DatabaseProxy['judge'] {
  let done = false;
  return (text) => {
    if (done || text !== 'commit') return 'pass';
    done = true;
    return verdict;
  };
}

const statuses = (replies: readonly Reply[]) => replies.map(({ status, body }) => body.code ?? status);
const allDone = Array<number>(5).fill(201);

async function expectReplayed(expect: ExpectStatic, line: Line, replies: readonly Reply[]): Promise<void> {
  const again = await line.again();
  expect(again.map(({ text }) => text)).toEqual(replies.map(({ text }) => text));
  expect(again.every(({ headers }) => headers['idempotent-replayed'] === 'true')).toBe(true);
}

const rounds = 30;

// Each has a merchant and connections of its own, and mostly waits.
describe.concurrent('a way to the database that breaks', () => {
  test.for([{ verdict: 'cut answered' }, { verdict: 'cut behind' }, { verdict: 'cut before' }] as const)(
    'a batch whose COMMIT is "$verdict" is done once, and all its callers are told so',
    async ({ verdict }, { expect }) => {
      const line = await openLine();
      const { tally } = line.service.runtime.executor;
      for (let round = 1; round <= rounds; round++) {
        line.proxy.judge = atCommit(verdict);
        const replies = await line.send();
        expect(statuses(replies)).toEqual(allDone);
        expect(tally.ambiguous).toBe(round);
        await expectReplayed(expect, line, replies);
      }
      if (verdict === 'cut answered') expect(tally.retries).toBe(0);
      if (verdict === 'cut before') expect(tally.retries).toBe(rounds);
      await line.settle();
      await line.close();
    },
  );

  test('a connection cut at any statement harms nobody: each batch is done once, at the latest when asked again', async ({
    expect,
  }) => {
    const line = await openLine();
    const seed = Number(process.env.SCRIP_CRASH_SEED ?? Date.now());
    const random = seededRandom(seed);
    const oneIn = (n: number) => (random(1)[0] ?? 0) % n === 0;
    for (let round = 1; round <= rounds; round++) {
      const cuts = ['cut before', 'cut behind', 'cut answered'] as const;
      line.proxy.judge = () => (oneIn(24) ? (cuts[(random(1)[0] ?? 0) % 3] ?? 'pass') : 'pass');
      let replies = await line.send();
      line.proxy.judge = () => 'pass';
      for (const code of statuses(replies))
        expect([201, 'unavailable', 'outcome_unknown'], `seed ${seed}`).toContain(code);
      if (replies.some(({ status }) => status !== 201)) replies = await line.again();
      expect(statuses(replies), `seed ${seed}`).toEqual(allDone);
      await expectReplayed(expect, line, replies);
    }
    await line.settle();
    await line.close();
  });

  test('merchants whose answers to COMMIT are lost all at once do not wait for each other’s connections', async ({
    expect,
  }) => {
    const line = await openLine();
    // More than the service has connections to write by.
    const tills: (() => Promise<Reply>)[] = [];
    for (let n = 0; n < 6; n++) {
      const shop = await openShop(bench);
      const sold = await shop.sell(1);
      const till = line.service.client(shop.merchant.apiKey);
      await till.post('/v1/verifications', { code: sold[0]?.code, pin: sold[0]?.pin });
      tills.push(() => till.post('/v1/redemptions', { ...batch(shop, sold, 0)[0]?.body }, 'once'));
    }
    const pay = () => Promise.all(tills.map((ask) => ask()));
    let cuts = 0;
    line.proxy.judge = (text) => (text === 'commit' && ++cuts <= tills.length ? 'cut answered' : 'pass');
    const replies = await pay();
    expect(statuses(replies)).toEqual(tills.map(() => 201));
    expect(line.service.runtime.executor.tally.ambiguous).toBe(tills.length);
    expect((await pay()).map(({ text }) => text)).toEqual(replies.map(({ text }) => text));
    await line.close();
  });

  test('a slow way to the database costs time and nothing else', async ({ expect }) => {
    const line = await openLine();
    line.proxy.delayMs = 15;
    for (let round = 0; round < 5; round++) expect(statuses(await line.send())).toEqual(allDone);
    line.proxy.delayMs = 0;
    expect(line.service.runtime.executor.tally).toMatchObject({ ambiguous: 0, retries: 0 });
    await line.settle();
    await line.close();
  });

  test('a database that cannot be reached is said to be unavailable, nothing is done, and later everything is', async ({
    expect,
  }) => {
    const line = await openLine();
    line.proxy.isDown = true;
    line.proxy.judge = () => 'cut before';
    expect(statuses(await line.send())).toEqual(Array(5).fill('unavailable'));
    line.proxy.isDown = false;
    line.proxy.judge = () => 'pass';
    expect(statuses(await line.again())).toEqual(allDone);
    await line.settle();
    await line.close();
  });

  test.for([
    { cut: 'pg_cancel_backend', replies: Array(5).fill('unavailable') },
    { cut: 'pg_terminate_backend', replies: allDone },
  ])(
    'a batch that an operator cuts off by $cut leaves nothing, and is done once after all',
    async ({ cut, replies }, { expect }) => {
      const line = await openLine();
      const owner = new pg.Client({ connectionString: bench.ownerUrl });
      await owner.connect();
      await owner.query('begin');
      await owner.query('select seq from ledger.journal where merchant_id = $1 for update', [
        line.shop.merchant.id,
      ]);
      const sent = line.send();
      const isCut = await until(4_000, async () => {
        const { rows } = await owner.query<{ cut: boolean }>(
          `select ${cut}(pid) as cut from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))`,
        );
        return rows[0]?.cut;
      });
      expect(isCut).toBe(true);
      await owner.query('rollback');
      await owner.end();
      expect(statuses(await sent)).toEqual(replies);
      expect(statuses(await line.again())).toEqual(allDone);
      await line.settle();
      await line.close();
    },
  );

  test('a database that says nothing is not ready, and is again once it answers', async ({ expect }) => {
    const line = await openLine('?query_timeout=4000');
    const ready = async () => (await line.client.get('/readyz')).status;
    expect(await ready()).toBe(200);
    line.proxy.judge = () => 'freeze before';
    expect(await ready()).toBe(503);
    line.proxy.judge = () => 'pass';
    while ((await ready()) !== 200) expect(line.proxy.isDown).toBe(false);
    await line.close();
  });

  test('a connection that falls silent after COMMIT is given up, and the log is asked', async ({
    expect,
  }) => {
    const line = await openLine('?query_timeout=300');
    for (let round = 1; round <= 5; round++) {
      line.proxy.judge = atCommit('freeze answered');
      const replies = await line.send();
      expect(statuses(replies)).toEqual(allDone);
      expect(line.service.runtime.executor.tally.ambiguous).toBe(round);
      await expectReplayed(expect, line, replies);
    }
    await line.settle();
    await line.close();
  });

  test('a connection that falls silent before COMMIT is undone by the server, and the batch is done anew', async ({
    expect,
  }) => {
    const line = await openLine('?query_timeout=6000');
    line.proxy.judge = atCommit('freeze before');
    const replies = await line.send();
    expect(statuses(replies)).toEqual(allDone);
    expect(line.service.runtime.executor.tally).toMatchObject({ ambiguous: 1 });
    await line.settle();
    await line.close();
  });

  test('a COMMIT that nobody can be asked about is outcome_unknown, and is told when asked again', async ({
    expect,
  }) => {
    const line = await openLine();
    line.proxy.judge = (text) => {
      if (text !== 'commit') return 'pass';
      line.proxy.isDown = true;
      return 'cut answered';
    };
    expect(statuses(await line.send())).toEqual(Array(5).fill('outcome_unknown'));
    line.proxy.isDown = false;
    line.proxy.judge = () => 'pass';
    const replies = await line.again();
    expect(statuses(replies)).toEqual(allDone);
    expect(replies.every(({ headers }) => headers['idempotent-replayed'] === 'true')).toBe(true);
    await line.settle();
    await line.close();
  });
});
