import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeClient } from './generate/client.ts';
import { makeModuleMap } from './generate/moduleMap.ts';
import { makeOpenapi } from './generate/openapi.ts';
import { makeRecipes } from './generate/recipes.ts';
import { makeSchema } from './generate/schema.ts';
import { seal } from './generate/seal.ts';

/** Makes files from the program itself: path from the root → the whole text. */
export type Generator = {
  readonly name: string;
  readonly make: (root: string) => Promise<ReadonlyMap<string, string>>;
};

/** Everything that is generated and committed. `npm run check` makes it again and allows no difference. */
export const generators: readonly Generator[] = [
  { name: 'schema', make: makeSchema },
  { name: 'openapi', make: makeOpenapi },
  { name: 'client', make: makeClient },
  { name: 'module-map', make: makeModuleMap },
  { name: 'recipes', make: makeRecipes },
];

/** Where the committed files differ from what `generator` makes now, one line each; empty when they do not. */
export async function staleFiles(root: string, generator: Generator): Promise<string[]> {
  const made = await generator.make(root);
  return [...made].flatMap(([path, text]) => {
    const difference = firstDifference(existing(root, path), text);
    return difference === undefined ? [] : [`${path}:${difference} (npm run generate)`];
  });
}

function existing(root: string, path: string): string | undefined {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
}

function firstDifference(committed: string | undefined, made: string): string | undefined {
  if (committed === made) return undefined;
  if (committed === undefined) return '1: it is missing';
  const [before, after] = [committed.split('\n'), made.split('\n')];
  const at = before.findIndex((line, index) => line !== after[index]);
  const line = at === -1 ? before.length : at;
  return `${line + 1}: committed ${quoted(before[line])}, made ${quoted(after[line])}`;
}

function quoted(line: string | undefined): string {
  return line === undefined ? 'nothing' : `"${line.trim().slice(0, 120)}"`;
}

/** Writes what changed, and says so. */
async function generate(root: string, names: readonly string[]): Promise<void> {
  for (const { name, make } of generators) {
    if (names.length > 0 && !names.includes(name)) continue;
    for (const [path, text] of await make(root)) {
      if (existing(root, path) === text) continue;
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
      console.log(`wrote ${path}`);
    }
  }
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  const args = process.argv.slice(2);
  const unknown = args.filter((arg) => arg !== '--seal' && !generators.some(({ name }) => name === arg));
  if (unknown.length > 0) {
    console.error(`usage: npm run generate [-- ${generators.map(({ name }) => name).join(' | ')} | --seal]`);
    process.exitCode = 2;
  } else if (args.includes('--seal')) {
    for (const name of seal(root)) console.log(`sealed ${name}`);
  } else {
    await generate(root, args);
  }
}
