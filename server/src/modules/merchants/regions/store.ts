import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import { allRegions, type Region, regionByCode, regionById, regions } from './region.ts';

const regionColumns = `id, code, name, state, created_at as "createdAt"`;
const regionsById = statement(
  'merchants.regionsById',
  `select ${regionColumns} from merchants.region where merchant_id = $1 and id = any($2::uuid[])`,
);
const regionsByCode = statement(
  'merchants.regionsByCode',
  `select ${regionColumns} from merchants.region where merchant_id = $1 and code = any($2::text[])`,
);
const everyRegion = statement(
  'merchants.everyRegion',
  `select ${regionColumns} from merchants.region where merchant_id = $1`,
);
const insertRegions = statement(
  'merchants.insertRegions',
  `insert into merchants.region (merchant_id, id, code, name, state, created_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[]) as v`,
);
const updateRegions = guarded(
  'merchants.updateRegions',
  `update merchants.region r set name = v.name, state = v.state
   from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) as v(id, name, state, name_was, state_was)
   where r.merchant_id = $1 and r.id = v.id and r.name = v.name_was and r.state = v.state_was`,
  'a region is not as it was judged',
);
const selectRegions = statement(
  'merchants.selectRegions',
  `select ${regionColumns} from merchants.region
   where merchant_id = $1 and ($2::uuid is null or id > $2) and ($4::text is null or state = $4) order by id limit $3`,
);

/** A merchant's regions, oldest first; those that texts became come as they fall. */
export function listRegions(
  db: Db,
  merchantId: string,
  {
    after,
    limit,
    state,
  }: { readonly after: string | null; readonly limit: number; readonly state?: string | undefined },
): Promise<Region[]> {
  return db.query<Region>(selectRegions, [merchantId, after, limit, state ?? null]);
}

export const regionSql = entitySql<Region>(regions, {
  insert: (db, merchantId, rows) =>
    db.execute(insertRegions, [
      merchantId,
      rows.map((r) => r.id),
      rows.map((r) => r.code),
      rows.map((r) => r.name),
      rows.map((r) => r.state),
      rows.map((r) => r.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateRegions, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.name),
      updates.map(({ to }) => to.state),
      updates.map(({ from }) => from.name),
      updates.map(({ from }) => from.state),
      updates.length,
    ]),
  finds: [
    [regionById, regionsById],
    [regionByCode, regionsByCode],
    [allRegions, (db, m) => db.query<Region>(everyRegion, [m])],
  ],
});
