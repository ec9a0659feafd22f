import { assert } from '../../kernel/assert.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import { programAnswer, programById, programs, versionById } from './program.ts';

/** Ends a program: no more cards are made of it. Those already made go on by their terms. */
export const retireProgram = useCase({
  name: 'program.retire',
  permission: 'programs.write',
  movesValue: false,
  needs({ programId }: { readonly programId: string }, find) {
    const program = find.one(programById, programId);
    return { program, version: program && find.one(versionById, program.versionId) };
  },
  decide({ program, version }, _input, { actor }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (!program) return refused('program_not_found');
    if (program.state === 'retired') return refused('program_retired');
    assert(version !== undefined, 'a program has its terms');
    const retired = { ...program, state: 'retired' } as const;
    return accepted({
      activities: [{ type: 'program.retired', subjectId: program.id }],
      changes: [put(programs, retired)],
      result: programAnswer(retired, version),
    });
  },
});
