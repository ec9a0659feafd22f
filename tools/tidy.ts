import { join } from 'node:path';
import { codeRules } from './tidy/code.ts';
import { docRules } from './tidy/docs.ts';
import { migrationRules } from './tidy/migrations.ts';
import type { Rule, Tree } from './tidy/rule.ts';
import { sqlRules } from './tidy/sql.ts';
import { textRules } from './tidy/text.ts';
import { readTree } from './tidy/tree.ts';

/** The rules of the house that no general tool knows. */
export const rules: readonly Rule[] = [
  ...textRules,
  ...codeRules,
  ...sqlRules,
  ...migrationRules,
  ...docRules,
];

/** One line for each violation: where, what, what to do instead, and why. */
export function violationsIn(tree: Tree): string[] {
  return rules.flatMap((rule) =>
    rule
      .check(tree)
      .map(
        ({ path, line, what }) => `${path}:${line}: ${rule.name}: ${what}. Instead: ${rule.fix}. ${rule.why}`,
      ),
  );
}

if (import.meta.main) {
  const found = violationsIn(await readTree(join(import.meta.dirname, '..')));
  for (const line of found) console.log(line);
  process.exitCode = found.length === 0 ? 0 : 1;
}
