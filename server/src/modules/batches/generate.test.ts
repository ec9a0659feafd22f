import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPress, type Press, rowsOf, uuidOf } from '../../../test/press.ts';
import type { Random } from '../../kernel/random.ts';
import { codeHash, drawCard, secretKey } from '../cards/index.ts';
import { finishBatch } from './finishBatch.ts';

let press: Press;

beforeAll(async () => {
  press = await openPress();
});
afterAll(() => press.close());

test('a job that was stopped between chunks goes on where it stood, in whatever process', async () => {
  const batch = await press.order(6_000);
  const stop = new AbortController();
  let drawn = 0;
  const stopInSecondChunk: Random = (bytes) => {
    drawn++;
    if (drawn > 2_600) stop.abort();
    return randomBytes(bytes);
  };
  await press.job({ signal: stop.signal, random: stopInSecondChunk });
  expect(await press.look(batch)).toMatchObject({ status: 'running', done: 2_500 });

  const other = await press.bench.another();
  expect(await press.job({ runtime: other.runtime })).toBe(true);
  await other.close();
  await press.expectComplete(batch, 6_000);
  expect(rowsOf((await press.release(batch)).text)).toHaveLength(6_000);
});

const atLast = { timeout: 30_000 };

test('connections cut while chunks are written lose no card and make none twice', async () => {
  const batch = await press.order(10_000);
  let drawn = 0;
  const cuts: Promise<unknown>[] = [];
  const cutting: Random = (bytes) => {
    drawn++;
    // In the middle of a chunk, so while the one before it is being written.
    if (drawn % 2_500 === 1_000 && (cuts.length < 3 || failures === 0)) {
      const cut = `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'scrip executor'`;
      cuts.push(press.owner.query(cut));
    }
    return randomBytes(bytes);
  };
  let failures = 0;
  await expect
    .poll(async () => {
      await press.job({ random: cutting }).catch(() => failures++);
      return (await press.look(batch)).status;
    }, atLast)
    .toBe('ready');
  await Promise.all(cuts);
  expect(failures).toBeGreaterThan(0);
  await press.expectComplete(batch, 10_000);
});

test('two processes at one batch make each card once', async () => {
  const batch = await press.order(15_000);
  const other = await press.bench.another();
  await Promise.all([press.job(), press.job({ runtime: other.runtime }), press.job()]);
  while (await press.job());
  await other.close();
  await press.expectComplete(batch, 15_000);
});

test('a code that is taken is drawn again, and the file has the one that the card got', async () => {
  const batch = await press.order(5);
  const dataKey = await press.dataKeyOf(batch);
  const codeKey = secretKey(press.bench.runtime.keys.code.keys.get(1) ?? Buffer.alloc(0));
  const serialOf = (n: number) => BigInt(batch.firstSerial) + BigInt(n);
  const drawnHash = (n: number, draw: number) =>
    codeHash(codeKey, press.shop.merchant.id, drawCard(dataKey, serialOf(n), draw).code);
  // The third card meets a taken code once, the fourth twice.
  const taken = [drawnHash(2, 0), drawnHash(3, 0), drawnHash(3, 1)];
  for (const [n, hash] of taken.entries())
    await press.owner.query(
      `insert into cards.card (merchant_id, id, version_id, serial, code_hash, key_version, draw, last4, face_value, state)
       select merchant_id, gen_random_uuid(), version_id, $2, $3, 1, 0, '0000', 1, 'voided' from batches.batch
       where merchant_id = $1 limit 1`,
      [press.shop.merchant.id, 9_000_000_000 + n, hash],
    );
  await press.bench.runJobs();
  await press.expectComplete(batch, 5);
  const { rows } = await press.owner.query<{ draw: number }>(
    'select draw from cards.card where merchant_id = $1 and batch_id = $2 order by serial',
    [press.shop.merchant.id, uuidOf(batch)],
  );
  expect(rows.map(({ draw }) => draw)).toStrictEqual([0, 0, 1, 2, 0]);
  for (const { code, pin, serial } of rowsOf((await press.release(batch)).text)) {
    const found = await press.shop.merchant.post<{ cardId: string }>('/v1/verifications', { code, pin });
    const card = await press.shop.merchant.get(`/v1/cards/${found.body.cardId}`);
    expect(card.body).toMatchObject({ serial });
  }
});

test('a batch that another process has made meanwhile, and whose codes are handed out by now, has not failed', async () => {
  const first = await press.order(1);
  press.bench.time.now = new Date(press.bench.time.now.getTime() + 1_000);
  const second = await press.order(1);
  const failures = () => press.bench.errors.filter((error) => error.startsWith('a batch has failed'));
  const before = failures();
  let isReleased = false;
  await press.job({
    async beforeFinish() {
      if (isReleased) return;
      isReleased = true;
      await press.job();
      expect((await press.release(second)).status).toBe(200);
    },
  });
  await press.expectComplete(first, 1);
  await press.expectComplete(second, 1);
  expect(failures()).toEqual(before);
});

test('a batch whose key is lost has failed, and one whose key does not open waits without holding up others', async () => {
  const [lost, broken, good] = [await press.order(1), await press.order(1), await press.order(1)];
  const ids = [press.shop.merchant.id, uuidOf(lost)];
  await press.owner.query('delete from batches.data_key where merchant_id = $1 and batch_id = $2', ids);
  await press.owner.query(
    `update batches.data_key set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where merchant_id = $1 and batch_id = $2`,
    [press.shop.merchant.id, uuidOf(broken)],
  );
  expect(await press.job()).toBe(true);
  expect(await press.look(lost)).toMatchObject({ status: 'failed', done: 0, failure: 'Its key is gone.' });
  expect(await press.look(broken)).toMatchObject({ status: 'pending' });
  await press.expectComplete(good, 1);
  expect((await press.release(lost)).body).toMatchObject({
    code: 'batch_not_ready',
    detail: 'Its key is gone.',
  });
  await expect(press.job()).rejects.toThrow('no batch could go on');
});

test('a batch is not called ready while a card is missing, and is finished once', async () => {
  const batch = await press.order(2);
  const finish = () =>
    press.act(finishBatch, {
      batchId: uuidOf(batch),
      failure: null,
    });
  expect(await finish()).toMatchObject({ refusal: { refused: 'batch_not_ready' } });
  await press.job();
  await press.expectComplete(batch, 2);
  expect(await finish()).toMatchObject({ body: expect.stringContaining('"ready"') });
  const { rows } = await press.owner.query(
    `select type from ledger.activity where merchant_id = $1 and subject_id = $2 order by seq`,
    [press.shop.merchant.id, uuidOf(batch)],
  );
  expect(rows.map(({ type }) => type)).toStrictEqual(['batch.created', 'batch.ready']);
});
