import { parse } from 'csv-parse/sync';
import pg from 'pg';
import { expect } from 'vitest';
import { asSystem } from '../src/app/opening.ts';
import type { Runtime } from '../src/app.ts';
import { decodeId } from '../src/kernel/id.ts';
import type { Random } from '../src/kernel/random.ts';
import { dataKeyContext } from '../src/modules/batches/batch.ts';
import { generateBatches } from '../src/modules/batches/index.ts';
import { secretKey, unseal } from '../src/modules/cards/index.ts';
import type { UseCase } from '../src/platform/executor/useCase.ts';
import { openBench, type Reply, type TestBench } from './harness.ts';
import { openShop, type Shop } from './shop.ts';

/** A batch as the API shows it. */
export type Batch = {
  readonly id: string;
  readonly status: string;
  readonly done: number;
  readonly firstSerial: string;
  readonly lastSerial: string;
  readonly failure: string | null;
};

type JobParts = {
  readonly signal?: AbortSignal;
  readonly random?: Random;
  readonly runtime?: Runtime;
  /** Happens each time before a batch that is made is called so. */
  readonly beforeFinish?: () => Promise<unknown>;
};

/** A shop that has cards made, with a look at its database past the service. */
export type Press = Awaited<ReturnType<typeof openPress>>;

export async function openPress() {
  const bench = await openBench();
  const shop = await openShop(bench);
  const owner = new pg.Client({ connectionString: bench.ownerUrl });
  await owner.connect();
  const look = async ({ id }: Batch) => (await shop.merchant.get<Batch>(`/v1/card-batches/${id}`)).body;
  return {
    bench,
    shop,
    owner,
    look,
    async order(quantity: number): Promise<Batch> {
      const body = { programId: shop.programId, quantity, faceValue: 10_000 };
      const made = await shop.merchant.post<Batch>('/v1/card-batches', body);
      expect(made.status, made.text).toBe(202);
      return made.body;
    },
    release: (batch: Batch, key?: string): Promise<Reply> =>
      shop.merchant.post(`/v1/card-batches/${batch.id}/release`, {}, key),
    job: (parts: JobParts = {}) => runJob(bench, parts),
    /** Has a use case decided for the shop as the system. */
    act: <Input, Rows, Result>(useCase: UseCase<Input, Rows, Result>, input: Input) =>
      asSystem(bench.runtime, shop.merchant.id, useCase, input),
    expectComplete: async (batch: Batch, quantity: number) => {
      await expectCards(owner, shop, batch, quantity);
      expect(await look(batch)).toMatchObject({ status: 'ready', done: quantity, failure: null });
    },
    /** The key that a batch's codes derive from. */
    async dataKeyOf(batch: Batch) {
      const found = await owner.query<{ sealed: Buffer }>(
        'select sealed from batches.data_key where merchant_id = $1 and batch_id = $2',
        [shop.merchant.id, uuidOf(batch)],
      );
      const [row] = found.rows;
      if (!row) throw new Error('the key is gone');
      const context = dataKeyContext(shop.merchant.id, uuidOf(batch));
      return secretKey(unseal(bench.runtime.keys.seal, row.sealed, context));
    },
    async close() {
      await owner.end();
      await bench.close();
    },
  };
}

/** The job with its surroundings, as another process would run it: one round of it. */
function runJob(
  bench: TestBench,
  { signal, random, runtime = bench.runtime, beforeFinish }: JobParts,
): Promise<boolean> {
  return generateBatches({
    ...runtime,
    random: random ?? runtime.random,
    signal: signal ?? new AbortController().signal,
    async asSystem(merchantId, useCase, input) {
      await beforeFinish?.();
      return asSystem(runtime, merchantId, useCase, input);
    },
  });
}

/** Fails unless exactly the ordered cards are there, without a gap, each with a code of its own. */
async function expectCards(owner: pg.Client, shop: Shop, batch: Batch, quantity: number): Promise<void> {
  const { rows } = await owner.query(
    `select count(*)::int as cards, count(distinct code_hash)::int as codes, min(serial)::int as first,
       max(serial)::int as last from cards.card where merchant_id = $1 and batch_id = $2`,
    [shop.merchant.id, uuidOf(batch)],
  );
  const [first, last] = [serialOf(batch.firstSerial), serialOf(batch.lastSerial)];
  expect(rows).toStrictEqual([{ cards: quantity, codes: quantity, first, last }]);
  expect(last - first + 1).toBe(quantity);
}

export const serialOf = (text: string): number => Number.parseInt(text, 10);
export const uuidOf = ({ id }: Batch): string => decodeId('batch', id) ?? '';
export const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { columns: true });
