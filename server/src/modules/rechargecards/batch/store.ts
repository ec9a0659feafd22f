import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import {
  type RechargeBatch,
  type RechargeDataKey,
  type RechargeProgress,
  rechargeBatchById,
  rechargeBatchByPrefix,
  rechargeBatches,
  rechargeDataKeys,
  rechargeProgresses,
  rechargeProgressOf,
} from './batch.ts';

const batchColumns = `b.id, b.prefix, b.name, b.quantity, b.currency, b.face_value as "faceValue", b.sale_price as "salePrice",
  b.bonus, b.validity, b.activation, b.store_id as "storeId", b.status, b.failure, b.released_at as "releasedAt",
  b.voided_at as "voidedAt", b.created_at as "createdAt"`;
const batchesById = statement(
  'rechargecards.batchesById',
  `select ${batchColumns} from rechargecards.batch b where b.merchant_id = $1 and b.id = any($2::uuid[])`,
);
const batchesByPrefix = statement(
  'rechargecards.batchesByPrefix',
  `select ${batchColumns} from rechargecards.batch b where b.merchant_id = $1 and b.prefix = any($2::text[])`,
);
const insertBatches = statement(
  'rechargecards.insertBatches',
  `insert into rechargecards.batch (merchant_id, id, prefix, name, quantity, currency, face_value, sale_price, bonus, validity,
     activation, store_id, status, failure, released_at, voided_at, created_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::text[], $5::integer[], $6::text[], $7::bigint[], $8::bigint[],
     $9::bigint[], $10::jsonb[], $11::text[], $12::uuid[], $13::text[], $14::text[], $15::timestamptz[], $16::timestamptz[],
     $17::timestamptz[]) as v`,
);
const updateBatches = guarded(
  'rechargecards.updateBatches',
  `update rechargecards.batch b set status = v.status, failure = v.failure, released_at = v.released_at, voided_at = v.voided_at
   from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::timestamptz[],
     $9::timestamptz[]) as v(id, status, failure, released_at, voided_at, status_was, released_was, voided_was)
   where b.merchant_id = $1 and b.id = v.id and b.status = v.status_was
     and b.released_at is not distinct from v.released_was and b.voided_at is not distinct from v.voided_was`,
  'a batch of recharge cards is not as it was judged',
);

const batchSql = entitySql<RechargeBatch>(rechargeBatches, {
  insert: (db, merchantId, rows) =>
    db.execute(insertBatches, [
      merchantId,
      rows.map((b) => b.id),
      rows.map((b) => b.prefix),
      rows.map((b) => b.name),
      rows.map((b) => b.quantity),
      rows.map((b) => b.currency),
      rows.map((b) => b.faceValue),
      rows.map((b) => b.salePrice),
      rows.map((b) => b.bonus),
      rows.map((b) => JSON.stringify(b.validity)),
      rows.map((b) => b.activation),
      rows.map((b) => b.storeId),
      rows.map((b) => b.status),
      rows.map((b) => b.failure),
      rows.map((b) => b.releasedAt),
      rows.map((b) => b.voidedAt),
      rows.map((b) => b.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateBatches, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.status),
      updates.map(({ to }) => to.failure),
      updates.map(({ to }) => to.releasedAt),
      updates.map(({ to }) => to.voidedAt),
      updates.map(({ from }) => from.status),
      updates.map(({ from }) => from.releasedAt),
      updates.map(({ from }) => from.voidedAt),
      updates.length,
    ]),
  finds: [
    [rechargeBatchById, batchesById],
    [rechargeBatchByPrefix, batchesByPrefix],
  ],
});

const selectProgress = statement(
  'rechargecards.selectProgress',
  `select batch_id as "batchId", done from rechargecards.progress where merchant_id = $1 and batch_id = any($2::uuid[])`,
);
const insertProgress = statement(
  'rechargecards.insertProgress',
  `insert into rechargecards.progress (merchant_id, batch_id, done) select $1, v.* from unnest($2::uuid[], $3::integer[]) as v`,
);
const progressSql = entitySql<RechargeProgress>(rechargeProgresses, {
  insert: (db, merchantId, rows) =>
    db.execute(insertProgress, [merchantId, rows.map((p) => p.batchId), rows.map((p) => p.done)]),
  finds: [[rechargeProgressOf, selectProgress]],
});

const insertDataKeys = statement(
  'rechargecards.insertDataKeys',
  `insert into rechargecards.data_key (merchant_id, batch_id, sealed) select $1, v.* from unnest($2::uuid[], $3::bytea[]) as v`,
);
const dataKeySql = entitySql<RechargeDataKey>(rechargeDataKeys, {
  insert: (db, merchantId, rows) =>
    db.execute(insertDataKeys, [merchantId, rows.map((k) => k.batchId), rows.map((k) => k.sealed)]),
  finds: [],
});

/** The tables of batches for the executor. */
export const rechargeBatchSql = [batchSql, progressSql, dataKeySql];

export type RechargeBatchRow = RechargeBatch & { readonly done: number };
const withProgress = `select ${batchColumns}, p.done from rechargecards.batch b
   join rechargecards.progress p on p.merchant_id = b.merchant_id and p.batch_id = b.id`;
const selectBatches = statement(
  'rechargecards.selectBatches',
  `${withProgress} where b.merchant_id = $1 and ($2::uuid is null or b.id < $2) order by b.id desc limit $3`,
);
const selectBatch = statement(
  'rechargecards.selectBatch',
  `${withProgress} where b.merchant_id = $1 and b.id = $2`,
);
const countStates = statement(
  'rechargecards.countStates',
  `select c.state, count(*)::integer as count, count(*) filter (where c.tries >= 5)::integer as locked
   from rechargecards.card c where c.merchant_id = $1 and c.batch_id = $2 group by c.state`,
);

/** A merchant's batches before this id (null: from the last), the newest first. */
export function listRechargeBatches(
  db: Db,
  merchantId: string,
  before: string | null,
  limit: number,
): Promise<RechargeBatchRow[]> {
  return db.query<RechargeBatchRow>(selectBatches, [merchantId, before, limit]);
}

export async function readRechargeBatch(
  db: Db,
  merchantId: string,
  id: string,
): Promise<RechargeBatchRow | undefined> {
  const [found] = await db.query<RechargeBatchRow>(selectBatch, [merchantId, id]);
  return found;
}

export type StateCount = { readonly state: string; readonly count: number; readonly locked: number };

/** How many of a batch's cards are in which state, as stored, and locked besides. */
export function countRechargeStates(db: Db, merchantId: string, batchId: string): Promise<StateCount[]> {
  return db.query<StateCount>(countStates, [merchantId, batchId]);
}

/** What it takes to make a batch's cards. */
export type RechargeWork = {
  readonly merchantId: string;
  readonly batchId: string;
  readonly prefix: string;
  readonly quantity: number;
  readonly done: number;
};

const selectUnfinished = statement(
  'rechargecards.unfinished',
  `-- all merchants: one job serves them all
   select b.merchant_id as "merchantId", b.id as "batchId", b.prefix, b.quantity, p.done from rechargecards.batch b
   join rechargecards.progress p on p.merchant_id = b.merchant_id and p.batch_id = b.id
   where b.status = 'generating' and b.voided_at is null order by b.created_at limit $1`,
);
const lockProgress = statement(
  'rechargecards.lockProgress',
  `select done from rechargecards.progress where merchant_id = $1 and batch_id = $2 for update skip locked`,
);
const setProgress = statement(
  'rechargecards.setProgress',
  `update rechargecards.progress set done = $3 where merchant_id = $1 and batch_id = $2`,
);
const selectDataKey = statement(
  'rechargecards.selectDataKey',
  `select sealed from rechargecards.data_key where merchant_id = $1 and batch_id = $2`,
);
const deleteDataKey = statement(
  'rechargecards.deleteDataKey',
  `delete from rechargecards.data_key where merchant_id = $1 and batch_id = $2 returning sealed`,
);
const deleteForgotten = statement(
  'rechargecards.deleteForgottenKeys',
  `-- all merchants: one job serves them all
   delete from rechargecards.data_key k using rechargecards.batch b
   where b.merchant_id = k.merchant_id and b.id = k.batch_id and (b.released_at < $1 or b.voided_at is not null)`,
);

/** Batches that are still to be made, of all merchants, the oldest first. */
export function unfinishedRecharge(db: Db, limit: number): Promise<RechargeWork[]> {
  return db.query<RechargeWork>(selectUnfinished, [limit]);
}

/** Claims a batch until the end of the transaction: how far it is; undefined when another process has it. */
export async function claimProgress(
  db: Db,
  merchantId: string,
  batchId: string,
): Promise<number | undefined> {
  const [row] = await db.query<{ done: number }>(lockProgress, [merchantId, batchId]);
  return row?.done;
}

/** Says how far a claimed batch is. */
export async function moveProgress(db: Db, merchantId: string, batchId: string, done: number): Promise<void> {
  await db.execute(setProgress, [merchantId, batchId, done]);
}

/** A batch's sealed key; undefined once it was taken. */
export async function rechargeKey(db: Db, merchantId: string, batchId: string): Promise<Buffer | undefined> {
  const [row] = await db.query<{ sealed: Buffer }>(selectDataKey, [merchantId, batchId]);
  return row?.sealed;
}

/** Takes a batch's sealed key out for good: of any number of callers one gets it. */
export async function takeRechargeKey(
  db: Db,
  merchantId: string,
  batchId: string,
): Promise<Buffer | undefined> {
  const [row] = await db.query<{ sealed: Buffer }>(deleteDataKey, [merchantId, batchId]);
  return row?.sealed;
}

/** Destroys keys of batches that were voided, or released before this and never came to take them. */
export function dropForgottenRechargeKeys(db: Db, releasedBefore: Date): Promise<number> {
  return db.execute(deleteForgotten, [releasedBefore]);
}

export type MadeCard = {
  readonly id: string;
  readonly serial: bigint;
  readonly number: string;
  readonly passwordHash: Buffer;
};
type MadeUnder = { readonly batchId: string; readonly keyVersion: number; readonly draw: number };

const insertCards = statement(
  'rechargecards.insertMade',
  `insert into rechargecards.card (merchant_id, batch_id, key_version, draw, state, id, serial, number, password_hash)
   select $1, $2, $3, $4, 'made', v.id, v.serial, v.number, v.password_hash
   from unnest($5::uuid[], $6::bigint[], $7::text[], $8::bytea[]) as v(id, serial, number, password_hash)
   on conflict (merchant_id, number) do nothing`,
);
const selectSerials = statement(
  'rechargecards.selectSerials',
  `select serial from rechargecards.card where merchant_id = $1 and batch_id = $2 and serial = any($3::bigint[])`,
);

/** Adds cards; answers with the serials of those whose number was taken. */
export async function insertMade(
  db: Db,
  merchantId: string,
  { batchId, keyVersion, draw }: MadeUnder,
  cards: readonly MadeCard[],
): Promise<readonly bigint[]> {
  const serials = cards.map((card) => card.serial);
  const inserted = await db.execute(insertCards, [
    merchantId,
    batchId,
    keyVersion,
    draw,
    cards.map((card) => card.id),
    serials,
    cards.map((card) => card.number),
    cards.map((card) => card.passwordHash),
  ]);
  if (inserted === cards.length) return [];
  const there = await db.query<{ serial: bigint }>(selectSerials, [merchantId, batchId, serials]);
  const known = new Set(there.map(({ serial }) => serial));
  return serials.filter((serial) => !known.has(serial));
}
