import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { type BonusRule, bonusRules, rulesOfMerchant } from './bonus/rule.ts';
import { policyOfMerchant, type WalletPolicy, walletPolicies } from './policy/policy.ts';
import { type TopUp, topUpById, topUpBySource, topUps, topUpsOf } from './topUp/topUp.ts';
import { type UnprovenSpend, unprovenOfMember, unprovenSpends } from './unproven.ts';

const policyColumns = `p.spending_order as "spendingOrder", p.refund_rule as "refundRule",
  p.refund_term_months as "refundTermMonths", p.seven_days as "sevenDays",
  p.balance_max as "balanceMax", p.low_below as "lowBelow", p.code_above as "codeAbove", p.relatives_max as "relativesMax", p.revision`;
const selectPolicy = statement(
  'wallets.policy',
  `select ${policyColumns} from wallets.policy p where p.merchant_id = $1`,
);
const insertPolicy = statement(
  'wallets.insertPolicy',
  `insert into wallets.policy (merchant_id, spending_order, refund_rule, refund_term_months, seven_days, balance_max, low_below,
     code_above, relatives_max, revision)
   select $1, v.* from unnest($2::text[], $3::text[], $4::integer[], $5::boolean[], $6::bigint[], $7::bigint[], $8::bigint[],
     $9::integer[], $10::integer[]) as v`,
);
const updatePolicy = guarded(
  'wallets.updatePolicy',
  `update wallets.policy p set spending_order = v.spending_order, refund_rule = v.refund_rule,
     refund_term_months = v.refund_term_months, seven_days = v.seven_days, balance_max = v.balance_max, low_below = v.low_below, code_above = v.code_above,
     relatives_max = v.relatives_max, revision = v.revision
   from unnest($2::text[], $3::text[], $4::integer[], $5::boolean[], $6::bigint[], $7::bigint[], $8::bigint[], $9::integer[],
       $10::integer[], $11::integer[])
     as v(spending_order, refund_rule, refund_term_months, seven_days, balance_max, low_below, code_above, relatives_max, revision, revision_was)
   where p.merchant_id = $1 and p.revision = v.revision_was`,
  'the policy of wallets is not as it was judged',
);

const policyValues = (rows: readonly WalletPolicy[]) => [
  rows.map((p) => p.spendingOrder),
  rows.map((p) => p.refundRule),
  rows.map((p) => p.refundTermMonths),
  rows.map((p) => p.sevenDays),
  rows.map((p) => p.balanceMax),
  rows.map((p) => p.lowBelow),
  rows.map((p) => p.codeAbove),
  rows.map((p) => p.relativesMax),
  rows.map((p) => p.revision),
];

const policySql = entitySql<WalletPolicy>(walletPolicies, {
  insert: (db, merchantId, rows) => db.execute(insertPolicy, [merchantId, ...policyValues(rows)]),
  update: (db, merchantId, updates) =>
    db.execute(updatePolicy, [
      merchantId,
      ...policyValues(updates.map(({ to }) => to)),
      updates.map(({ from }) => from.revision),
      updates.length,
    ]),
  finds: [[policyOfMerchant, (db, m) => db.query<WalletPolicy>(selectPolicy, [m])]],
});

const ruleColumns = `r.id, r.name, r.currency, r.terms, r.starts_at as "startsAt", r.ends_at as "endsAt", r.state,
  r.created_at as "createdAt"`;
const selectAllRules = statement(
  'wallets.allRules',
  `select ${ruleColumns} from wallets.bonus_rule r where r.merchant_id = $1`,
);
const selectRules = statement(
  'wallets.selectRules',
  `select ${ruleColumns} from wallets.bonus_rule r
   where r.merchant_id = $1 and ($2::uuid is null or r.id < $2) order by r.id desc limit $3`,
);
const insertRules = statement(
  'wallets.insertRules',
  `insert into wallets.bonus_rule (merchant_id, id, name, currency, terms, starts_at, ends_at, state, created_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::text[], $5::jsonb[], $6::timestamptz[], $7::timestamptz[], $8::text[],
     $9::timestamptz[]) as v`,
);
const endRules = guarded(
  'wallets.endRules',
  `update wallets.bonus_rule r set state = v.state from unnest($2::uuid[], $3::text[], $4::text[]) as v(id, state, state_was)
   where r.merchant_id = $1 and r.id = v.id and r.state = v.state_was`,
  'a bonus rule is not as it was judged',
);

const ruleSql = entitySql<BonusRule>(bonusRules, {
  insert: (db, merchantId, rows) =>
    db.execute(insertRules, [
      merchantId,
      rows.map((r) => r.id),
      rows.map((r) => r.name),
      rows.map((r) => r.currency),
      rows.map((r) => JSON.stringify(r.terms)),
      rows.map((r) => r.startsAt),
      rows.map((r) => r.endsAt),
      rows.map((r) => r.state),
      rows.map((r) => r.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(endRules, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.state),
      updates.map(({ from }) => from.state),
      updates.length,
    ]),
  finds: [[rulesOfMerchant, (db, m) => db.query<BonusRule>(selectAllRules, [m])]],
});

const topUpColumns = `t.id, t.member_id as "memberId", t.store_id as "storeId", t.currency, t.tender, t.reference,
  t.source_id as "sourceId", t.principal, t.paid, t.commission, t.bonus, t.rule_id as "ruleId", t.lot,
  t.bonus_parts as "bonusParts", t.refunded_principal as "refundedPrincipal", t.refunded_bonus as "refundedBonus",
  t.refunded, t.lapsed_bonus as "lapsedBonus", t.points, t.points_lot as "pointsLot", t.created_at as "createdAt"`;
const topUpsById = statement(
  'wallets.topUpsById',
  `select ${topUpColumns} from wallets.top_up t where t.merchant_id = $1 and t.id = any($2::uuid[])`,
);
const topUpsBySource = statement(
  'wallets.topUpsBySource',
  `select ${topUpColumns} from wallets.top_up t where t.merchant_id = $1 and t.source_id = any($2::uuid[])`,
);
const topUpsOfMembers = statement(
  'wallets.topUpsOfMembers',
  `select ${topUpColumns} from wallets.top_up t where t.merchant_id = $1 and t.member_id = any($2::uuid[])`,
);
const insertTopUps = statement(
  'wallets.insertTopUps',
  `insert into wallets.top_up (merchant_id, id, member_id, store_id, currency, tender, reference, source_id, principal, paid,
     commission, bonus, rule_id, lot, bonus_parts, refunded_principal, refunded_bonus, refunded, lapsed_bonus, points, points_lot, created_at)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::bigint[],
     $10::bigint[], $11::bigint[], $12::bigint[], $13::uuid[], $14::text[], $15::jsonb[], $16::bigint[], $17::bigint[],
     $18::bigint[], $19::bigint[], $20::bigint[], $21::text[], $22::timestamptz[]) as v`,
);
const refundTopUps = guarded(
  'wallets.refundTopUps',
  `update wallets.top_up t set refunded_principal = v.principal, refunded_bonus = v.bonus, refunded = v.refunded,
     lapsed_bonus = v.lapsed, member_id = v.member_id, lot = v.lot, bonus_parts = v.bonus_parts
   from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::uuid[], $8::text[], $9::jsonb[],
     $10::bigint[], $11::bigint[], $12::bigint[], $13::uuid[])
     as v(id, principal, bonus, refunded, lapsed, member_id, lot, bonus_parts, principal_was, bonus_was, lapsed_was, member_was)
   where t.merchant_id = $1 and t.id = v.id and t.refunded_principal = v.principal_was and t.refunded_bonus = v.bonus_was
     and t.lapsed_bonus = v.lapsed_was and t.member_id = v.member_was`,
  'a top-up is not as it was judged',
);

const topUpSql = entitySql<TopUp>(topUps, {
  insert: (db, merchantId, rows) =>
    db.execute(insertTopUps, [
      merchantId,
      rows.map((t) => t.id),
      rows.map((t) => t.memberId),
      rows.map((t) => t.storeId),
      rows.map((t) => t.currency),
      rows.map((t) => t.tender),
      rows.map((t) => t.reference),
      rows.map((t) => t.sourceId),
      rows.map((t) => t.principal),
      rows.map((t) => t.paid),
      rows.map((t) => t.commission),
      rows.map((t) => t.bonus),
      rows.map((t) => t.ruleId),
      rows.map((t) => t.lot),
      rows.map((t) => JSON.stringify(t.bonusParts)),
      rows.map((t) => t.refundedPrincipal),
      rows.map((t) => t.refundedBonus),
      rows.map((t) => t.refunded),
      rows.map((t) => t.lapsedBonus),
      rows.map((t) => t.points),
      rows.map((t) => t.pointsLot),
      rows.map((t) => t.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(refundTopUps, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.refundedPrincipal),
      updates.map(({ to }) => to.refundedBonus),
      updates.map(({ to }) => to.refunded),
      updates.map(({ to }) => to.lapsedBonus),
      updates.map(({ to }) => to.memberId),
      updates.map(({ to }) => to.lot),
      updates.map(({ to }) => JSON.stringify(to.bonusParts)),
      updates.map(({ from }) => from.refundedPrincipal),
      updates.map(({ from }) => from.refundedBonus),
      updates.map(({ from }) => from.lapsedBonus),
      updates.map(({ from }) => from.memberId),
      updates.length,
    ]),
  finds: [
    [topUpById, topUpsById],
    [topUpBySource, topUpsBySource],
    [topUpsOf, topUpsOfMembers],
  ],
});

const unprovenOfMembers = statement(
  'wallets.unprovenOfMembers',
  `select u.member_id as "memberId", u.day, u.amount from wallets.unproven_spend u
   where u.merchant_id = $1 and u.member_id = any($2::uuid[])`,
);
const insertUnproven = statement(
  'wallets.insertUnproven',
  `insert into wallets.unproven_spend (merchant_id, member_id, day, amount)
   select $1, v.* from unnest($2::uuid[], $3::date[], $4::bigint[]) as v`,
);
const updateUnproven = guarded(
  'wallets.updateUnproven',
  `update wallets.unproven_spend u set day = v.day, amount = v.amount
   from unnest($2::uuid[], $3::date[], $4::bigint[], $5::date[], $6::bigint[]) as v(member_id, day, amount, day_was, amount_was)
   where u.merchant_id = $1 and u.member_id = v.member_id and u.day = v.day_was and u.amount = v.amount_was`,
  'what was paid without a code is not as it was judged',
);
const unprovenSql = entitySql<UnprovenSpend>(unprovenSpends, {
  insert: (db, merchantId, rows) =>
    db.execute(insertUnproven, [
      merchantId,
      rows.map((u) => u.memberId),
      rows.map((u) => u.day),
      rows.map((u) => u.amount),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateUnproven, [
      merchantId,
      updates.map(({ to }) => to.memberId),
      updates.map(({ to }) => to.day),
      updates.map(({ to }) => to.amount),
      updates.map(({ from }) => from.day),
      updates.map(({ from }) => from.amount),
      updates.length,
    ]),
  finds: [[unprovenOfMember, unprovenOfMembers]],
});

/** The tables of wallets for the executor. */
export const walletsSql = [policySql, ruleSql, topUpSql, unprovenSql];

/** Bonus rules, the newest first, before this one. */
export function listRules(db: Db, merchantId: string, before: string | null, limit: number) {
  return db.query<BonusRule>(selectRules, [merchantId, before, limit]);
}

const selectTopUps = statement(
  'wallets.selectTopUps',
  `select ${topUpColumns} from wallets.top_up t
   where t.merchant_id = $1 and ($2::uuid is null or t.id < $2) and ($3::uuid is null or t.member_id = $3)
     and ($4::uuid[] is null or t.store_id = any($4))
   order by t.id desc limit $5`,
);

export type TopUpFilter = {
  readonly before: string | null;
  readonly memberId: string | null;
  /** null: of all, and of none. */
  readonly storeIds: readonly string[] | null;
  readonly limit: number;
};

/** Top-ups, the newest first. */
export function listTopUps(db: Db, merchantId: string, { before, memberId, storeIds, limit }: TopUpFilter) {
  return db.query<TopUp>(selectTopUps, [merchantId, before, memberId, storeIds, limit]);
}
