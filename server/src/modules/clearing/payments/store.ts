import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import {
  allNettings,
  duePayments,
  type Netting,
  nettings,
  type Outstanding,
  outstandingAt,
  outstandings,
  type Payment,
  paymentById,
  payments,
} from './payment.ts';

const everyNetting = statement(
  'clearing.everyNetting',
  `select n.period_id as "periodId", n.number, n.created_at as "createdAt" from clearing.netting n where n.merchant_id = $1`,
);
const insertNettings = statement(
  'clearing.insertNettings',
  `insert into clearing.netting (merchant_id, period_id, number, created_at)
   select $1, v.* from unnest($2::uuid[], $3::integer[], $4::timestamptz[]) as v`,
);
const nettingSql = entitySql<Netting>(nettings, {
  insert: (db, merchantId, rows) =>
    db.execute(insertNettings, [
      merchantId,
      rows.map((n) => n.periodId),
      rows.map((n) => n.number),
      rows.map((n) => n.createdAt),
    ]),
  finds: [[allNettings, (db, m) => db.query<Netting>(everyNetting, [m])]],
});

const outstandingAtEnd = statement(
  'clearing.outstandingAtEnd',
  `select p.id as "periodId", a.owner_id as "ownerId", split_part(a.detail, '|', 1) as "counterpartId", a.asset as currency,
     sum(o.balance_after)::bigint as amount
   from clearing.period p
   join ledger.account_view a on a.merchant_id = p.merchant_id and a.purpose = 'clearing'
     and split_part(a.detail, '|', 2) not in ('netting', 'payment')
   cross join lateral (
     select m.balance_after from ledger.owner_posting_view m
     where m.merchant_id = a.merchant_id and m.account_id = a.id and m.activity_seq < p.to_seq
     order by m.account_seq desc limit 1) o
   where p.merchant_id = $1 and p.id = any($2::uuid[])
   group by p.id, a.owner_id, 3, a.asset`,
);
const outstandingSql = entitySql<Outstanding>(outstandings, {
  insert: () => Promise.reject(new Error('what is owed is read out of the log')),
  finds: [[outstandingAt, outstandingAtEnd]],
});

const columns = `p.id, p.period_id as "periodId", p.payer_id as "payerId", p.payee_id as "payeeId", p.currency, p.amount,
  p.state, p.reference, p.created_at as "createdAt", p.paid_at as "paidAt", p.paid_by as "paidBy"`;
const paymentsById = statement(
  'clearing.paymentsById',
  `select ${columns} from clearing.payment p where p.merchant_id = $1 and p.id = any($2::uuid[])`,
);
const paymentsDue = statement(
  'clearing.paymentsDue',
  `select ${columns} from clearing.payment p where p.merchant_id = $1 and p.state = 'due'`,
);
const insertPayments = statement(
  'clearing.insertPayments',
  `insert into clearing.payment (merchant_id, id, period_id, payer_id, payee_id, currency, amount, state, created_at)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::bigint[], $8::text[],
     $9::timestamptz[]) as v`,
);
const updatePayments = guarded(
  'clearing.updatePayments',
  `update clearing.payment p set state = v.state, reference = v.reference, paid_at = v.paid_at, paid_by = v.paid_by
   from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::uuid[], $7::text[])
     as v(id, state, reference, paid_at, paid_by, state_was)
   where p.merchant_id = $1 and p.id = v.id and p.state = v.state_was`,
  'a settlement payment is not as it was judged',
);
const paymentSql = entitySql<Payment>(payments, {
  insert: (db, merchantId, rows) =>
    db.execute(insertPayments, [
      merchantId,
      rows.map((p) => p.id),
      rows.map((p) => p.periodId),
      rows.map((p) => p.payerId),
      rows.map((p) => p.payeeId),
      rows.map((p) => p.currency),
      rows.map((p) => p.amount),
      rows.map((p) => p.state),
      rows.map((p) => p.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updatePayments, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.state),
      updates.map(({ to }) => to.reference),
      updates.map(({ to }) => to.paidAt),
      updates.map(({ to }) => to.paidBy),
      updates.map(({ from }) => from.state),
      updates.length,
    ]),
  finds: [
    [paymentById, paymentsById],
    [duePayments, (db, m) => db.query<Payment>(paymentsDue, [m])],
  ],
});

/** The tables of netting and paying for the executor. */
export const paymentsSql = [nettingSql, outstandingSql, paymentSql];

type Listed = Payment & { readonly payerIsStore: boolean; readonly payeeIsStore: boolean };

const selectPayments = statement(
  'clearing.selectPayments',
  `select ${columns},
     exists (select from merchants.store_view s where s.merchant_id = p.merchant_id and s.id = p.payer_id) as "payerIsStore",
     exists (select from merchants.store_view s where s.merchant_id = p.merchant_id and s.id = p.payee_id) as "payeeIsStore"
   from clearing.payment p
   where p.merchant_id = $1 and ($2::uuid is null or p.id < $2) and ($3::text is null or p.state = $3)
     and ($4::uuid[] is null or p.payer_id = any($4) or p.payee_id = any($4)) and ($5::uuid is null or p.period_id = $5)
   order by p.id desc limit $6`,
);

export type PaymentFilter = {
  readonly before: string | null;
  readonly state: Payment['state'] | null;
  /** null: all. */
  readonly storeIds: readonly string[] | null;
  readonly periodId: string | null;
  readonly limit: number;
};

/** Payments, the newest first. */
export function listPayments(db: Db, merchantId: string, filter: PaymentFilter): Promise<Listed[]> {
  const { before, state, storeIds, periodId, limit } = filter;
  return db.query<Listed>(selectPayments, [merchantId, before, state, storeIds, periodId, limit]);
}
