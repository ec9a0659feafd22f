import { assert } from '../../kernel/assert.ts';
import type { Db } from '../db/statement.ts';
import type { EntitySql } from './entitySql.ts';
import { type Find, type Load, WorkingSet } from './workingSet.ts';

/** Loads rows by the SQL that belongs to their finders. */
export function loadBy(sql: readonly EntitySql[], db: Db, merchantId: string): Load {
  const finds = new Map(sql.flatMap((one) => [...one.finds]));
  return async <Row>(finder: { readonly name: string }, keys: readonly string[]) => {
    const run = finds.get(finder.name);
    assert(run !== undefined, `no SQL finds ${finder.name}`);
    // `entitySql` tied this SQL to this finder, whose rows it answers with.
    return (await run(db, merchantId, keys)) as readonly Row[];
  };
}

/** Reads rows for showing as a use case's `needs` would for deciding, over the caller's snapshot. */
export async function lookUp<Rows>(
  sql: readonly EntitySql[],
  db: Db,
  merchantId: string,
  needs: (find: Find) => Rows,
): Promise<Rows> {
  const set = new WorkingSet(merchantId);
  const load = loadBy(sql, db, merchantId);
  for (;;) {
    const rows = needs(set);
    if (!set.hasMissing()) return rows;
    await set.fetch(load);
  }
}
