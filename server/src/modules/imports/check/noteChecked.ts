import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { changed, type Found, importById, imports } from '../import.ts';

type NoteCheckedInput = { readonly id: string; readonly checks: number; readonly found: Found };

/** Notes what looking through a file found: it is shown before anything of it counts. */
export const noteChecked = useCase({
  name: 'import.note_check',
  permission: 'system',
  movesValue: false,
  needs: ({ id }: NoteCheckedInput, find) => find.one(importById, id),
  decide(before, { checks, found }) {
    if (before?.state !== 'checking' || before.checks !== checks) return { unchanged: '{}' };
    return accepted({
      activities: [{ type: 'import.checked', subjectId: before.id, details: found }],
      changes: [put(imports, changed(before, { state: 'checked', found }))],
      result: {},
    });
  },
});
