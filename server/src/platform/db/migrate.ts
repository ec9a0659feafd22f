import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';
import { asOwner } from './ownerSession.ts';

const folder = new URL('../../../migrations/', import.meta.url);

export type Migrated = { readonly applied: readonly string[]; readonly total: number };

/**
 * Brings a database to the newest schema: each file of server/migrations once, in order, in a transaction of its own.
 * Safe to run from several processes at once. Throws when a file that ran has been edited since, or is missing.
 */
export function migrate(ownerUrl: string): Promise<Migrated> {
  return asOwner(ownerUrl, async (client) => {
    await client.query(`
      create schema if not exists platform;
      create table if not exists platform.migration (
        name text primary key, digest text not null, applied_at timestamptz not null default now())`);
    const done = await client.query<{ name: string; digest: string }>(
      'select name, digest from platform.migration',
    );
    const digests = new Map(done.rows.map((row) => [row.name, row.digest]));
    const applied: string[] = [];
    const files = await migrationFiles();
    for (const name of digests.keys()) {
      if (!files.includes(name))
        throw new Error(`this database is newer than the program: it has migration ${name}`);
    }
    for (const name of files) {
      const text = await readFile(new URL(name, folder), 'utf8');
      const digest = createHash('sha256').update(text).digest('hex');
      const known = digests.get(name);
      if (known === digest) continue;
      if (known !== undefined) throw new Error(`migration ${name} was edited after it ran here`);
      await apply(client, name, text, digest);
      applied.push(name);
    }
    return { applied, total: files.length };
  });
}

/** The names of all migrations, in the order they run in. */
async function migrationFiles(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
}

async function apply(client: pg.Client, name: string, text: string, digest: string): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout = '5s'`);
    await client.query(text);
    await client.query('insert into platform.migration (name, digest) values ($1, $2)', [name, digest]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new Error(`migration ${name} failed`, { cause });
  }
}
