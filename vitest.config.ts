import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** Starts the test cluster and makes the migrated template that each test file clones its database from. */
const globalSetup = 'server/test/globalSetup.ts';

export default defineConfig({
  test: {
    include: [
      'server/**/*.test.ts',
      'tools/**/*.test.ts',
      'bench/**/*.test.ts',
      'web/src/**/*.test.ts',
      'e2e/**/*.test.ts',
    ],
    // Absent only in a tree that has no server yet, such as the planted ones of tools/*.test.ts.
    globalSetup: existsSync(new URL(globalSetup, import.meta.url)) ? [globalSetup] : [],
    // Processes, not threads: a test that kills or crashes must not take its neighbours along.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Of a second, a busy machine made failures of pages that were only slow.
    expect: { poll: { timeout: 15_000 } },
    restoreMocks: true,
    passWithNoTests: false,
  },
});
