import { type Finding, isTest, matches, type Rule } from './rule.ts';

const linesMax = 300;
/** This file's own test plants every violation, so it is the only file that text rules do not read. */
const planted = 'tools/tidy.test.ts';
const generated =
  /^(package-lock\.json|server\/openapi\.json|server\/schema\.sql|web\/src\/api\/operations\.ts)$/;

const textRule = (
  name: string,
  pattern: RegExp,
  applies: (path: string) => boolean,
  why: string,
  fix: string,
): Rule => ({
  name,
  why,
  fix,
  check: ({ texts }) =>
    [...texts]
      .filter(([path]) => path !== planted && path !== 'package-lock.json' && applies(path))
      .flatMap(([path, text]) => matches(path, text, pattern)),
});

const sizeRule: Rule = {
  name: 'file-size',
  why: 'A file longer than that hides a concept that has no name yet.',
  fix: 'split it by concept, not by line count',
  check: ({ texts }) =>
    [...texts].flatMap(([path, text]): Finding[] => {
      if (generated.test(path) || !/\.(ts|tsx|mjs|cjs|js|sql)$/.test(path)) return [];
      const lines = text.split('\n').length - 1;
      return lines > linesMax ? [{ path, line: lines, what: `${lines} lines, at most ${linesMax}` }] : [];
    }),
};

export const textRules: readonly Rule[] = [
  sizeRule,
  textRule(
    'no-machine-path',
    /(?<=^|['"`\s(=:,])\/(work|home|root|tmp|Users)(\/[\w.-]+|(?=['"`\s)]|$))/m,
    () => true,
    'A path of one machine is wrong on every other.',
    'take it from the settings, import.meta.dirname or os.tmpdir()',
  ),
  textRule(
    'no-unfinished-work',
    /\bTO[D]O\b|\bFIX[M]E\b|\b[Nn]ot (yet )?implement[e]d\b/,
    (path) => !path.endsWith('.md') || path.startsWith('docs/adr/'),
    'A note to do it later is a promise to nobody.',
    'do it now, or write an issue',
  ),
  textRule(
    'no-skipped-test',
    /\b(test|it|describe|suite)(\.\w+)*\.(skip|only|to[d]o)\b/,
    isTest,
    'A skipped test proves nothing, and an only hides all others.',
    'make it pass or delete it',
  ),
];
