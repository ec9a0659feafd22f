import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readImports } from './imports.ts';
import { plant, uproot } from './plant.ts';
import { importRules, moduleNames, moduleStrata } from './strata.ts';

const settings = ['.dependency-cruiser.mjs', 'tools/strata.ts', 'tsconfig.json', 'package.json'];
const src = (path: string): string => `server/src/${path}`;
const use = (...paths: string[]): string =>
  `${paths.map((path, at) => `import * as used${at} from '${path}';`).join('\n')}\nexport const made = [${paths.map((_, at) => `used${at}`).join(', ')}];\n`;
const web = (path: string): string => `web/src/${path}`;
const leaf = 'export const leaf = 1;\n';

/** What the house allows: nothing here may be reported. */
const clean: Record<string, string> = {
  [src('kernel/money.ts')]: leaf,
  [src('kernel/random.ts')]: `import type { Hash } from 'node:crypto';\nexport type Seeded = Hash;\n`,
  [src('kernel/time.ts')]: use('temporal-polyfill', './money.ts'),
  [src('kernel/time.test.ts')]: use('vitest', './time.ts'),
  [src('platform/db/pool.ts')]: use('pg', 'node:fs', '../../kernel/money.ts'),
  [src('platform/http/server.ts')]: use('fastify', '../db/pool.ts'),
  [src('modules/ledger/account.ts')]: use('../../kernel/money.ts'),
  [src('modules/ledger/store.ts')]: use('pg', './account.ts'),
  [src('modules/ledger/index.ts')]: `export { leaf } from './account.ts';\n`,
  [src('modules/cards/card.ts')]: use('zod', 'node:crypto', '../ledger/index.ts', '../../kernel/money.ts'),
  [src('modules/cards/store.ts')]: use('../../platform/db/pool.ts', './card.ts'),
  [src('modules/cards/reading/store.ts')]: use('pg', '../card.ts'),
  [src('modules/cards/routes.ts')]: use('./store.ts', '../../platform/http/server.ts'),
  [src('modules/cards/index.ts')]: use('./card.ts', './routes.ts'),
  [src('app.ts')]: use('./modules/cards/index.ts', './modules/ledger/index.ts'),
  [src('operator/serve.ts')]: use('../app.ts', 'node:fs', '../modules/cards/index.ts'),
  [src('main.ts')]: use('./operator/serve.ts'),
  [web('api/client.ts')]: leaf,
  [web('ui/money.ts')]: use('../api/client.ts', 'react'),
  [web('console/main.tsx')]: use('antd', '../ui/money.ts', '../api/client.ts'),
  [web('counter/main.tsx')]: use('../ui/money.ts', 'zxing-wasm/reader/zxing_reader.wasm?url'),
  [web('wallet/main.tsx')]: use('../ui/money.ts'),
  'server/test/harness.ts': use('pg', '../src/app.ts'),
  [src('modules/cards/card.test.ts')]: use('vitest', 'pg', './card.ts', '../../../test/harness.ts'),
};

/** One violation a line: the file, what it must not import, and the rule that says so. */
const violations: readonly (readonly [file: string, imported: string, rule: string])[] = [
  [src('kernel/bad1.ts'), '../platform/db/pool.ts', 'kernel-imports-only-kernel'],
  [src('kernel/bad2.ts'), 'node:fs', 'kernel-imports-only-kernel'],
  [src('kernel/bad3.ts'), 'zod', 'kernel-imports-only-kernel'],
  [src('kernel/bad4.ts'), 'node:crypto', 'kernel-takes-types-only-from-crypto'],
  [src('kernel/bad5.ts'), 'temporal-polyfill', 'temporal-only-in-kernel-time'],
  [src('platform/bad1.ts'), '../app.ts', 'platform-imports-only-kernel'],
  [src('platform/bad2.ts'), '../modules/ledger/index.ts', 'platform-imports-only-kernel'],
  [src('modules/ledger/bad1.ts'), '../../app.ts', 'modules-know-no-composition'],
  [src('modules/ledger/bad2.ts'), '../merchants/index.ts', 'no-upward-import-ledger'],
  [src('modules/cards/bad1.ts'), '../passes/index.ts', 'siblings-are-strangers-cards'],
  [src('modules/cards/bad2.ts'), '../clearing/index.ts', 'no-upward-import-cards'],
  [src('modules/cards/bad3.ts'), '../ledger/account.ts', 'only-through-the-door'],
  [src('modules/cards/bad4.ts'), 'pg', 'driver-only-in-store-and-platform'],
  [src('modules/cards/bad5.ts'), 'node:fs', 'rules-do-no-io'],
  [src('modules/cards/bad6.ts'), 'node:net', 'rules-do-no-io'],
  [src('modules/cards/bad7.ts'), 'node:http', 'rules-do-no-io'],
  [src('modules/cards/bad8.ts'), 'node:fs/promises', 'rules-do-no-io'],
  [src('modules/cards/bad9.ts'), 'fastify', 'rules-do-no-io'],
  [src('modules/cards/bad10.ts'), './routes.ts', 'rules-know-no-edge'],
  [src('modules/cards/bad11.ts'), './missing.ts', 'imports-resolve'],
  [src('modules/cards/bad12.ts'), './card.test.ts', 'server-knows-no-tools'],
  [src('modules/cards/bad13.ts'), 'fast-check', 'server-runs-on-dependencies'],
  [src('modules/cards/routes2.ts'), '../ledger/store.ts', 'only-through-the-door'],
  [src('modules/gadgets/gadget.ts'), '../../kernel/money.ts', 'module-is-in-the-list'],
  [src('other.ts'), './modules/ledger/index.ts', 'only-app-and-operator-name-modules'],
  [src('other2.ts'), './operator/serve.ts', 'only-main-imports-operator'],
  [src('operator/bad1.ts'), '../modules/ledger/store.ts', 'composition-through-the-door'],
  [src('operator/bad3.ts'), '../modules/cards/routes.ts', 'composition-through-the-door'],
  [src('operator/bad2.ts'), 'pg', 'driver-only-in-store-and-platform'],
  [src('lonely.ts'), '', 'no-orphan'],
  [src('bad1.ts'), '../../web/src/api/client.ts', 'server-knows-no-web'],
  [web('console/bad1.tsx'), '../../../server/src/kernel/money.ts', 'web-knows-no-server'],
  [web('console/bad2.tsx'), '../counter/main.tsx', 'entrances-are-strangers-console'],
  [web('counter/bad1.tsx'), '../wallet/main.tsx', 'entrances-are-strangers-counter'],
  [web('counter/bad2.tsx'), 'antd', 'only-the-console-has-antd'],
  [web('wallet/bad1.tsx'), '../console/main.tsx', 'entrances-are-strangers-wallet'],
  [web('widget/bad1.ts'), '../wallet/main.tsx', 'entrances-are-strangers-widget'],
  [web('widget/bad2.ts'), 'uqr', 'the-widget-is-alone'],
  [web('ui/bad1.tsx'), '../console/main.tsx', 'web-shares-downward'],
  [web('ui/bad2.tsx'), 'echarts', 'only-the-console-has-antd'],
  [web('api/bad1.ts'), '../ui/money.ts', 'api-knows-no-ui'],
];

const planted: Record<string, string> = {
  ...clean,
  [src('modules/merchants/index.ts')]: use('../../kernel/money.ts'),
  [src('modules/passes/index.ts')]: use('../../kernel/money.ts'),
  [src('modules/clearing/index.ts')]: use('../../kernel/money.ts'),
  ...Object.fromEntries(violations.map(([file, path]) => [file, path === '' ? leaf : use(path)])),
  [src('main.ts')]: use('./app.ts'),
  // Type-only imports count: this cycle and this driver import exist for the compiler alone.
  [src('kernel/ring1.ts')]: `import type { B } from './ring2.ts';\nexport type A = B | 1;\n`,
  [src('kernel/ring2.ts')]: `import type { A } from './ring1.ts';\nexport type B = A | 2;\n`,
  [src('modules/cards/bad14.ts')]: `import type { Pool } from 'pg';\nexport type P = Pool;\n`,
};

describe('the import rules', () => {
  const roots: string[] = [];
  let found: readonly string[] = [];
  let foundInClean: readonly string[] = ['not read'];

  beforeAll(async () => {
    roots.push(plant(planted, settings), plant(clean, settings));
    const read = await Promise.all(roots.map((root) => readImports(root)));
    found = read[0]?.violations ?? [];
    foundInClean = read[1]?.violations ?? ['not read'];
  });
  afterAll(() => roots.forEach(uproot));

  test.each(violations)('%s may not import %s: %s', (file, _imported, rule) => {
    expect(found.filter((line) => line.startsWith(`${file} →`)).map(ruleOf)).toContain(rule);
  });

  test('count type-only imports, for cycles and for the driver', () => {
    expect(found.some((line) => line.includes('kernel/ring') && ruleOf(line) === 'no-cycle')).toBe(true);
    expect(found.filter((line) => line.includes('bad14')).map(ruleOf)).toEqual([
      'driver-only-in-store-and-platform',
    ]);
  });

  test('main.ts starts operator commands and nothing else', () => {
    expect(found.filter((line) => line.startsWith(`${src('main.ts')} →`)).map(ruleOf)).toContain(
      'main-imports-only-operator',
    );
  });

  test('say nothing about a tree that keeps them', () => {
    expect(foundInClean).toEqual([]);
  });

  test('are each proven by a planted violation', () => {
    const caught = new Set(found.map(ruleOf));
    const perModule = /^(no-upward-import|siblings-are-strangers)-/;
    const unproven = importRules.map(({ name }) => name).filter((name) => !caught.has(name));
    expect(unproven.filter((name) => !perModule.test(name))).toEqual([]);
  });

  test('close every module to its siblings and to all above it', () => {
    const names = importRules.map(({ name }) => name);
    const lower = moduleStrata.slice(0, -1).flat();
    expect(names).toEqual(expect.arrayContaining(lower.map((name) => `no-upward-import-${name}`)));
    const crowded = moduleStrata.filter((stratum) => stratum.length > 1).flat();
    expect(names).toEqual(expect.arrayContaining(crowded.map((name) => `siblings-are-strangers-${name}`)));
    expect(new Set(moduleNames).size).toBe(moduleNames.length);
  });

  test('fail on a tree in which they see no server file', async () => {
    const empty = plant({ 'server/readme.txt': 'nothing here' }, settings);
    roots.push(empty);
    await expect(readImports(empty)).rejects.toThrow('saw no file');
  });
});

/** The rule that a violation line names: `from → to: rule. comment`. */
function ruleOf(line: string): string {
  return /: ([a-z-]+)\. /.exec(line)?.[1] ?? line;
}
