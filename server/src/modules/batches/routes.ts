import { Readable } from 'node:stream';
import { z } from 'zod';
import { encodeId, newId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import type { Random } from '../../kernel/random.ts';
import type { KeyRing } from '../../platform/config/keys.ts';
import { read, writeAside } from '../../platform/db/read.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import {
  amountJson,
  idIn,
  idOut,
  instant,
  pageOf,
  pageQuery,
  positiveAmount,
} from '../../platform/http/shapes.ts';
import { seal, secretKey, selectForRelease, unseal } from '../cards/index.ts';
import { batchAnswer, dataKeyContext } from './batch.ts';
import { createBatch } from './createBatch.ts';
import { custodyRoutes } from './custody/routes.ts';
import { csvHeader, csvLines, type Source } from './draw.ts';
import { releaseBatch } from './releaseBatch.ts';
import { listBatches, readBatch, readWork, takeKey } from './store.ts';

type Pool = Parameters<typeof read>[0];

export type BatchRouteParts = {
  readonly readers: Pool;
  readonly writers: Pool;
  readonly keys: { readonly seal: KeyRing };
  readonly random: Random;
  /** Tells the job that a batch waits to be made. */
  readonly poke: () => void;
};

const tag = 'Card batches';
const keyBytes = 32;
const linesAtOnce = 1_000;

const serial = z.string().meta({ description: 'Ten digits.' });
const BatchAnswer = z.object({
  id: idOut('batch'),
  status: z.enum(['pending', 'running', 'ready', 'failed']),
  quantity: z.int(),
  done: z.int(),
  programId: idOut('prog'),
  faceValue: amountJson,
  firstSerial: serial,
  lastSerial: serial,
  failure: z.string().nullable(),
  releasedAt: instant.nullable(),
  createdAt: instant,
});

const params = z.object({ id: idIn('batch') });

/** Card batches: cards are made by the thousand, and their codes handed out once. */
export function batchRoutes(parts: BatchRouteParts): readonly Route[] {
  return [createRoute(parts), listRoute, readOneRoute, releaseRoute(parts), ...custodyRoutes];
}

function createRoute({ keys, random, poke }: BatchRouteParts): Route {
  return commandRoute({
    path: '/v1/card-batches',
    tag,
    summary: 'Have a batch of cards made; it goes on in the background',
    status: 202,
    body: z.strictObject({
      programId: idIn('prog'),
      quantity: z.int().min(1).max(1_000_000),
      faceValue: positiveAmount,
    }),
    answer: BatchAnswer,
    useCase: createBatch,
    input: ({ body }, { merchantId }) => {
      const batchId = newId(new Date(), random);
      const context = dataKeyContext(merchantId, batchId);
      const sealedKey = seal(keys.seal, random(keyBytes), context, random);
      return { ...body, batchId, sealedKey, decoyHash: random(keyBytes) };
    },
    finish: async (body) => {
      poke();
      return body;
    },
  });
}

const listRoute = readRoute({
  path: '/v1/card-batches',
  tag,
  summary: 'List batches of cards, oldest first',
  permission: 'batches.read',
  query: z.strictObject({ cursor: idIn('batch').optional(), limit: pageQuery.limit }),
  answer: pageOf(BatchAnswer),
  async read(db, { query }, { merchantId }) {
    const rows = await listBatches(db, merchantId, query.cursor ?? null, query.limit + 1);
    return page(
      rows,
      query.limit,
      (row) => batchAnswer(row, row.done),
      ({ id }) => encodeId('batch', id),
    );
  },
});

const readOneRoute = readRoute({
  path: '/v1/card-batches/:id',
  tag,
  summary: 'Read how far a batch of cards is',
  permission: 'batches.read',
  params,
  answer: BatchAnswer,
  async read(db, { params: { id } }, { merchantId }) {
    const found = await readBatch(db, merchantId, id);
    return found ? batchAnswer(found, found.done) : refused('batch_not_found');
  },
});

function releaseRoute(parts: BatchRouteParts): Route {
  return commandRoute({
    path: '/v1/card-batches/:id/release',
    tag,
    summary: 'Take out the codes of a batch as CSV (serial,code,pin,faceValue), once',
    status: 200,
    params,
    body: z.strictObject({}),
    answer: 'text/csv',
    useCase: releaseBatch,
    input: ({ params: { id } }) => ({ batchId: id }),
    async finish(_body, merchantId, { batchId }) {
      // Whoever takes the key has the codes; also a retry under the same idempotency key comes too late.
      const sealed = await writeAside(parts.writers, merchantId, (db) => takeKey(db, merchantId, batchId));
      const work = await read(parts.readers, merchantId, (db) => readWork(db, merchantId, batchId));
      if (sealed === undefined || work === undefined) return refused('codes_already_released');
      const dataKey = secretKey(unseal(parts.keys.seal, sealed, dataKeyContext(merchantId, batchId)));
      const lines = csvOf(parts, { merchantId, hasPin: work.hasPin, dataKey }, batchId);
      return { stream: Readable.from(lines), filename: `${encodeId('batch', batchId)}.csv` };
    },
  });
}

/** A batch's codes, drawn anew piece by piece as they are sent: they are never written down here. */
async function* csvOf({ readers }: BatchRouteParts, source: Source, batchId: string): AsyncGenerator<string> {
  const { merchantId } = source;
  yield csvHeader;
  let last: bigint | undefined = 0n;
  while (last !== undefined) {
    const after: bigint = last;
    const cards = await read(readers, merchantId, (db) =>
      selectForRelease(db, merchantId, batchId, after, linesAtOnce),
    );
    yield csvLines(source, cards);
    last = cards.length < linesAtOnce ? undefined : cards.at(-1)?.serial;
  }
}
