import { assert } from '../../kernel/assert.ts';
import type { JournalHead } from './activity.ts';
import type { Finder } from './entity.ts';
import { NoJournal, type Storage } from './storage.ts';
import type { Load } from './workingSet.ts';

/** A store in memory with the same promises as the database's: the model in tests, the simulator, the forecast. */
export type MemoryStorage = Storage & {
  open(merchantId: string, head: JournalHead): void;
  /** All rows of an entity, for reading what came of it. */
  rows(merchantId: string, entity: string): ReadonlyMap<string, unknown>;
  head(merchantId: string): JournalHead;
};

type Merchant = { head: JournalHead; readonly entities: Map<string, Map<string, unknown>> };

/** Each look-up walks the entity's rows: a model is small, and an index would be one more thing to trust. */
export function memoryStorage(): MemoryStorage {
  const merchants = new Map<string, Merchant>();
  const of = (merchantId: string): Merchant => {
    const merchant = merchants.get(merchantId);
    if (!merchant) throw new NoJournal(merchantId);
    return merchant;
  };
  const rowsOf = (merchant: Merchant, entity: string): Map<string, unknown> => {
    const known = merchant.entities.get(entity) ?? new Map<string, unknown>();
    merchant.entities.set(entity, known);
    return known;
  };

  const loadFrom =
    (merchantId: string): Load =>
    async <Row>(finder: Finder<Row>, keys: readonly string[]) => {
      // Rows under an entity's name were put there through that entity.
      const rows = rowsOf(of(merchantId), finder.entity.name) as Map<string, Row>;
      const wanted = new Set(keys);
      return [...rows]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, row]) => row)
        .filter((row) => finder.keysOf(row).some((key) => wanted.has(key)));
    };

  return {
    open: (merchantId, head) => merchants.set(merchantId, { head, entities: new Map() }),
    rows: (merchantId, entity) => rowsOf(of(merchantId), entity),
    head: (merchantId) => of(merchantId).head,
    async begin(merchantId) {
      return {
        lockHead: async () => of(merchantId).head,
        load: loadFrom(merchantId),
        async commit(changes, before, after) {
          const merchant = of(merchantId);
          assert(merchant.head.seq === before.seq, 'two batches of one merchant at once');
          for (const { entity, idOf, inserted, updated } of changes.rows) {
            const kept = rowsOf(merchant, entity);
            for (const row of [...inserted, ...updated.map(({ to }) => to)])
              kept.set(idOf(row as never), row);
          }
          merchant.head = after;
        },
        isWanted: false,
        end: async () => undefined,
      };
    },
    lookAhead: (merchantId, work) => work(loadFrom(merchantId)),
    wasCommitted: async (merchantId, head) => of(merchantId).head.hash.equals(head.hash),
  };
}
