/** A page of a list out of up to `limit + 1` rows: the one too many only shows that there is more. */
export function page<Row, Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item,
  cursorOf: (row: Row) => string,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(itemOf),
    nextCursor: last !== undefined && rows.length > limit ? cursorOf(last) : null,
  };
}
