import { assert } from '../../kernel/assert.ts';
import type { Entity, Finder } from './entity.ts';

/** How a use case asks for rows. An answer given while something is missing is discarded, so `needs` may simply go on. */
export type Find = {
  readonly merchantId: string;
  one<Row>(finder: Finder<Row>, key: string): Row | undefined;
  all<Row>(finder: Finder<Row>, key: string): readonly Row[];
  /** The row with this id as far as it was looked up already: for showing what a change comes to. */
  known<Row>(entity: Entity<Row>, id: string): Row | undefined;
};

/** Where changes go: the rows that are judged, or a list of what would change. */
export type Into = { put<Row>(entity: Entity<Row>, row: Row): void };

/** A change to a row: made by `put`, applied by the executor when the command is accepted. */
export type Change = (into: Into) => void;

/** Adds a row, or replaces the one with the same id. */
export function put<Row>(entity: Entity<Row>, row: Row): Change {
  return (into) => into.put(entity, row);
}

/** Loads one finder's missing keys; in PostgreSQL one statement, in the twin a look into a map. */
export type Load = <Row>(finder: Finder<Row>, keys: readonly string[]) => Promise<readonly Row[]>;

/** What a batch is to write: an entry a table, updates in id order. */
export type Changes = {
  readonly rows: readonly ChangedRows[];
  /** How many rows these are. */
  readonly count: number;
};

/** The changes of a batch, handed out to be written. */
export type Taken = Changes & {
  /** Once they are committed: lets go of what does not stay in memory. Not while rows are being looked up. */
  settle(): void;
};

/** What a batch changed of one entity. */
export type ChangedRows = {
  readonly entity: string;
  readonly idOf: (row: never) => string;
  readonly inserted: readonly unknown[];
  readonly updated: readonly { readonly from: unknown; readonly to: unknown }[];
};

/** A row's place in memory: indexes lead to it, and a change replaces what is in it. */
type Cell<Row> = { row: Row };

type Index<Row> = Map<string, Cell<Row>[]>;

/** Rows of one entity in memory, with what of the database is known to be in them. */
class Table<Row> {
  readonly entity: Entity<Row>;
  cells = new Map<string, Cell<Row>>();
  /** Of the batch that is being judged. */
  private inserted = new Map<string, Cell<Row>>();
  private updated = new Map<string, { readonly from: Row; readonly to: Cell<Row> }>();
  /** What batches on their way into the database have changed, the last of them each: look-ups may not see it yet. */
  private readonly underWay = new Map<string, { readonly cell: Cell<Row>; readonly by: object }>();
  private readonly indexes = new Map<string, Index<Row>>();
  /** Look-ups for this batch whose keys may have found nothing. */
  private asked: { readonly index: Index<Row>; readonly keys: readonly string[] }[] = [];
  private readonly missing = new Map<string, { readonly finder: Finder<Row>; readonly keys: Set<string> }>();

  constructor(entity: Entity<Row>) {
    this.entity = entity;
  }

  /** The cells under a key, or undefined when the database has not been asked yet (it will be, in the next wave). */
  find(finder: Finder<Row>, key: string): readonly Cell<Row>[] | undefined {
    const known = this.indexes.get(finder.name)?.get(key);
    if (known !== undefined) return known;
    const asked = this.missing.get(finder.name);
    if (asked) asked.keys.add(key);
    else this.missing.set(finder.name, { finder, keys: new Set([key]) });
    return undefined;
  }

  hasMissing(): boolean {
    return this.missing.size > 0;
  }

  async fetch(load: Load): Promise<void> {
    const asked = [...this.missing.values()];
    this.missing.clear();
    await Promise.all(
      asked.map(async ({ finder, keys }) => {
        const sorted = [...keys].sort();
        const rows = await load(finder, sorted);
        this.learn(finder, sorted, rows);
      }),
    );
  }

  private learn(finder: Finder<Row>, keys: readonly string[], rows: readonly Row[]): void {
    const index: Index<Row> = this.indexes.get(finder.name) ?? new Map();
    this.indexes.set(finder.name, index);
    for (const key of keys) index.set(key, []);
    for (const row of rows) {
      const id = this.entity.idOf(row);
      let cell = this.cells.get(id);
      // What this batch changed is newer than what the database says.
      if (cell === undefined) {
        cell = { row };
        this.cells.set(id, cell);
      }
      place(index, finder, cell);
    }
    for (const { cell } of this.underWay.values()) place(index, finder, cell);
    for (const cell of this.inserted.values()) place(index, finder, cell);
    for (const { to } of this.updated.values()) place(index, finder, to);
    if (this.entity.kept === 'found') this.asked.push({ index, keys });
  }

  put(row: Row): void {
    const id = this.entity.idOf(row);
    const known = this.cells.get(id);
    if (known !== undefined) {
      if (!this.inserted.has(id) && !this.updated.has(id))
        this.updated.set(id, { from: known.row, to: known });
      const was = known.row;
      known.row = row;
      this.move(known, was);
      return;
    }
    const cell = { row };
    this.cells.set(id, cell);
    this.inserted.set(id, cell);
    for (const finder of this.entity.finders) {
      const index = this.indexes.get(finder.name);
      if (index) place(index, finder, cell);
    }
  }

  /** A changed row is found by the keys it has, and no more by those it had, as in the database once it is written. */
  private move(cell: Cell<Row>, was: Row): void {
    for (const finder of this.entity.finders) {
      const index = this.indexes.get(finder.name);
      if (index === undefined) continue;
      const before = finder.keysOf(was);
      const now = finder.keysOf(cell.row);
      if (before.length === now.length && before.every((key, n) => key === now[n])) continue;
      const left = before.filter((key) => !now.includes(key));
      for (const key of left) {
        const cells = index.get(key);
        if (cells?.includes(cell)) cells.splice(cells.indexOf(cell), 1);
      }
      // Of rows that also come by another door, that a key finds nothing is good for this batch alone.
      if (this.entity.kept === 'found') this.asked.push({ index, keys: left });
      place(index, finder, cell);
    }
  }

  get size(): number {
    let keys = this.cells.size;
    for (const index of this.indexes.values()) keys += index.size;
    return keys;
  }

  /** Hands out what changed; what is put from now on is another batch's. */
  take(): { readonly changes: ChangedRows | undefined; readonly settle: () => void } {
    const { inserted, updated, asked } = this;
    const by = {};
    for (const [id, cell] of inserted) this.underWay.set(id, { cell, by });
    for (const [id, { to }] of updated) this.underWay.set(id, { cell: to, by });
    if (asked.length > 0) this.asked = [];
    if (this.entity.kept === 'none') this.forget();
    const settle = () => {
      for (const id of [...inserted.keys(), ...updated.keys()]) {
        if (this.underWay.get(id)?.by !== by) continue;
        this.underWay.delete(id);
        if (this.entity.kept === 'none') this.cells.delete(id);
      }
      for (const { index, keys } of asked) {
        for (const key of keys) if (index.get(key)?.length === 0) index.delete(key);
      }
    };
    if (inserted.size + updated.size === 0) return { changes: undefined, settle };
    this.inserted = new Map();
    this.updated = new Map();
    const inKeyOrder = [...updated].sort(([a], [b]) => (a < b ? -1 : 1));
    const changes = {
      entity: this.entity.name,
      idOf: this.entity.idOf,
      inserted: Array.from(inserted.values(), ({ row }) => row),
      updated: inKeyOrder.map(([, { from, to }]) => ({ from, to: to.row })),
    };
    return { changes, settle };
  }

  /** Leaves nothing that the next batch would take for what the database holds. */
  private forget(): void {
    this.cells = new Map(Array.from(this.underWay, ([id, { cell }]) => [id, cell]));
    this.indexes.clear();
  }
}

/** Puts a cell under those of its row's keys that have been asked for; under others the database is not known yet. */
function place<Row>(index: Index<Row>, finder: Finder<Row>, cell: Cell<Row>): void {
  for (const key of finder.keysOf(cell.row)) {
    const cells = index.get(key);
    if (cells && !cells.includes(cell)) cells.push(cell);
  }
}

const none: readonly never[] = [];

/** The rows that a batch is judged over: what it read, as its commands changed it one after another. */
export class WorkingSet implements Find {
  readonly merchantId: string;
  /** How often a look-up could not be answered yet. */
  misses = 0;
  private readonly tables = new Map<unknown, Table<unknown>>();

  constructor(merchantId: string) {
    this.merchantId = merchantId;
  }

  private table<Row>(entity: Entity<Row>): Table<Row> {
    const known = this.tables.get(entity);
    // The map is keyed by the entity itself, so the table under it holds that entity's rows: TypeScript cannot say so.
    if (known) return known as unknown as Table<Row>;
    const made = new Table(entity);
    this.tables.set(entity, made as unknown as Table<unknown>);
    return made;
  }

  all<Row>(finder: Finder<Row>, key: string): readonly Row[] {
    const cells = this.table(finder.entity).find(finder, key);
    if (cells === undefined) this.misses++;
    return cells === undefined || cells.length === 0 ? none : cells.map(({ row }) => row);
  }

  one<Row>(finder: Finder<Row>, key: string): Row | undefined {
    const cells = this.table(finder.entity).find(finder, key);
    if (cells === undefined) {
      this.misses++;
      return undefined;
    }
    assert(cells.length <= 1, 'a look-up for one row finds one');
    return cells[0]?.row;
  }

  known<Row>(entity: Entity<Row>, id: string): Row | undefined {
    return this.table(entity).cells.get(id)?.row;
  }

  put<Row>(entity: Entity<Row>, row: Row): void {
    this.table(entity).put(row);
  }

  hasMissing(): boolean {
    for (const table of this.tables.values()) if (table.hasMissing()) return true;
    return false;
  }

  /** Fetches all that was asked for and not known, one statement a finder. */
  async fetch(load: Load): Promise<void> {
    await Promise.all(
      [...this.tables.values()].filter((table) => table.hasMissing()).map((table) => table.fetch(load)),
    );
  }

  /** Hands out what is to be written, as it stands now; what is put from now on is another batch's. */
  take(): Taken {
    const taken = [...this.tables.values()].map((table) => table.take());
    const rows = taken.flatMap(({ changes }) => (changes === undefined ? [] : [changes]));
    return {
      rows,
      count: rows.reduce((sum, { inserted, updated }) => sum + inserted.length + updated.length, 0),
      settle() {
        for (const { settle } of taken) settle();
      },
    };
  }

  get size(): number {
    let size = 0;
    for (const table of this.tables.values()) size += table.size;
    return size;
  }
}
