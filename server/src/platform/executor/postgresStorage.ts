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
import { AmbiguousCommit, type Storage, type Turn } from './storage.ts';
import type { Changes, Load } from './workingSet.ts';

/** The journal's own SQL, handed in by the module that owns the tables. */
export type JournalStore = {
  /** Locks the merchant's journal row and reads it. Throws `NoJournal` where there is none. */
  lockHead(db: Db, merchantId: string): Promise<JournalHead>;
  /** Moves the head on. Fails as a conflict when it is not where it was, or was frozen. */
  moveHead(db: Db, merchantId: string, before: JournalHead, after: JournalHead): Promise<unknown>;
  /** Fails as a conflict when the head is not this one any more. */
  confirmHead(db: Db, merchantId: string, head: JournalHead): Promise<unknown>;
  /** The hash of an entry, if there is one. */
  hashAt(db: Db, merchantId: string, seq: bigint): Promise<Buffer | undefined>;
};

export type Pools = {
  /** Its connections are taken for whole turns. */
  readonly writers: pg.Pool;
  /** Whoever has one of these waits for no other connection. At least one for each of the writers. */
  readonly lookers: pg.Pool;
};

/** Batches over PostgreSQL: statements are sent as they come up and answered in one round trip where they can be. */
export function postgresStorage(
  { writers, lookers }: Pools,
  journal: JournalStore,
  entities: readonly EntitySql[],
): Storage {
  const sqlOf = new Map(entities.map((sql) => [sql.entity, sql]));
  const growth = watchGrowth();

  return {
    async begin(merchantId) {
      const client = await writers.connect();
      const db = dbOf(client);
      return turnOn({ client, db, merchantId, load: loadBy(entities, db, merchantId) });
    },

    async lookAhead(merchantId, work) {
      const client = await lookers.connect();
      const db = dbOf(client);
      const opened = open(db, merchantId);
      try {
        const [result] = await Promise.all([work(loadBy(entities, db, merchantId)), opened]);
        return result;
      } finally {
        // Nobody waits for its end.
        void isRolledBack(db).then((isWhole) => client.release(!isWhole));
      }
    },

    async wasCommitted(merchantId, head) {
      const client = await writers.connect();
      const db = dbOf(client);
      let isWhole = false;
      try {
        // The lock waits for the server process that may still be committing.
        const [, , hash] = await Promise.all([
          open(db, merchantId),
          journal.lockHead(db, merchantId),
          journal.hashAt(db, merchantId, head.seq),
        ]);
        isWhole = await isRolledBack(db);
        return hash?.equals(head.hash) === true;
      } finally {
        client.release(!isWhole);
      }
    },
  };

  function turnOn({ client, db, merchantId, load }: Line): Turn {
    let opened = open(db, merchantId);
    let isOpen = true;
    let isReleased = false;
    function release(isBroken: boolean): void {
      if (!isReleased) client.release(isBroken);
      isReleased = true;
    }
    return {
      async lockHead() {
        const [, head] = await Promise.all([opened, journal.lockHead(db, merchantId)]);
        return head;
      },
      load,
      async commit(changes, before, after) {
        if (!isOpen) opened = open(db, merchantId);
        isOpen = false;
        // The journal goes first: it is the lock, and tells by itself whether this was judged over what is there.
        const guard =
          after.seq === before.seq
            ? journal.confirmHead(db, merchantId, before)
            : journal.moveHead(db, merchantId, before, after);
        try {
          await committed(client, [opened, guard, ...write(sqlOf, db, merchantId, changes)]);
        } catch (error) {
          // At once, since the log can only be asked by another connection, and there may be none until this one is let go.
          if (isLostConnection(error) || error instanceof AmbiguousCommit) release(true);
          throw error;
        }
        // It is committed, whatever becomes of this.
        if (growth.hasDoubled(changes)) await lookers.query(refreshStatistics.text).catch(() => undefined);
      },
      get isWanted() {
        return writers.waitingCount > 0;
      },
      async end() {
        if (!isReleased) release(isOpen && !(await isRolledBack(db)));
      },
    };
  }
}

function write(
  sqlOf: ReadonlyMap<string, EntitySql>,
  db: Db,
  merchantId: string,
  changes: Changes,
): Promise<unknown>[] {
  return changes.rows.flatMap((rows) => {
    const sql = sqlOf.get(rows.entity);
    assert(sql !== undefined, `no SQL writes ${rows.entity}`);
    return sql.write(db, merchantId, rows);
  });
}

/** A connection in use for one merchant. */
type Line = {
  readonly client: pg.PoolClient;
  readonly db: Db;
  readonly merchantId: string;
  readonly load: Load;
};

function isRolledBack(db: Db): Promise<boolean> {
  return db.execute(rollback, []).then(
    () => true,
    () => false,
  );
}

function open(db: Db, merchantId: string): Promise<unknown> {
  const opened = allOf([db.execute(begin, []), db.execute(setMerchant, [merchantId])]);
  opened.catch(() => undefined);
  return opened;
}

/** Sends COMMIT behind what was sent, in the same packet: a statement that failed turns it into a rollback. */
async function committed(client: pg.PoolClient, sent: readonly Promise<unknown>[]): Promise<void> {
  const [end, ...before] = await Promise.allSettled([
    client.query({ name: 'executor.commit', text: 'commit' }),
    ...sent,
  ]);
  if (end.status === 'rejected') {
    throw isLostConnection(end.reason)
      ? new AmbiguousCommit('no answer to COMMIT', { cause: end.reason })
      : end.reason;
  }
  if (end.value.command === 'COMMIT') return;
  const failed = before.find((one) => one.status === 'rejected');
  throw failed?.reason ?? new Error(`COMMIT was answered by ${end.value.command}`);
}

const firstLookRows = 500;

/** Tells when as many rows again have been written as at the last time: then plans may rest on what is no longer so. */
function watchGrowth(): { hasDoubled(changes: Changes): boolean } {
  let written = 0;
  let lookAt = firstLookRows;
  return {
    hasDoubled(changes) {
      written += changes.count;
      if (written < lookAt) return false;
      lookAt = 2 * written;
      return true;
    },
  };
}
