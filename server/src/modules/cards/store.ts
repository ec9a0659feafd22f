import { bytesArray, plainArray } from '../../platform/db/arrays.ts';
import { guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { actionSql } from './action/store.ts';
import {
  type Card,
  cardByCode,
  cardById,
  cardBySerial,
  cards,
  cardsOfHolder,
  type ReleasedBatch,
  releasedBatchById,
  releasedBatches,
  type SerialCounter,
  serialCounter,
  serialCounters,
} from './card.ts';
import { custodySql } from './custody/store.ts';
import { type RedemptionReturn, redemptionReturns, returnOf } from './giveBack.ts';
import { paymentCodeUseSql } from './payment/store.ts';

export const cardColumns = `c.id, c.batch_id as "batchId", c.version_id as "versionId", c.serial,
  encode(c.code_hash, 'hex') as "codeHash", c.pin_hash as "pinHash", c.key_version as "keyVersion", c.draw, c.last4,
  c.face_value as "faceValue", c.state, c.loaded, c.load_postings::bigint as "loadPostings", c.activation_seq as "activationSeq",
  c.pin_tries as "pinTries", c.activated_at as "activatedAt", c.sold_store_id as "soldStoreId",
  c.valid_until as "validUntil", c.holder, c.replaced_by as "replacedBy", c.replaces, c.reason`;

// `limit` on the keys makes the planner expect one, so that it always walks from them to the table by the index.
const byId = statement(
  'cards.byId',
  `select ${cardColumns} 
   from (select id from unnest($2::uuid[]) as k(id) limit cardinality($2::uuid[])) k
   join cards.card c on c.merchant_id = $1 and c.id = k.id`,
);
const byCode = statement(
  'cards.byCode',
  `select ${cardColumns} 
   from (select code_hash from unnest($2::bytea[]) as k(code_hash) limit cardinality($2::bytea[])) k
   join cards.card c on c.merchant_id = $1 and c.code_hash = k.code_hash`,
);
const bySerial = statement(
  'cards.bySerial',
  `select ${cardColumns} 
   from (select serial from unnest($2::bigint[]) as k(serial) limit cardinality($2::bigint[])) k
   join cards.card c on c.merchant_id = $1 and c.serial = k.serial`,
);
const ofHolder = statement(
  'cards.withHolder',
  `select ${cardColumns} from cards.card c where c.merchant_id = $1 and c.holder = any($2::text[])`,
);
const insertCards = statement(
  'cards.insert',
  `insert into cards.card (merchant_id, id, batch_id, version_id, serial, code_hash, pin_hash, key_version, draw, last4,
     face_value, state, loaded, load_postings, activation_seq, pin_tries, activated_at, sold_store_id, valid_until, holder,
     replaced_by, replaces, reason)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::bytea[], $7::bytea[], $8::smallint[],
     $9::smallint[], $10::text[], $11::bigint[], $12::text[], $13::bigint[], $14::int[], $15::bigint[], $16::smallint[],
     $17::timestamptz[], $18::uuid[], $19::timestamptz[], $20::text[], $21::uuid[], $22::uuid[], $23::text[]) as v`,
);
const updateCards = statement(
  'cards.update',
  `update cards.card c set state = v.state, loaded = v.loaded, load_postings = v.load_postings,
     activation_seq = v.activation_seq, pin_tries = v.pin_tries, activated_at = v.activated_at,
     sold_store_id = v.sold_store_id, valid_until = v.valid_until, holder = v.holder, replaced_by = v.replaced_by,
     reason = v.reason
   from (select id, state, loaded, load_postings, activation_seq, pin_tries, activated_at, sold_store_id, valid_until, holder, replaced_by, reason from unnest($2::uuid[], $3::text[], $4::bigint[], $5::int[], $6::bigint[], $7::smallint[], $8::timestamptz[], $9::uuid[],
     $10::timestamptz[], $11::text[], $12::uuid[], $13::text[])
       as v(id, state, loaded, load_postings, activation_seq, pin_tries, activated_at, sold_store_id, valid_until, holder,
       replaced_by, reason)
     limit cardinality($2::uuid[])) v
   where c.merchant_id = $1 and c.id = v.id`,
);

const bytes = (hex: string) => Buffer.from(hex, 'hex');

const cardSql = entitySql<Card>(cards, {
  insert: (db, merchantId, rows) =>
    db.execute(insertCards, [
      merchantId,
      rows.map((c) => c.id),
      rows.map((c) => c.batchId),
      rows.map((c) => c.versionId),
      rows.map((c) => c.serial),
      rows.map((c) => bytes(c.codeHash)),
      rows.map((c) => c.pinHash),
      rows.map((c) => c.keyVersion),
      rows.map((c) => c.draw),
      rows.map((c) => c.last4),
      rows.map((c) => c.faceValue),
      rows.map((c) => c.state),
      rows.map((c) => c.loaded),
      rows.map((c) => c.loadPostings),
      rows.map((c) => c.activationSeq),
      rows.map((c) => c.pinTries),
      rows.map((c) => c.activatedAt),
      rows.map((c) => c.soldStoreId),
      rows.map((c) => c.validUntil),
      rows.map((c) => c.holder),
      rows.map((c) => c.replacedBy),
      rows.map((c) => c.replaces),
      rows.map((c) => c.reason),
    ]),
  update: (db, merchantId, updates) => {
    const rows = updates.map(({ to }) => to);
    return db.execute(updateCards, [
      merchantId,
      rows.map((c) => c.id),
      rows.map((c) => c.state),
      rows.map((c) => c.loaded),
      rows.map((c) => c.loadPostings),
      rows.map((c) => c.activationSeq),
      rows.map((c) => c.pinTries),
      rows.map((c) => c.activatedAt),
      rows.map((c) => c.soldStoreId),
      rows.map((c) => c.validUntil),
      rows.map((c) => c.holder),
      rows.map((c) => c.replacedBy),
      rows.map((c) => c.reason),
    ]);
  },
  finds: [
    [cardById, (db, m, keys) => db.query<Card>(byId, [m, plainArray(keys)])],
    [cardByCode, (db, m, keys) => db.query<Card>(byCode, [m, bytesArray(keys.map(bytes))])],
    [cardBySerial, (db, m, keys) => db.query<Card>(bySerial, [m, plainArray(keys)])],
    [cardsOfHolder, ofHolder],
  ],
});

const selectCounter = statement(
  'cards.selectCounter',
  `select merchant_id as "merchantId", last from cards.serial_counter where merchant_id = $1`,
);
const upsertCounter = statement(
  'cards.upsertCounter',
  `insert into cards.serial_counter (merchant_id, last) values ($1, $2)
   on conflict (merchant_id) do update set last = excluded.last where cards.serial_counter.last < excluded.last`,
);

const counterSql = entitySql<SerialCounter>(serialCounters, {
  insert: (db, merchantId, [row]) => db.execute(upsertCounter, [merchantId, row?.last]),
  update: (db, merchantId, [update]) => db.execute(upsertCounter, [merchantId, update?.to.last]),
  finds: [[serialCounter, (db, m) => db.query<SerialCounter>(selectCounter, [m])]],
});

const selectReleased = statement(
  'cards.selectReleased',
  `select batch_id as "batchId", released_at as "releasedAt" from cards.released_batch
   where merchant_id = $1 and batch_id = any($2::uuid[])`,
);
const insertReleased = statement(
  'cards.insertReleased',
  `insert into cards.released_batch (merchant_id, batch_id, released_at)
   select $1, v.* from unnest($2::uuid[], $3::timestamptz[]) as v`,
);

const releasedSql = entitySql<ReleasedBatch>(releasedBatches, {
  insert: (db, merchantId, rows) =>
    db.execute(insertReleased, [merchantId, rows.map((r) => r.batchId), rows.map((r) => r.releasedAt)]),
  finds: [[releasedBatchById, (db, m, keys) => db.query<ReleasedBatch>(selectReleased, [m, keys])]],
});

const selectReturns = statement(
  'cards.selectReturns',
  `select redemption_seq as "redemptionSeq", returned, reversal_seq as "reversalSeq" from cards.redemption_return
   where merchant_id = $1 and redemption_seq = any($2::bigint[])`,
);
const insertReturns = statement(
  'cards.insertReturns',
  `insert into cards.redemption_return (merchant_id, redemption_seq, returned, reversal_seq)
   select $1, v.* from unnest($2::bigint[], $3::bigint[], $4::bigint[]) as v`,
);
const updateReturns = guarded(
  'cards.updateReturns',
  `update cards.redemption_return r set returned = v.returned, reversal_seq = v.reversal_seq
   from (select redemption_seq, returned, reversal_seq, returned_before
     from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
       as v(redemption_seq, returned, reversal_seq, returned_before)
     limit cardinality($2::bigint[])) v
   where r.merchant_id = $1 and r.redemption_seq = v.redemption_seq and r.returned = v.returned_before`,
  'a redemption has been given back meanwhile',
);
const returnParams = (merchantId: string, rows: readonly RedemptionReturn[]) => [
  merchantId,
  rows.map((r) => r.redemptionSeq),
  rows.map((r) => r.returned),
  rows.map((r) => r.reversalSeq),
];

const returnSql = entitySql<RedemptionReturn>(redemptionReturns, {
  insert: (db, merchantId, rows) => db.execute(insertReturns, returnParams(merchantId, rows)),
  update(db, merchantId, updates) {
    const rows = updates.map(({ to }) => to);
    const before = updates.map(({ from }) => from.returned);
    return db.execute(updateReturns, [...returnParams(merchantId, rows), before, updates.length]);
  },
  finds: [[returnOf, (db, m, keys) => db.query<RedemptionReturn>(selectReturns, [m, keys])]],
});

/** The tables of this module for the executor. */
export const cardsSql = [
  ...actionSql,
  cardSql,
  counterSql,
  releasedSql,
  returnSql,
  paymentCodeUseSql,
  ...custodySql,
];
