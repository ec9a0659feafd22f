import type pg from 'pg';
import { assert } from '../../kernel/assert.ts';
import { allOf, dbOf } from '../db/connection.ts';
import type { Db } from '../db/statement.ts';
import { refreshStatistics } from '../db/statistics.ts';
import { begin, rollback, setMerchant } from '../db/transaction.ts';
import type { JournalHead } from './activity.ts';
import type { EntitySql } from './entitySql.ts';
import { isLostConnection } from './failures.ts';
import { loadBy } from './lookUp.ts';
import { AmbiguousCommit, type BatchTransaction, type Storage } from './storage.ts';
import type { WorkingSet } from './workingSet.ts';

/** The journal's own SQL, handed in by the module that owns the tables. */
export type JournalStore = {
  /** Locks the merchant's journal row and reads it. Throws `NoJournal` where there is none. */
  lockHead(db: Db, merchantId: string): Promise<JournalHead>;
  /** Moves the head on. Throws `Conflict` when it is not where it was. */
  moveHead(db: Db, merchantId: string, before: JournalHead, after: JournalHead): Promise<void>;
  /** The hash of an entry, if there is one. */
  hashAt(db: Db, merchantId: string, seq: bigint): Promise<Buffer | undefined>;
};

/** Batches over PostgreSQL: statements are sent as they come up and answered in one round trip where they can be. */
export function postgresStorage(
  pool: pg.Pool,
  journal: JournalStore,
  entities: readonly EntitySql[],
): Storage {
  const sqlOf = new Map(entities.map((sql) => [sql.entity, sql]));
  const growth = watchGrowth();
  function write(db: Db, merchantId: string, changed: WorkingSet): Promise<unknown> {
    const sent = changed.changed().flatMap((rows) => {
      const sql = sqlOf.get(rows.entity);
      assert(sql !== undefined, `no SQL writes ${rows.entity}`);
      return sql.write(db, merchantId, rows);
    });
    return allOf(sent);
  }

  async function open(
    merchantId: string,
  ): Promise<{ client: pg.PoolClient; db: Db; opened: Promise<unknown> }> {
    const client = await pool.connect();
    const db = dbOf(client);
    const opened = allOf([db.execute(begin, []), db.execute(setMerchant, [merchantId])]);
    opened.catch(() => undefined);
    return { client, db, opened };
  }

  return {
    async begin(merchantId): Promise<BatchTransaction> {
      const { client, db, opened } = await open(merchantId);
      let released = false;
      const release = (broken?: boolean) => {
        if (!released) client.release(broken);
        released = true;
      };
      return {
        async lockHead() {
          const [, head] = await Promise.all([opened, journal.lockHead(db, merchantId)]);
          return head;
        },
        load: loadBy(entities, db, merchantId),
        async commit(changed, before, after) {
          // COMMIT does not travel with them: what a guard says, that a row was not as it was judged, is only heard here.
          await allOf([write(db, merchantId, changed), journal.moveHead(db, merchantId, before, after)]);
          const end = await client
            .query({ name: 'executor.commit', text: 'commit' })
            .catch((cause: unknown) => {
              throw isLostConnection(cause) ? new AmbiguousCommit('no answer to COMMIT', { cause }) : cause;
            });
          // A transaction that failed answers COMMIT with ROLLBACK and no error.
          if (end.command !== 'COMMIT') throw new Error(`COMMIT was answered by ${end.command}`);
          // It is committed, whatever becomes of this.
          if (growth.hasDoubled(changed)) await db.query(refreshStatistics, []).catch(() => undefined);
          release();
        },
        async rollback() {
          if (released) return;
          await db.execute(rollback, []).then(
            () => release(),
            () => release(true),
          );
        },
      };
    },

    async wasCommitted(merchantId, head) {
      const { client, db, opened } = await open(merchantId);
      let broken = true;
      try {
        // The lock waits for the server process that may still be committing.
        const [, , hash] = await Promise.all([
          opened,
          journal.lockHead(db, merchantId),
          journal.hashAt(db, merchantId, head.seq),
        ]);
        await db.execute(rollback, []);
        broken = false;
        return hash?.equals(head.hash) === true;
      } finally {
        client.release(broken);
      }
    },
  };
}

const firstLookRows = 500;

/** Tells when as many rows again have been written as at the last time: then plans may rest on what is no longer so. */
function watchGrowth(): { hasDoubled(changed: WorkingSet): boolean } {
  let written = 0;
  let lookAt = firstLookRows;
  return {
    hasDoubled(changed) {
      written += changed.writtenRows;
      if (written < lookAt) return false;
      lookAt = 2 * written;
      return true;
    },
  };
}
