import pg from 'pg';

/** Held by who changes a database's shape or roles: two at once would trip over each other. */
const advisoryLock = 7_265_421n;

/** Runs work as the database's owner, over one connection and while no other process does. */
export async function asOwner<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'scrip migrate' });
  // A server that goes away is heard of from the statement under way; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [advisoryLock]);
    return await work(client);
  } finally {
    await client.end();
  }
}
