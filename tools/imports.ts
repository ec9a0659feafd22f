import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.ts';

export type Dependency = { readonly resolved: string };
export type Module = { readonly source: string; readonly dependencies: readonly Dependency[] };
export type Graph = { readonly modules: readonly Module[]; readonly violations: readonly string[] };

type Violation = { readonly from: string; readonly to: string; readonly rule: { readonly name: string } };
type Cruise = {
  readonly modules: readonly Module[];
  readonly summary: {
    readonly violations: readonly Violation[];
    readonly totalCruised: number;
    readonly ruleSetUsed: { readonly forbidden: readonly { name: string; comment?: string }[] };
  };
};

const roots = [
  'server',
  'web/src',
  'tools',
  'bench',
  'e2e',
  'bin',
  '.dependency-cruiser.mjs',
  'vitest.config.ts',
];

/**
 * Reads the import graph under `root` and what breaks the rules of `.dependency-cruiser.mjs` in it.
 * Throws when it saw no server file: with TypeScript 7 under the name `typescript` dependency-cruiser sees nothing
 * and reports success.
 */
export async function readImports(root: string): Promise<Graph> {
  const present = roots.filter((name) => existsSync(join(root, name)));
  const args = [...present, '--config', '.dependency-cruiser.mjs', '--output-type', 'json'];
  const { output, errors } = await run('depcruise', args, root);
  if (!output.startsWith('{')) throw new Error(`dependency-cruiser failed:\n${output}${errors}`);
  const cruise = JSON.parse(output) as Cruise;
  const seen = cruise.modules.filter(({ source }) => source.startsWith('server/src/')).length;
  if (seen === 0)
    throw new Error('the import check saw no file of server/src: is `typescript` still version 6?');
  const comments = new Map(cruise.summary.ruleSetUsed.forbidden.map(({ name, comment }) => [name, comment]));
  return {
    modules: cruise.modules,
    violations: cruise.summary.violations.map(
      ({ from, to, rule }) => `${from} → ${to}: ${rule.name}. ${comments.get(rule.name) ?? ''}`,
    ),
  };
}
