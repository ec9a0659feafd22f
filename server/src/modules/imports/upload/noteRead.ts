import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { ownFields } from '../../members/index.ts';
import { guessed } from '../columns/fields.ts';
import { changed, type Failure, importById, imports } from '../import.ts';

type NoteReadInput = { readonly id: string } & (
  | { readonly failure: Failure }
  | {
      readonly failure: null;
      readonly headings: readonly string[];
      readonly quantity: number;
      readonly blocks: number;
    }
);

/** Notes what stands in a file, with a guess at which column is what; or that it cannot be read. */
export const noteRead = useCase({
  name: 'import.read',
  permission: 'system',
  movesValue: false,
  needs: ({ id }: NoteReadInput, find) => ({ before: find.one(importById, id), own: ownFields(find) }),
  decide({ before, own }, input, { now }) {
    if (before?.state !== 'reading') return { unchanged: '{}' };
    const { failure } = input;
    const after =
      input.failure === null
        ? changed(before, {
            state: 'read',
            headings: input.headings,
            quantity: input.quantity,
            blocks: input.blocks,
            mapping: guessed(before.kind, input.headings, own),
          })
        : changed(before, { state: 'failed', failure: input.failure, endedAt: now });
    const { quantity } = after;
    return accepted({
      activities: [
        failure === null
          ? { type: 'import.was_read', subjectId: before.id, details: { quantity } }
          : { type: 'import.failed', subjectId: before.id, details: { failure } },
      ],
      changes: [put(imports, after)],
      result: {},
    });
  },
});
