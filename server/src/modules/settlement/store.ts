import { type Db, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { type Party, parties, partyById, partyByName } from './party.ts';
import { type SettlementVersion, settlementVersions, versionsOfMerchant } from './version.ts';

const versionColumns = `v.id, v.kind, v.number, v.valid_from as "validFrom", v.note, v.body, v.created_at as "createdAt"`;
const everyVersion = statement(
  'settlement.versions',
  `select ${versionColumns} from settlement.version v where v.merchant_id = $1`,
);
const selectVersions = statement(
  'settlement.selectVersions',
  `select ${versionColumns} from settlement.version v
   where v.merchant_id = $1 and v.kind = $2 and ($3::integer is null or v.number < $3) order by v.number desc limit $4`,
);
const insertVersions = statement(
  'settlement.insertVersions',
  `insert into settlement.version (merchant_id, id, kind, number, valid_from, note, body, created_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::integer[], $5::timestamptz[], $6::text[], $7::jsonb[],
     $8::timestamptz[]) as v`,
);

const versionSql = entitySql<SettlementVersion>(settlementVersions, {
  insert: (db, merchantId, rows) =>
    db.execute(insertVersions, [
      merchantId,
      rows.map((v) => v.id),
      rows.map((v) => v.kind),
      rows.map((v) => v.number),
      rows.map((v) => v.validFrom),
      rows.map((v) => v.note),
      rows.map((v) => JSON.stringify(v.body)),
      rows.map((v) => v.createdAt),
    ]),
  finds: [[versionsOfMerchant, (db, m) => db.query<SettlementVersion>(everyVersion, [m])]],
});

/** Versions of a kind, the newest first, before this number. */
export function listVersions(
  db: Db,
  merchantId: string,
  kind: SettlementVersion['kind'],
  before: number | null,
  limit: number,
): Promise<SettlementVersion[]> {
  return db.query<SettlementVersion>(selectVersions, [merchantId, kind, before, limit]);
}

const partyColumns = `p.id, p.kind, p.name, p.created_at as "createdAt"`;
const partiesById = statement(
  'settlement.partiesById',
  `select ${partyColumns} from settlement.party p where p.merchant_id = $1 and p.id = any($2::uuid[])`,
);
const partiesByName = statement(
  'settlement.partiesByName',
  `select ${partyColumns} from settlement.party p where p.merchant_id = $1 and p.name = any($2::text[])`,
);
const selectParties = statement(
  'settlement.selectParties',
  `select ${partyColumns} from settlement.party p
   where p.merchant_id = $1 and ($2::uuid is null or p.id > $2) order by p.id limit $3`,
);
const insertParties = statement(
  'settlement.insertParties',
  `insert into settlement.party (merchant_id, id, kind, name, created_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) as v`,
);

const partySql = entitySql<Party>(parties, {
  insert: (db, merchantId, rows) =>
    db.execute(insertParties, [
      merchantId,
      rows.map((p) => p.id),
      rows.map((p) => p.kind),
      rows.map((p) => p.name),
      rows.map((p) => p.createdAt),
    ]),
  finds: [
    [partyById, partiesById],
    [partyByName, partiesByName],
  ],
});

/** Issuers and sponsors, oldest first. */
export function listParties(
  db: Db,
  merchantId: string,
  after: string | null,
  limit: number,
): Promise<Party[]> {
  return db.query<Party>(selectParties, [merchantId, after, limit]);
}

/** The tables of settlement for the executor. */
export const settlementSql = [versionSql, partySql];
