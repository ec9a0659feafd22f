import { type Refusal, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { ownFields } from '../../members/index.ts';
import { beyondScope, storeById } from '../../merchants/index.ts';
import { columnsOf, fields, type Mapping, neededFields, type OwnField } from '../columns/fields.ts';
import { changed, type Import, importAnswer, importById, imports, mayFrom, nothingFound } from '../import.ts';

export type StartCheckInput = Pick<Import, 'id' | 'existing' | 'storeId'> & {
  /** null: as it was guessed, or said before. */
  readonly mapping: Mapping | null;
};

/** Has a file looked through, row by row, without changing anything. */
export const startCheck = useCase({
  name: 'import.check',
  permission: 'imports.write',
  movesValue: false,
  storeOf: ({ storeId }: StartCheckInput) => storeId ?? undefined,
  needs: ({ id, storeId }, find) => ({
    before: find.one(importById, id),
    store: storeId === null ? undefined : find.one(storeById, storeId),
    own: ownFields(find),
  }),
  decide({ before, store, own }, { storeId, existing, mapping: given }, { actor }) {
    const denied = before ? beyondScope(actor, null) : refused('import_not_found');
    const refusal = denied ?? mayFrom(before, ['read', 'checked']);
    if (refusal || !before) return refusal ?? refused('import_not_found');
    if (storeId !== null && !store) return refused('store_not_found', { field: 'storeId' });
    const mapping = given ?? before.mapping;
    const wrong = wrongIn(mapping, before, own);
    if (wrong) return wrong;
    const after = changed(before, {
      state: 'checking',
      mapping,
      existing,
      storeId,
      checks: before.checks + 1,
      found: nothingFound,
    });
    return accepted({
      activities: [
        { type: 'import.check_started', subjectId: before.id, details: { mapping, existing, storeId } },
      ],
      changes: [put(imports, after)],
      result: importAnswer(after),
    });
  },
});

/** Why columns cannot be read in this way. */
function wrongIn(
  mapping: Mapping,
  { kind, headings }: Import,
  own: readonly OwnField[],
): Refusal | undefined {
  const known = new Set<string>(fields[kind]);
  if (kind === 'members') for (const { key } of own) known.add(`fields.${key}`);
  const taken = new Set<number>();
  for (const [name, column] of columnsOf(mapping)) {
    if (!known.has(name))
      return refused('invalid_request', { field: `mapping.${name}`, detail: `Not of ${kind}.` });
    if (column >= headings.length || taken.has(column)) {
      return refused('invalid_request', {
        field: `mapping.${name}`,
        detail: 'It is no column of the file, or another field has it.',
      });
    }
    taken.add(column);
  }
  const missing = neededFields[kind].find((field) => mapping[field] === undefined);
  return missing && refused('import_column_missing', { field: `mapping.${missing}` });
}
