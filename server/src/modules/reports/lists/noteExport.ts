import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';

export type NoteExportInput = {
  readonly list: string;
  readonly format: string;
  readonly language: 'zh' | 'en';
  /** What it takes to see the list. */
  readonly permission: string;
  /** As it was asked for, to be read by people. */
  readonly filter: Readonly<Record<string, string>>;
};

/** Lets a list be taken out by who may see it, and notes who took what; the rows themselves are read after that. */
export const noteExport = useCase({
  name: 'export.make',
  permission: 'exports.make',
  movesValue: false,
  needs: (_input: NoteExportInput) => undefined,
  decide(_rows, { list, format, permission, filter }, { actor, merchantId }) {
    if (!actor.permissions.has(permission)) return refused('permission_denied', { detail: permission });
    const details = { list, format, filter };
    return accepted({
      activities: [{ type: 'export.made', subjectId: merchantId, details }],
      changes: [],
      result: {},
    });
  },
});
