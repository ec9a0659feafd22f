import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandOf } from '../../../../test/command.ts';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { type CardInHand, openShop, type Shop } from '../../../../test/shop.ts';
import { keysOf } from '../../../platform/config/keys.ts';
import { allMerchants, read } from '../../../platform/db/read.ts';
import { noteOperation } from '../note.ts';
import { allJournals } from './journal/store.ts';
import { verifyWhole } from './verify.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

function verifyNow(shop: Shop) {
  const book = { merchantId: shop.merchant.id, chainKeys: keysOf(bench.runtime.keys.chain) };
  return read(bench.runtime.readers, book.merchantId, (db) => verifyWhole(db, book, undefined));
}

/** Uses a card in every way that moves or reserves value. */
async function use({ merchant, storeId, otherStoreId }: Shop, card: CardInHand, n: number): Promise<void> {
  const at = {
    code: card.code,
    pin: card.pin,
    currency: 'CNY',
    storeId: n % 2 === 0 ? storeId : otherStoreId,
  };
  const paid = await merchant.post('/v1/redemptions', {
    ...at,
    amount: 100 + n,
    reference: `T${card.serial}-${n}`,
  });
  const held = await merchant.post('/v1/holds', { ...at, amount: 200, reference: `H${card.serial}-${n}` });
  await merchant.post(`/v1/redemptions/${paid.body.id}/refunds`, { amount: 50, reason: 'returned' });
  await merchant.post(`/v1/holds/${held.body.id}/${n % 3 === 0 ? 'release' : 'capture'}`, {});
  if (n % 4 === 0) await merchant.post(`/v1/cards/${card.id}/adjust`, { amount: -5, reason: 'count' });
}

test('while the service writes, neither the job nor a full verification sees a fault', async () => {
  const shop = await openShop(bench);
  const cards = await shop.sell(20, 50_000);
  let isOver = false;
  const load = Promise.all(
    cards.map(async (card) => {
      for (let n = 0; n < 12; n++) await use(shop, card, n);
    }),
  ).finally(() => {
    isOver = true;
  });
  let rounds = 0;
  while (!isOver || rounds < 3) {
    bench.time.now = new Date(bench.time.now.getTime() + 60_000);
    await bench.runJobs('ledger.verify');
    expect((await verifyNow(shop))?.findings).toEqual([]);
    rounds++;
  }
  await load;
  await bench.runJobs('ledger.verify');
  const whole = await verifyNow(shop);
  expect(whole?.findings).toEqual([]);
  expect(whole?.journal).toMatchObject({ frozenReason: null, verifiedSeq: whole?.journal.seq });
  // Every card was redeemed, held, refunded and captured or released twelve times.
  expect(whole?.journal.seq).toBeGreaterThan(20n * 12n * 4n);
  expect(bench.errors).toEqual([]);
});

test('how far a log was verified is noted while a batch holds its lock', async () => {
  const shop = await openShop(bench);
  await shop.sell(1);
  const batch = new pg.Client({ connectionString: bench.ownerUrl });
  await batch.connect();
  try {
    await batch.query('begin');
    await batch.query('select 1 from ledger.journal where merchant_id = $1 for update', [shop.merchant.id]);
    await bench.runJobs('ledger.verify');
  } finally {
    await batch.end();
  }
  const journal = (await verifyNow(shop))?.journal;
  expect(journal?.seq).toBeGreaterThan(0n);
  expect(journal?.verifiedSeq).toBe(journal?.seq);
});

test('entries under an older key of the chain hold, those under an unknown one do not', async () => {
  const shop = await openShop(bench);
  await shop.sell(2);
  const [current] = keysOf(bench.runtime.keys.chain);
  const [other] = keysOf(bench.runtime.keys.code);
  if (!current || !other) throw new Error('a ring has a key');
  const verifyUnder = (chainKeys: (typeof current)[]) =>
    read(bench.runtime.readers, shop.merchant.id, (db) =>
      verifyWhole(db, { merchantId: shop.merchant.id, chainKeys }, undefined),
    );
  expect((await verifyUnder([other, current]))?.findings).toEqual([]);
  expect((await verifyUnder([other]))?.findings).toContainEqual(
    expect.objectContaining({ check: 'log_chain', seq: 1n }),
  );
});

test('what the operator did to a ledger stands in its log, under the chain', async () => {
  const shop = await openShop(bench);
  const details = { reason: 'the row was put back', frozenReason: 'log_chain: entry 3' };
  await bench.runtime.executor.run(
    shop.merchant.id,
    commandOf(noteOperation, { type: 'ledger.unfrozen', details }),
  );
  expect((await verifyNow(shop))?.findings).toEqual([]);
});

test('a merchant that does not exist is not verified, and all that do are found', async () => {
  const shop = await openShop(bench);
  const everybody = await read(bench.runtime.readers, allMerchants, allJournals);
  expect(everybody).toContain(shop.merchant.id);
  const book = { merchantId: '01900000-0000-7000-8000-00000000dead', chainKeys: [] };
  expect(await read(bench.runtime.readers, book.merchantId, (db) => verifyWhole(db, book, undefined))).toBe(
    undefined,
  );
});
