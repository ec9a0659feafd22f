import type pg from 'pg';
import { dbOf } from './connection.ts';
import { type Db, statement } from './statement.ts';

const beginReadOnly = statement('db.beginReadOnly', 'begin isolation level repeatable read read only');
const beginSystem = statement('db.beginSystem', 'begin');
const setMerchant = statement('db.setMerchant', `select set_config('scrip.merchant_id', $1, true)`);
const commit = statement('db.commit', 'commit');
const rollback = statement('db.rollback', 'rollback');

/** Whom a transaction may see: one merchant, or all of them for the system's own readers (keys, jobs, verifier). */
export type Scope = string;
export const allMerchants: Scope = '*';

async function transaction<T>(
  pool: pg.Pool,
  begin: typeof beginSystem,
  scope: Scope,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const db = dbOf(client);
    const opened = Promise.all([db.execute(begin, []), db.execute(setMerchant, [scope])]);
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
  return transaction(pool, beginSystem, scope, work);
}
