import { Readable } from 'node:stream';
import { writeXlsxStream } from 'hucre/xlsx';
import { currencyExponent } from '../../kernel/money.ts';

/** What stands in a cell. An amount is text in major units, `-12.34`, which a spreadsheet is given as a number. */
export type Cell = string | number | null | { readonly decimal: string };

/** An amount in major units, as a spreadsheet takes it. */
export function decimal(amount: bigint | null, currency: string | null): Cell {
  if (amount === null) return null;
  const exponent = currencyExponent(currency ?? '') ?? 2;
  const digits = String(amount < 0n ? -amount : amount).padStart(exponent + 1, '0');
  const sign = amount < 0n ? '-' : '';
  if (exponent === 0) return { decimal: sign + digits };
  return { decimal: `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}` };
}

/** A table that is written row by row as it is sent, so that its length costs no memory. */
export type Table = {
  readonly name: string;
  readonly headers: readonly string[];
  readonly rows: AsyncIterable<readonly Cell[]>;
};

export const tableFormats = ['csv', 'xlsx'] as const;
export type TableFormat = (typeof tableFormats)[number];

export const tableTypes: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The bytes of a table. */
export function tableStream(table: Table, format: TableFormat): Readable {
  if (format === 'csv') return Readable.from(csvOf(table));
  const columns = table.headers.map((header) => ({ header }));
  return Readable.from(
    writeXlsxStream(valuesOf(table.rows), { name: table.name, columns, freezePane: { rows: 1 } }),
  );
}

/** What a sheet can hold, without its header and the line that says that it is full. */
const sheetRowsMax = 1_048_574;
const fullSheet =
  '一张工作表放不下更多行；完整列表请导出 CSV。A sheet holds no more rows; take the list out as CSV.';

async function* valuesOf(rows: Table['rows']): AsyncGenerator<(string | number | null)[]> {
  let written = 0;
  for await (const row of rows) {
    written += 1;
    if (written > sheetRowsMax) return yield [fullSheet];
    yield row.map((cell) => (typeof cell === 'object' && cell !== null ? Number(cell.decimal) : cell));
  }
}

// Without this mark the spreadsheet that most people have takes UTF-8 for something else.
const byteOrderMark = '\ufeff';

async function* csvOf({ headers, rows }: Table): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(headers);
  for await (const row of rows) yield csvLine(row);
}

/** A line of RFC 4180 in which no text that somebody typed is taken for a formula. */
function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'object') return cell.decimal;
  const inert = /^[\s]*[=+\-@\t\r\n＝＋－＠]/u.test(cell) ? `'${cell}` : cell;
  return /[",\r\n']/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
