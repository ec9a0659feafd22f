import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { loadKeys } from '../src/platform/config/keys.ts';
import { ensureAppRole } from '../src/platform/db/appRole.ts';
import { migrate } from '../src/platform/db/migrate.ts';
import { startCluster } from '../src/platform/postgres/cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string;
    keyFile: string;
  }
}

export const templateName = 'scrip_template';

let stop: () => Promise<void> = async () => undefined;

/** One server for the whole run, with a migrated template that each test file clones. */
export async function setup(project: TestProject): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'scrip-test-'));
  const keyFile = join(dataDir, 'keys.json');
  const keys = loadKeys(keyFile);
  const cluster = await startCluster({ dataDir, password: keys.databasePassword, durable: false });
  const adminUrl = cluster.url('postgres');
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`create database ${templateName}`);
  await client.end();
  await migrate(cluster.url(templateName));
  await ensureAppRole(cluster.url(templateName), keys.appPassword);
  project.provide('adminUrl', adminUrl);
  project.provide('keyFile', keyFile);
  stop = async () => {
    await cluster.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** Stops the server and removes what it kept. */
export async function teardown(): Promise<void> {
  await stop();
}
