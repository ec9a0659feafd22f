import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { rechargeBatchSql } from './batch/store.ts';
import {
  type RechargeCard,
  rechargeCardById,
  rechargeCardByNumber,
  rechargeCardBySerial,
  rechargeCards,
} from './card.ts';

const columns = `c.id, c.batch_id as "batchId", c.serial, c.number, encode(c.password_hash, 'hex') as "passwordHash",
  c.key_version as "keyVersion", c.draw, c.state, c.tries, c.sold_store_id as "soldStoreId", c.sold_at as "soldAt",
  c.used_by as "usedBy", c.used_at as "usedAt", c.merchant_answers as "merchantAnswers"`;
const cardsById = statement(
  'rechargecards.cardsById',
  `select ${columns} from rechargecards.card c where c.merchant_id = $1 and c.id = any($2::uuid[])`,
);
const cardsByNumber = statement(
  'rechargecards.cardsByNumber',
  `select ${columns} from rechargecards.card c where c.merchant_id = $1 and c.number = any($2::text[])`,
);
const cardsBySerial = statement(
  'rechargecards.cardsBySerial',
  `select ${columns} from unnest($2::uuid[], $3::bigint[]) as k(batch_id, serial)
   join rechargecards.card c on c.merchant_id = $1 and c.batch_id = k.batch_id and c.serial = k.serial`,
);
const insertCards = statement(
  'rechargecards.insertCards',
  `insert into rechargecards.card (merchant_id, id, batch_id, serial, number, password_hash, key_version, draw, state, tries)
   select $1, v.id, v.batch_id, v.serial, v.number, decode(v.hash, 'hex'), v.key_version, v.draw, v.state, v.tries
   from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::integer[], $8::integer[], $9::text[],
     $10::integer[]) as v(id, batch_id, serial, number, hash, key_version, draw, state, tries)`,
);
const updateCards = guarded(
  'rechargecards.updateCards',
  `update rechargecards.card c set state = v.state, tries = v.tries, sold_store_id = v.sold_store_id, sold_at = v.sold_at,
     used_by = v.used_by, used_at = v.used_at, merchant_answers = v.merchant_answers
   from unnest($2::uuid[], $3::text[], $4::integer[], $5::uuid[], $6::timestamptz[], $7::uuid[], $8::timestamptz[], $9::boolean[],
     $10::text[], $11::integer[])
     as v(id, state, tries, sold_store_id, sold_at, used_by, used_at, merchant_answers, state_was, tries_was)
   where c.merchant_id = $1 and c.id = v.id and c.state = v.state_was and c.tries = v.tries_was`,
  'a recharge card is not as it was judged',
);

const cardSql = entitySql<RechargeCard>(rechargeCards, {
  insert: (db, merchantId, rows) =>
    db.execute(insertCards, [
      merchantId,
      rows.map((c) => c.id),
      rows.map((c) => c.batchId),
      rows.map((c) => c.serial),
      rows.map((c) => c.number),
      rows.map((c) => c.passwordHash),
      rows.map((c) => c.keyVersion),
      rows.map((c) => c.draw),
      rows.map((c) => c.state),
      rows.map((c) => c.tries),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateCards, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.state),
      updates.map(({ to }) => to.tries),
      updates.map(({ to }) => to.soldStoreId),
      updates.map(({ to }) => to.soldAt),
      updates.map(({ to }) => to.usedBy),
      updates.map(({ to }) => to.usedAt),
      updates.map(({ to }) => to.merchantAnswers),
      updates.map(({ from }) => from.state),
      updates.map(({ from }) => from.tries),
      updates.length,
    ]),
  finds: [
    [rechargeCardById, cardsById],
    [rechargeCardByNumber, cardsByNumber],
    [
      rechargeCardBySerial,
      (db, merchantId, keys) => {
        const pairs = keys.map((key) => key.split('|'));
        return db.query<RechargeCard>(cardsBySerial, [
          merchantId,
          pairs.map(([batchId]) => batchId),
          pairs.map(([, serial]) => serial),
        ]);
      },
    ],
  ],
});

/** The tables of recharge cards for the executor. */
export const rechargeCardsSql = [...rechargeBatchSql, cardSql];

const selectCards = statement(
  'rechargecards.list',
  `select ${columns} from rechargecards.card c
   where c.merchant_id = $1 and c.id <> $1 and ($2::uuid is null or c.id > $2) and ($3::uuid is null or c.batch_id = $3)
     and ($4::text is null or c.number = $4) and ($5::text is null or c.state = $5) and (not $6::boolean or c.tries >= 5)
     and ($7::uuid[] is null or c.sold_store_id = any($7))
   order by c.id limit $8`,
);

export type CardFilter = {
  readonly after: string | null;
  readonly batchId: string | null;
  readonly number: string | null;
  readonly state: string | null;
  readonly locked: boolean;
  /** Sold by one of these stores; null: whoever sold them. */
  readonly storeIds: readonly string[] | null;
  readonly limit: number;
};

/** Recharge cards as stored, by id. The row that stands in for unknown ones is in no list. */
export function listRechargeCards(db: Db, merchantId: string, filter: CardFilter): Promise<RechargeCard[]> {
  const { after, batchId, number, state, locked, storeIds, limit } = filter;
  return db.query<RechargeCard>(selectCards, [
    merchantId,
    after,
    batchId,
    number,
    state,
    locked,
    storeIds,
    limit,
  ]);
}

const selectForRelease = statement(
  'rechargecards.forRelease',
  `select serial, draw from rechargecards.card c where c.merchant_id = $1 and c.batch_id = $2 and c.serial > $3
   order by c.serial limit $4`,
);

/** What the next cards of a batch derive from, in order of serials. */
export function rechargeForRelease(
  db: Db,
  merchantId: string,
  batchId: string,
  after: bigint,
  limit: number,
): Promise<{ readonly serial: bigint; readonly draw: number }[]> {
  return db.query(selectForRelease, [merchantId, batchId, after, limit]);
}
