import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import {
  type Dividend,
  dividendById,
  dividendShares,
  dividends,
  type Part,
  type Share,
  shareByKey,
  type Weight,
} from './dividend.ts';

const columns = `d.id, d.name, d.first_day::text as "firstDay", d.last_day::text as "lastDay", d.currency, d.source, d.weighing,
  d.lapses_at as "lapsesAt", d.state, d.base, d.pool, d.members, d.paid_members as "paidMembers", d.paid, d.revision,
  d.created_at as "createdAt"`;
const dividendsById = statement(
  'dividends.byId',
  `select ${columns} from dividends.dividend d where d.merchant_id = $1 and d.id = any($2::uuid[])`,
);
const insertDividends = statement(
  'dividends.insert',
  `insert into dividends.dividend (merchant_id, id, name, first_day, last_day, currency, source, weighing, lapses_at, state, base,
     pool, members, paid_members, paid, revision, created_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::date[], $5::date[], $6::text[], $7::jsonb[], $8::jsonb[],
     $9::timestamptz[], $10::text[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[],
     $16::integer[], $17::timestamptz[]) as v`,
);
const updateDividends = guarded(
  'dividends.update',
  `update dividends.dividend d set state = v.state, base = v.base, pool = v.pool, members = v.members,
     paid_members = v.paid_members, paid = v.paid, revision = v.revision
   from unnest($2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::integer[],
     $10::integer[]) as v(id, state, base, pool, members, paid_members, paid, revision, was)
   where d.merchant_id = $1 and d.id = v.id and d.revision = v.was`,
  'a dividend is not as it was judged',
);

const dividendSql = entitySql<Dividend>(dividends, {
  insert: (db, merchantId, rows) =>
    db.execute(insertDividends, [
      merchantId,
      rows.map((d) => d.id),
      rows.map((d) => d.name),
      rows.map((d) => d.firstDay),
      rows.map((d) => d.lastDay),
      rows.map((d) => d.currency),
      rows.map((d) => JSON.stringify(d.source)),
      rows.map((d) => JSON.stringify(d.weighing)),
      rows.map((d) => d.lapsesAt),
      rows.map((d) => d.state),
      rows.map((d) => d.base),
      rows.map((d) => d.pool),
      rows.map((d) => d.members),
      rows.map((d) => d.paidMembers),
      rows.map((d) => d.paid),
      rows.map((d) => d.revision),
      rows.map((d) => d.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateDividends, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.state),
      updates.map(({ to }) => to.base),
      updates.map(({ to }) => to.pool),
      updates.map(({ to }) => to.members),
      updates.map(({ to }) => to.paidMembers),
      updates.map(({ to }) => to.paid),
      updates.map(({ to }) => to.revision),
      updates.map(({ from }) => from.revision),
      updates.length,
    ]),
  finds: [[dividendById, dividendsById]],
});

const shareColumns = `s.dividend_id as "dividendId", s.member_id as "memberId", s.weight, s.amount, s.state`;
const sharesByKey = statement(
  'dividends.sharesByKey',
  `select ${shareColumns}
   from (select dividend_id, member_id from unnest($2::uuid[], $3::uuid[]) as k(dividend_id, member_id) limit cardinality($2::uuid[])) k
   join dividends.share s on s.merchant_id = $1 and s.dividend_id = k.dividend_id and s.member_id = k.member_id`,
);
const insertShares = statement(
  'dividends.insertShares',
  `insert into dividends.share (merchant_id, dividend_id, member_id, weight, amount, state)
   select $1, $2, v.*, 'due' from unnest($3::uuid[], $4::bigint[], $5::bigint[]) as v`,
);
const updateShares = guarded(
  'dividends.updateShares',
  `update dividends.share s set state = v.state
   from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) as v(dividend_id, member_id, state, was)
   where s.merchant_id = $1 and s.dividend_id = v.dividend_id and s.member_id = v.member_id
     and s.member_id = any($3::uuid[]) and s.state = v.was`,
  'a share of a dividend is not as it was judged',
);

const shareSql = entitySql<Share>(dividendShares, {
  // The job that counts writes them, all of a dividend in one transaction.
  insert: () => Promise.reject(new Error('shares are made by counting')),
  update: (db, merchantId, updates) =>
    db.execute(updateShares, [
      merchantId,
      updates.map(({ to }) => to.dividendId),
      updates.map(({ to }) => to.memberId),
      updates.map(({ to }) => to.state),
      updates.map(({ from }) => from.state),
      updates.length,
    ]),
  finds: [
    [
      shareByKey,
      (db, m, keys) =>
        db.query<Share>(sharesByKey, [
          m,
          keys.map((key) => key.slice(0, 36)),
          keys.map((key) => key.slice(37)),
        ]),
    ],
  ],
});

/** The tables of dividends for the executor. */
export const dividendsSql = [dividendSql, shareSql];

/** Writes the shares of a dividend. */
export function writeShares(db: Db, merchantId: string, dividendId: string, parts: readonly Part[]) {
  return db.execute(insertShares, [
    merchantId,
    dividendId,
    parts.map((p) => p.memberId),
    parts.map((p) => p.weight),
    parts.map((p) => p.amount),
  ]);
}

const sumShares = statement(
  'dividends.sumShares',
  `select count(*)::bigint as members, coalesce(sum(s.amount), 0)::bigint as pool from dividends.share s
   where s.merchant_id = $1 and s.dividend_id = $2`,
);

/** How many shares of a dividend there are, and what they come to. */
export async function sharesOf(db: Db, merchantId: string, dividendId: string) {
  const [row] = await db.query<{ members: bigint; pool: bigint }>(sumShares, [merchantId, dividendId]);
  return row ?? { members: 0n, pool: 0n };
}

const selectDividends = statement(
  'dividends.list',
  `select ${columns} from dividends.dividend d
   where d.merchant_id = $1 and ($2::uuid is null or d.id < $2) order by d.id desc limit $3`,
);

/** Dividends, newest first, before one. */
export function listDividends(db: Db, merchantId: string, before: string | null, limit: number) {
  return db.query<Dividend>(selectDividends, [merchantId, before, limit]);
}

/** One dividend. */
export async function readDividend(db: Db, merchantId: string, id: string): Promise<Dividend | undefined> {
  return (await db.query<Dividend>(dividendsById, [merchantId, [id]]))[0];
}

const selectShares = statement(
  'dividends.shares',
  `select ${shareColumns} from dividends.share s
   where s.merchant_id = $1 and s.dividend_id = $2 and ($3::uuid is null or s.member_id > $3) order by s.member_id limit $4`,
);

/** Shares of a dividend, by member, after one. */
export function listShares(db: Db, merchantId: string, id: string, after: string | null, limit: number) {
  return db.query<Share>(selectShares, [merchantId, id, after, limit]);
}

const selectWork = statement(
  'dividends.work',
  `-- all merchants: the jobs count and credit for each
   select merchant_id as "merchantId", id from dividends.dividend where state = $1 order by id limit $2`,
);

/** Dividends that wait for a job. */
export function dividendsIn(
  db: Db,
  state: 'counting' | 'approved',
  limit: number,
): Promise<{ merchantId: string; id: string }[]> {
  return db.query(selectWork, [state, limit]);
}

const selectDue = statement(
  'dividends.due',
  `select s.member_id as "memberId" from dividends.share s
   where s.merchant_id = $1 and s.dividend_id = $2 and s.state = 'due' order by s.member_id limit $3`,
);

/** Whose shares were not credited yet. */
export async function dueShares(db: Db, merchantId: string, id: string, limit: number): Promise<string[]> {
  const rows = await db.query<{ memberId: string }>(selectDue, [merchantId, id, limit]);
  return rows.map(({ memberId }) => memberId);
}

export type Period = { readonly since: bigint; readonly until: bigint };

const selectSales = statement(
  'dividends.sales',
  `select coalesce(sum(m.amount), 0)::bigint as sales from ledger.store_movement_view m
   where m.merchant_id = $1 and m.purpose = 'revenue' and m.asset = $2 and m.activity_seq >= $3 and m.activity_seq < $4`,
);

/** What stores took in a currency between two entries of the log. */
export async function salesIn(db: Db, merchantId: string, currency: string, { since, until }: Period) {
  const [row] = await db.query<{ sales: bigint }>(selectSales, [merchantId, currency, since, until]);
  return row?.sales ?? 0n;
}

const membersBefore = statement(
  'dividends.membersBefore',
  `select m.id as "memberId", 1::bigint as weight from members.member_view m
   where m.merchant_id = $1 and (m.id < $2 or exists (
     select from members.heir_view h where h.merchant_id = $1 and h.heir_id = m.id and h.id < $2))
   order by m.id`,
);

/** Members who enrolled before an id was made, under whichever record, each as much as any other. */
export function equalWeights(db: Db, merchantId: string, before: string): Promise<Weight[]> {
  return db.query<Weight>(membersBefore, [merchantId, before]);
}

// What moved on members' accounts together with another account, which says why: paid to a store, or earned. What was done
// under a record that was merged counts for who stands for it.
const movedWith = (name: string, sign: '-' | '', purpose: string, other: string) =>
  statement(
    name,
    `select v.id as "memberId", (${sign}sum(m.amount))::bigint as weight
     from (select distinct o.activity_seq from ledger.store_movement_view o
       where o.merchant_id = $1 and ${other} and o.activity_seq >= $2 and o.activity_seq < $3) a
     join ledger.store_movement_view m on m.merchant_id = $1 and m.activity_seq = a.activity_seq and m.purpose = '${purpose}'
     left join members.heir_view h on h.merchant_id = $1 and h.id = m.owner_id
     join members.member_view v on v.merchant_id = $1 and v.id = coalesce(h.heir_id, m.owner_id)
     group by v.id having ${sign}sum(m.amount) >= $4::bigint order by v.id`,
  );
const walletSpend = movedWith('dividends.walletSpend', '-', 'wallet', `o.purpose = 'revenue'`);
const pointsEarned = movedWith(
  'dividends.pointsEarned',
  '',
  'points',
  `o.purpose = 'points_issue' and o.detail = 'earned'`,
);

/** By what members paid from their wallets, or by points that they earned, between two entries of the log; at least so much. */
export function movedWeights(
  db: Db,
  merchantId: string,
  by: 'wallet_spend' | 'points_earned',
  { since, until }: Period,
  least: bigint,
): Promise<Weight[]> {
  return db.query<Weight>(by === 'wallet_spend' ? walletSpend : pointsEarned, [
    merchantId,
    since,
    until,
    least,
  ]);
}
