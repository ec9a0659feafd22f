import { bytesArray, instantArray, plainArray, textArray } from '../../platform/db/arrays.ts';
import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import type { Activity } from '../../platform/executor/activity.ts';
import { entitySql, type Update } from '../../platform/executor/entitySql.ts';
import { type Account, accounts, accountsOf } from './account.ts';
import { type Hold, holdById, holds, openHoldsOf } from './hold.ts';
import { activities, activityByKey, activityByReference, activityBySeq } from './log.ts';

// Keys come as arrays, and so do changes. `limit` on them makes the planner expect one row, so that it always walks from
// the keys to the table by the index: without it, a plan made while a table was small would walk through the table.
const activityColumns = `a.seq, a.type, a.occurred_at as "occurredAt", a.actor_id as "actorId", a.store_id as "storeId",
  a.subject_id as "subjectId", a.related_seq as "relatedSeq", a.reference, a.amount, a.details,
  a.idempotency_key as "idempotencyKey", a.fingerprint, a.result, a.hash,
  (select json_agg(json_build_object('accountId', p.account_id, 'accountSeq', p.account_seq::text,
     'amount', p.amount::text, 'balanceAfter', p.balance_after::text) order by p.line)
   from ledger.posting p
   where p.merchant_id = a.merchant_id and p.activity_seq = a.seq) as postings`;
const activitiesByKey = statement(
  'ledger.activitiesByKey',
  `select ${activityColumns} from (select idempotency_key from unnest($2::text[]) as k(idempotency_key) limit cardinality($2::text[])) k
   join ledger.activity a on a.merchant_id = $1 and a.idempotency_key = k.idempotency_key`,
);
const activitiesByReference = statement(
  'ledger.activitiesByReference',
  `select ${activityColumns} from (select store_id, reference from unnest($2::uuid[], $3::text[]) as k(store_id, reference) limit cardinality($2::uuid[])) k
   join ledger.activity a on a.merchant_id = $1 and a.store_id = k.store_id and a.reference = k.reference`,
);
const activitiesBySeq = statement(
  'ledger.activitiesBySeq',
  `select ${activityColumns} from (select seq from unnest($2::bigint[]) as k(seq) limit cardinality($2::bigint[])) k
   join ledger.activity a on a.merchant_id = $1 and a.seq = k.seq`,
);
const insertActivities = statement(
  'ledger.insertActivities',
  `insert into ledger.activity (merchant_id, seq, type, occurred_at, actor_id, store_id, subject_id, related_seq, reference,
     amount, details, idempotency_key, fingerprint, result, hash)
   select $1, v.* from unnest($2::bigint[], $3::text[], $4::timestamptz[], $5::uuid[], $6::uuid[], $7::uuid[], $8::bigint[],
     $9::text[], $10::bigint[], $11::text[], $12::text[], $13::bytea[], $14::text[], $15::bytea[]) as v`,
);
const insertPostings = statement(
  'ledger.insertPostings',
  `insert into ledger.posting (merchant_id, activity_seq, line, account_id, account_seq, amount, balance_after)
   select $1, v.* from unnest($2::bigint[], $3::smallint[], $4::uuid[], $5::bigint[], $6::bigint[], $7::bigint[]) as v`,
);

type PostingText = Readonly<Record<'accountId' | 'accountSeq' | 'amount' | 'balanceAfter', string>>;
type ActivityRow = Omit<Activity, 'postings'> & { readonly postings: readonly PostingText[] | null };

function activityOf(row: ActivityRow): Activity {
  const postings = (row.postings ?? []).map((p) => ({
    accountId: p.accountId,
    accountSeq: BigInt(p.accountSeq),
    amount: BigInt(p.amount),
    balanceAfter: BigInt(p.balanceAfter),
  }));
  return { ...row, postings };
}

/** Splits the keys that `storeAnd` and `ownerAnd` make, into arrays for a statement. */
function pairs(keys: readonly string[]): [ids: string, words: string] {
  const uuidLength = 36;
  return [
    plainArray(keys.map((key) => key.slice(0, uuidLength))),
    textArray(keys.map((key) => key.slice(uuidLength + 1))),
  ];
}

const activitySql = entitySql<Activity>(activities, {
  async insert(db, merchantId, rows) {
    const postings = rows.flatMap((row) =>
      row.postings.map((posting, n) => ({ ...posting, seq: row.seq, line: n + 1 })),
    );
    const written = db.execute(insertActivities, [
      merchantId,
      plainArray(rows.map((a) => a.seq)),
      plainArray(rows.map((a) => a.type)),
      instantArray(rows.map((a) => a.occurredAt)),
      plainArray(rows.map((a) => a.actorId)),
      plainArray(rows.map((a) => a.storeId)),
      plainArray(rows.map((a) => a.subjectId)),
      plainArray(rows.map((a) => a.relatedSeq)),
      textArray(rows.map((a) => a.reference)),
      plainArray(rows.map((a) => a.amount)),
      textArray(rows.map((a) => a.details)),
      textArray(rows.map((a) => a.idempotencyKey)),
      bytesArray(rows.map((a) => a.fingerprint)),
      textArray(rows.map((a) => a.result)),
      bytesArray(rows.map((a) => a.hash)),
    ]);
    if (postings.length === 0) return written;
    const posted = db.execute(insertPostings, [
      merchantId,
      plainArray(postings.map((p) => p.seq)),
      plainArray(postings.map((p) => p.line)),
      plainArray(postings.map((p) => p.accountId)),
      plainArray(postings.map((p) => p.accountSeq)),
      plainArray(postings.map((p) => p.amount)),
      plainArray(postings.map((p) => p.balanceAfter)),
    ]);
    return Promise.all([written, posted]);
  },
  finds: [
    [
      activityByKey,
      async (db, m, keys) =>
        (await db.query<ActivityRow>(activitiesByKey, [m, textArray(keys)])).map(activityOf),
    ],
    [
      activityByReference,
      async (db, m, keys) =>
        (await db.query<ActivityRow>(activitiesByReference, [m, ...pairs(keys)])).map(activityOf),
    ],
    [
      activityBySeq,
      async (db, m, keys) => (await db.query<ActivityRow>(activitiesBySeq, [m, keys])).map(activityOf),
    ],
  ],
});

const accountColumns = `a.id, a.owner_id as "ownerId", a.purpose, a.detail, a.asset, balance, held, floor, ceiling, state,
  usable_from as "usableFrom", usable_until as "usableUntil", postings`;
const accountsByOwner = statement(
  'ledger.accountsByOwner',
  `select ${accountColumns} 
   from (select owner_id, purpose from unnest($2::uuid[], $3::text[]) as k(owner_id, purpose) limit cardinality($2::uuid[])) k
   join ledger.account a on a.merchant_id = $1 and a.owner_id = k.owner_id and a.purpose = k.purpose`,
);
const insertAccounts = statement(
  'ledger.insertAccounts',
  `insert into ledger.account (merchant_id, id, owner_id, purpose, detail, asset, balance, held, floor, ceiling, state,
     usable_from, usable_until, postings)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[],
     $9::bigint[], $10::bigint[], $11::text[], $12::timestamptz[], $13::timestamptz[], $14::bigint[]) as v`,
);
// Here and in every update of many rows `limit` does what it does above. The ids are not named a second time, as `any`: the
// server would then go through all of them for each row.
const updateAccounts = guarded(
  'ledger.updateAccounts',
  `update ledger.account a set balance = v.balance, held = v.held, postings = v.postings, state = v.state,
     usable_until = v.usable_until
   from (select id, balance, held, postings, state, usable_until, postings_before, held_before from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::timestamptz[], $8::bigint[], $9::bigint[])
       as v(id, balance, held, postings, state, usable_until, postings_before, held_before)
     limit cardinality($2::uuid[])) v
   where a.merchant_id = $1 and a.id = v.id and a.postings = v.postings_before and a.held = v.held_before`,
  'an account is not as it was judged',
);

function updateAll(db: Db, merchantId: string, updates: readonly Update<Account>[]): Promise<unknown> {
  return db.execute(updateAccounts, [
    merchantId,
    plainArray(updates.map(({ to }) => to.id)),
    plainArray(updates.map(({ to }) => to.balance)),
    plainArray(updates.map(({ to }) => to.held)),
    plainArray(updates.map(({ to }) => to.postings)),
    plainArray(updates.map(({ to }) => to.state)),
    instantArray(updates.map(({ to }) => to.usableUntil)),
    plainArray(updates.map(({ from }) => from.postings)),
    plainArray(updates.map(({ from }) => from.held)),
    updates.length,
  ]);
}

const accountSql = entitySql<Account>(accounts, {
  insert: (db, merchantId, rows) =>
    db.execute(insertAccounts, [
      merchantId,
      plainArray(rows.map((a) => a.id)),
      plainArray(rows.map((a) => a.ownerId)),
      plainArray(rows.map((a) => a.purpose)),
      textArray(rows.map((a) => a.detail)),
      plainArray(rows.map((a) => a.asset)),
      plainArray(rows.map((a) => a.balance)),
      plainArray(rows.map((a) => a.held)),
      plainArray(rows.map((a) => a.floor)),
      plainArray(rows.map((a) => a.ceiling)),
      plainArray(rows.map((a) => a.state)),
      instantArray(rows.map((a) => a.usableFrom)),
      instantArray(rows.map((a) => a.usableUntil)),
      plainArray(rows.map((a) => a.postings)),
    ]),
  update: updateAll,
  finds: [[accountsOf, (db, m, keys) => db.query<Account>(accountsByOwner, [m, ...pairs(keys)])]],
});

const holdRow =
  'id, owner_id, seq, amount, captured, state, parts, store_id, reference, expires_at, ended_seq';
const holdColumns = `h.id, h.owner_id as "ownerId", seq, amount, captured, state, parts, store_id as "storeId", reference,
  expires_at as "expiresAt", ended_seq as "endedSeq"`;
const holdsById = statement(
  'ledger.holdsById',
  `select ${holdColumns} from (select id from unnest($2::uuid[]) as k(id) limit cardinality($2::uuid[])) k
   cross join lateral (
     select ${holdRow} from ledger.hold h where h.merchant_id = $1 and h.id = k.id offset 0) h`,
);
const holdsByOwner = statement(
  'ledger.holdsByOwner',
  `select ${holdColumns} from (select owner_id from unnest($2::uuid[]) as k(owner_id) limit cardinality($2::uuid[])) k
   cross join lateral (
     select ${holdRow} from ledger.hold h where h.merchant_id = $1 and h.owner_id = k.owner_id and h.state = 'open'
     order by h.expires_at offset 0) h`,
);
const insertHolds = statement(
  'ledger.insertHolds',
  `insert into ledger.hold (merchant_id, id, owner_id, seq, amount, captured, state, parts, store_id, reference, expires_at, ended_seq)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::jsonb[],
     $9::uuid[], $10::text[], $11::timestamptz[], $12::bigint[]) as v`,
);
// That a hold is open is not said by its state, which would lead to the index of all open ones.
const updateHolds = guarded(
  'ledger.updateHolds',
  `update ledger.hold h set state = v.state, captured = v.captured, ended_seq = v.ended_seq
   from (select id, state, captured, ended_seq from unnest($2::uuid[], $3::text[], $4::bigint[], $5::bigint[])
       as v(id, state, captured, ended_seq)
     limit cardinality($2::uuid[])) v
   where h.merchant_id = $1 and h.id = v.id and h.ended_seq is null`,
  'a hold has ended meanwhile',
);

type HoldRow = Omit<Hold, 'parts'> & { readonly parts: readonly { accountId: string; amount: string }[] };
const holdOf = (row: HoldRow): Hold => ({
  ...row,
  parts: row.parts.map(({ accountId, amount }) => ({ accountId, amount: BigInt(amount) })),
});

const holdSql = entitySql<Hold>(holds, {
  insert: (db, merchantId, rows) =>
    db.execute(insertHolds, [
      merchantId,
      plainArray(rows.map((h) => h.id)),
      plainArray(rows.map((h) => h.ownerId)),
      plainArray(rows.map((h) => h.seq)),
      plainArray(rows.map((h) => h.amount)),
      plainArray(rows.map((h) => h.captured)),
      plainArray(rows.map((h) => h.state)),
      rows.map((h) => JSON.stringify(h.parts.map((part) => ({ ...part, amount: String(part.amount) })))),
      plainArray(rows.map((h) => h.storeId)),
      textArray(rows.map((h) => h.reference)),
      instantArray(rows.map((h) => h.expiresAt)),
      plainArray(rows.map((h) => h.endedSeq)),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateHolds, [
      merchantId,
      plainArray(updates.map(({ to }) => to.id)),
      plainArray(updates.map(({ to }) => to.state)),
      plainArray(updates.map(({ to }) => to.captured)),
      plainArray(updates.map(({ to }) => to.endedSeq)),
      updates.length,
    ]),
  finds: [
    [holdById, async (db, m, keys) => (await db.query<HoldRow>(holdsById, [m, keys])).map(holdOf)],
    [openHoldsOf, async (db, m, keys) => (await db.query<HoldRow>(holdsByOwner, [m, keys])).map(holdOf)],
  ],
});

/** The ledger's tables for the executor. */
export const ledgerSql = [activitySql, accountSql, holdSql];
