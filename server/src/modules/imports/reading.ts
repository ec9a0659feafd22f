import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { read } from '../../platform/db/read.ts';
import type { Db } from '../../platform/db/statement.ts';
import type { SheetRow } from '../../platform/files/sheet.ts';
import type { Cell } from '../../platform/files/table.ts';
import { readFields } from '../members/index.ts';
import { listProblems, type Problem, type ProblemPlace } from './check/store.ts';
import { fields, neededFields } from './columns/fields.ts';
import { type Import, importAnswer } from './import.ts';
import type { Row } from './row.ts';
import type { Looked } from './store.ts';
import { type FileParts, rowsIn } from './upload/file.ts';

type Parts = Pick<FileParts, 'readers' | 'vault'>;

const sampleRows = 5;

/** An import with what its columns may be, and its first rows. */
export async function oneAnswer(db: Db, { vault }: Parts, merchantId: string, one: Looked) {
  const isRead = one.state !== 'reading' && one.state !== 'failed';
  const sheet = isRead ? await rowsIn(db, vault, merchantId, one.id, 0) : [];
  const own = one.kind === 'members' ? await readFields(db, merchantId) : [];
  return {
    ...importAnswer(one, one.looked),
    fields: [
      ...fields[one.kind].map((name) => ({
        name: String(name),
        isNeeded: neededFields[one.kind].some((needed) => needed === name),
        label: null,
      })),
      ...own.map(({ key, label }) => ({ name: `fields.${key}`, isNeeded: false, label })),
    ],
    sample: sheet.slice(0, sampleRows).map(({ number, cells }) => ({ row: number, cells: [...cells] })),
  };
}

/** A problem with the row that it is in. */
export type ShownProblem = Problem & { readonly cells: readonly string[] };

/** Some problems with the rows that they are in, a block at a time in memory. */
export async function problemsAfter(
  db: Db,
  { vault }: Parts,
  merchantId: string,
  importId: string,
  after: ProblemPlace,
  limit: number,
): Promise<readonly ShownProblem[]> {
  const found = await listProblems(db, merchantId, importId, after, limit);
  const shown: ShownProblem[] = [];
  let at = -1;
  let sheet: readonly SheetRow[] = [];
  for (const problem of found) {
    if (problem.block !== at) {
      at = problem.block;
      sheet = await rowsIn(db, vault, merchantId, importId, at);
    }
    const cells = sheet.find(({ number }) => number === problem.number)?.cells ?? [];
    shown.push({ ...problem, cells });
  }
  return shown;
}

const atOnce = 500;
export const fromTheFirst: ProblemPlace = { number: 0, column: 0 };

/** The rows that are not good as they stood in the file, each with what is wrong, to be put right and sent in anew. */
export async function* problemRows(
  parts: Parts,
  merchantId: string,
  importId: string,
  columns: number,
): AsyncGenerator<readonly Cell[]> {
  let after = fromTheFirst;
  for (;;) {
    const from = after;
    const found = await read(parts.readers, merchantId, (db) =>
      problemsAfter(db, parts, merchantId, importId, from, atOnce),
    );
    for (const { number, column, code, cells } of found) {
      const row = Array.from({ length: columns }, (_, place) => cells[place] ?? '');
      yield [number, column + 1, code, ...row];
    }
    const last = found.at(-1);
    if (!last || found.length < atOnce) return;
    after = last;
  }
}

/** What became of a row as the API shows it. */
export function rowAnswer(row: Row, { kind }: Pick<Import, 'kind'>) {
  const { subjectId } = row;
  return {
    row: row.number,
    outcome: row.outcome,
    code: row.code,
    memberId: kind === 'members' && subjectId !== null ? encodeId('mem', subjectId) : null,
    productId: kind === 'goods' && subjectId !== null ? encodeId('prd', subjectId) : null,
    principal: jsonAmount(row.principal),
    bonus: jsonAmount(row.bonus),
    points: jsonAmount(row.points),
    reversal: row.reversal,
    missingPrincipal: jsonAmount(row.missingPrincipal),
    missingBonus: jsonAmount(row.missingBonus),
    missingPoints: jsonAmount(row.missingPoints),
  };
}
