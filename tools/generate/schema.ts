import pg from 'pg';
import { migrate } from '../../server/src/platform/db/migrate.ts';
import { dumpSchema } from '../schemaDump.ts';
import { withCluster } from './cluster.ts';

/** server/schema.sql: what the migrations make of an empty database. */
export async function makeSchema(): Promise<ReadonlyMap<string, string>> {
  return withCluster(async (cluster) => {
    const url = cluster.url('postgres');
    await migrate(url);
    const client = new pg.Client({ connectionString: url, application_name: 'scrip generate' });
    await client.connect();
    try {
      return new Map([['server/schema.sql', await dumpSchema(client)]]);
    } finally {
      await client.end();
    }
  });
}
