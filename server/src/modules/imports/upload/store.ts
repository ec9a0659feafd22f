import { type Db, statement } from '../../../platform/db/statement.ts';
import type { Failure } from '../import.ts';

const insertPart = statement(
  'imports.insertPart',
  `insert into imports.part (merchant_id, import_id, n, sealed, stored_at) values ($1, $2, $3, $4, $5)`,
);
const insertProgress = statement(
  'imports.insertProgress',
  `insert into imports.progress (merchant_id, import_id, checks, blocks, done, good, known, principal, bonus, points)
   values ($1, $2, 0, 0, 0, 0, 0, 0, 0, 0)`,
);
const selectPart = statement(
  'imports.selectPart',
  `select p.sealed from imports.part p where p.merchant_id = $1 and p.import_id = $2 and p.n = $3`,
);

export type Part = {
  readonly importId: string;
  readonly n: number;
  readonly sealed: Buffer;
  readonly at: Date;
};

/** Keeps a piece of a file. */
export async function putPart(db: Db, merchantId: string, { importId, n, sealed, at }: Part): Promise<void> {
  await db.execute(insertPart, [merchantId, importId, n, sealed, at]);
}

/** Begins to count how far an import is; the row is what those who work on it claim. */
export async function putProgress(db: Db, merchantId: string, importId: string): Promise<void> {
  await db.execute(insertProgress, [merchantId, importId]);
}

/** A piece of a file; undefined behind the last. */
export async function readPart(
  db: Db,
  merchantId: string,
  importId: string,
  n: number,
): Promise<Buffer | undefined> {
  return (await db.query<{ sealed: Buffer }>(selectPart, [merchantId, importId, n]))[0]?.sealed;
}

/** What reading a file came to. */
export type ReadOut =
  | { readonly failure: Failure }
  | {
      readonly failure: null;
      readonly headings: readonly string[];
      readonly quantity: number;
      readonly blocks: number;
    };

const claimReading = statement(
  'imports.claimReading',
  `select p.read from imports.progress p where p.merchant_id = $1 and p.import_id = $2 for update skip locked`,
);
const noteReading = statement(
  'imports.noteReading',
  `update imports.progress set read = $3::jsonb where merchant_id = $1 and import_id = $2`,
);
const insertBlock = statement(
  'imports.insertBlock',
  `insert into imports.block (merchant_id, import_id, n, rows, state, sealed) values ($1, $2, $3, $4, 'staged', $5)`,
);

/** Claims a file until the end of the transaction; undefined: another process is at it. */
export async function claimFile(
  db: Db,
  merchantId: string,
  importId: string,
): Promise<{ readonly read: ReadOut | null } | undefined> {
  return (await db.query<{ read: ReadOut | null }>(claimReading, [merchantId, importId]))[0];
}

/** Notes what reading came to. */
export async function putRead(db: Db, merchantId: string, importId: string, read: ReadOut): Promise<void> {
  await db.execute(noteReading, [merchantId, importId, JSON.stringify(read)]);
}

type StagedBlock = {
  readonly importId: string;
  readonly n: number;
  readonly rows: number;
  readonly sealed: Buffer;
};

/** Keeps rows that are carried out together. */
export async function putBlock(
  db: Db,
  merchantId: string,
  { importId, n, rows, sealed }: StagedBlock,
): Promise<void> {
  await db.execute(insertBlock, [merchantId, importId, n, rows, sealed]);
}

const selectBlock = statement(
  'imports.selectBlock',
  `select b.sealed from imports.block b where b.merchant_id = $1 and b.import_id = $2 and b.n = $3`,
);

/** The rows of a block, sealed; undefined: there are none, or they are gone. */
export async function readBlock(
  db: Db,
  merchantId: string,
  importId: string,
  n: number,
): Promise<Buffer | undefined> {
  const [row] = await db.query<{ sealed: Buffer | null }>(selectBlock, [merchantId, importId, n]);
  return row?.sealed ?? undefined;
}

const dropStray = statement(
  'imports.dropStray',
  `-- all merchants: one job serves them all
   delete from imports.part p using (
     select s.merchant_id, s.import_id from imports.part s
     where s.n = 0 and s.stored_at < $1
       and not exists (select 1 from imports.import i where i.merchant_id = s.merchant_id and i.id = s.import_id)
     limit 50) s
   where p.merchant_id = s.merchant_id and p.import_id = s.import_id`,
);
const endedImports = `select i.merchant_id, i.id from imports.import i
     where (i.state in ('failed', 'cancelled') or (i.state in ('applied', 'reversed') and i.ended_at < $1))
       and exists (select 1 from imports.part q where q.merchant_id = i.merchant_id and q.import_id = i.id)
     limit 20`;
const emptyEnded = statement(
  'imports.emptyEnded',
  `-- all merchants: one job serves them all
   update imports.block b set sealed = null from (${endedImports}) i
   where b.merchant_id = i.merchant_id and b.import_id = i.id and b.sealed is not null`,
);
const dropEnded = statement(
  'imports.dropEnded',
  `-- all merchants: one job serves them all
   delete from imports.part p using (${endedImports}) i where p.merchant_id = i.merchant_id and p.import_id = i.id`,
);

/** Forgets files that came to nothing before one time, and those of imports that ended before another. For all merchants. */
export async function forgetFiles(db: Db, strayBefore: Date, endedBefore: Date): Promise<number> {
  const stray = await db.execute(dropStray, [strayBefore]);
  await db.execute(emptyEnded, [endedBefore]);
  return stray + (await db.execute(dropEnded, [endedBefore]));
}
