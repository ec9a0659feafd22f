import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { beyondScope } from '../merchants/index.ts';
import { importById } from './import.ts';

export type TakeInput = {
  readonly id: string;
  /** The file itself, or the rows of it that are not good. */
  readonly what: 'file' | 'problems';
  /** Of the headings. */
  readonly language?: 'zh' | 'en';
};

/** Lets a file in which people are named be taken out, and notes who took it; it is read after that. */
export const takeFile = useCase({
  name: 'import.take',
  permission: 'imports.write',
  movesValue: false,
  needs: ({ id }: TakeInput, find) => find.one(importById, id),
  decide(one, { what }, { actor }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (!one) return refused('import_not_found');
    return accepted({
      activities: [{ type: 'import.taken_out', subjectId: one.id, details: { what } }],
      changes: [],
      result: {},
    });
  },
});
