import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import { type Kind, kinds, type Policy, policies, policyFinder, standardPolicy } from './policy.ts';

const select = statement(
  'people.selectPolicy',
  `select rules, wait_hours as "waitHours", proven_above as "provenAbove" from people.policy where merchant_id = $1`,
);
const insert = statement(
  'people.insertPolicy',
  `insert into people.policy (merchant_id, rules, wait_hours, proven_above) values ($1, $2::jsonb, $3, $4)`,
);
const update = guarded(
  'people.updatePolicy',
  `update people.policy set rules = $2::jsonb, wait_hours = $3, proven_above = $4
   where merchant_id = $1 and rules = $5::jsonb and wait_hours = $6 and proven_above = $7`,
  'the policy is not as judged',
);

type Row = Omit<Policy, 'rules'> & {
  readonly rules: Readonly<Record<string, { readonly isOn: boolean; readonly above: string }>>;
};

function policyOfRow({ rules, ...row }: Row): Policy {
  const known = kinds.flatMap((kind): [Kind, { isOn: boolean; above: bigint }][] => {
    const rule = rules[kind];
    return rule === undefined ? [] : [[kind, { isOn: rule.isOn, above: BigInt(rule.above) }]];
  });
  return { ...row, rules: new Map([...standardPolicy.rules, ...known]) };
}

function columnsOf({ rules, waitHours, provenAbove }: Policy): readonly unknown[] {
  const texts = [...rules].map(([kind, { isOn, above }]) => [kind, { isOn, above: String(above) }]);
  return [JSON.stringify(Object.fromEntries(texts)), waitHours, provenAbove];
}

async function findPolicy(db: Db, merchantId: string): Promise<Policy[]> {
  return (await db.query<Row>(select, [merchantId])).map(policyOfRow);
}

/** The policy of a merchant. */
export async function readPolicy(db: Db, merchantId: string): Promise<Policy> {
  return (await findPolicy(db, merchantId))[0] ?? standardPolicy;
}

/** The policy for the executor: one row a merchant, where it is not the standard one. */
export const policySql = entitySql<Policy>(policies, {
  insert: (db, merchantId, rows) =>
    Promise.all(rows.map((row) => db.execute(insert, [merchantId, ...columnsOf(row)]))),
  update: (db, merchantId, updates) =>
    Promise.all(
      updates.map(({ from, to }) =>
        db.execute(update, [merchantId, ...columnsOf(to), ...columnsOf(from), 1]),
      ),
    ),
  finds: [[policyFinder, findPolicy]],
});
