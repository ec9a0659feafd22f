import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import type { Presentation } from '../gateway.ts';
import {
  type PaymentOrder,
  type PaymentRefund,
  paymentOrderById,
  paymentOrders,
  paymentRefundById,
  paymentRefunds,
  pendingOrdersOf,
  type Watch,
  watches,
} from './order.ts';

const orderColumns = `o.id, o.purpose, o.member_id as "memberId", o.channel_id as "channelId", o.store_id as "storeId", o.currency,
  o.amount, o.method, o.state, o.created_at as "createdAt", o.expires_at as "expiresAt", o.paid_at as "paidAt", o.transaction,
  o.refunded, o.ended_at as "endedAt"`;
const ordersById = statement(
  'payments.ordersById',
  `select ${orderColumns} from payments.payment_order o where o.merchant_id = $1 and o.id = any($2::uuid[])`,
);
const pendingOfMembers = statement(
  'payments.pendingOrdersOfMembers',
  `select ${orderColumns} from payments.payment_order o
   where o.merchant_id = $1 and o.member_id = any($2::uuid[]) and o.state = 'pending'`,
);
const insertOrders = statement(
  'payments.insertOrders',
  `insert into payments.payment_order (merchant_id, id, purpose, member_id, channel_id, store_id, currency, amount, method,
     state, created_at, expires_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::bigint[], $9::text[],
     $10::text[], $11::timestamptz[], $12::timestamptz[]) as v`,
);
const updateOrders = guarded(
  'payments.updateOrders',
  `update payments.payment_order o set state = v.state, paid_at = v.paid_at, transaction = v.transaction,
     refunded = v.refunded, ended_at = v.ended_at
   from unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::text[], $6::bigint[], $7::timestamptz[], $8::text[], $9::bigint[])
     as v(id, state, paid_at, transaction, refunded, ended_at, state_was, refunded_was)
   where o.merchant_id = $1 and o.id = v.id and o.state = v.state_was and o.refunded = v.refunded_was`,
  'a payment order is not as it was judged',
);
const orderSql = entitySql<PaymentOrder>(paymentOrders, {
  insert: (db, merchantId, rows) =>
    db.execute(insertOrders, [
      merchantId,
      rows.map((o) => o.id),
      rows.map((o) => o.purpose),
      rows.map((o) => o.memberId),
      rows.map((o) => o.channelId),
      rows.map((o) => o.storeId),
      rows.map((o) => o.currency),
      rows.map((o) => o.amount),
      rows.map((o) => o.method),
      rows.map((o) => o.state),
      rows.map((o) => o.createdAt),
      rows.map((o) => o.expiresAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateOrders, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.state),
      updates.map(({ to }) => to.paidAt),
      updates.map(({ to }) => to.transaction),
      updates.map(({ to }) => to.refunded),
      updates.map(({ to }) => to.endedAt),
      updates.map(({ from }) => from.state),
      updates.map(({ from }) => from.refunded),
      updates.length,
    ]),
  finds: [
    [paymentOrderById, ordersById],
    [pendingOrdersOf, pendingOfMembers],
  ],
});

const insertWatches = statement(
  'payments.insertWatches',
  `insert into payments.watch (merchant_id, id, what, due_at, tries)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::integer[]) as v`,
);
const watchSql = entitySql<Watch>(watches, {
  insert: (db, merchantId, rows) =>
    db.execute(insertWatches, [
      merchantId,
      rows.map((w) => w.id),
      rows.map((w) => w.what),
      rows.map((w) => w.dueAt),
      rows.map((w) => w.tries),
    ]),
  finds: [],
});

const refundColumns = `r.id, r.order_id as "orderId", r.transaction, r.amount, r.reason, r.state, r.difference_id as "differenceId",
  r.principal, r.bonus_parts as "bonusParts", r.coupon_ids as "couponIds", r.created_at as "createdAt", r.ended_at as "endedAt"`;
const refundsById = statement(
  'payments.refundsById',
  `select ${refundColumns} from payments.refund r where r.merchant_id = $1 and r.id = any($2::uuid[])`,
);
const insertRefunds = statement(
  'payments.insertRefunds',
  `insert into payments.refund (merchant_id, id, order_id, transaction, amount, reason, state, difference_id, created_at,
     principal, bonus_parts, coupon_ids)
   select $1, v.id, v.order_id, v.transaction, v.amount, v.reason, v.state, v.difference_id, v.created_at, v.principal,
     v.bonus_parts, array(select jsonb_array_elements_text(v.coupon_ids)::uuid)
   from unnest($2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::uuid[],
     $9::timestamptz[], $10::bigint[], $11::jsonb[], $12::jsonb[])
     as v(id, order_id, transaction, amount, reason, state, difference_id, created_at, principal, bonus_parts, coupon_ids)`,
);
const updateRefunds = guarded(
  'payments.updateRefunds',
  `update payments.refund r set state = v.state, ended_at = v.ended_at
   from unnest($2::uuid[], $3::text[], $4::timestamptz[]) as v(id, state, ended_at)
   where r.merchant_id = $1 and r.id = v.id and r.state = 'due'`,
  'a refund is not as it was judged',
);
const refundSql = entitySql<PaymentRefund>(paymentRefunds, {
  insert: (db, merchantId, rows) =>
    db.execute(insertRefunds, [
      merchantId,
      rows.map((r) => r.id),
      rows.map((r) => r.orderId),
      rows.map((r) => r.transaction),
      rows.map((r) => r.amount),
      rows.map((r) => r.reason),
      rows.map((r) => r.state),
      rows.map((r) => r.differenceId),
      rows.map((r) => r.createdAt),
      rows.map((r) => r.principal),
      rows.map((r) => JSON.stringify(r.bonusParts)),
      rows.map((r) => JSON.stringify(r.couponIds)),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateRefunds, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.state),
      updates.map(({ to }) => to.endedAt),
      updates.length,
    ]),
  finds: [[paymentRefundById, refundsById]],
});

/** The tables of orders for the executor. */
export const orderTables = [orderSql, watchSql, refundSql];

const selectOrders = statement(
  'payments.orders',
  `select ${orderColumns} from payments.payment_order o
   where o.merchant_id = $1 and ($2::uuid is null or o.id < $2) and ($3::text is null or o.state = $3)
     and ($4::uuid is null or o.member_id = $4) and ($5::uuid is null or o.channel_id = $5)
     and ($6::uuid[] is null or o.store_id = any($6))
   order by o.id desc limit $7`,
);
const selectRefunds = statement(
  'payments.refundsOfOrder',
  `select ${refundColumns} from payments.refund r where r.merchant_id = $1 and r.order_id = $2 order by r.id`,
);
const selectPresentation = statement(
  'payments.presentation',
  `select p.kind, p.content, p.handle from payments.presentation p where p.merchant_id = $1 and p.order_id = $2`,
);
const insertPresentation = statement(
  'payments.insertPresentation',
  `insert into payments.presentation (merchant_id, order_id, kind, content, handle) values ($1, $2, $3, $4, $5)
   on conflict do nothing`,
);

export type OrderFilter = {
  readonly before: string | null;
  readonly state: string | null;
  readonly memberId: string | null;
  readonly channelId: string | null;
  /** null: of all stores. */
  readonly storeIds: readonly string[] | null;
  readonly limit: number;
};

/** Orders, the newest first. */
export function listOrders(db: Db, merchantId: string, filter: OrderFilter): Promise<PaymentOrder[]> {
  const { before, state, memberId, channelId, storeIds, limit } = filter;
  return db.query<PaymentOrder>(selectOrders, [
    merchantId,
    before,
    state,
    memberId,
    channelId,
    storeIds,
    limit,
  ]);
}

export async function readOrder(db: Db, merchantId: string, id: string): Promise<PaymentOrder | undefined> {
  const [order] = await db.query<PaymentOrder>(ordersById, [merchantId, [id]]);
  return order;
}

export async function readRefund(db: Db, merchantId: string, id: string): Promise<PaymentRefund | undefined> {
  const [refund] = await db.query<PaymentRefund>(refundsById, [merchantId, [id]]);
  return refund;
}

export function refundsOfOrder(db: Db, merchantId: string, orderId: string): Promise<PaymentRefund[]> {
  return db.query<PaymentRefund>(selectRefunds, [merchantId, orderId]);
}

/** How an order is paid; undefined until its channel has been told of it. */
export async function readPresentation(
  db: Db,
  merchantId: string,
  orderId: string,
): Promise<Presentation | undefined> {
  const [found] = await db.query<Presentation>(selectPresentation, [merchantId, orderId]);
  return found;
}

/** Keeps how an order is paid; the first answer stays. */
export async function keepPresentation(
  db: Db,
  merchantId: string,
  orderId: string,
  { kind, content, handle }: Presentation,
): Promise<void> {
  await db.execute(insertPresentation, [merchantId, orderId, kind, content, handle]);
}

export type DueWatch = Pick<Watch, 'id' | 'what' | 'tries'> & { readonly merchantId: string };

// The claim moves the time on, so that two processes do not ask the same at once, and a killed one's is asked again.
const claimDue = statement(
  'payments.claimWatches',
  `-- all merchants: one job serves them all
   with due as (
     select w.merchant_id, w.id from payments.watch w where w.due_at <= $1 order by w.due_at limit $3 for update skip locked)
   update payments.watch w set due_at = $2, tries = w.tries + 1
   from due where w.merchant_id = due.merchant_id and w.id = due.id
   returning w.merchant_id as "merchantId", w.id, w.what, w.tries`,
);
const moveWatch = statement(
  'payments.moveWatch',
  `update payments.watch set due_at = $3 where merchant_id = $1 and id = $2`,
);
const dropWatch = statement(
  'payments.dropWatch',
  `delete from payments.watch where merchant_id = $1 and id = $2`,
);

/** Claims what is due until a time, of all merchants; `tries` counts this one. */
export function claimWatches(db: Db, now: Date, until: Date, limit: number): Promise<DueWatch[]> {
  return db.query<DueWatch>(claimDue, [now, until, limit]);
}

/** When it is asked about next; null: never again. */
export async function endWatch(
  db: Db,
  { merchantId, id }: Pick<DueWatch, 'merchantId' | 'id'>,
  next: Date | null,
): Promise<void> {
  if (next === null) await db.execute(dropWatch, [merchantId, id]);
  else await db.execute(moveWatch, [merchantId, id, next]);
}
