import { type CellValue, writeXlsx } from 'hucre/xlsx';
import type { Cell } from './table.ts';

/** A sheet of a workbook: its first rows say what it is, the others are its table. */
export type Sheet = {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
  /** In characters. */
  readonly widths: readonly number[];
  /** Rows that are written bold, by their place. */
  readonly strong: readonly number[];
};

/** The bytes of a workbook of several sheets, for documents; a list is streamed by `tableStream`. */
export function workbookOf(sheets: readonly Sheet[]): Promise<Uint8Array> {
  return writeXlsx({
    sheets: sheets.map(({ name, rows, widths, strong }) => ({
      name,
      rows: rows.map((row) => row.map(writtenOf)),
      columns: widths.map((width) => ({ width })),
      cells: new Map(
        rows.flatMap((row, y) =>
          row.map((cell, x) => [`${y},${x}`, { style: styleOf(cell, strong.includes(y)) }] as const),
        ),
      ),
    })),
  });
}

function writtenOf(cell: Cell): CellValue {
  return typeof cell === 'object' && cell !== null ? Number(cell.decimal) : cell;
}

function styleOf(cell: Cell, isStrong: boolean) {
  const decimals = typeof cell === 'object' && cell !== null ? decimalsIn(cell.decimal) : undefined;
  return {
    ...(isStrong ? { font: { bold: true } } : {}),
    ...(decimals === undefined ? {} : { numFmt: `#,##0${decimals === 0 ? '' : `.${'0'.repeat(decimals)}`}` }),
  };
}

const decimalsIn = (text: string): number => text.split('.')[1]?.length ?? 0;
