import type { SheetRow } from '../../../platform/files/sheet.ts';

/** More lines than these above the headings are no title. */
const titlesMax = 5;

/**
 * The rows without what stands over the table: old systems and careful people write a title there, alone in its row. Where
 * one column is all that there is, or what stands alone is a heading, no row is left out.
 */
export async function* belowTitles(
  rows: AsyncIterable<SheetRow>,
  isHeading: (text: string) => boolean,
): AsyncGenerator<SheetRow> {
  const above: SheetRow[] = [];
  let isBelow = false;
  for await (const row of rows) {
    const [first, ...more] = row.cells.filter((cell) => cell.trim() !== '');
    if (first === undefined) continue;
    const isAlone = more.length === 0 && !isHeading(first);
    if (!isBelow && isAlone && above.length < titlesMax) {
      above.push(row);
      continue;
    }
    if (!isBelow && isAlone) yield* above;
    isBelow = true;
    yield row;
  }
  if (!isBelow) yield* above;
}
