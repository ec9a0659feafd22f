import type { Db, Statement } from '../db/statement.ts';
import type { Entity, Finder } from './entity.ts';
import type { ChangedRows } from './workingSet.ts';

/** A row as it was judged and as it is to be. */
export type Update<Row> = { readonly from: Row; readonly to: Row };

type Find<Row> = (db: Db, merchantId: string, keys: readonly string[]) => Promise<readonly Row[]>;

/** An entity's SQL: one statement to add rows, one to change them, one for each look-up. */
export type EntitySql = {
  readonly entity: string;
  readonly finds: ReadonlyMap<string, Find<unknown>>;
  readonly write: (db: Db, merchantId: string, changed: ChangedRows) => Promise<unknown>[];
};

type Parts<Row> = {
  readonly insert: (db: Db, merchantId: string, rows: readonly Row[]) => Promise<unknown>;
  /** In id order. Throws `Conflict` when the database's row is not `from`. Left out where rows are append-only. */
  readonly update?: (db: Db, merchantId: string, updates: readonly Update<Row>[]) => Promise<unknown>;
  /** Every row with one of the keys, whatever their order. A statement takes the merchant and the keys, and gives rows as they are. */
  readonly finds: readonly (readonly [Finder<Row>, Find<Row> | Statement])[];
};

/** Ties an entity to its SQL. */
export function entitySql<Row>(entity: Entity<Row>, { insert, update, finds }: Parts<Row>): EntitySql {
  return {
    entity: entity.name,
    finds: new Map(
      finds.map(([finder, find]) => [finder.name, typeof find === 'function' ? find : findBy<Row>(find)]),
    ),
    write(db, merchantId, changed) {
      const sent: Promise<unknown>[] = [];
      // Rows in a change list were put there through this very entity.
      if (changed.inserted.length > 0) sent.push(insert(db, merchantId, changed.inserted as readonly Row[]));
      if (changed.updated.length > 0) {
        if (!update) throw new Error(`rows of ${entity.name} are append-only`);
        sent.push(update(db, merchantId, changed.updated as readonly Update<Row>[]));
      }
      return sent;
    },
  };
}

function findBy<Row>(statement: Statement): Find<Row> {
  return (db, merchantId, keys) => db.query<Row>(statement, [merchantId, keys]);
}
