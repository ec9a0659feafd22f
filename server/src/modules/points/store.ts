import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { recordsOf } from '../members/index.ts';
import { type GiftOrder, giftOrderById, giftOrders, waitingOrdersOf } from './gifts/order.ts';
import { type SchemeVersion, schemes, schemesOfMerchant } from './scheme/version.ts';

const schemeColumns = `s.id, s.number, s.valid_from as "validFrom", s.note, s.body, s.created_at as "createdAt"`;
const everyScheme = statement(
  'points.schemes',
  `select ${schemeColumns} from points.scheme s where s.merchant_id = $1`,
);
const selectSchemes = statement(
  'points.selectSchemes',
  `select ${schemeColumns} from points.scheme s
   where s.merchant_id = $1 and ($2::integer is null or s.number < $2) order by s.number desc limit $3`,
);
const insertSchemes = statement(
  'points.insertSchemes',
  `insert into points.scheme (merchant_id, id, number, valid_from, note, body, created_at)
   select $1, v.* from unnest($2::uuid[], $3::integer[], $4::timestamptz[], $5::text[], $6::jsonb[], $7::timestamptz[]) as v`,
);

const schemeSql = entitySql<SchemeVersion>(schemes, {
  insert: (db, merchantId, rows) =>
    db.execute(insertSchemes, [
      merchantId,
      rows.map((s) => s.id),
      rows.map((s) => s.number),
      rows.map((s) => s.validFrom),
      rows.map((s) => s.note),
      rows.map((s) => JSON.stringify(s.body)),
      rows.map((s) => s.createdAt),
    ]),
  finds: [[schemesOfMerchant, (db, m) => db.query<SchemeVersion>(everyScheme, [m])]],
});

/** Schemes, the newest first, before this number. */
export function listSchemes(db: Db, merchantId: string, before: number | null, limit: number) {
  return db.query<SchemeVersion>(selectSchemes, [merchantId, before, limit]);
}

const orderColumns = `o.id, o.gift_id as "giftId", o.member_id as "memberId", o.store_id as "storeId", o.quantity, o.points,
  o.parts, o.state, o.created_at as "createdAt", o.ended_at as "endedAt"`;
const ordersById = statement(
  'points.ordersById',
  `select ${orderColumns} from points.gift_order o where o.merchant_id = $1 and o.id = any($2::uuid[])`,
);
const waitingOfMembers = statement(
  'points.waitingOrdersOfMembers',
  `select ${orderColumns} from points.gift_order o
   where o.merchant_id = $1 and o.member_id = any($2::uuid[]) and o.state = 'waiting'`,
);
const insertOrders = statement(
  'points.insertOrders',
  `insert into points.gift_order (merchant_id, id, gift_id, member_id, store_id, quantity, points, parts, state, created_at, ended_at)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::integer[], $7::bigint[], $8::jsonb[],
     $9::text[], $10::timestamptz[], $11::timestamptz[]) as v`,
);
const updateOrders = guarded(
  'points.updateOrders',
  `update points.gift_order o set state = v.state, ended_at = v.ended_at
   from unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::text[]) as v(id, state, ended_at, was)
   where o.merchant_id = $1 and o.id = v.id and o.state = v.was`,
  'a gift order is not as it was judged',
);
const selectOrders = statement(
  'points.selectOrders',
  `select ${orderColumns} from points.gift_order o
   where o.merchant_id = $1 and ($2::uuid is null or o.id < $2) and ($4::uuid is null or o.member_id = $4)
     and ($5::uuid[] is null or o.store_id = any($5)) and ($6::text is null or o.state = $6)
   order by o.id desc limit $3`,
);

type OrderRow = Omit<GiftOrder, 'parts'> & {
  readonly parts: readonly { readonly detail: string; readonly points: string }[];
};
const orderOf = (row: OrderRow): GiftOrder => ({
  ...row,
  parts: row.parts.map(({ detail, points }) => ({ detail, points: BigInt(points) })),
});

const orderSql = entitySql<GiftOrder>(giftOrders, {
  insert: (db, merchantId, rows) =>
    db.execute(insertOrders, [
      merchantId,
      rows.map((o) => o.id),
      rows.map((o) => o.giftId),
      rows.map((o) => o.memberId),
      rows.map((o) => o.storeId),
      rows.map((o) => o.quantity),
      rows.map((o) => o.points),
      rows.map((o) =>
        JSON.stringify(o.parts.map(({ detail, points }) => ({ detail, points: String(points) }))),
      ),
      rows.map((o) => o.state),
      rows.map((o) => o.createdAt),
      rows.map((o) => o.endedAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateOrders, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.state),
      updates.map(({ to }) => to.endedAt),
      updates.map(({ from }) => from.state),
      updates.length,
    ]),
  finds: [
    [giftOrderById, async (db, m, keys) => (await db.query<OrderRow>(ordersById, [m, keys])).map(orderOf)],
    [
      waitingOrdersOf,
      async (db, m, keys) => (await db.query<OrderRow>(waitingOfMembers, [m, keys])).map(orderOf),
    ],
  ],
});

/** The tables of points for the executor. */
export const pointsSql = [schemeSql, orderSql];

export type OrderFilter = {
  readonly before: string | null;
  readonly limit: number;
  readonly memberId: string | null;
  readonly storeIds: readonly string[] | null;
  readonly state: GiftOrder['state'] | null;
};

/** Gifts that were taken, newest first. */
export async function listGiftOrders(db: Db, merchantId: string, filter: OrderFilter): Promise<GiftOrder[]> {
  const { before, limit, memberId, storeIds, state } = filter;
  const rows = await db.query<OrderRow>(selectOrders, [merchantId, before, limit, memberId, storeIds, state]);
  return rows.map(orderOf);
}

/** What happened to a member's points, in one entry of the log. */
export type PointsEntry = {
  readonly seq: bigint;
  readonly type: string;
  readonly occurredAt: Date;
  readonly storeId: string | null;
  readonly points: bigint;
};

const selectHistory = statement(
  'points.history',
  `select a.seq, a.type, a.occurred_at as "occurredAt", a.store_id as "storeId", m.points
   from (
     select p.activity_seq, sum(p.amount)::bigint as points from ledger.store_movement_view p
     where p.merchant_id = $1 and p.owner_id = any($2::uuid[]) and p.purpose = 'points'
       and ($3::bigint is null or p.activity_seq < $3)
     group by p.activity_seq
     -- What only went from one record of a person to another is no news of theirs.
     having sum(p.amount) <> 0 or count(distinct p.owner_id) = 1
     order by p.activity_seq desc limit $4) m
   join ledger.activity_view a on a.merchant_id = $1 and a.seq = m.activity_seq
   order by a.seq desc`,
);

/** What happened to a member's points, also under records that were merged into theirs, newest first, before an entry. */
export async function pointsHistory(
  db: Db,
  merchantId: string,
  { memberId, before, limit }: { memberId: string; before: bigint | null; limit: number },
): Promise<PointsEntry[]> {
  const records = await recordsOf(db, merchantId, memberId);
  return db.query<PointsEntry>(selectHistory, [merchantId, records, before, limit]);
}

const selectLapsed = statement(
  'points.lapsed',
  `-- all merchants: the job that sweeps what has ended works for each
   select distinct l.merchant_id as "merchantId", l.owner_id as "memberId" from (
     select merchant_id, owner_id from ledger.points_lot_view where usable_until <= $1 order by usable_until limit $2) l`,
);

/** Whose lots have ended and were not swept yet. */
export function lapsedPurses(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ merchantId: string; memberId: string }[]> {
  return db.query(selectLapsed, [now, limit]);
}
