import { afterAll, expect, test } from 'vitest';
import { plant, uproot } from './plant.ts';
import { run } from './run.ts';
import { countTests } from './test.ts';

const roots: string[] = [];
afterAll(() => roots.forEach(uproot));

/** Runs the suite of a planted tree by `npm test`'s own program; answers its exit code and its last line. */
async function lastLineOver(files: Record<string, string>): Promise<{ code: number; last: string }> {
  const root = plant(files, []);
  roots.push(root);
  const { code, output } = await run('node', ['tools/test.ts', '--root', root], `${import.meta.dirname}/..`);
  return { code, last: output.trimEnd().split('\n').at(-1) ?? '' };
}

const passing = `import { test } from 'vitest';\ntest('holds', () => {});\n`;

test('a suite that passes ends with its count and exit code 0', async () => {
  expect(await lastLineOver({ 'a.test.ts': passing })).toEqual({ code: 0, last: '1 passed, 0 failed' });
});

test('failed tests, files that do not load and rejections nobody awaits are all counted as failed', async () => {
  const failing = `import { test } from 'vitest';\ntest('breaks', () => { throw new Error('no'); });\n`;
  const unloadable = `import './missing.ts';\n${passing}`;
  expect(await lastLineOver({ 'a.test.ts': passing, 'b.test.ts': failing, 'c.test.ts': unloadable })).toEqual(
    {
      code: 1,
      last: '1 passed, 2 failed',
    },
  );
  const unhandled = `import { test } from 'vitest';\ntest('leaks', () => { void Promise.reject(new Error('no')); });\n`;
  expect(await lastLineOver({ 'a.test.ts': unhandled })).toEqual({ code: 1, last: '1 passed, 1 failed' });
});

test('a tree without tests fails', async () => {
  expect(await lastLineOver({ 'readme.txt': '' })).toEqual({ code: 1, last: '0 passed, 1 failed' });
});

test('0 failed is never said of a run that ended badly', () => {
  expect(countTests(undefined, 1)).toEqual({ passed: 0, failed: 1 });
  expect(countTests({ numPassedTests: 3, numFailedTests: 0, testResults: [] }, 1)).toEqual({
    passed: 3,
    failed: 1,
  });
});
