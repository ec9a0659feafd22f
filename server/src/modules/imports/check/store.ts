import { type Db, statement } from '../../../platform/db/statement.ts';
import type { RowProblem } from '../columns/memberRow.ts';

/** How far a look through a file is, and what it found so far. */
export type Progress = {
  readonly checks: number;
  readonly blocks: number;
  readonly done: number;
  readonly good: number;
  readonly known: number;
  readonly principal: bigint;
  readonly bonus: bigint;
  readonly points: bigint;
};

const claim = statement(
  'imports.claimCheck',
  `select p.checks, p.blocks, p.done, p.good, p.known, p.principal, p.bonus, p.points from imports.progress p
   where p.merchant_id = $1 and p.import_id = $2 for update skip locked`,
);
const moveOn = statement(
  'imports.moveCheck',
  `update imports.progress set checks = $3, blocks = $4, done = $5, good = $6, known = $7, principal = $8, bonus = $9, points = $10
   where merchant_id = $1 and import_id = $2`,
);
const dropProblems = statement(
  'imports.dropProblems',
  `delete from imports.problem where merchant_id = $1 and import_id = $2`,
);
const dropSeen = statement(
  'imports.dropSeen',
  `delete from imports.seen where merchant_id = $1 and import_id = $2`,
);

/** Claims the look through a file until the end of the transaction; undefined: another process has it. */
export async function claimCheck(
  db: Db,
  merchantId: string,
  importId: string,
): Promise<Progress | undefined> {
  return (await db.query<Progress>(claim, [merchantId, importId]))[0];
}

/** Says how far a claimed look is. */
export async function moveCheck(db: Db, merchantId: string, importId: string, to: Progress): Promise<void> {
  const { checks, blocks, done, good, known, principal, bonus, points } = to;
  await db.execute(moveOn, [
    merchantId,
    importId,
    checks,
    blocks,
    done,
    good,
    known,
    principal,
    bonus,
    points,
  ]);
}

/** Forgets what an earlier look found. */
export async function forgetCheck(db: Db, merchantId: string, importId: string): Promise<void> {
  await db.execute(dropProblems, [merchantId, importId]);
  await db.execute(dropSeen, [merchantId, importId]);
}

/** Forgets which numbers a file had, once all of it was looked through. */
export async function forgetSeen(db: Db, merchantId: string, importId: string): Promise<void> {
  await db.execute(dropSeen, [merchantId, importId]);
}

const insertSeen = statement(
  'imports.insertSeen',
  `insert into imports.seen (merchant_id, import_id, key) select $1, $2, k from unnest($3::bytea[]) as k
   on conflict do nothing returning key`,
);

/** Notes keys, lower-case hex, each once in the list; answers those that are seen for the first time. */
export async function seeKeys(
  db: Db,
  merchantId: string,
  importId: string,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const bytes = keys.map((key) => Buffer.from(key, 'hex'));
  const fresh = await db.query<{ key: Buffer }>(insertSeen, [merchantId, importId, bytes]);
  return new Set(fresh.map(({ key }) => key.toString('hex')));
}

/** What is wrong with a row of a file. */
export type Problem = RowProblem & { readonly number: number };

const insertProblems = statement(
  'imports.insertProblems',
  `insert into imports.problem (merchant_id, import_id, block, row_number, col, code)
   select $1, $2, $3, v.row_number, v.col, v.code from unnest($4::integer[], $5::integer[], $6::text[]) as v(row_number, col, code)
   on conflict do nothing`,
);
const selectProblems = statement(
  'imports.selectProblems',
  `select p.row_number as number, p.col as "column", p.code, p.block from imports.problem p
   where p.merchant_id = $1 and p.import_id = $2 and (p.row_number, p.col) > ($3, $4)
   order by p.row_number, p.col limit $5`,
);
const selectBadRows = statement(
  'imports.selectBadRows',
  `select distinct p.row_number as number from imports.problem p
   where p.merchant_id = $1 and p.import_id = $2 and p.row_number between $3 and $4`,
);

/** Notes what is wrong in a block. */
export async function putProblems(
  db: Db,
  merchantId: string,
  importId: string,
  block: number,
  problems: readonly Problem[],
): Promise<void> {
  if (problems.length === 0) return;
  await db.execute(insertProblems, [
    merchantId,
    importId,
    block,
    problems.map(({ number }) => number),
    problems.map(({ column }) => column),
    problems.map(({ code }) => code),
  ]);
}

/** The place of a problem in its list. */
export type ProblemPlace = { readonly number: number; readonly column: number };

/** What is wrong with a file, in the order of its rows, after one. */
export function listProblems(
  db: Db,
  merchantId: string,
  importId: string,
  after: ProblemPlace,
  limit: number,
): Promise<(Problem & { readonly block: number })[]> {
  return db.query(selectProblems, [merchantId, importId, after.number, after.column, limit]);
}

/** Which rows between two, both included, are not good. */
export async function badRows(
  db: Db,
  merchantId: string,
  importId: string,
  first: number,
  last: number,
): Promise<ReadonlySet<number>> {
  const found = await db.query<{ number: number }>(selectBadRows, [merchantId, importId, first, last]);
  return new Set(found.map(({ number }) => number));
}
