import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import {
  type Program,
  type ProgramVersion,
  programById,
  programs,
  programVersions,
  versionById,
} from './program.ts';
import { promisesFrom, promisesJson } from './terms.ts';

const programColumns = `p.id, p.kind, p.state, p.version_id as "versionId", p.version, p.created_at as "createdAt"`;
const programsById = statement(
  'programs.programsById',
  `select ${programColumns} from programs.program p where p.merchant_id = $1 and p.id = any($2::uuid[])`,
);
const selectPrograms = statement(
  'programs.selectPrograms',
  `select ${programColumns} from programs.program p
   where p.merchant_id = $1 and ($2::uuid is null or p.id > $2) order by p.id limit $3`,
);
const insertPrograms = statement(
  'programs.insertPrograms',
  `insert into programs.program (merchant_id, id, kind, state, version_id, version, created_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::integer[], $7::timestamptz[]) as v`,
);
const updatePrograms = guarded(
  'programs.updatePrograms',
  `update programs.program p set state = v.state, version_id = v.version_id, version = v.version
   from unnest($2::uuid[], $3::text[], $4::uuid[], $5::integer[], $6::text[], $7::integer[])
     as v(id, state, version_id, version, state_was, version_was)
   where p.merchant_id = $1 and p.id = v.id and p.state = v.state_was and p.version = v.version_was`,
  'a program is not as it was judged',
);

const programSql = entitySql<Program>(programs, {
  insert: (db, merchantId, rows) =>
    db.execute(insertPrograms, [
      merchantId,
      rows.map((p) => p.id),
      rows.map((p) => p.kind),
      rows.map((p) => p.state),
      rows.map((p) => p.versionId),
      rows.map((p) => p.version),
      rows.map((p) => p.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updatePrograms, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.state),
      updates.map(({ to }) => to.versionId),
      updates.map(({ to }) => to.version),
      updates.map(({ from }) => from.state),
      updates.map(({ from }) => from.version),
      updates.length,
    ]),
  finds: [[programById, (db, m, keys) => db.query<Program>(programsById, [m, keys])]],
});

const versionColumns = `v.id, v.program_id as "programId", v.version, v.kind, v.name_zh as "nameZh", v.name_en as "nameEn",
  v.currency, v.has_pin as pin, v.bearer, v.medium, v.reloadable, v.transferable, v.terms, v.created_at as "createdAt"`;
const versionsById = statement(
  'programs.versionsById',
  `select ${versionColumns} from programs.version v where v.merchant_id = $1 and v.id = any($2::uuid[])`,
);
const insertVersions = statement(
  'programs.insertVersions',
  `insert into programs.version (merchant_id, id, program_id, version, kind, name_zh, name_en, currency, has_pin, bearer,
     medium, reloadable, transferable, terms, created_at)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[],
     $9::boolean[], $10::boolean[], $11::text[], $12::boolean[], $13::boolean[], $14::jsonb[], $15::timestamptz[]) as v`,
);

type Promised = keyof ReturnType<typeof promisesFrom>;
type VersionRow = Omit<ProgramVersion, 'name' | Promised> & {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly terms: ReturnType<typeof promisesJson>;
};

function versionOf({ nameZh, nameEn, terms, ...row }: VersionRow): ProgramVersion {
  return { ...row, name: { zh: nameZh, en: nameEn }, ...promisesFrom(terms) };
}

async function readVersions(db: Db, merchantId: string, ids: readonly string[]): Promise<ProgramVersion[]> {
  return (await db.query<VersionRow>(versionsById, [merchantId, ids])).map(versionOf);
}

const versionSql = entitySql<ProgramVersion>(programVersions, {
  insert: (db, merchantId, rows) =>
    db.execute(insertVersions, [
      merchantId,
      rows.map((v) => v.id),
      rows.map((v) => v.programId),
      rows.map((v) => v.version),
      rows.map((v) => v.kind),
      rows.map((v) => v.name.zh),
      rows.map((v) => v.name.en),
      rows.map((v) => v.currency),
      rows.map((v) => v.pin),
      rows.map((v) => v.bearer),
      rows.map((v) => v.medium),
      rows.map((v) => v.reloadable),
      rows.map((v) => v.transferable),
      rows.map((v) => JSON.stringify(promisesJson(v))),
      rows.map((v) => v.createdAt),
    ]),
  finds: [[versionById, readVersions]],
});

/** The programs' tables for the executor. */
export const programsSql = [programSql, versionSql];

/** A program with its present terms. */
export type ProgramWithTerms = { readonly program: Program; readonly version: ProgramVersion };

async function withTerms(db: Db, merchantId: string, found: readonly Program[]): Promise<ProgramWithTerms[]> {
  const versions = await readVersions(
    db,
    merchantId,
    found.map(({ versionId }) => versionId),
  );
  const byId = new Map(versions.map((version) => [version.id, version]));
  return found.flatMap((program) => {
    const version = byId.get(program.versionId);
    return version ? [{ program, version }] : [];
  });
}

/** A merchant's programs after this id (null: from the first), oldest first. */
export async function listPrograms(
  db: Db,
  merchantId: string,
  after: string | null,
  limit: number,
): Promise<ProgramWithTerms[]> {
  return withTerms(db, merchantId, await db.query<Program>(selectPrograms, [merchantId, after, limit]));
}

/** One program. */
export async function readProgram(
  db: Db,
  merchantId: string,
  id: string,
): Promise<ProgramWithTerms | undefined> {
  const [found] = await withTerms(db, merchantId, await db.query<Program>(programsById, [merchantId, [id]]));
  return found;
}
