import { deflateRawSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { csvRows, type SheetRow, xlsxRows } from './sheet.ts';

async function all(rows: AsyncIterable<SheetRow>): Promise<SheetRow[]> {
  const found: SheetRow[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

/** A file that arrives in pieces of a few bytes, so that characters are cut in the middle. */
function inPieces(bytes: Uint8Array, size = 3) {
  return async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
}

const utf8 = (text: string) => inPieces(new TextEncoder().encode(text), 7);
const cells = (rows: readonly SheetRow[]) => rows.map((row) => row.cells);

test('CSV is read whatever it is parted by, with quotes, lines in cells and a mark before it', async () => {
  expect(cells(await all(csvRows(utf8('\ufeff手机,姓名\r\n138,"林, 夕"\r\n139,"a\nb"\r\n'))))).toEqual([
    ['手机', '姓名'],
    ['138', '林, 夕'],
    ['139', 'a\nb'],
  ]);
  expect(cells(await all(csvRows(utf8('a;b\n1,5;2\n'))))).toEqual([
    ['a', 'b'],
    ['1,5', '2'],
  ]);
  expect(cells(await all(csvRows(utf8('a\tb\n1\t2'))))).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
});

test('rows bear the number that a spreadsheet shows: empty ones count', async () => {
  expect(await all(csvRows(utf8('a\n\n2\n')))).toEqual([
    { number: 1, cells: ['a'] },
    { number: 2, cells: [''] },
    { number: 3, cells: ['2'] },
  ]);
});

test('what spreadsheets in China write by themselves is read: GBK, and UTF-16 with a mark', async () => {
  const gbk = Uint8Array.of(0xca, 0xd6, 0xbb, 0xfa, 0x2c, 0xd0, 0xd5, 0xc3, 0xfb, 0x0a, 0x31, 0x2c, 0x32);
  expect(cells(await all(csvRows(inPieces(gbk))))).toEqual([
    ['手机', '姓名'],
    ['1', '2'],
  ]);
  const utf16 = Buffer.from('\ufeff手机\t姓名\n1\t2', 'utf16le');
  expect(cells(await all(csvRows(inPieces(utf16))))).toEqual([
    ['手机', '姓名'],
    ['1', '2'],
  ]);
});

test('a file that is no table is told from one', async () => {
  const isNone = (open: () => AsyncIterable<Uint8Array>) =>
    expect(all(csvRows(open))).rejects.toMatchObject({ reason: 'not_a_table' });
  await isNone(utf8('a,"b\n1,2\n'));
  await isNone(inPieces(Uint8Array.of(0x61, 0, 0, 0x62)));
  await isNone(inPieces(Uint8Array.of(0x81)));
});

test('a workbook is read as it shows itself: numbers to fifteen digits, days as days', async () => {
  const file = await writeXlsx({
    sheets: [
      {
        name: '会员',
        rows: [
          ['手机', '余额', '入会日'],
          [13_800_138_000, 0.1 + 0.2, new Date('2024-02-29T00:00:00Z')],
          [null, 1_234.5, true],
        ],
      },
    ],
  });
  expect(cells(await all(xlsxRows(file, 10)))).toEqual([
    ['手机', '余额', '入会日'],
    ['13800138000', '0.3', '2024-02-29'],
    ['', '1234.5', 'true'],
  ]);
  expect(await all(xlsxRows(file, 2))).toHaveLength(2);
});

/** A zip of one part that says of itself to be so large. */
function zipOf(packed: Uint8Array, says: number): Uint8Array {
  const name = Buffer.from('xl/sharedStrings.xml');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(says, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(says, 24);
  entry.writeUInt16LE(name.length, 28);
  const before = Buffer.concat([local, name, packed]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(before.length, 16);
  return Buffer.concat([before, entry, name, end]);
}

test('a workbook that would unpack to gigabytes, or does not say to what, is not unpacked', async () => {
  const packed = deflateRawSync(Buffer.alloc(1_000));
  for (const says of [3_000_000_000, 0]) {
    await expect(all(xlsxRows(zipOf(packed, says), 10))).rejects.toMatchObject({
      reason: 'too_large_inside',
    });
  }
  await expect(all(xlsxRows(zipOf(packed, 1_000), 10))).rejects.toMatchObject({ reason: 'not_a_table' });
  await expect(all(xlsxRows(Buffer.from('no zip'), 10))).rejects.toMatchObject({ reason: 'not_a_table' });
  const old = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
  await expect(all(xlsxRows(old, 10))).rejects.toMatchObject({ reason: 'old_or_locked' });
});
