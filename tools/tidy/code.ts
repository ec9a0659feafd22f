import ts from 'typescript';
import {
  inKernel,
  inModules,
  inPlatform,
  isEdge,
  isProduct,
  isTest,
  lineAt,
  matches,
  type Rule,
} from './rule.ts';
import { type Source, walk } from './source.ts';

const codeRule = (
  name: string,
  pattern: RegExp,
  applies: (path: string) => boolean,
  why: string,
  fix: string,
): Rule => ({
  name,
  why,
  fix,
  check: ({ sources }) =>
    sources.filter(({ path }) => applies(path)).flatMap(({ path, code }) => matches(path, code, pattern)),
});

const inRules = (path: string): boolean =>
  !isTest(path) && (inKernel(path) || (inModules(path) && !isEdge(path)));

const casts: Rule = {
  name: 'no-cast-past-the-edge',
  why: 'Behind the edge everything has been parsed; a cast there hides that it has not.',
  fix: 'parse at the edge, narrow with a check, or use `satisfies`',
  check: ({ sources }) => sources.filter(({ path }) => inRules(path)).flatMap(castsIn),
};

function castsIn({ path, text, tree }: Source): { path: string; line: number; what: string }[] {
  const found: { path: string; line: number; what: string }[] = [];
  walk(tree, (node) => {
    if (!ts.isAsExpression(node) || node.type.getText(tree) === 'const') return;
    const what = `as ${node.type.getText(tree)}`;
    found.push({ path, line: lineAt(text, node.type.getStart(tree)), what });
  });
  return found;
}

export const codeRules: readonly Rule[] = [
  codeRule(
    'no-clock-no-chance-in-rules',
    /\bnew Date\(\s*\)|\bDate\.now\b|\bMath\.random\b|\brandom(Bytes|UUID|Int|FillSync)\b|\bcrypto\.random\w*|\bgetRandomValues\b|\bperformance\.now\b|\bTemporal\.Now\b|\bprocess\.\w+/,
    (path) => (inModules(path) || inKernel(path)) && !isTest(path) && !/\/(routes|jobs)\.ts$/.test(path),
    'A rule that reads the clock or draws lots cannot be replayed, in the twin least of all.',
    'take `now: Date` or `random: Random` as an argument',
  ),
  codeRule(
    'no-number-parsing',
    /\bNumber\(|\b(Number\.)?parse(Int|Float)\b|\.toFixed\(/,
    (path) =>
      (inModules(path) || inKernel(path)) &&
      !isTest(path) &&
      !/^server\/src\/kernel\/(money|id)\.ts$/.test(path),
    'Money that passes through a float is wrong sooner or later.',
    'stay in bigint: amountOf, jsonAmount, allocate and formatAmount of kernel/money.ts; zod parses at the edge',
  ),
  codeRule(
    'conflicts-are-raised-in-sql',
    /\bConflict\b/,
    (path) => inModules(path) && !isTest(path),
    'COMMIT travels with the writes: what a store counts after them is heard when it is too late.',
    'declare the change with `guarded` of platform/db/statement.ts',
  ),
  codeRule(
    'no-json-parse',
    /\bJSON\.parse\b/,
    (path) => isProduct(path) && !inPlatform(path) && !path.startsWith('server/src/operator/'),
    'JSON.parse answers `any`, which no type check sees.',
    'let platform/ parse, and hand it the zod schema',
  ),
  codeRule(
    'no-transaction-outside-executor',
    /\.transaction\(/,
    (path) => isProduct(path) && !/^server\/src\/platform\/(executor|db)\//.test(path),
    'One wrapper runs every write: batches, replays and retries live there.',
    'write a use case and submit it to the executor',
  ),
  codeRule(
    'no-mocks',
    /\bvi\.(mock|doMock|fn|spyOn|stubGlobal|stubEnv|useFakeTimers)\b/,
    isTest,
    'A mock proves that the mock works.',
    'use the real database of server/test/, the in-memory twin, or pass `now` and `random`',
  ),
  codeRule(
    'no-sleep-in-tests',
    /\b(setTimeout|sleep|delay)\(/,
    (path) => path.endsWith('.test.ts'),
    'A test that waits for a time fails on a slower machine.',
    'wait for the condition: `await expect.poll(…)` or `vi.waitFor(…)`',
  ),
  casts,
];
