import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { csvOf, xlsxOf } from './export.ts';

/** What spreadsheets run when it begins a cell, in half and full width. */
const attacks = [
  '=HYPERLINK("http://evil.example","x")',
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1',
  '＋1',
  '－1',
  '＠x',
];

test('no text begins like a formula in either file, and numbers stay numbers', async () => {
  const rows = attacks.map((text) => [text, -12.5]);
  const csv = await textOf(csvOf(['name', 'amount'], rows));
  const read: string[][] = parse(csv, { bom: true, relax_quotes: false });
  expect(read.slice(1)).toEqual(attacks.map((text) => [`'${text}`, '-12.5']));
  const workbook = await readXlsx(
    new Uint8Array(await (await xlsxOf(['name', 'amount'], rows)).arrayBuffer()),
  );
  const cells = workbook.sheets[0]?.rows.slice(1) ?? [];
  expect(cells.map(([name]) => String(name).startsWith("'"))).toEqual(attacks.map(() => true));
  expect(cells.map(([, amount]) => amount)).toEqual(attacks.map(() => -12.5));
});

test('commas, quotes, line breaks and Chinese come back as they were', async () => {
  const text = '荷塘 "Lotus", 一行\n两行';
  const csv = await textOf(csvOf(['a', 'b', 'c'], [[text, null, 1]]));
  expect(csv.charCodeAt(0)).toBe(0xfeff);
  expect(parse(csv, { bom: true })).toEqual([
    ['a', 'b', 'c'],
    [text, '', '1'],
  ]);
});

/** With its byte order mark, which a Blob's own text() leaves out. */
async function textOf(blob: Blob): Promise<string> {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await blob.arrayBuffer());
}
