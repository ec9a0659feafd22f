import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mutant, suites } from '../server/test/mutants/mutant.ts';
import { mutants } from '../server/test/mutants/mutants.ts';
import { openTestServer, type TestServer } from '../server/test/testServer.ts';
import { run } from './run.ts';

const here = join(import.meta.dirname, '..');
const atOnce = 2;
const trialsMax = 3;

/** How a suite ended: `caught` where a test failed, which is what is hoped for of a mutant and of nothing else. */
type Ended = { readonly caught: boolean; readonly seconds: number; readonly output: string };

/** A copy of the project in which a mistake can be made. The caller removes it. */
function copyTree(): string {
  const root = mkdtempSync(join(tmpdir(), 'scrip-mutant-'));
  for (const part of ['server', 'package.json', 'tsconfig.json', 'vitest.config.ts']) {
    cpSync(join(here, part), join(root, part), { recursive: true });
  }
  symlinkSync(join(here, 'node_modules'), join(root, 'node_modules'));
  return root;
}

/** Makes a mistake; answers with what takes it back. */
function mutate(root: string, { name, edits }: Mutant): () => void {
  const undo: (() => void)[] = [];
  for (const { file, find, put } of edits) {
    const path = join(root, file);
    const text = readFileSync(path, 'utf8');
    const places = text.split(find).length - 1;
    if (places !== 1) throw new Error(`${name}: ${file} has ${places} places that read: ${find}`);
    undo.unshift(() => writeFileSync(path, text));
    writeFileSync(
      path,
      text.replace(find, () => put),
    );
  }
  return () => {
    for (const one of undo) one();
  };
}

/**
 * Runs a suite over a copy of the project, with a mutant in it if one is given. The copy stays where it is from trial to
 * trial: vitest keeps by its place what it has compiled, and compiling took as long as testing.
 */
async function trial({ server, root }: Place, suite: readonly string[], mutant?: Mutant): Promise<Ended> {
  const started = performance.now();
  const undo = mutant ? mutate(root, mutant) : () => undefined;
  try {
    // A fixed seed and no shrinking: it is enough to see that it fails.
    const settings = {
      ...{ SCRIP_MODEL_SEED: '1', SCRIP_MODEL_COMMANDS: '6000', SCRIP_MODEL_SHRINK_MS: '0' },
      // A mutant that is not in the tables may share them with all others.
      ...(mutant?.edits.some(({ file }) => file.startsWith('server/migrations/'))
        ? {}
        : { SCRIP_TEST_ADMIN_URL: server.adminUrl, SCRIP_TEST_KEY_FILE: server.keyFile }),
    };
    const { code, output, errors } = await run(
      'vitest',
      // What hangs is caught too. Nothing in these suites takes a third of that on a machine that does little else; on a busy one
      // the suites must still pass, so they are waited for as long as elsewhere where there is no mutant to hang.
      ['run', '--bail=1', ...(mutant ? ['--testTimeout=20000', '--hookTimeout=20000'] : []), ...suite],
      root,
      settings,
    );
    const said = `${output}${errors}`;
    const failedTest = /Tests .*\b\d+ failed/.test(said);
    if (code !== 0 && !failedTest)
      throw new Error(`${suite.join(' ')} could not be run:\n${said.slice(-3_000)}`);
    return { caught: failedTest, seconds: (performance.now() - started) / 1000, output: said };
  } finally {
    undo();
  }
}

/** Where a trial is held. */
type Place = { readonly server: TestServer; readonly root: string };
type Job = { readonly name: string; readonly run: (place: Place) => Promise<string> };

/** First that the suites pass without a mutant, then that each mutant makes its own fail. */
function jobsFor(chosen: readonly Mutant[]): readonly Job[] {
  const used = [...new Set(chosen.map(({ suite }) => suites[suite]))];
  const isNamed = (suite: readonly string[]) => suite.includes('-t');
  // Whole files are run together, for starting takes as long as many of them do.
  const clean = [used.filter((suite) => !isNamed(suite)).flat(), ...used.filter(isNamed)]
    .filter((suite) => suite.length > 0)
    .map((suite) => ({
      name: `without a mutant: ${suite.join(' ')}`,
      run: async (place: Place) => {
        const { caught, output } = await trial(place, suite);
        return caught ? `it fails without any mutant:\n${output.slice(-3_000)}` : '';
      },
    }));
  const seeded = chosen.map((mutant) => ({
    name: mutant.name,
    run: async (place: Place) => ((await isCaught(place, mutant)) ? '' : `not caught by ${mutant.suite}`),
  }));
  return [...clean, ...seeded];
}

/** Whether its suite catches a mutant. What shows only in a race may get by once, and is said when it does. */
async function isCaught(place: Place, mutant: Mutant): Promise<boolean> {
  for (let nth = 1; nth <= trialsMax; nth++) {
    if ((await trial(place, suites[mutant.suite], mutant)).caught) return true;
    console.log(`     not caught at try ${nth} of ${trialsMax}: ${mutant.name}`);
  }
  return false;
}

/** Runs all mutants, or those whose name has the given words; answers whether each was caught. */
async function main(words: string): Promise<boolean> {
  const server = await openTestServer();
  const waiting = [...jobsFor(mutants.filter(({ name }) => name.includes(words)))];
  let failed = 0;
  const worker = async (root: string) => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const started = performance.now();
      const wrong = await job
        .run({ server, root })
        .catch((cause: unknown) => (cause instanceof Error ? cause.message : String(cause)));
      const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
      console.log(
        `${wrong === '' ? 'ok  ' : 'FAIL'} ${seconds} s  ${job.name}${wrong === '' ? '' : `: ${wrong}`}`,
      );
      if (wrong !== '') failed++;
    }
  };
  const roots = Array.from({ length: atOnce }, copyTree);
  try {
    await Promise.all(roots.map(worker));
  } finally {
    for (const root of roots) rmSync(root, { recursive: true, force: true });
    await server.stop();
  }
  console.log(`${mutants.length} mutants, ${failed} failures`);
  return failed === 0;
}

if (import.meta.main) process.exitCode = (await main(process.argv.slice(2).join(' '))) ? 0 : 1;
