import { assert } from '../../kernel/assert.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope, merchantById, regionByCode, storeById } from '../merchants/index.ts';
import {
  offers,
  type Program,
  type ProgramVersion,
  programAnswer,
  programById,
  programs,
  programVersions,
  versionById,
} from './program.ts';
import { type AskedTerms, regionsIn, storesIn, termsFrom, termsJson } from './terms.ts';

/** What is left out stays as it is. The currency stays in any case: a program's books are in one. */
type TermsEdit = {
  readonly [Term in Exclude<keyof AskedTerms, 'currency'>]?: AskedTerms[Term] | undefined;
};

type EditProgramInput = { readonly programId: string; readonly edit: TermsEdit };

/** Gives a program new terms, as a new version for cards yet to be made; cards already made keep theirs. */
export const editProgram = useCase({
  name: 'program.edit',
  permission: 'programs.write',
  movesValue: false,
  needs({ programId, edit }: EditProgramInput, find) {
    const program = find.one(programById, programId);
    const present = program && find.one(versionById, program.versionId);
    const wanted = { stores: edit.stores ?? present?.stores ?? { type: 'all' as const } };
    return {
      program,
      present,
      merchant: find.one(merchantById, find.merchantId),
      listed: storesIn(wanted).map((id) => find.one(storeById, id)),
      regions: regionsIn(wanted).map((code) => find.one(regionByCode, code)),
    };
  },
  decide({ program, present, merchant, listed, regions }, { edit }, { actor, now, newId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (!program) return refused('program_not_found');
    if (program.state === 'retired') return refused('program_retired');
    assert(present !== undefined && merchant !== undefined, 'a program has its terms and its merchant');
    const terms = termsFrom(editedTerms(present, edit), { merchant, listed, regions, now });
    if (isRefused(terms)) return terms;
    const version: ProgramVersion = {
      ...terms,
      id: newId(),
      programId: program.id,
      version: program.version + 1,
      kind: program.kind,
      createdAt: now,
    };
    const edited: Program = { ...program, versionId: version.id, version: version.version };
    return accepted({
      activities: [
        {
          type: 'program.edited',
          subjectId: program.id,
          details: { version: version.version, ...termsJson(terms) },
        },
      ],
      changes: [put(programVersions, version), put(programs, edited)],
      result: programAnswer(edited, version),
    });
  },
});

/** Present terms with the edit laid over them. Sale prices go with the face values that they were for. */
function editedTerms({ salePrices, ...present }: ProgramVersion, edit: TermsEdit): AskedTerms {
  const given = <Term extends keyof TermsEdit>(term: Term, kept: AskedTerms[Term]): AskedTerms[Term] =>
    edit[term] ?? kept;
  // `null` clears these two, so only what was left out keeps its present value.
  const range = edit.range === undefined ? present.range : edit.range;
  const balanceMax = edit.balanceMax === undefined ? present.balanceMax : edit.balanceMax;
  const denominations = given('denominations', present.denominations);
  return {
    name: given('name', present.name),
    currency: present.currency,
    pin: given('pin', present.pin),
    bearer: given('bearer', present.bearer),
    medium: given('medium', present.medium),
    reloadable: given('reloadable', present.reloadable),
    transferable: given('transferable', present.transferable),
    denominations,
    range,
    salePrice: given(
      'salePrice',
      salePrices.filter(({ faceValue }) => offers({ denominations, range, balanceMax }, faceValue)),
    ),
    validity: given('validity', present.validity),
    stores: given('stores', present.stores),
    balanceMax,
  };
}
