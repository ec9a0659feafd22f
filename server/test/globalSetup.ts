import type { TestProject } from 'vitest/node';
import { openTestServer } from './testServer.ts';

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string;
    keyFile: string;
  }
}

let stop: () => Promise<void> = async () => undefined;

/** One server for the whole run: its own, or the one that SCRIP_TEST_ADMIN_URL and SCRIP_TEST_KEY_FILE name. */
export async function setup(project: TestProject): Promise<void> {
  const { SCRIP_TEST_ADMIN_URL: adminUrl, SCRIP_TEST_KEY_FILE: keyFile } = process.env;
  if (adminUrl && keyFile) {
    project.provide('adminUrl', adminUrl);
    project.provide('keyFile', keyFile);
    return;
  }
  const server = await openTestServer();
  project.provide('adminUrl', server.adminUrl);
  project.provide('keyFile', server.keyFile);
  stop = server.stop;
}

/** Stops the server and removes what it kept, if it was this run's own. */
export async function teardown(): Promise<void> {
  await stop();
}
