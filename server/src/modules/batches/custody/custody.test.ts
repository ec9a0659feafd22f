import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client, Reply, TestBench } from '../../../../test/harness.ts';
import { type Batch, openPress, type Press, uuidOf } from '../../../../test/press.ts';

let press: Press;
let second: Awaited<ReturnType<TestBench['another']>>;
let here: Client;
let there: Client;
let storeId: string;
let otherStoreId: string;

beforeAll(async () => {
  press = await openPress();
  second = await press.bench.another();
  here = press.shop.merchant;
  there = second.client(press.shop.merchant.apiKey);
  ({ storeId, otherStoreId } = press.shop);
});
afterAll(async () => {
  expect(press.bench.errors).toStrictEqual([]);
  await second.close();
  await press.close();
});

type Verb = 'receive' | 'allocate' | 'recall' | 'accept' | 'return';
type Range = {
  from: string;
  to: string;
  quantity: number;
  place: string;
  storeId: string | null;
  sold: number;
};

/** Cards with their codes out at the printer. */
async function printed(quantity: number): Promise<Batch> {
  const batch = await press.order(quantity);
  await press.bench.runJobs();
  expect((await press.release(batch)).status).toBe(200);
  return batch;
}

const nth = ({ firstSerial }: Batch, n: number) =>
  String(BigInt(firstSerial) + BigInt(n) - 1n).padStart(10, '0');
/** A move of the cards from the `from`th to the `to`th of the batch. */
const move = (batch: Batch, verb: Verb, from: number, to: number, store?: string, client = here) =>
  client.post<Range & { code?: string }>(`/v1/card-batches/${batch.id}/custody/${verb}`, {
    ...{ from: nth(batch, from), to: nth(batch, to) },
    ...(store === undefined ? {} : { [/^(allocate|recall)$/.test(verb) ? 'toStoreId' : 'storeId']: store }),
  });

/** Where the cards are, as [from, to, place, store]; each card that was received in one range and no more. */
async function whereIs(batch: Batch) {
  const { items, received } = (
    await here.get<{ items: Range[]; received: number }>(`/v1/card-batches/${batch.id}/custody`)
  ).body;
  const place = (serial: string) => Number(BigInt(serial) - BigInt(batch.firstSerial)) + 1;
  const ranges = items.map((one) => [place(one.from), place(one.to), one.place, one.storeId] as const);
  const cards = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, n) => from + n));
  expect(new Set(cards).size).toBe(received);
  expect(cards).toHaveLength(received);
  return ranges;
}

async function refuses(batch: Batch, code: string, ask: () => Promise<Reply>): Promise<void> {
  const before = await whereIs(batch);
  const { body, status } = await ask();
  expect([body.code, status < 500]).toStrictEqual([code, true]);
  expect(await whereIs(batch)).toStrictEqual(before);
}

test('a batch goes from the printer to HQ, to a store, which confirms it, and back; each card is in one place', async () => {
  const batch = await printed(100);
  expect(await whereIs(batch)).toStrictEqual([]);
  expect((await move(batch, 'receive', 1, 100)).body).toMatchObject({ quantity: 100, storeId: null });
  await move(batch, 'allocate', 11, 60, storeId);
  await move(batch, 'allocate', 61, 70, otherStoreId);
  expect(await whereIs(batch)).toStrictEqual([
    [1, 10, 'hq', null],
    [11, 60, 'sent', storeId],
    [61, 70, 'sent', otherStoreId],
    [71, 100, 'hq', null],
  ]);
  await move(batch, 'accept', 11, 50, storeId);
  await move(batch, 'recall', 51, 60, storeId);
  await move(batch, 'return', 31, 40, storeId);
  expect(await whereIs(batch)).toStrictEqual([
    [1, 10, 'hq', null],
    [11, 30, 'held', storeId],
    [31, 40, 'returning', storeId],
    [41, 50, 'held', storeId],
    [51, 60, 'hq', null],
    [61, 70, 'sent', otherStoreId],
    [71, 100, 'hq', null],
  ]);
  await move(batch, 'receive', 31, 40);
  const log = await here.get<{
    items: { type: string; storeId: string | null; details: { quantity: number } }[];
  }>(`/v1/activities?subjectId=${batch.id}&limit=8`);
  expect(log.body.items.filter(({ type }) => type.startsWith('custody.'))).toMatchObject([
    { type: 'custody.received', details: { quantity: 10 } },
    { type: 'custody.returned', storeId, details: { quantity: 10 } },
    { type: 'custody.recalled', storeId, details: { quantity: 10 } },
    { type: 'custody.accepted', storeId, details: { quantity: 40 } },
    { type: 'custody.allocated', storeId: otherStoreId, details: { quantity: 10 } },
    { type: 'custody.allocated', storeId, details: { quantity: 50 } },
    { type: 'custody.received', details: { quantity: 100 } },
  ]);
});

test('what overlaps, comes twice, is of another batch or elsewhere is refused and moves nothing', async () => {
  const batch = await printed(50);
  const unreleased = await press.order(10);
  await press.bench.runJobs();
  await refuses(unreleased, 'batch_not_released', () => move(unreleased, 'receive', 1, 10));
  await refuses(batch, 'custody_elsewhere', () => move(batch, 'allocate', 1, 10, storeId));
  await move(batch, 'receive', 1, 20);
  await refuses(batch, 'custody_received_already', () => move(batch, 'receive', 1, 20));
  await refuses(batch, 'custody_received_already', () => move(batch, 'receive', 20, 30));
  await refuses(batch, 'custody_elsewhere', () => move(batch, 'allocate', 20, 21, storeId));
  await refuses(batch, 'serials_not_of_batch', () => move(batch, 'receive', 50, 51));
  await refuses(batch, 'serials_not_of_batch', () => move(batch, 'receive', 30, 29));
  await refuses(batch, 'serials_not_of_batch', () => move(batch, 'receive', 0, 1));
  await move(batch, 'allocate', 1, 10, storeId);
  await refuses(batch, 'custody_elsewhere', () => move(batch, 'allocate', 10, 11, otherStoreId));
  await refuses(batch, 'custody_elsewhere', () => move(batch, 'accept', 1, 10, otherStoreId));
  await refuses(batch, 'custody_elsewhere', () => move(batch, 'accept', 1, 11, storeId));
  await refuses(batch, 'custody_elsewhere', () => move(batch, 'return', 1, 10, storeId));
  await refuses(batch, 'custody_received_already', () => move(batch, 'receive', 1, 10));
  await move(batch, 'accept', 1, 10, storeId);
  await refuses(batch, 'custody_elsewhere', () => move(batch, 'accept', 1, 10, storeId));
  await refuses(batch, 'custody_elsewhere', () => move(batch, 'recall', 1, 10, storeId));
  await refuses(batch, 'store_not_found', () => move(batch, 'allocate', 11, 12, `store_${'0'.repeat(26)}`));
  const made = await here.post<{ key: string }>('/v1/api-keys', {
    ...{ name: 'clerk', role: 'clerk' },
    storeIds: [otherStoreId],
  });
  const clerk = press.bench.client(made.body.key);
  await refuses(batch, 'store_out_of_scope', () => move(batch, 'return', 1, 10, storeId, clerk));
  await refuses(batch, 'permission_denied', () => move(batch, 'receive', 30, 40, undefined, clerk));
});

test('of 20 allocations of the same cards at once, from two processes, one has them', async () => {
  for (const verb of ['receive', 'allocate', 'accept'] as const) {
    const batch = await printed(40);
    if (verb !== 'receive') await move(batch, 'receive', 1, 40);
    if (verb === 'accept') await move(batch, 'allocate', 1, 40, storeId);
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const store =
          verb === 'receive' ? undefined : verb === 'accept' || n % 4 < 2 ? storeId : otherStoreId;
        // All overlap in the cards from the 20th to the 21st.
        return move(batch, verb, 1 + (n % 20), 21 + (n % 20), store, n % 2 === 0 ? here : there);
      }),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    const codes = new Set(replies.flatMap(({ body }) => body.code ?? []));
    expect([...codes]).toStrictEqual([verb === 'receive' ? 'custody_received_already' : 'custody_elsewhere']);
    await whereIs(batch);
  }
});

test('where stores sell only what they hold, a card is sold by its holder alone, and the counts say who sold how many', async () => {
  const batch = await printed(30);
  await move(batch, 'receive', 1, 30);
  await move(batch, 'allocate', 1, 20, storeId);
  await move(batch, 'accept', 1, 10, storeId);
  const sell = (from: number, to: number, store: string) =>
    here.post<{ activated: number; rejected: { reason: string }[] }>('/v1/cards/activate', {
      range: { from: nth(batch, from), to: nth(batch, to) },
      storeId: store,
      payment: { tender: 'cash', amount: 10_000 * (to - from + 1), reference: `C${from}-${to}` },
      allOrNone: true,
    });
  // Off, as it is at first: nobody asks.
  expect((await here.get('/v1/custody-rule')).body).toStrictEqual({ sellOnlyHeld: false });
  expect((await sell(30, 30, otherStoreId)).body).toMatchObject({ activated: 1 });
  expect((await here.patch('/v1/custody-rule', { sellOnlyHeld: true })).status).toBe(200);
  for (const [from, to, store] of [
    [1, 2, otherStoreId],
    [10, 11, storeId],
    [11, 12, storeId],
    [25, 26, storeId],
  ] as const) {
    const { activated, rejected } = (await sell(from, to, store)).body;
    expect([activated, rejected.at(-1)?.reason]).toStrictEqual([0, 'card_not_held_here']);
  }
  const quoted = await here.post<{ rejected: { reason: string }[] }>('/v1/activation-quotes', {
    range: { from: nth(batch, 9), to: nth(batch, 12) },
    storeId,
  });
  expect(quoted.body.rejected.map(({ reason }) => reason)).toStrictEqual(Array(2).fill('card_not_held_here'));
  expect((await sell(1, 3, storeId)).body).toMatchObject({ activated: 3 });
  const ofStore = await here.get<{ items: Range[] }>(`/v1/custody?storeId=${storeId}`);
  expect(ofStore.body.items.filter((one) => one.from >= batch.firstSerial)).toMatchObject([
    { place: 'held', quantity: 10, sold: 3 },
    { place: 'sent', quantity: 10, sold: 0 },
  ]);
  // Sent back while it is being sold, from two processes: sold first, or back first, and never sold once it is back.
  const [sold, back] = await Promise.all([sell(5, 5, storeId), move(batch, 'return', 5, 5, storeId, there)]);
  expect(back.status).toBe(200);
  expect([0, 1]).toContain(sold.body.activated);
  expect((await sell(6, 6, storeId)).body).toMatchObject({ activated: 1 });
  await here.patch('/v1/custody-rule', { sellOnlyHeld: false });
});

test('a batch is kept apart in 2,000 ranges and no more', async () => {
  const batch = await printed(4_100);
  await press.owner.query(
    `insert into cards.holding (merchant_id, batch_id, first_serial, last_serial, place, store_id, since)
     select $1, $2, $3::bigint + 2 * n, $3::bigint + 2 * n, 'hq', null, now() from generate_series(0, 1998) as n`,
    [press.shop.merchant.id, uuidOf(batch), batch.firstSerial],
  );
  expect((await move(batch, 'receive', 4_050, 4_060)).status).toBe(200);
  await refuses(batch, 'custody_too_fine', () => move(batch, 'receive', 4_090, 4_100));
  await refuses(batch, 'custody_too_fine', () => move(batch, 'allocate', 4_052, 4_053, storeId));
  expect((await move(batch, 'allocate', 4_050, 4_060, storeId)).status).toBe(200);
});
