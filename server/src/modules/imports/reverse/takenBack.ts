import { jsonAmount } from '../../../kernel/money.ts';
import type { ActivityDraft } from '../../../platform/executor/activity.ts';
import { type Change, put } from '../../../platform/executor/workingSet.ts';
import { changed, type Import, imports, type TakenBack } from '../import.ts';
import { type Block, blocks, type Row, rows } from '../row.ts';

const missing = { principal: 'missingPrincipal', bonus: 'missingBonus', points: 'missingPoints' } as const;

/** What was taken back, with some more rows. */
function withRows(before: TakenBack, ended: readonly Row[]): TakenBack {
  const sum = (name: keyof typeof missing) =>
    before[name] + jsonAmount(ended.reduce((total, row) => total + row[name] - row[missing[name]], 0n));
  const lost = (name: 'missingPrincipal' | 'missingBonus' | 'missingPoints') =>
    before[name] + jsonAmount(ended.reduce((total, row) => total + row[name], 0n));
  const count = (reversal: 'withdrawn' | 'kept') =>
    before[reversal] + ended.filter((row) => row.reversal === reversal).length;
  return {
    principal: sum('principal'),
    bonus: sum('bonus'),
    points: sum('points'),
    withdrawn: count('withdrawn'),
    kept: count('kept'),
    missingPrincipal: lost('missingPrincipal'),
    missingBonus: lost('missingBonus'),
    missingPoints: lost('missingPoints'),
  };
}

/** Moves an import on by a block that was taken back, in the command that does so; behind the last one it is reversed. */
export function takenBack(
  before: Import,
  block: Block,
  ended: readonly Row[],
  now: Date,
): { readonly activities: readonly ActivityDraft[]; readonly changes: readonly Change[] } {
  const reversedDone = before.reversedDone + block.rows;
  const counts = withRows(before.takenBack, ended);
  const isLast = reversedDone === before.quantity;
  const after = changed(before, {
    reversedDone,
    takenBack: counts,
    ...(isLast ? { state: 'reversed' as const, endedAt: now } : {}),
  });
  const moved: ActivityDraft = {
    type: 'import.block_reversed',
    subjectId: before.id,
    details: { block: block.n, rows: block.rows },
  };
  const reversed: ActivityDraft = { type: 'import.reversed', subjectId: before.id, details: counts };
  return {
    activities: isLast ? [moved, reversed] : [moved],
    changes: [
      put(imports, after),
      put(blocks, { ...block, state: 'reversed' }),
      ...ended.map((row) => put(rows, row)),
    ],
  };
}
