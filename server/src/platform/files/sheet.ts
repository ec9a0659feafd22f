import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { streamXlsxRows } from 'hucre/xlsx';

/** A row of the first sheet of a file, its cells as text. The number is the one that a spreadsheet shows beside it. */
export type SheetRow = { readonly number: number; readonly cells: readonly string[] };

export const sheetFormats = ['csv', 'xlsx'] as const;
export type SheetFormat = (typeof sheetFormats)[number];

/** Why a file cannot be read as a table. */
export const sheetFaults = ['not_a_table', 'old_or_locked', 'too_large_inside'] as const;
export type SheetFaultReason = (typeof sheetFaults)[number];

/** A file that is no table, or none that is safe to read. */
export class SheetFault extends Error {
  readonly reason: SheetFaultReason;

  constructor(reason: SheetFaultReason, cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}

const recordCharactersMax = 100_000;
/** What all parts of a workbook may come to once they are unpacked: some kilobytes can claim to be gigabytes. */
const unpackedBytesMax = 256 * 1024 * 1024;

type Bytes = AsyncIterable<Uint8Array>;

/**
 * The rows of a CSV file in UTF-8, UTF-16 or GB 18030, separated by commas, semicolons or tabs; one is in memory at a time.
 * `open` gives the bytes from the beginning; it is called twice. Throws SheetFault.
 */
export async function* csvRows(open: () => Bytes): AsyncGenerator<SheetRow> {
  const encoding = await encodingOf(open());
  const texts = decoded(open(), encoding);
  const first = await firstLine(texts);
  if (first.includes('\u0000')) throw new SheetFault('not_a_table');
  const parser = parse({
    bom: true,
    delimiter: delimiterIn(first),
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: recordCharactersMax,
  });
  pipeline(Readable.from(restored(first, texts)), parser, () => undefined);
  let number = 0;
  const records = parser[Symbol.asyncIterator]();
  for (;;) {
    const next: IteratorResult<readonly string[]> = await records.next().catch((cause: unknown) => {
      throw cause instanceof SheetFault ? cause : new SheetFault('not_a_table', cause);
    });
    if (next.done) return;
    number++;
    yield { number, cells: next.value };
  }
}

/** The text up to the end of the first line, at the least: what parts it shows there. */
async function firstLine(texts: AsyncGenerator<string>): Promise<string> {
  let text = '';
  while (!/[\r\n]/.test(text) && text.length < recordCharactersMax) {
    const next = await texts.next();
    if (next.done) break;
    text += next.value;
  }
  return text;
}

async function* restored(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

type Encoding = 'utf-8' | 'utf-16le' | 'gb18030';

async function encodingOf(bytes: Bytes): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  try {
    for await (const piece of bytes) {
      if (isFirst && piece[0] === 0xff && piece[1] === 0xfe) return 'utf-16le';
      isFirst = false;
      decoder.decode(piece, { stream: true });
    }
    decoder.decode();
    return 'utf-8';
  } catch (error) {
    if (error instanceof TypeError) return 'gb18030';
    throw error;
  }
}

async function* decoded(bytes: Bytes, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const text = (piece?: Uint8Array) => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch (cause) {
      throw new SheetFault('not_a_table', cause);
    }
  };
  for await (const piece of bytes) yield text(piece);
  yield text();
}

/** What the first line is parted by most often. */
function delimiterIn(text: string): string {
  const [line = ''] = text.replaceAll(/"[^"]*"/g, '').split(/\r|\n/, 1);
  const counted = [',', ';', '\t'].map((mark) => ({ mark, count: line.split(mark).length }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).mark;
}

/** The rows of the first sheet of a workbook. Throws SheetFault. */
export async function* xlsxRows(file: Uint8Array, rowsMax: number): AsyncGenerator<SheetRow> {
  refuseBombs(file);
  try {
    for await (const { index, values } of streamXlsxRows(file, { maxRows: rowsMax })) {
      yield { number: index + 1, cells: values.map(cellText) };
    }
  } catch (cause) {
    throw new SheetFault('not_a_table', cause);
  }
}

/** A cell as a person reads it. A spreadsheet shows fifteen digits of a number and no more. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(Number(value.toPrecision(15)));
  if (value instanceof Date) {
    const text = value.toISOString();
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
  }
  // What else stands in a cell is text, or yes and no.
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const signature = { end: 0x06054b50, entry: 0x02014b50, old: 0xe011cfd0 } as const;
const deflated = 8;
const entriesMax = 4_000;

/** Looks into the directory of a workbook, which what reads it holds it to: no part may be larger than it says. */
function refuseBombs(file: Uint8Array): void {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length >= 4 && view.getUint32(0, true) === signature.old) throw new SheetFault('old_or_locked');
  let end = file.length - 22;
  while (end >= 0 && end > file.length - 65_600 && view.getUint32(end, true) !== signature.end) end--;
  if (end < 0 || view.getUint32(end, true) !== signature.end) throw new SheetFault('not_a_table');
  const count = view.getUint16(end + 10, true);
  if (count > entriesMax) throw new SheetFault('too_large_inside');
  let at = view.getUint32(end + 16, true);
  let unpacked = 0;
  for (let entry = 0; entry < count; entry++) {
    if (at + 46 > file.length || view.getUint32(at, true) !== signature.entry) {
      throw new SheetFault('not_a_table');
    }
    const [packed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    // A size that is kept back is one that nothing is held to.
    const isUnsaid = size === 0 && packed > 2 && view.getUint16(at + 10, true) === deflated;
    unpacked += size;
    if (isUnsaid || unpacked > unpackedBytesMax) throw new SheetFault('too_large_inside');
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}
