import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { type Approval, approvalById, approvals, permittedFor } from './approval.ts';

const columns = `a.id, a.kind, a.use_case as "useCase", a.permission, a.input_sealed as "inputSealed",
  a.input_hash as "inputHash", a.diff, a.revision, a.store_id as "storeId", a.amount, a.asked_by as "askedBy",
  a.key_id as "keyId", a.persons::text[] as persons, a.idempotency_key as "idempotencyKey", a.fingerprint, a.state,
  a.decided_by as "decidedBy", a.decided_by_person as "decidedByPerson", a.decided_at as "decidedAt", a.reason, a.result,
  a.created_at as "createdAt", a.expires_at as "expiresAt"`;
const byIds = statement(
  'approvals.byIds',
  `select ${columns} from approvals.approval a where a.merchant_id = $1 and a.id = any($2::uuid[])`,
);
const permittedByHash = statement(
  'approvals.permittedByHash',
  `select ${columns} from approvals.approval a
   where a.merchant_id = $1 and a.input_hash = any($2::bytea[]) and a.state = 'permitted'`,
);
const insert = statement(
  'approvals.insert',
  `insert into approvals.approval (merchant_id, id, kind, use_case, permission, input_sealed, input_hash, diff, revision,
     store_id, amount, asked_by, key_id, persons, idempotency_key, fingerprint, state, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::uuid[], $15, $16, $17, $18, $19)`,
);
const update = guarded(
  'approvals.update',
  `update approvals.approval set diff = $3, revision = $4, state = $5, decided_by = $6, decided_by_person = $7,
     decided_at = $8, reason = $9, result = $10, expires_at = $11
   where merchant_id = $1 and id = $2 and revision = $12 and state = $13`,
  'an approval is not as judged',
);

function insertOne(db: Db, merchantId: string, a: Approval): Promise<number> {
  return db.execute(insert, [
    ...[merchantId, a.id, a.kind, a.useCase, a.permission, a.inputSealed, a.inputHash, a.diff, a.revision],
    ...[a.storeId, a.amount, a.askedBy, a.keyId, a.persons, a.idempotencyKey, a.fingerprint, a.state],
    ...[a.createdAt, a.expiresAt],
  ]);
}

const approvalSql = entitySql<Approval>(approvals, {
  insert: (db, merchantId, rows) => Promise.all(rows.map((one) => insertOne(db, merchantId, one))),
  update: (db, merchantId, updates) =>
    Promise.all(
      updates.map(({ from, to }) =>
        db.execute(update, [
          ...[merchantId, to.id, to.diff, to.revision, to.state, to.decidedBy, to.decidedByPerson],
          ...[to.decidedAt, to.reason, to.result, to.expiresAt, from.revision, from.state, 1],
        ]),
      ),
    ),
  finds: [
    [approvalById, byIds],
    [
      permittedFor,
      (db, merchantId, keys) =>
        db.query<Approval>(permittedByHash, [merchantId, keys.map((key) => Buffer.from(key, 'hex'))]),
    ],
  ],
});

/** What waits, for the executor. */
export const approvalsSql = [approvalSql];

/** An approval with the names of who asked and who decided. */
export type ListedApproval = Approval & {
  readonly askedByName: string | null;
  readonly decidedByName: string | null;
};

const shown = `select ${columns}, coalesce(s.name, k.name) as "askedByName", d.name as "decidedByName"
   from approvals.approval a
   left join people.staff_view s on s.merchant_id = a.merchant_id and s.id = a.asked_by
   left join people.key_view k on k.merchant_id = a.merchant_id and k.id = a.asked_by
   left join people.staff_view d on d.merchant_id = a.merchant_id and d.id = a.decided_by`;
const select = statement('approvals.select', `${shown} where a.merchant_id = $1 and a.id = $2`);
const selectPage = statement(
  'approvals.selectPage',
  `${shown}
   where a.merchant_id = $1 and ($2::uuid is null or a.id < $2)
     and ($4::text is null or $4 = case when a.state in ('pending', 'permitted') and a.expires_at <= $5 then 'expired'
       else a.state end)
     and ((a.asked_by = $6 or a.persons && $7::uuid[])
       or not $8 and $9 and ($10::text[] is null or a.permission = any($10))
         and ($11::uuid[] is null or a.store_id = any($11)))
   order by a.id desc limit $3`,
);

/** Which approvals are asked for, and what of them may be seen. */
export type ApprovalSlice = {
  readonly before: string | null;
  readonly limit: number;
  readonly state: Approval['state'] | null;
  readonly now: Date;
  /** Who looks. */
  readonly actorId: string;
  readonly persons: readonly string[];
  readonly mineOnly: boolean;
  /** Whether others' may be seen: of these permissions (null: of all) and stores (null: of all). */
  readonly seesOthers: boolean;
  readonly permissions: readonly string[] | null;
  readonly storeIds: readonly string[] | null;
};

/** What waits or has waited, the latest first. */
export function listApprovals(db: Db, merchantId: string, slice: ApprovalSlice): Promise<ListedApproval[]> {
  const { before, limit, state, now, actorId, persons, mineOnly, seesOthers, permissions, storeIds } = slice;
  return db.query<ListedApproval>(selectPage, [
    ...[merchantId, before, limit, state, now, actorId, persons, mineOnly, seesOthers, permissions, storeIds],
  ]);
}

export async function readApproval(
  db: Db,
  merchantId: string,
  id: string,
): Promise<ListedApproval | undefined> {
  const [row] = await db.query<ListedApproval>(select, [merchantId, id]);
  return row;
}

const lapsed = statement(
  'approvals.lapsed',
  `select merchant_id as "merchantId", id from approvals.approval -- all merchants: what time has ended
   where state in ('pending', 'permitted') and expires_at <= $1 order by expires_at limit $2`,
);

/** What nobody decided in time. Run it for all merchants. */
export function lapsedApprovals(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ readonly merchantId: string; readonly id: string }[]> {
  return db.query(lapsed, [now, limit]);
}
