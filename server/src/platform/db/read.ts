import type pg from 'pg';
import { dbOf } from './connection.ts';
import { type Db, type Statement, statement } from './statement.ts';
import { begin, rollback, setMerchant } from './transaction.ts';

const beginReadOnly = statement('db.beginReadOnly', 'begin isolation level repeatable read read only');
const commit = statement('db.commit', 'commit');

/** Whom a transaction may see: one merchant, or all of them for the system's own readers (keys, jobs, verifier). */
export type Scope = string;
export const allMerchants: Scope = '*';

async function transaction<T>(
  pool: pg.Pool,
  opening: Statement,
  scope: Scope,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const db = dbOf(client);
    const opened = Promise.all([db.execute(opening, []), db.execute(setMerchant, [scope])]);
    const [, result] = await Promise.all([opened, work(db)]);
    await db.execute(commit, []);
    return result;
  } catch (error) {
    // A connection that cannot even roll back is not handed to the next caller.
    await dbOf(client)
      .execute(rollback, [])
      .catch((cause: unknown) => {
        broken = new Error('rollback failed', { cause });
      });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Runs reads of one merchant over one snapshot. */
export function read<T>(pool: pg.Pool, scope: Scope, work: (db: Db) => Promise<T>): Promise<T> {
  return transaction(pool, beginReadOnly, scope, work);
}

/** Runs a small write that moves no value (a job's progress, a key's last use); the executor does all others. */
export function writeAside<T>(pool: pg.Pool, scope: Scope, work: (db: Db) => Promise<T>): Promise<T> {
  return transaction(pool, begin, scope, work);
}
