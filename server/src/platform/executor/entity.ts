/**
 * A way to look rows up that the executor can batch: all keys that a batch's commands ask for are fetched at once.
 * A row whose keys change is found by those it has: also by the next command of its batch, and never by those it had.
 */
export type Finder<Row> = {
  readonly name: string;
  readonly entity: Entity<Row>;
  /** Under which keys this row is found. */
  readonly keysOf: (row: Row) => readonly string[];
};

/**
 * What may stay in memory between batches: `all` that is known, also that a key finds nothing; `found`, where rows may
 * also come by another door than the executor (cards are generated in bulk); `none`, where rows are read anew for each batch.
 */
export type Kept = 'all' | 'found' | 'none';

/**
 * A kind of row that use cases read and change. Rows are immutable values: a change is a new row under the same id.
 * Pure: the SQL behind it stands in its module's `store.ts`, and in memory there is none.
 */
export type Entity<Row> = {
  readonly name: string;
  readonly idOf: (row: Row) => string;
  readonly kept: Kept;
  /** All look-ups on it, filled by `finder`: a row that is put is found by each. */
  readonly finders: Finder<Row>[];
};

/** The database holds another version of a row than the one that was judged: the batch must be judged again. */
export class Conflict extends Error {}

/** Declares an entity; its name is unique in the program. */
export function entity<Row>(name: string, idOf: (row: Row) => string, kept: Kept = 'all'): Entity<Row> {
  return { name, idOf, kept, finders: [] };
}

/** Declares a look-up on an entity. */
export function finder<Row>(of: Entity<Row>, name: string, keysOf: Finder<Row>['keysOf']): Finder<Row> {
  const made: Finder<Row> = { name: `${of.name}.${name}`, entity: of, keysOf };
  of.finders.push(made);
  return made;
}
