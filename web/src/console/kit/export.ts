import {
  type AnswerOf,
  type Ask,
  ask,
  askForFile,
  type BodyOf,
  type ItemOf,
  type OperationName,
} from '../../api/client.ts';
import type { Cell, Column } from './columns.tsx';

/** How many rows are gathered here at most; longer lists come as a file from the server, to whoever may take lists out. */
export const gatheredMax = { withServer: 2_000, alone: 20_000 };
const pageMax = 200;

export type Listing = {
  [Name in OperationName]: AnswerOf<Name> extends { items: unknown[]; nextCursor: string | null }
    ? Name
    : never;
}[OperationName];

/** Reads a list page by page as rows of a file, up to a number of rows; `cut` tells that there was more. */
export async function readRows<Name extends Listing>(
  name: Name,
  parts: Ask<Name>,
  columns: readonly Column<ItemOf<Name>>[],
  rowsMax: number,
): Promise<{ readonly rows: Cell[][]; readonly cut: boolean }> {
  const rows: Cell[][] = [];
  let cursor: string | undefined;
  while (rows.length < rowsMax) {
    const query = { ...parts.query, cursor, limit: pageMax };
    const { body } = await ask(name, { ...parts, query });
    // `Listing` names operations of this shape only; TypeScript does not carry that through the generic.
    const page = body as { items: ItemOf<Name>[]; nextCursor: string | null };
    for (const item of page.items) rows.push(columns.map((column) => column.cell(item)));
    if (page.nextCursor === null) return { rows, cut: false };
    cursor = page.nextCursor;
  }
  return { rows, cut: true };
}

type ListExport = BodyOf<'POST /v1/exports/lists'>;

/** A list of any length as a file that the server writes: all fields of its rows, with the same filters. */
export function wholeList<Name extends Listing>(
  name: Name,
  { params, query }: Ask<Name>,
  format: NonNullable<ListExport['format']>,
  language: NonNullable<ListExport['language']>,
): Promise<Blob> {
  // Every list of the document that answers pages is one of those that the server takes out.
  const list = name.replace('GET ', '') as ListExport['list'];
  const filter: NonNullable<ListExport['filter']> = {};
  for (const [key, value] of Object.entries({ ...query }))
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') filter[key] = value;
  return askForFile('POST /v1/exports/lists', {
    body: { list, format, language, params: { ...params }, filter },
  });
}

/** A text that a spreadsheet would run as a formula is marked as text: whoever wrote it may mean harm. */
function harmless(text: string): string {
  return /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/.test(text) ? `'${text}` : text;
}

/** A CSV that spreadsheets open as UTF-8. */
export function csvOf(titles: readonly string[], rows: readonly (readonly Cell[])[]): Blob {
  const lines = [titles, ...rows].map((row) => row.map(csvCell).join(','));
  return new Blob([`\ufeff${lines.join('\r\n')}\r\n`], { type: 'text/csv;charset=utf-8' });
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  return /[",\r\n]|^\s|\s$/.test(cell) || harmless(cell) !== cell
    ? `"${harmless(cell).replaceAll('"', '""')}"`
    : cell;
}

/** An Excel file; its writer is loaded when somebody wants one. */
export async function xlsxOf(titles: readonly string[], rows: readonly (readonly Cell[])[]): Promise<Blob> {
  const { writeXlsx } = await import('hucre/xlsx');
  const safe = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? harmless(cell) : cell)));
  const bytes = await writeXlsx({ sheets: [{ name: 'Scrip', rows: [[...titles], ...safe] }] });
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return new Blob([new Uint8Array(bytes)], { type });
}

/** Hands a file to whoever sits at the browser. */
export function saveFile(content: Blob, filename: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = filename;
  link.click();
  URL.revokeObjectURL(url);
}
