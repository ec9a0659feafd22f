import type pg from 'pg';
import type { TestBench } from './harness.ts';
import type { Owner } from './owner.ts';

// Tests of plans count the rows that the server touches, not time, so that they tell the same on every machine.

/**
 * No table of these schemas is vacuumed by itself any more: a vacuum that sums up a block range index reads the rows of it, which
 * count like those that a query reads, and has statements planned by its own row counts before it has analysed.
 */
export async function stopAutovacuum(owner: Owner, schemas: readonly string[]): Promise<void> {
  const tables = await owner.rows(
    `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables where schemaname = any($1)`,
    [schemas],
  );
  for (const { name } of tables)
    await owner.rows(`alter table ${String(name)} set (autovacuum_enabled = off)`);
}

/** All connections of a pool at once, so that none is overlooked. */
export async function onEach(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const clients = await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()));
  try {
    for (const client of clients) await work(client);
  } finally {
    for (const client of clients) client.release();
  }
}

/**
 * The server hears what a connection has counted only once a second or when it is idle, so each is made to tell first: the
 * owner's too, or what it filled tables with is told in the middle of a test.
 */
export async function flushCounts({ runtime }: TestBench, owner: Owner): Promise<void> {
  const tell = 'select pg_stat_force_next_flush()';
  await owner.rows(tell);
  for (const pool of [runtime.readers, runtime.writers])
    await onEach(pool, async (client) => {
      await client.query(tell);
    });
}

/** How many rows, of tables and of indexes, have been read in these schemas since the server began. */
export async function rowsTouched(
  bench: TestBench,
  owner: Owner,
  schemas: readonly string[],
): Promise<number> {
  await flushCounts(bench, owner);
  const [row] = await owner.rows(
    `select (select coalesce(sum(idx_tup_fetch), 0) + coalesce(sum(seq_tup_read), 0) from pg_stat_user_tables
        where schemaname = any($1))
      + (select coalesce(sum(idx_tup_read), 0) from pg_stat_user_indexes where schemaname = any($1)) as rows`,
    [schemas],
  );
  return Number(row?.rows);
}
