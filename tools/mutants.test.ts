import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mutants } from '../server/test/mutants/mutants.ts';

// Whether they are caught is seen by `node tools/mutants.ts`, which runs the suites over each. Here only that a change of
// the code has not left one behind that no longer changes anything.

test('there are at least fifteen mutants of guards', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(15);
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
});

test.each(mutants)('the guard that is broken stands in the code: $name', ({ edits }) => {
  for (const { file, find, put } of edits) {
    const text = readFileSync(join(import.meta.dirname, '..', file), 'utf8');
    expect(text.split(find).length - 1, `${file}: ${find}`).toBe(1);
    expect(put).not.toBe(find);
  }
});
