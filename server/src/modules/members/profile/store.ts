import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import { type Field, type Form, formOf, forms } from './form.ts';

const selectForm = statement(
  'members.form',
  `select merchant_id as "merchantId", fields, revision from members.form where merchant_id = $1`,
);
const insertForm = statement(
  'members.insertForm',
  `insert into members.form (merchant_id, fields, revision) values ($1, $2::jsonb, $3)`,
);
const updateForm = guarded(
  'members.updateForm',
  `update members.form set fields = $2::jsonb, revision = $3 where merchant_id = $1 and revision = $4`,
  'the fields of members are not as they were judged',
);

export const formSql = entitySql<Form>(forms, {
  insert: (db, merchantId, rows) =>
    Promise.all(
      rows.map(({ fields, revision }) =>
        db.execute(insertForm, [merchantId, JSON.stringify(fields), revision]),
      ),
    ),
  update: (db, merchantId, updates) =>
    Promise.all(
      updates.map(({ from, to }) =>
        db.execute(updateForm, [merchantId, JSON.stringify(to.fields), to.revision, from.revision, 1]),
      ),
    ),
  finds: [[formOf, (db, merchantId) => db.query<Form>(selectForm, [merchantId])]],
});

/** The fields that a merchant keeps of its members. */
export async function readFields(db: Db, merchantId: string): Promise<readonly Field[]> {
  const [form] = await db.query<Form>(selectForm, [merchantId]);
  return form?.fields ?? [];
}

const selectTags = statement(
  'members.tags',
  `select t.tag, count(*)::integer as members
   from members.member m cross join lateral jsonb_array_elements_text(m.tags) as t(tag)
   where m.merchant_id = $1 and m.tags <> '[]' group by t.tag order by members desc, t.tag limit $2`,
);

/** The tags in use, the commonest first. */
export function listTags(db: Db, merchantId: string, limit: number) {
  return db.query<{ readonly tag: string; readonly members: number }>(selectTags, [merchantId, limit]);
}
