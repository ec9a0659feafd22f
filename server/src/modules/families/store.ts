import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { familyShares, offersTo, type Share, shareById, sharesOfPayer, sharesOfRelative } from './share.ts';

const bytes = (hex: string | null) => (hex === null ? null : Buffer.from(hex, 'hex'));

const columns = `s.id, s.payer_id as "payerId", s.relative_id as "relativeId", encode(s.phone_hash, 'hex') as "phoneHash",
  s.phone_end as "phoneEnd", s.state, s.payment_max as "paymentMax", s.day_max as "dayMax",
  s.with_discount as "withDiscount", s.day, s.used, s.begun_by as "begunBy", s.ended_by as "endedBy",
  s.created_at as "createdAt", s.expires_at as "expiresAt", s.begun_at as "begunAt", s.ended_at as "endedAt", s.revision`;
const byId = statement(
  'families.sharesById',
  `select ${columns} from families.share s where s.merchant_id = $1 and s.id = any($2::uuid[])`,
);
const ofPayers = statement(
  'families.sharesOfPayers',
  `select ${columns} from families.share s
   where s.merchant_id = $1 and s.payer_id = any($2::uuid[]) and s.state <> 'ended'`,
);
const ofRelatives = statement(
  'families.sharesOfRelatives',
  `select ${columns} from families.share s
   where s.merchant_id = $1 and s.relative_id = any($2::uuid[]) and s.state <> 'ended'`,
);
const offered = statement(
  'families.offersTo',
  `select ${columns} from families.share s where s.merchant_id = $1 and s.phone_hash = any($2::bytea[])`,
);
const written = `id, payer_id, relative_id, phone_hash, phone_end, state, payment_max, day_max, with_discount, day, used,
  begun_by, ended_by, created_at, expires_at, begun_at, ended_at, revision`;
const arrays = `$2::uuid[], $3::uuid[], $4::uuid[], $5::bytea[], $6::text[], $7::text[], $8::bigint[], $9::bigint[],
  $10::boolean[], $11::date[], $12::bigint[], $13::text[], $14::text[], $15::timestamptz[], $16::timestamptz[],
  $17::timestamptz[], $18::timestamptz[], $19::integer[]`;
const insertShares = statement(
  'families.insertShares',
  `insert into families.share (merchant_id, ${written}) select $1, v.* from unnest(${arrays}) as v`,
);
const updateShares = guarded(
  'families.updateShares',
  `update families.share s set payer_id = v.payer_id, relative_id = v.relative_id, phone_hash = v.phone_hash,
     phone_end = v.phone_end, state = v.state, payment_max = v.payment_max, day_max = v.day_max,
     with_discount = v.with_discount, day = v.day, used = v.used, ended_by = v.ended_by, begun_at = v.begun_at,
     ended_at = v.ended_at, revision = v.revision
   from unnest(${arrays}, $20::integer[]) as v(${written}, revision_was)
   where s.merchant_id = $1 and s.id = v.id and s.revision = v.revision_was`,
  'a family share is not as it was judged',
);

/** The rows as the statements take them: a column an array, in the order of `written`. */
const arraysOf = (rows: readonly Share[]) => [
  rows.map((s) => s.id),
  rows.map((s) => s.payerId),
  rows.map((s) => s.relativeId),
  rows.map((s) => bytes(s.phoneHash)),
  rows.map((s) => s.phoneEnd),
  rows.map((s) => s.state),
  rows.map((s) => s.paymentMax),
  rows.map((s) => s.dayMax),
  rows.map((s) => s.withDiscount),
  rows.map((s) => s.day),
  rows.map((s) => s.used),
  rows.map((s) => s.begunBy),
  rows.map((s) => s.endedBy),
  rows.map((s) => s.createdAt),
  rows.map((s) => s.expiresAt),
  rows.map((s) => s.begunAt),
  rows.map((s) => s.endedAt),
  rows.map((s) => s.revision),
];

const shareSql = entitySql<Share>(familyShares, {
  insert: (db, merchantId, rows) => db.execute(insertShares, [merchantId, ...arraysOf(rows)]),
  update: (db, merchantId, updates) =>
    db.execute(updateShares, [
      merchantId,
      ...arraysOf(updates.map(({ to }) => to)),
      updates.map(({ from }) => from.revision),
      updates.length,
    ]),
  finds: [
    [shareById, byId],
    [sharesOfPayer, ofPayers],
    [sharesOfRelative, ofRelatives],
    [offersTo, (db, m, hashes) => db.query<Share>(offered, [m, hashes.map(bytes)])],
  ],
});

/** The tables of family sharing for the executor. */
export const familiesSql = [shareSql];

const selectShares = statement(
  'families.selectShares',
  `select ${columns} from families.share s
   where s.merchant_id = $1 and (s.payer_id = $2 or s.relative_id = $2) and ($3::uuid is null or s.id < $3)
   order by s.id desc limit $4`,
);

/** All that a member ever shared, or others with them, the newest first, before this one. */
export function listShares(
  db: Db,
  merchantId: string,
  memberId: string,
  before: string | null,
  limit: number,
): Promise<Share[]> {
  return db.query<Share>(selectShares, [merchantId, memberId, before, limit]);
}

const selectLapsed = statement(
  'families.lapsedShares',
  `-- all merchants: the job that ends what is over works for each
   select s.merchant_id as "merchantId", s.id from families.share s
   where (s.state = 'offered' and s.expires_at <= $1)
     or (s.state <> 'ended' and (
       not exists (select 1 from members.member_view m where m.merchant_id = s.merchant_id and m.id = s.payer_id)
       or (s.relative_id is not null and not exists (
         select 1 from members.member_view m where m.merchant_id = s.merchant_id and m.id = s.relative_id))))
   limit $2`,
);

/** Those that nobody accepted in time, or of which one of the two is gone. Run it for all merchants. */
export function lapsedShares(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ readonly merchantId: string; readonly id: string }[]> {
  return db.query(selectLapsed, [now, limit]);
}
