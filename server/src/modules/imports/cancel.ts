import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import { changed, importAnswer, importById, imports, mayFrom } from './import.ts';

/** Gives an import up of which nothing was carried out. Its file is forgotten. */
export const cancelImport = useCase({
  name: 'import.cancel',
  permission: 'imports.write',
  movesValue: false,
  needs: ({ id }: { readonly id: string }, find) => find.one(importById, id),
  decide(before, _input, { actor, now }) {
    const denied = beyondScope(actor, null) ?? mayFrom(before, ['reading', 'read', 'checking', 'checked']);
    if (denied || !before) return denied ?? refused('import_not_found');
    const after = changed(before, { state: 'cancelled', endedAt: now });
    return accepted({
      activities: [{ type: 'import.cancelled', subjectId: before.id }],
      changes: [put(imports, after)],
      result: importAnswer(after),
    });
  },
});
