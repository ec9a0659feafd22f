import { join } from 'node:path';
import { type Generator, generators, staleFiles } from './generate.ts';
import { readImports } from './imports.ts';
import { run } from './run.ts';
import { readTree } from './tidy/tree.ts';
import { report } from './tidy.ts';
import { overBudget } from './webBudgets.ts';

/** One part of `npm run check`: answers what is wrong, as text to print; empty when nothing is. */
type Check = { readonly name: string; readonly run: (root: string) => Promise<string> };

const command =
  (name: string, ...args: string[]): Check['run'] =>
  async (root) => {
    const { code, output, errors } = await run(name, args, root);
    if (code === 0) return '';
    const said = `${output}${errors}`.trim() || `${name} ended with ${code}`;
    return name === 'biome'
      ? `${said}\n\`npm run fix\` repairs what can be repaired without thinking.`
      : said;
  };

const generated = (generator: Generator): Check => ({
  name: `generated: ${generator.name}`,
  run: async (root) => (await staleFiles(root, generator)).join('\n'),
});

/** The slow ones first, so that the two cores end at the same time. */
const checks: readonly Check[] = [
  ...generators.toReversed().map(generated),
  { name: 'unused code', run: command('knip', '--no-progress', '--no-config-hints') },
  { name: 'types', run: command('tsc', '--project', '.') },
  { name: 'types of web', run: command('tsc', '--project', 'web') },
  { name: 'promises', run: command('oxlint', '--type-aware', '--deny-warnings') },
  { name: 'format and lint', run: command('biome', 'ci', '--colors=off', '--error-on-warnings') },
  { name: 'import rules', run: async (root) => (await readImports(root)).violations.join('\n') },
  { name: 'web budgets', run: overBudget },
  { name: 'tidy', run: async (root) => report(await readTree(root)) },
];

const atOnce = 2;

/** Runs the checks two at a time, prints a line for each as it ends, and then what the failed ones said. */
async function checkAll(root: string): Promise<boolean> {
  const failures: string[] = [];
  const waiting = [...checks];
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const started = performance.now();
      const said = await check.run(root).catch((cause: unknown) => messageOf(cause));
      const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
      console.log(`${said === '' ? 'ok  ' : 'FAIL'} ${seconds} s  ${check.name}`);
      if (said !== '') failures.push(`\n── ${check.name} ──\n${said}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  for (const failure of failures) console.log(failure);
  return failures.length === 0;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

process.exitCode = (await checkAll(join(import.meta.dirname, '..'))) ? 0 : 1;
