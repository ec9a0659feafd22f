import { assert } from '../../kernel/assert.ts';
import { isRefused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope, merchantById, regionByCode, storeById } from '../merchants/index.ts';
import { type Program, type ProgramVersion, programAnswer, programs, programVersions } from './program.ts';
import { type AskedTerms, regionsIn, storesIn, termsFrom, termsJson } from './terms.ts';

type CreateProgramInput = { readonly kind: Program['kind']; readonly terms: AskedTerms };

/** Makes a kind of card with its first terms. */
export const createProgram = useCase({
  name: 'program.create',
  permission: 'programs.write',
  movesValue: false,
  needs: ({ terms }: CreateProgramInput, find) => ({
    merchant: find.one(merchantById, find.merchantId),
    listed: storesIn(terms).map((id) => find.one(storeById, id)),
    regions: regionsIn(terms).map((code) => find.one(regionByCode, code)),
  }),
  decide({ merchant, listed, regions }, { kind, terms: asked }, { actor, now, newId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    assert(merchant !== undefined, 'who has a key has a merchant');
    const terms = termsFrom(asked, { merchant, listed, regions, now });
    if (isRefused(terms)) return terms;
    const programId = newId();
    const version: ProgramVersion = { ...terms, id: newId(), programId, version: 1, kind, createdAt: now };
    const program: Program = {
      id: programId,
      kind,
      state: 'active',
      versionId: version.id,
      version: version.version,
      createdAt: now,
    };
    return accepted({
      activities: [
        { type: 'program.created', subjectId: programId, details: { kind, version: 1, ...termsJson(terms) } },
      ],
      changes: [put(programVersions, version), put(programs, program)],
      result: programAnswer(program, version),
    });
  },
});
