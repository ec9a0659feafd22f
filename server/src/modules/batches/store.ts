import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import {
  type Batch,
  batchById,
  batches,
  type DataKey,
  dataKeys,
  type Progress,
  progresses,
  progressOf,
} from './batch.ts';

const batchColumns = `b.id, b.program_id as "programId", b.version_id as "versionId", b.quantity, b.face_value as "faceValue",
  b.first_serial as "firstSerial", b.status, b.failure, b.released_at as "releasedAt", b.created_at as "createdAt"`;
const batchesById = statement(
  'batches.batchesById',
  `select ${batchColumns} from batches.batch b where b.merchant_id = $1 and b.id = any($2::uuid[])`,
);
const insertBatches = statement(
  'batches.insertBatches',
  `insert into batches.batch (merchant_id, id, program_id, version_id, quantity, face_value, first_serial, status, failure,
     released_at, created_at)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::integer[], $6::bigint[], $7::bigint[], $8::text[],
     $9::text[], $10::timestamptz[], $11::timestamptz[]) as v`,
);
const updateBatches = guarded(
  'batches.updateBatches',
  `update batches.batch b set status = v.status, failure = v.failure, released_at = v.released_at
   from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::text[]) as v(id, status, failure, released_at, status_was)
   where b.merchant_id = $1 and b.id = v.id and b.status = v.status_was and b.released_at is null`,
  'a batch is not as it was judged',
);

const batchSql = entitySql<Batch>(batches, {
  insert: (db, merchantId, rows) =>
    db.execute(insertBatches, [
      merchantId,
      rows.map((b) => b.id),
      rows.map((b) => b.programId),
      rows.map((b) => b.versionId),
      rows.map((b) => b.quantity),
      rows.map((b) => b.faceValue),
      rows.map((b) => b.firstSerial),
      rows.map((b) => b.status),
      rows.map((b) => b.failure),
      rows.map((b) => b.releasedAt),
      rows.map((b) => b.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateBatches, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.status),
      updates.map(({ to }) => to.failure),
      updates.map(({ to }) => to.releasedAt),
      updates.map(({ from }) => from.status),
      updates.length,
    ]),
  finds: [[batchById, (db, m, keys) => db.query<Batch>(batchesById, [m, keys])]],
});

const selectProgress = statement(
  'batches.selectProgress',
  `select batch_id as "batchId", done from batches.progress where merchant_id = $1 and batch_id = any($2::uuid[])`,
);
const insertProgress = statement(
  'batches.insertProgress',
  `insert into batches.progress (merchant_id, batch_id, done) select $1, v.* from unnest($2::uuid[], $3::integer[]) as v`,
);
const progressSql = entitySql<Progress>(progresses, {
  insert: (db, merchantId, rows) =>
    db.execute(insertProgress, [merchantId, rows.map((p) => p.batchId), rows.map((p) => p.done)]),
  finds: [[progressOf, (db, m, keys) => db.query<Progress>(selectProgress, [m, keys])]],
});

const insertDataKeys = statement(
  'batches.insertDataKeys',
  `insert into batches.data_key (merchant_id, batch_id, sealed) select $1, v.* from unnest($2::uuid[], $3::bytea[]) as v`,
);
const dataKeySql = entitySql<DataKey>(dataKeys, {
  insert: (db, merchantId, rows) =>
    db.execute(insertDataKeys, [merchantId, rows.map((k) => k.batchId), rows.map((k) => k.sealed)]),
  finds: [],
});

/** The batches' tables for the executor. */
export const batchesSql = [batchSql, progressSql, dataKeySql];

type BatchRow = Batch & { readonly done: number };
const progressedBatches = `select ${batchColumns}, p.done from batches.batch b
   join batches.progress p on p.merchant_id = b.merchant_id and p.batch_id = b.id`;
const selectBatches = statement(
  'batches.selectBatches',
  `${progressedBatches} where b.merchant_id = $1 and ($2::uuid is null or b.id > $2) order by b.id limit $3`,
);
const selectBatch = statement(
  'batches.selectBatch',
  `${progressedBatches} where b.merchant_id = $1 and b.id = $2`,
);

/** A merchant's batches after this id (null: from the first), oldest first, with how far they are. */
export function listBatches(
  db: Db,
  merchantId: string,
  after: string | null,
  limit: number,
): Promise<BatchRow[]> {
  return db.query<BatchRow>(selectBatches, [merchantId, after, limit]);
}

/** One batch, with how far it is. */
export async function readBatch(db: Db, merchantId: string, id: string): Promise<BatchRow | undefined> {
  const [found] = await db.query<BatchRow>(selectBatch, [merchantId, id]);
  return found;
}

/** What it takes to make a batch's cards, or to print them. */
export type Work = {
  readonly merchantId: string;
  readonly batchId: string;
  readonly versionId: string;
  readonly quantity: number;
  readonly faceValue: bigint;
  readonly firstSerial: bigint;
  readonly hasPin: boolean;
  readonly done: number;
};

const workColumns = `b.merchant_id as "merchantId", b.id as "batchId", b.version_id as "versionId", b.quantity,
  b.face_value as "faceValue", b.first_serial as "firstSerial", v.has_pin as "hasPin", p.done`;
const workTables = `batches.batch b
  join batches.progress p on p.merchant_id = b.merchant_id and p.batch_id = b.id
  join programs.version_view v on v.merchant_id = b.merchant_id and v.id = b.version_id`;
const selectUnfinished = statement(
  'batches.selectUnfinished',
  `-- all merchants: one job serves them all
   select ${workColumns} from ${workTables} where b.status = 'generating' order by b.created_at limit $1`,
);
const selectWork = statement(
  'batches.selectWork',
  `select ${workColumns} from ${workTables} where b.merchant_id = $1 and b.id = $2`,
);

/** Batches that are still to be made, of all merchants, the oldest first. */
export function unfinished(db: Db, limit: number): Promise<Work[]> {
  return db.query<Work>(selectUnfinished, [limit]);
}

/** The same facts of one batch. */
export async function readWork(db: Db, merchantId: string, batchId: string): Promise<Work | undefined> {
  const [work] = await db.query<Work>(selectWork, [merchantId, batchId]);
  return work;
}

const lockProgress = statement(
  'batches.lockProgress',
  `select done from batches.progress where merchant_id = $1 and batch_id = $2 for update skip locked`,
);
const moveProgress = statement(
  'batches.moveProgress',
  `update batches.progress set done = $3 where merchant_id = $1 and batch_id = $2`,
);
const selectDataKey = statement(
  'batches.selectDataKey',
  `select sealed from batches.data_key where merchant_id = $1 and batch_id = $2`,
);
const deleteDataKey = statement(
  'batches.deleteDataKey',
  `delete from batches.data_key where merchant_id = $1 and batch_id = $2 returning sealed`,
);
const deleteForgottenKeys = statement(
  'batches.deleteForgottenKeys',
  `-- all merchants: one job serves them all
   delete from batches.data_key k using batches.batch b
   where b.merchant_id = k.merchant_id and b.id = k.batch_id and b.released_at < $1`,
);

/** Claims a batch until the end of the transaction: how far it is; undefined when another process has it. */
export async function claim(db: Db, merchantId: string, batchId: string): Promise<number | undefined> {
  const [row] = await db.query<{ done: number }>(lockProgress, [merchantId, batchId]);
  return row?.done;
}

/** Says how far a claimed batch is. */
export async function moveOn(db: Db, merchantId: string, batchId: string, done: number): Promise<void> {
  await db.execute(moveProgress, [merchantId, batchId, done]);
}

/** A batch's sealed key; undefined once it was taken. */
export async function sealedKey(db: Db, merchantId: string, batchId: string): Promise<Buffer | undefined> {
  const [row] = await db.query<{ sealed: Buffer }>(selectDataKey, [merchantId, batchId]);
  return row?.sealed;
}

/** Takes a batch's sealed key out for good: of any number of callers one gets it. */
export async function takeKey(db: Db, merchantId: string, batchId: string): Promise<Buffer | undefined> {
  const [row] = await db.query<{ sealed: Buffer }>(deleteDataKey, [merchantId, batchId]);
  return row?.sealed;
}

/** Destroys keys of batches released before this, whose release never came to take them; answers how many. */
export function dropForgottenKeys(db: Db, releasedBefore: Date): Promise<number> {
  return db.execute(deleteForgottenKeys, [releasedBefore]);
}
