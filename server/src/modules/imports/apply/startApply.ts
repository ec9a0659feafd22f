import { amountOf } from '../../../kernel/money.ts';
import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../../merchants/index.ts';
import { changed, importAnswer, importById, imports, mayFrom } from '../import.ts';

export type StartApplyInput = {
  readonly id: string;
  /** Rows that are not good are left out; without this they are in the way. */
  readonly skipBad: boolean;
};

/** Has the good rows of a file carried out as they were found. Balances are value that is issued: above a limit two decide. */
export const startApply = useCase({
  name: 'import.apply',
  permission: 'imports.write',
  movesValue: true,
  needs: ({ id }: StartApplyInput, find) => find.one(importById, id),
  secondPerson: {
    kind: 'issue',
    by: 'carry',
    amountOf: (before) => (before ? amountOf(before.found.principal + before.found.bonus) : undefined),
  },
  decide(before, { skipBad }, { actor }) {
    const denied = beyondScope(actor, null) ?? mayFrom(before, ['checked']);
    if (denied || !before) return denied ?? refused('import_not_found');
    const { good, bad, principal, bonus, points } = before.found;
    if (good === 0) return refused('import_empty', { next: 'Put the file right and send it in anew.' });
    if (bad > 0 && !skipBad) {
      return refused('import_has_bad_rows', {
        field: 'skipBad',
        detail: `${bad} rows are not good.`,
        next: 'Put them right in the file and send it in anew, or say that they are to be left out.',
      });
    }
    const after = changed(before, { state: 'applying' });
    return accepted({
      activities: [
        {
          type: 'import.apply_started',
          subjectId: before.id,
          amount: amountOf(principal + bonus),
          details: { good, bad, principal, bonus, points },
        },
      ],
      changes: [put(imports, after)],
      result: importAnswer(after),
    });
  },
});
