import { assert } from '../../../kernel/assert.ts';
import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope, merchantById } from '../../merchants/index.ts';
import {
  type Import,
  importAnswer,
  imports,
  importsOfFile,
  isStanding,
  nothingBecame,
  nothingFound,
  nothingTakenBack,
} from '../import.ts';

export type NoteUploadInput = Pick<Import, 'id' | 'kind' | 'fileName' | 'format' | 'sha256' | 'bytes'>;

/** Notes that a file was sent in. It is read after that, and nothing of it counts until it is applied. */
export const noteUpload = useCase({
  name: 'import.upload',
  permission: 'imports.write',
  movesValue: false,
  needs: ({ sha256 }: NoteUploadInput, find) => ({
    same: find.all(importsOfFile, sha256),
    merchant: find.one(merchantById, find.merchantId),
  }),
  decide({ same, merchant }, input, { actor, now }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    assert(merchant !== undefined, 'who has a key has a merchant');
    if (input.bytes === 0n) return refused('invalid_request', { detail: 'The file is empty.' });
    const other = same.find((one) => one.kind === input.kind && isStanding(one));
    if (other) {
      return refused('import_file_known', {
        detail: `It is ${encodeId('imp', other.id)}, which is ${other.state}.`,
        next: 'Go on with that one; or cancel it, or take it back, first.',
      });
    }
    const made: Import = {
      ...input,
      state: 'reading',
      failure: null,
      headings: [],
      quantity: 0,
      blocks: 0,
      mapping: {},
      existing: 'skip',
      storeId: null,
      currency: merchant.currency,
      checks: 0,
      found: nothingFound,
      done: 0,
      became: nothingBecame,
      reversedDone: 0,
      takenBack: nothingTakenBack,
      revision: 1,
      createdAt: now,
      endedAt: null,
    };
    const { kind, format, sha256, bytes } = made;
    return accepted({
      activities: [
        {
          type: 'import.uploaded',
          subjectId: made.id,
          details: { kind, format, sha256, bytes: jsonAmount(bytes) },
        },
      ],
      changes: [put(imports, made)],
      result: importAnswer(made),
    });
  },
});
