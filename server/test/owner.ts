import pg from 'pg';

/** A connection as the owner of the database: what no service has. For looking, and for doing what services must survive. */
export type Owner = {
  rows(text: string, params?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
};

export async function connectAsOwner(ownerUrl: string): Promise<Owner> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'test owner' });
  await client.connect();
  return {
    rows: async (text, params = []) => (await client.query(text, [...params])).rows,
    close: () => client.end(),
  };
}
