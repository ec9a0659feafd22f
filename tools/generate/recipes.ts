import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run.ts';
import { normalise } from './normalise.ts';
import { type Service, withService } from './service.ts';

const folder = join('docs', 'recipes');
const block = /(<!-- recipe:([\w-]+) -->\n)[\s\S]*?(<!-- \/recipe -->)/g;

/**
 * docs/recipes/NN-name.out: NN-name.sh with what it prints, run against a new service with a merchant of its own. And in
 * README.md, between `<!-- recipe:NN-name -->` and `<!-- /recipe -->`, that same text.
 */
export async function makeRecipes(root: string): Promise<ReadonlyMap<string, string>> {
  const files = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
  const names = files
    .filter((file) => /^\d\d-.*\.sh$/.test(file))
    .map((file) => file.slice(0, -'.sh'.length))
    .toSorted();
  if (names.length === 0) throw new Error('there is no recipe docs/recipes/NN-name.sh to run');
  const orphan = files.find(
    (file) => file.endsWith('.out') && !names.includes(file.slice(0, -'.out'.length)),
  );
  if (orphan !== undefined) throw new Error(`docs/recipes/${orphan} has no recipe any more: delete it`);
  const made = new Map<string, string>();
  await withService(root, async (service) => {
    // Each has a merchant of its own, so none sees another and all can run at once.
    const transcripts = await Promise.all(names.map((name) => runRecipe(root, name, service)));
    for (const [n, name] of names.entries()) made.set(outputOf(name), transcripts[n] ?? '');
  });
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  return made.set(
    'README.md',
    embed(readme, (name) => made.get(outputOf(name))),
  );
}

const outputOf = (name: string): string => `docs/recipes/${name}.out`;

async function runRecipe(root: string, name: string, service: Service): Promise<string> {
  const environment = { SCRIP_URL: service.url, SCRIP_KEY: await service.newMerchantKey(name) };
  const file = `${name}.sh`;
  const steps = stepsOf(readFileSync(join(root, folder, file), 'utf8'));
  const script = steps.map((step) => `${step}\nprintf '${endOfStep}'\n`).join('');
  const ran = await run('bash', ['-euo', 'pipefail', '-c', script], join(root, folder), environment);
  if (ran.code !== 0) {
    throw new Error(`docs/recipes/${file} ended with ${ran.code}:\n${ran.output}${ran.errors}`);
  }
  return transcriptOf(steps, normalise(ran.output));
}

/** What bash is told to print after each step, as it is written in a script: no answer has a NUL in it. */
const endOfStep = '\\0\\n';

/** A recipe's steps: its paragraphs. A blank line within a command would cut it in two, and bash would say so. */
function stepsOf(script: string): readonly string[] {
  return script.trim().split(/\n{2,}/);
}

/** Each step as it is written and after it what it printed, as comments: all of it can be pasted into a shell. */
export function transcriptOf(steps: readonly string[], output: string): string {
  const outputs = output.split('\0\n');
  return steps
    .map((step, n) => {
      const printed = (outputs[n] ?? '').trim();
      const lines = printed === '' ? [] : printed.split('\n').map((line) => `#> ${line}`);
      return `${[step, ...lines].join('\n')}\n`;
    })
    .join('\n');
}

export function embed(text: string, outputFor: (name: string) => string | undefined): string {
  return text.replace(block, (_, before: string, name: string, after: string) => {
    const output = outputFor(name);
    if (output === undefined) throw new Error(`README.md embeds the recipe ${name}, which does not exist`);
    return `${before}\`\`\`sh\n${output.trimEnd()}\n\`\`\`\n${after}`;
  });
}
