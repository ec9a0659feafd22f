import { assert } from '../../kernel/assert.ts';

// A command's input as text, so that it can be kept to the last detail, and read back as what it was.

/** Writes an input: what JSON has no form for stands in an object with one member that begins with `$`. */
export function written(value: unknown): unknown {
  if (typeof value === 'bigint') return { $int: String(value) };
  if (value instanceof Date) return { $time: value.toISOString() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (value instanceof Set) return { $set: [...value].map(written) };
  if (value instanceof Map) return { $map: [...value].map((pair) => pair.map(written)) };
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  assert(
    members.every(([name]) => !name.startsWith('$')),
    'no input has a member that begins with $',
  );
  return Object.fromEntries(members.map(([name, member]) => [name, written(member)]));
}

/** Reads back what `written` wrote. */
export function readBack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readBack);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  const [mark = '', inner] = members[0] ?? [];
  switch (mark) {
    case '$int':
      return BigInt(textOf(inner));
    case '$time':
      return new Date(textOf(inner));
    case '$bytes':
      return Buffer.from(textOf(inner), 'base64');
    case '$set':
      return new Set(listOf(inner).map(readBack));
    case '$map':
      return new Map(listOf(inner).map((pair) => pairOf(listOf(pair).map(readBack))));
    default:
      return Object.fromEntries(members.map(([name, member]) => [name, readBack(member)]));
  }
}

function listOf(value: unknown): readonly unknown[] {
  assert(Array.isArray(value), 'a written set or map is a list');
  return value;
}

function pairOf([key, value]: readonly unknown[]): readonly [unknown, unknown] {
  return [key, value];
}

function textOf(value: unknown): string {
  assert(typeof value === 'string', 'a written number, time or row of bytes is text');
  return value;
}
