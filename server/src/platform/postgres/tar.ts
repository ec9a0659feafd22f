// The plain old tar format (ustar), so that any tar can open a backup; written here because one file kind, short names and
// files below 8 GB are all we need, and a file that changes while it is read must still fill exactly what was announced.

/** One file or folder of an archive. The body must be read to its end before the next entry is asked for. */
export type TarEntry = {
  readonly name: string;
  readonly isFolder: boolean;
  readonly size: number;
  readonly body: AsyncIterable<Buffer>;
};

const BLOCK_BYTES = 512;
/** What eleven octal digits hold. */
const SIZE_MAX = 8 ** 11 - 1;

/** The header block that goes before a file's content. `size` in bytes. Throws when name or size do not fit the format. */
export function tarHeader(name: string, size: number, modified: Date, isFolder = false): Buffer {
  if (Buffer.byteLength(name) > 100) throw new Error(`the name is too long for the archive: ${name}`);
  if (size > SIZE_MAX) throw new Error(`the file is too large for the archive: ${name}`);
  const block = Buffer.alloc(BLOCK_BYTES);
  block.write(name, 0);
  block.write(octal(isFolder ? 0o700 : 0o600, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(Math.floor(modified.getTime() / 1000), 11), 136);
  block.write(isFolder ? '5' : '0', 156);
  block.write('ustar\u000000', 257);
  block.write(`${octal(checksum(block), 6)}\0 `, 148);
  return block;
}

/** The zeros that fill a file's last block. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES);
}

/** What ends an archive. */
export const tarEnd = Buffer.alloc(2 * BLOCK_BYTES);

/** The entries of an archive in their order. Throws when it is cut short or no archive. */
export async function* tarEntries(archive: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const read = reader(archive);
  for (;;) {
    const header = await contentOf(read(BLOCK_BYTES));
    if (header.every((byte) => byte === 0)) return;
    if (checksum(header) !== number(header, 148, 8))
      throw new Error('the archive is damaged or none of ours');
    const size = number(header, 124, 12);
    yield {
      name: text(header, 0, 100),
      isFolder: header.toString('latin1', 156, 157) === '5',
      size,
      body: read(size),
    };
    for await (const _ of read(tarPadding(size).length));
  }
}

/** All pieces of a body as one. */
export async function contentOf(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Answers a function that yields the next so many bytes of the stream, in pieces. */
function reader(stream: AsyncIterable<Buffer>): (bytes: number) => AsyncGenerator<Buffer> {
  const source = stream[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  return async function* take(bytes: number) {
    for (let wanted = bytes; wanted > 0; ) {
      if (rest.length === 0) {
        const next = await source.next();
        if (next.done) throw new Error('the archive is cut short');
        rest = next.value;
      }
      const piece = rest.subarray(0, wanted);
      rest = rest.subarray(piece.length);
      wanted -= piece.length;
      yield piece;
    }
  };
}

// The sum is taken as if its own field held spaces.
function checksum(block: Buffer): number {
  return block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

function text(block: Buffer, at: number, length: number): string {
  return block.toString('utf8', at, at + length).replace(/\0.*$/s, '');
}

function number(block: Buffer, at: number, length: number): number {
  return Number.parseInt(text(block, at, length).trim() || '0', 8);
}
