import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolPath } from './run.ts';
import { ensureBuilt } from './webBudgets.ts';

/** What vitest's JSON reporter writes, as far as it is counted. */
type Report = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};

export type Count = { readonly passed: number; readonly failed: number };

/**
 * Counts tests. A file that failed as a whole counts as one, and so does a run that ended badly for any other reason:
 * `0 failed` is said only when vitest itself was content.
 */
export function countTests(report: Report | undefined, exitCode: number): Count {
  const brokenFiles = (report?.testResults ?? []).filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = (report?.numFailedTests ?? 0) + brokenFiles;
  return { passed: report?.numPassedTests ?? 0, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}

/** Runs vitest with the given arguments, what it prints going straight to the terminal; answers its exit code. */
function vitest(args: readonly string[], reportFile: string): Promise<number> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  return new Promise((resolve, reject) => {
    const child = spawn('vitest', ['run', ...reporters, ...args], {
      cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, PATH: toolPath },
      stdio: 'inherit',
    });
    // The terminal interrupts vitest too, which then cleans up; this process waits for it and counts.
    process.on('SIGINT', () => undefined);
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Before any test runs: they would build the pages under each other's feet. */
async function buildPages(args: readonly string[]): Promise<void> {
  const root = join(import.meta.dirname, '..');
  const needsPages = args.length === 0 || args.some((arg) => arg.includes('e2e'));
  const said = needsPages ? await ensureBuilt(root) : undefined;
  if (said !== undefined) throw new Error(`the pages could not be built: ${said}`);
}

async function main(args: readonly string[]): Promise<void> {
  await buildPages(args);
  const folder = mkdtempSync(join(tmpdir(), 'scrip-test-'));
  try {
    const reportFile = join(folder, 'report.json');
    const exitCode = await vitest(args, reportFile);
    const written = existsSync(reportFile);
    const report = written ? (JSON.parse(readFileSync(reportFile, 'utf8')) as Report) : undefined;
    const { passed, failed } = countTests(report, written ? exitCode : 1);
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) await main(process.argv.slice(2));
