import { join } from 'node:path';
import { codeRules } from './tidy/code.ts';
import { docRules } from './tidy/docs.ts';
import { migrationRules } from './tidy/migrations.ts';
import type { Rule, Tree } from './tidy/rule.ts';
import { sqlRules } from './tidy/sql.ts';
import { textRules } from './tidy/text.ts';
import { readTree } from './tidy/tree.ts';
import { webRules } from './tidy/web.ts';

/** The rules of the house that no general tool knows. */
export const rules: readonly Rule[] = [
  ...textRules,
  ...codeRules,
  ...sqlRules,
  ...migrationRules,
  ...docRules,
  ...webRules,
];

/** One line for each violation of a rule: where, what, and what to do instead. */
function violationsOf(rule: Rule, tree: Tree): string[] {
  return rule
    .check(tree)
    .map(({ path, line, what }) => `${path}:${line}: ${rule.name}: ${what}. Instead: ${rule.fix}.`);
}

export function violationsIn(tree: Tree): string[] {
  return rules.flatMap((rule) => violationsOf(rule, tree));
}

/** What to print: for each rule that is broken its reason, then its violations; empty when none is. */
export function report(tree: Tree): string {
  return rules
    .map((rule) => ({ rule, lines: violationsOf(rule, tree) }))
    .filter(({ lines }) => lines.length > 0)
    .map(({ rule, lines }) => [`${rule.name}: ${rule.why}`, ...lines].join('\n  '))
    .join('\n');
}

if (import.meta.main) {
  const said = report(await readTree(join(import.meta.dirname, '..')));
  if (said !== '') console.log(said);
  process.exitCode = said === '' ? 0 : 1;
}
