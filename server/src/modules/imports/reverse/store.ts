import { type Db, statement } from '../../../platform/db/statement.ts';

const selectIdle = statement(
  'imports.idleMembers',
  `select s.id from unnest($2::uuid[], $3::text[]) as s(id, holder)
   where not exists (select 1 from ledger.activity_view a
       where a.merchant_id = $1 and a.subject_id = s.id and a.type <> 'member.imported')
     and not exists (select 1 from cards.held_card_view h where h.merchant_id = $1 and h.holder = s.holder)
     and not exists (select 1 from members.signed_in_view i where i.merchant_id = $1 and i.member_id = s.id)`,
);
const selectMade = statement(
  'imports.madeMembers',
  `select r.subject_id as id from imports.row r
   where r.merchant_id = $1 and r.import_id = $2 and r.block = $3 and r.outcome = 'created' and r.subject_id is not null`,
);

/** Members that a block made. */
export async function madeBy(
  db: Db,
  merchantId: string,
  importId: string,
  n: number,
): Promise<readonly string[]> {
  const found = await db.query<{ id: string }>(selectMade, [merchantId, importId, n]);
  return found.map(({ id }) => id);
}

type Holder = { readonly id: string; readonly holder: string };

/** Those of these members of whom nothing is known but that they were imported: no entry, card or visit. */
export async function idleAmong(
  db: Db,
  merchantId: string,
  holders: readonly Holder[],
): Promise<readonly string[]> {
  const found = await db.query<{ id: string }>(selectIdle, [
    merchantId,
    holders.map(({ id }) => id),
    holders.map(({ holder }) => holder),
  ]);
  return found.map(({ id }) => id);
}
