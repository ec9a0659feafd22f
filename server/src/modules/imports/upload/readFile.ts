import { writeAside } from '../../../platform/db/read.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { csvRows, SheetFault, type SheetRow, xlsxRows } from '../../../platform/files/sheet.ts';
import { guessed } from '../columns/fields.ts';
import type { Import } from '../import.ts';
import { type FileParts, fileOf, sealedRows } from './file.ts';
import { claimFile, putBlock, putRead, type ReadOut } from './store.ts';
import { belowTitles } from './titles.ts';

/** Rows that are carried out by one command: enough that the command does not count, few enough to hold nobody up. */
const blockRows = 200;
/** Rows of one file, without the headings. */
const rowsMax = 200_000;
const columnsMax = 60;
const cellLengthMax = 500;
const headingLengthMax = 60;

type Read = Pick<Import, 'id' | 'kind' | 'format'> & { readonly merchantId: string };

/**
 * Reads a file into blocks of sealed rows, all of it in one transaction, one block in memory at a time. Undefined where
 * another process is at it.
 */
export function readFile(parts: FileParts, one: Read): Promise<ReadOut | undefined> {
  const { merchantId, id } = one;
  return writeAside(parts.writers, merchantId, async (db) => {
    const claimed = await claimFile(db, merchantId, id);
    // Read by a process that ended before it could say so.
    if (!claimed || claimed.read) return claimed?.read ?? undefined;
    const out = await stage(db, parts, one);
    await putRead(db, merchantId, id, out);
    return out;
  });
}

async function stage(db: Db, parts: FileParts, one: Read): Promise<ReadOut> {
  const { merchantId, id } = one;
  const isHeading = (text: string) => Object.keys(guessed(one.kind, [text])).length > 0;
  let headings: readonly string[] | undefined;
  let block: SheetRow[] = [];
  let blocks = 0;
  let quantity = 0;

  async function keep(): Promise<void> {
    const sealed = sealedRows(parts, merchantId, id, blocks, block);
    await putBlock(db, merchantId, { importId: id, n: blocks, rows: block.length, sealed });
    blocks++;
    block = [];
  }

  try {
    for await (const { number, cells } of belowTitles(rowsIn(parts, one), isHeading)) {
      const texts = cells.slice(0, columnsMax).map((cell) => cell.slice(0, cellLengthMax));
      if (texts.every((cell) => cell.trim() === '')) continue;
      if (!headings) {
        headings = texts.map((text) => text.replaceAll(/\s+/g, ' ').trim().slice(0, headingLengthMax));
        continue;
      }
      quantity++;
      if (quantity > rowsMax) return { failure: 'too_many_rows' };
      block.push({ number, cells: texts });
      if (block.length === blockRows) await keep();
    }
    if (block.length > 0) await keep();
  } catch (error) {
    if (!(error instanceof SheetFault)) throw error;
    // What was kept of it stays behind, and is emptied with the file: nothing of it is carried out.
    return { failure: error.reason };
  }
  return !headings || quantity === 0 ? { failure: 'no_rows' } : { failure: null, headings, quantity, blocks };
}

async function* rowsIn(parts: FileParts, { merchantId, id, format }: Read): AsyncGenerator<SheetRow> {
  const open = () => fileOf(parts, merchantId, id);
  if (format === 'csv') {
    yield* csvRows(open);
    return;
  }
  const pieces: Buffer[] = [];
  for await (const piece of open()) pieces.push(piece);
  yield* xlsxRows(Buffer.concat(pieces), rowsMax + 2);
}
