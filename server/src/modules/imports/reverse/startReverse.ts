import { amountOf } from '../../../kernel/money.ts';
import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../../merchants/index.ts';
import { changed, importAnswer, importById, imports, mayFrom } from '../import.ts';

export type StartReverseInput = { readonly id: string; readonly reason: string };

/** Has a whole import taken back: what is left of it, never more. Value ends by it: above a limit two decide. */
export const startReverse = useCase({
  name: 'import.reverse',
  permission: 'imports.write',
  movesValue: true,
  needs: ({ id }: StartReverseInput, find) => find.one(importById, id),
  secondPerson: {
    kind: 'void',
    by: 'carry',
    amountOf: (before) => (before ? amountOf(before.became.principal + before.became.bonus) : undefined),
  },
  decide(before, { reason }, { actor }) {
    const denied = beyondScope(actor, null) ?? mayFrom(before, ['applied']);
    if (denied || !before) return denied ?? refused('import_not_found');
    const { principal, bonus, points } = before.became;
    const after = changed(before, { state: 'reversing' });
    return accepted({
      activities: [
        {
          type: 'import.reverse_started',
          subjectId: before.id,
          amount: amountOf(principal + bonus),
          details: { reason, principal, bonus, points },
        },
      ],
      changes: [put(imports, after)],
      result: importAnswer(after),
    });
  },
});
