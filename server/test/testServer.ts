import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadKeys } from '../src/platform/config/keys.ts';
import { ensureAppRole } from '../src/platform/db/appRole.ts';
import { migrate } from '../src/platform/db/migrate.ts';
import { startCluster } from '../src/platform/postgres/cluster.ts';

export const templateName = 'scrip_template';

export type TestServer = {
  readonly adminUrl: string;
  readonly keyFile: string;
  stop(): Promise<void>;
};

/** A server with a migrated template that each test file clones. Nothing of it is durable. */
export async function openTestServer(): Promise<TestServer> {
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
  return {
    adminUrl,
    keyFile,
    async stop() {
      await cluster.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
