import type { KeyObject } from 'node:crypto';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { encodeId, newId } from '../../../kernel/id.ts';
import { refused } from '../../../kernel/outcome.ts';
import type { Random } from '../../../kernel/random.ts';
import type { KeyRing } from '../../../platform/config/keys.ts';
import { seal, secretKey, unseal } from '../../../platform/crypto/seal.ts';
import type { Pool } from '../../../platform/db/connection.ts';
import { read, writeAside } from '../../../platform/db/read.ts';
import { page } from '../../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../../platform/http/route.ts';
import { idIn, pageOf, pageQuery } from '../../../platform/http/shapes.ts';
import { prefixFrom } from '../number.ts';
import { drawPair } from '../secrets.ts';
import { BatchAnswer, BatchWithCounts, batchParams, createBatchBody, reasonBody } from '../shapes.ts';
import { rechargeForRelease } from '../store.ts';
import { batchAnswer, rechargeKeyContext } from './batch.ts';
import { createRechargeBatch } from './createBatch.ts';
import { releaseRechargeBatch } from './releaseBatch.ts';
import {
  countRechargeStates,
  listRechargeBatches,
  readRechargeBatch,
  type StateCount,
  takeRechargeKey,
} from './store.ts';
import { voidRechargeBatch } from './voidBatch.ts';

export type RechargeBatchParts = {
  readonly readers: Pool;
  readonly writers: Pool;
  readonly keys: { readonly seal: KeyRing };
  readonly random: Random;
};

const tag = 'Recharge cards';
const path = '/v1/recharge-card-batches';
const keyBytes = 32;
const linesAtOnce = 1_000;
/** One of them is free as good as always; where not, it is asked again. */
const prefixesTried = 8;

/** Batches of recharge cards: made by the thousand, handed out once. */
export function rechargeBatchRoutes(parts: RechargeBatchParts): readonly Route[] {
  const { keys, random } = parts;
  return [
    commandRoute({
      path,
      tag,
      summary: 'Have a batch of recharge cards made; it goes on in the background',
      status: 202,
      body: createBatchBody,
      answer: BatchAnswer,
      useCase: createRechargeBatch,
      input: ({ body: { prefix, storeId = null, salePrice, bonus = 0n, ...body } }, { merchantId }) => {
        const batchId = newId(new Date(), random);
        const sealedKey = seal(keys.seal, random(keyBytes), rechargeKeyContext(merchantId, batchId), random);
        const drawn = Array.from({ length: prefixesTried }, () => prefixFrom(random(4)));
        const prefixes = prefix === undefined ? drawn : [prefix];
        return {
          ...body,
          batchId,
          sealedKey,
          prefixes,
          storeId,
          bonus,
          salePrice: salePrice ?? body.faceValue,
        };
      },
    }),
    ...readings,
    releaseRoute(parts),
    commandRoute({
      path: `${path}/:id/void`,
      tag,
      summary: 'Make all cards of a batch worthless at once',
      status: 200,
      params: batchParams,
      body: reasonBody,
      answer: BatchAnswer,
      useCase: voidRechargeBatch,
      input: ({ params: { id }, body }) => ({ batchId: id, ...body }),
    }),
  ];
}

const readings: readonly Route[] = [
  readRoute({
    path,
    tag,
    summary: 'List batches of recharge cards, the newest first',
    permission: 'rechargecards.read',
    query: z.strictObject({ cursor: idIn('rcb').optional(), limit: pageQuery.limit }),
    answer: pageOf(BatchAnswer),
    async read(db, { query }, { merchantId }) {
      const rows = await listRechargeBatches(db, merchantId, query.cursor ?? null, query.limit + 1);
      return page(
        rows,
        query.limit,
        (row) => batchAnswer(row, row.done),
        ({ id }) => encodeId('rcb', id),
      );
    },
  }),
  readRoute({
    path: `${path}/:id`,
    tag,
    summary: 'Read a batch of recharge cards, with how many are in which state',
    permission: 'rechargecards.read',
    params: batchParams,
    answer: BatchWithCounts,
    async read(db, { params: { id } }, { merchantId }) {
      const found = await readRechargeBatch(db, merchantId, id);
      if (!found) return refused('batch_not_found');
      const counts = await countRechargeStates(db, merchantId, id);
      return { ...batchAnswer(found, found.done), cards: countsOf(counts) };
    },
  }),
];

function countsOf(counts: readonly StateCount[]) {
  const of = (state: string) => counts.find((one) => one.state === state)?.count ?? 0;
  const locked = counts.reduce((sum, one) => sum + one.locked, 0);
  return { made: of('made'), sold: of('sold'), used: of('used'), void: of('void'), locked };
}

function releaseRoute(parts: RechargeBatchParts): Route {
  return commandRoute({
    path: `${path}/:id/release`,
    tag,
    summary: 'Take out the numbers and passwords of a batch as CSV (serial,number,password,faceValue), once',
    status: 200,
    params: batchParams,
    body: z.strictObject({}),
    answer: 'text/csv',
    useCase: releaseRechargeBatch,
    input: ({ params: { id } }) => ({ batchId: id }),
    async finish(_body, merchantId, { batchId }) {
      // Whoever takes the key has them; also a retry under the same idempotency key comes too late.
      const sealed = await writeAside(parts.writers, merchantId, (db) =>
        takeRechargeKey(db, merchantId, batchId),
      );
      const batch = await read(parts.readers, merchantId, (db) => readRechargeBatch(db, merchantId, batchId));
      if (sealed === undefined || batch === undefined) return refused('codes_already_released');
      const dataKey = secretKey(unseal(parts.keys.seal, sealed, rechargeKeyContext(merchantId, batchId)));
      const lines = csvOf(parts, { merchantId, batchId, dataKey, ...batch });
      return { stream: Readable.from(lines), filename: `${encodeId('rcb', batchId)}.csv` };
    },
  });
}

type Source = {
  readonly merchantId: string;
  readonly batchId: string;
  readonly dataKey: KeyObject;
  readonly prefix: string;
  readonly faceValue: bigint;
};

/** A batch's pairs, drawn anew piece by piece as they are sent: they are never written down here. */
async function* csvOf({ readers }: RechargeBatchParts, source: Source): AsyncGenerator<string> {
  const { merchantId, batchId, dataKey, prefix, faceValue } = source;
  yield 'serial,number,password,faceValue\n';
  let last: bigint | undefined = 0n;
  while (last !== undefined) {
    const after: bigint = last;
    const cards = await read(readers, merchantId, (db) =>
      rechargeForRelease(db, merchantId, batchId, after, linesAtOnce),
    );
    yield cards
      .map(({ serial, draw }) => {
        const { number, password } = drawPair(dataKey, prefix, serial, draw);
        return `${serial},${number},${password},${faceValue}\n`;
      })
      .join('');
    last = cards.length < linesAtOnce ? undefined : cards.at(-1)?.serial;
  }
}
