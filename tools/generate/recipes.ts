import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run.ts';
import { normalise } from './normalise.ts';
import { type Service, withService } from './service.ts';

const folder = join('docs', 'recipes');
const block = /(<!-- recipe:([\w-]+) -->\n)[\s\S]*?(<!-- \/recipe -->)/g;

/**
 * docs/recipes/NN-name.out: what NN-name.sh prints, run against a new service with a merchant of its own. And in
 * README.md, between `<!-- recipe:NN-name -->` and `<!-- /recipe -->`, that same output.
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
    for (const name of names) made.set(outputOf(name), await runRecipe(root, name, service));
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
  const script = `${name}.sh`;
  const ran = await run('bash', ['-euo', 'pipefail', script], join(root, folder), environment);
  if (ran.code !== 0) {
    throw new Error(`docs/recipes/${script} ended with ${ran.code}:\n${ran.output}${ran.errors}`);
  }
  return normalise(ran.output);
}

export function embed(text: string, outputFor: (name: string) => string | undefined): string {
  return text.replace(block, (_, before: string, name: string, after: string) => {
    const output = outputFor(name);
    if (output === undefined) throw new Error(`README.md embeds the recipe ${name}, which does not exist`);
    return `${before}\`\`\`console\n${output.trimEnd()}\n\`\`\`\n${after}`;
  });
}
