import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { type Import, type ImportState, importById, imports, importsOfFile } from './import.ts';
import { type Block, blockByKey, blocks, type Outcome, type Row, rows, rowsOfBlock } from './row.ts';

const columns = `i.id, i.kind, i.file_name as "fileName", i.format, encode(i.sha256, 'hex') as sha256, i.bytes, i.state, i.failure,
  i.headings, i.quantity, i.blocks, i.mapping, i.existing, i.store_id as "storeId", i.currency, i.checks, i.found, i.done,
  i.became, i.reversed_done as "reversedDone", i.taken_back as "takenBack", i.revision, i.created_at as "createdAt",
  i.ended_at as "endedAt"`;
const importsById = statement(
  'imports.byId',
  `select ${columns} from imports.import i where i.merchant_id = $1 and i.id = any($2::uuid[])`,
);
const byFile = statement(
  'imports.byFile',
  `select ${columns} from imports.import i
   where i.merchant_id = $1 and encode(i.sha256, 'hex') = any($2::text[])`,
);
const insertImports = statement(
  'imports.insert',
  `insert into imports.import (merchant_id, id, kind, file_name, format, sha256, bytes, state, failure, headings, quantity, blocks,
     mapping, existing, store_id, currency, checks, found, done, became, reversed_done, taken_back, revision, created_at, ended_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::bigint[], $8::text[], $9::text[],
     $10::jsonb[], $11::integer[], $12::integer[], $13::jsonb[], $14::text[], $15::uuid[], $16::text[], $17::integer[],
     $18::jsonb[], $19::integer[], $20::jsonb[], $21::integer[], $22::jsonb[], $23::integer[], $24::timestamptz[],
     $25::timestamptz[]) as v`,
);
const updateImports = guarded(
  'imports.update',
  `update imports.import i set state = v.state, failure = v.failure, headings = v.headings, quantity = v.quantity,
     blocks = v.blocks, mapping = v.mapping, existing = v.existing, store_id = v.store_id, checks = v.checks, found = v.found,
     done = v.done, became = v.became, reversed_done = v.reversed_done, taken_back = v.taken_back, revision = v.revision,
     ended_at = v.ended_at
   from unnest($2::uuid[], $3::text[], $4::text[], $5::jsonb[], $6::integer[], $7::integer[], $8::jsonb[], $9::text[],
     $10::uuid[], $11::integer[], $12::jsonb[], $13::integer[], $14::jsonb[], $15::integer[], $16::jsonb[], $17::integer[],
     $18::timestamptz[], $19::integer[])
     as v(id, state, failure, headings, quantity, blocks, mapping, existing, store_id, checks, found, done, became,
       reversed_done, taken_back, revision, ended_at, was)
   where i.merchant_id = $1 and i.id = v.id and i.revision = v.was`,
  'an import is not as it was judged',
);

const json = (value: unknown) => JSON.stringify(value);

const importSql = entitySql<Import>(imports, {
  insert: (db, merchantId, made) =>
    db.execute(insertImports, [
      merchantId,
      made.map((i) => i.id),
      made.map((i) => i.kind),
      made.map((i) => i.fileName),
      made.map((i) => i.format),
      made.map((i) => Buffer.from(i.sha256, 'hex')),
      made.map((i) => i.bytes),
      made.map((i) => i.state),
      made.map((i) => i.failure),
      made.map((i) => json(i.headings)),
      made.map((i) => i.quantity),
      made.map((i) => i.blocks),
      made.map((i) => json(i.mapping)),
      made.map((i) => i.existing),
      made.map((i) => i.storeId),
      made.map((i) => i.currency),
      made.map((i) => i.checks),
      made.map((i) => json(i.found)),
      made.map((i) => i.done),
      made.map((i) => json(i.became)),
      made.map((i) => i.reversedDone),
      made.map((i) => json(i.takenBack)),
      made.map((i) => i.revision),
      made.map((i) => i.createdAt),
      made.map((i) => i.endedAt),
    ]),
  update: (db, merchantId, updates) => {
    const to = updates.map((update) => update.to);
    return db.execute(updateImports, [
      merchantId,
      to.map((i) => i.id),
      to.map((i) => i.state),
      to.map((i) => i.failure),
      to.map((i) => json(i.headings)),
      to.map((i) => i.quantity),
      to.map((i) => i.blocks),
      to.map((i) => json(i.mapping)),
      to.map((i) => i.existing),
      to.map((i) => i.storeId),
      to.map((i) => i.checks),
      to.map((i) => json(i.found)),
      to.map((i) => i.done),
      to.map((i) => json(i.became)),
      to.map((i) => i.reversedDone),
      to.map((i) => json(i.takenBack)),
      to.map((i) => i.revision),
      to.map((i) => i.endedAt),
      updates.map(({ from }) => from.revision),
      updates.length,
    ]);
  },
  finds: [
    [importById, importsById],
    [importsOfFile, byFile],
  ],
});

/** The import and the number of a block in each key. */
const places = (keys: readonly string[]) => [
  keys.map((key) => key.slice(0, 36)),
  keys.map((key) => key.slice(37)),
];
const blocksByKey = statement(
  'imports.blocksByKey',
  `select b.import_id as "importId", b.n, b.rows, b.state
   from (select import_id, n from unnest($2::uuid[], $3::integer[]) as k(import_id, n) limit cardinality($2::uuid[])) k
   join imports.block b on b.merchant_id = $1 and b.import_id = k.import_id and b.n = k.n`,
);
const updateBlocks = guarded(
  'imports.updateBlocks',
  `update imports.block b set state = v.state
   from unnest($2::uuid[], $3::integer[], $4::text[], $5::text[]) as v(import_id, n, state, was)
   where b.merchant_id = $1 and b.import_id = v.import_id and b.n = v.n and b.state = v.was`,
  'a block of an import is not as it was judged',
);
const blockSql = entitySql<Block>(blocks, {
  // Whoever reads the file writes them, all of a file in one transaction.
  insert: () => Promise.reject(new Error('blocks are made by reading a file')),
  update: (db, merchantId, updates) =>
    db.execute(updateBlocks, [
      merchantId,
      updates.map(({ to }) => to.importId),
      updates.map(({ to }) => to.n),
      updates.map(({ to }) => to.state),
      updates.map(({ from }) => from.state),
      updates.length,
    ]),
  finds: [[blockByKey, (db, m, keys) => db.query<Block>(blocksByKey, [m, ...places(keys)])]],
});

const rowColumns = `r.import_id as "importId", r.row_number as number, r.block, r.outcome, r.code, r.subject_id as "subjectId",
  r.subject_revision as "subjectRevision", r.top_up_id as "topUpId", r.principal, r.bonus, r.points,
  r.points_lot as "pointsLot", r.before, r.reversal, r.missing_principal as "missingPrincipal",
  r.missing_bonus as "missingBonus", r.missing_points as "missingPoints"`;
const rowsByBlock = statement(
  'imports.rowsByBlock',
  `select ${rowColumns}
   from (select import_id, n from unnest($2::uuid[], $3::integer[]) as k(import_id, n) limit cardinality($2::uuid[])) k
   join imports.row r on r.merchant_id = $1 and r.import_id = k.import_id and r.block = k.n`,
);
const insertRows = statement(
  'imports.insertRows',
  `insert into imports.row (merchant_id, import_id, row_number, block, outcome, code, subject_id, subject_revision, top_up_id,
     principal, bonus, points, points_lot, before, reversal, missing_principal, missing_bonus, missing_points)
   select $1, v.* from unnest($2::uuid[], $3::integer[], $4::integer[], $5::text[], $6::text[], $7::uuid[], $8::integer[],
     $9::uuid[], $10::bigint[], $11::bigint[], $12::bigint[], $13::text[], $14::jsonb[], $15::text[], $16::bigint[],
     $17::bigint[], $18::bigint[]) as v`,
);
const updateRows = guarded(
  'imports.updateRows',
  `update imports.row r set reversal = v.reversal, missing_principal = v.principal, missing_bonus = v.bonus, missing_points = v.points
   from unnest($2::uuid[], $3::integer[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[])
     as v(import_id, row_number, reversal, principal, bonus, points)
   where r.merchant_id = $1 and r.import_id = v.import_id and r.row_number = v.row_number and r.reversal is null`,
  'a row of an import is not as it was judged',
);
const rowSql = entitySql<Row>(rows, {
  insert: (db, merchantId, made) =>
    db.execute(insertRows, [
      merchantId,
      made.map((r) => r.importId),
      made.map((r) => r.number),
      made.map((r) => r.block),
      made.map((r) => r.outcome),
      made.map((r) => r.code),
      made.map((r) => r.subjectId),
      made.map((r) => r.subjectRevision),
      made.map((r) => r.topUpId),
      made.map((r) => r.principal),
      made.map((r) => r.bonus),
      made.map((r) => r.points),
      made.map((r) => r.pointsLot),
      made.map((r) => (r.before === null ? null : json(r.before))),
      made.map((r) => r.reversal),
      made.map((r) => r.missingPrincipal),
      made.map((r) => r.missingBonus),
      made.map((r) => r.missingPoints),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateRows, [
      merchantId,
      updates.map(({ to }) => to.importId),
      updates.map(({ to }) => to.number),
      updates.map(({ to }) => to.reversal),
      updates.map(({ to }) => to.missingPrincipal),
      updates.map(({ to }) => to.missingBonus),
      updates.map(({ to }) => to.missingPoints),
      updates.length,
    ]),
  finds: [[rowsOfBlock, (db, m, keys) => db.query<Row>(rowsByBlock, [m, ...places(keys)])]],
});

/** The tables of imports for the executor. */
export const importsSql = [importSql, blockSql, rowSql];

const selectImports = statement(
  'imports.list',
  `select ${columns}, coalesce(p.done, 0) as looked from imports.import i
   left join imports.progress p on p.merchant_id = i.merchant_id and p.import_id = i.id and p.checks = i.checks
   where i.merchant_id = $1 and ($2::uuid is null or i.id < $2) and ($4::uuid is null or i.id = $4) order by i.id desc limit $3`,
);

/** An import, with how many rows the look under way has seen. */
export type Looked = Import & { readonly looked: number };

/** Imports, the newest first, before one. */
export function listImports(
  db: Db,
  merchantId: string,
  before: string | null,
  limit: number,
): Promise<Looked[]> {
  return db.query<Looked>(selectImports, [merchantId, before, limit, null]);
}

/** One import. */
export async function readImport(db: Db, merchantId: string, id: string): Promise<Looked | undefined> {
  return (await db.query<Looked>(selectImports, [merchantId, null, 1, id]))[0];
}

const selectWork = statement(
  'imports.work',
  `-- all merchants: one job serves them all
   select i.merchant_id as "merchantId", ${columns} from imports.import i where i.state = $1 order by i.id limit $2`,
);

/** Imports that wait for a job. */
export function importsIn(
  db: Db,
  state: Extract<ImportState, 'reading' | 'checking' | 'applying' | 'reversing'>,
  limit: number,
): Promise<(Import & { readonly merchantId: string })[]> {
  return db.query(selectWork, [state, limit]);
}

const selectBlocks = statement(
  'imports.blocksIn',
  `select b.n from imports.block b
   where b.merchant_id = $1 and b.import_id = $2 and b.state = $3 order by b.n limit $4`,
);

/** The numbers of blocks in a state, in order. */
export async function blocksIn(
  db: Db,
  merchantId: string,
  importId: string,
  state: Block['state'],
  limit: number,
): Promise<readonly number[]> {
  const found = await db.query<{ n: number }>(selectBlocks, [merchantId, importId, state, limit]);
  return found.map(({ n }) => n);
}

const selectRows = statement(
  'imports.rows',
  `select ${rowColumns} from imports.row r
   where r.merchant_id = $1 and r.import_id = $2 and r.row_number > $3 and ($4::text is null or r.outcome = $4)
     and (not $5 or r.missing_principal + r.missing_bonus + r.missing_points > 0)
   order by r.row_number limit $6`,
);

export type RowFilter = {
  readonly after: number;
  readonly outcome: Outcome | null;
  /** Only those of which something was spent before it could be taken back. */
  readonly missing: boolean;
  readonly limit: number;
};

/** What became of rows, in the order of the file. */
export function listRows(
  db: Db,
  merchantId: string,
  importId: string,
  { after, outcome, missing, limit }: RowFilter,
): Promise<Row[]> {
  return db.query<Row>(selectRows, [merchantId, importId, after, outcome, missing, limit]);
}
