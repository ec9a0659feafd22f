import { jsonAmount } from '../../../kernel/money.ts';
import type { ActivityDraft } from '../../../platform/executor/activity.ts';
import { type Change, put } from '../../../platform/executor/workingSet.ts';
import { type Became, changed, type Import, imports } from '../import.ts';
import { type Block, blocks, newRow, type Outcome, type Row, rows } from '../row.ts';

/** What has become of rows, with some more. */
function withRows(before: Became, made: readonly Row[]): Became {
  const sum = (name: 'principal' | 'bonus' | 'points') =>
    before[name] + jsonAmount(made.reduce((total, row) => total + row[name], 0n));
  const count = (outcome: Outcome) => before[outcome] + made.filter((row) => row.outcome === outcome).length;
  return {
    principal: sum('principal'),
    bonus: sum('bonus'),
    points: sum('points'),
    created: count('created'),
    updated: count('updated'),
    skipped: count('skipped'),
    refused: count('refused'),
  };
}

/** Rows that can no longer be read as they were when they were looked at. */
export function unreadable(importId: string, block: number, numbers: readonly number[]): readonly Row[] {
  return numbers.map((number) =>
    newRow({ importId, number, block, outcome: 'refused', code: 'invalid_request' }),
  );
}

/**
 * Moves an import on by a block, in the command that carries the block out, so that no row is carried out twice; behind
 * the last one it is applied.
 */
export function carriedOut(
  before: Import,
  block: Block,
  made: readonly Row[],
  now: Date,
): { readonly activities: readonly ActivityDraft[]; readonly changes: readonly Change[] } {
  const done = before.done + block.rows;
  const became = withRows(before.became, made);
  const isLast = done === before.quantity;
  const after = changed(before, {
    done,
    became,
    ...(isLast ? { state: 'applied' as const, endedAt: now } : {}),
  });
  const applied: ActivityDraft = { type: 'import.applied', subjectId: before.id, details: became };
  const moved: ActivityDraft = {
    type: 'import.block_applied',
    subjectId: before.id,
    details: { block: block.n, rows: block.rows },
  };
  return {
    activities: isLast ? [moved, applied] : [moved],
    changes: [
      put(imports, after),
      put(blocks, { ...block, state: 'applied' }),
      ...made.map((row) => put(rows, row)),
    ],
  };
}
