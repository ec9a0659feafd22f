import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Keys, loadKeys } from '../platform/config/keys.ts';
import type { Settings } from '../platform/config/settings.ts';
import { ensureAppRole, ensureDatabase } from '../platform/db/appRole.ts';
import { type Migrated, migrate } from '../platform/db/migrate.ts';
import { type Cluster, startCluster } from '../platform/postgres/cluster.ts';

/** The database that these settings mean, running and migrated. */
export type Database = {
  readonly keys: Keys;
  readonly ownerUrl: string;
  /** By the service's own login, which owns nothing. */
  readonly appUrl: string;
  /** Undefined where the operator brought a server. */
  readonly cluster: Cluster | undefined;
  readonly migrated: Migrated;
  /** Stops our own server if nobody else uses it. */
  stop(): Promise<void>;
};

const databaseName = 'scrip';

/** Starts or joins the database, and brings it to the newest schema. */
export async function openDatabase(settings: Settings): Promise<Database> {
  refuseNewKeys(settings);
  const keys = loadKeys(settings.keyFile);
  if (settings.databaseUrl !== undefined) {
    const migrated = await migrate(settings.databaseUrl);
    const appUrl = await ensureAppRole(settings.databaseUrl, keys.appPassword);
    return {
      keys,
      ownerUrl: settings.databaseUrl,
      appUrl,
      cluster: undefined,
      migrated,
      stop: async () => undefined,
    };
  }
  const cluster = await startCluster({ dataDir: settings.dataDir, password: keys.databasePassword });
  try {
    await ensureDatabase(cluster.url('postgres'), databaseName);
    const ownerUrl = cluster.url(databaseName);
    const migrated = await migrate(ownerUrl);
    const appUrl = await ensureAppRole(ownerUrl, keys.appPassword);
    return { keys, ownerUrl, appUrl, cluster, migrated, stop: () => cluster.stop() };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

/** Fresh keys for old data would recognise none of its cards; a lost or forgotten key file must not go by unnoticed. */
function refuseNewKeys({ dataDir, databaseUrl, keyFile }: Settings): void {
  if (databaseUrl !== undefined || existsSync(keyFile) || !existsSync(join(dataDir, 'postgres'))) return;
  throw new Error(`the data in ${dataDir} belong to a key file that is not there: put it back at ${keyFile}`);
}
