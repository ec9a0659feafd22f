// Ids are lower-case uuid text inside and TypeID text outside: `card_` and 26 base-32 digits.
// All of this runs tens of thousands of times a second: tables and 32-bit words, no 128-bit arithmetic.

import { assert } from './assert.ts';
import { lowerDigits, lowerValues, valuesOf } from './base32.ts';
import type { Random } from './random.ts';

const hexValues = valuesOf('0123456789abcdef');
const hexCodes = Buffer.from('0123456789abcdef', 'latin1');
const digitCodes = Buffer.from(lowerDigits, 'latin1');
const hyphen = 45;
const underscore = 95;

/** Where in uuid text each of its 32 hex digits stands. */
const hexPlaces = Uint8Array.from(
  [...'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx'].flatMap((mark, place) => (mark === 'x' ? [place] : [])),
);

// Written and read within one synchronous call each, so sharing them is safe and saves an allocation.
const uuidText = Buffer.alloc(36, '-', 'latin1');
const digitText = Buffer.alloc(26);

/** A new uuid v7. Ids of later milliseconds sort later; within one millisecond their order is random. */
export function newId(now: Date, random: Random): string {
  const bytes = random(10);
  writeTime(now);
  const sequence = byteAt(bytes, 0, 0x0f) * 256 + byteAt(bytes, 1, 0xff);
  writeHex(12, 4, 0x7000 | sequence);
  writeHex(16, 2, 0x80 | byteAt(bytes, 2, 0x3f));
  for (let at = 3; at < 10; at++) writeHex(12 + 2 * at, 2, byteAt(bytes, at, 0xff));
  return uuidText.toString('latin1');
}

/**
 * The uuid v8 of an activity, a function of its time and its number in the journal, so that it need not be
 * stored apart and sorts by time, then by number. `seq` is 0 to 2^62 - 1.
 */
export function activityId(occurredAt: Date, seq: bigint): string {
  assert(seq >= 0n && seq < 1n << 62n, 'a journal number has at most 62 bits');
  // Below 2^53, which is always, a plain number does and is several times faster.
  const exact = seq <= 9007199254740991n ? Number(seq) : undefined;
  const high = exact === undefined ? Number(seq >> 32n) : Math.floor(exact / 2 ** 32);
  const low = exact === undefined ? Number(seq & 0xffffffffn) : exact;
  writeTime(occurredAt);
  writeHex(12, 4, 0x8000);
  writeHex(16, 8, 0x80000000 | high);
  writeHex(24, 8, low | 0);
  return uuidText.toString('latin1');
}

/**
 * The journal number in the uuid of an activity; undefined if it is not such a uuid. The time in it is the
 * caller's to compare: an id with a true number and a false time is nobody's id.
 */
export function seqOf(uuid: string): bigint | undefined {
  if (!isUuid(uuid) || !uuid.startsWith('8000', 14)) return undefined;
  const variant = readHex(uuid, 16, 2);
  if (variant >> 6 !== 0b10) return undefined;
  const high = (variant & 0x3f) * 2 ** 24 + readHex(uuid, 18, 6);
  const low = readHex(uuid, 24, 4) * 2 ** 16 + readHex(uuid, 28, 4);
  return high < 2 ** 21 ? BigInt(high * 2 ** 32 + low) : (BigInt(high) << 32n) | BigInt(low);
}

/** The outside form of a uuid: prefix, underscore, 26 digits. Throws unless it is lower-case uuid text. */
export function encodeId(prefix: string, uuid: string): string {
  assert(isUuid(uuid), 'an id is lower-case uuid text');
  const first = readHex(uuid, 0, 2);
  writeDigit(0, first >> 5);
  writeDigit(1, first);
  // From here five hex digits are four base-32 digits, six times.
  for (let group = 0; group < 6; group++) {
    const bits = readHex(uuid, 2 + 5 * group, 5);
    const at = 2 + 4 * group;
    writeDigit(at, bits >> 15);
    writeDigit(at + 1, bits >> 10);
    writeDigit(at + 2, bits >> 5);
    writeDigit(at + 3, bits);
  }
  return `${prefix}_${digitText.toString('latin1')}`;
}

/**
 * The uuid of an outside id; undefined unless the text is exactly what `encodeId` writes with this prefix.
 */
export function decodeId(prefix: string, text: string): string | undefined {
  const start = prefix.length + 1;
  if (text.length !== start + 26 || !text.startsWith(prefix)) return undefined;
  if (text.charCodeAt(start - 1) !== underscore) return undefined;
  const first = readDigits(text, start, 2);
  // The first digit has three bits only, or the value would exceed 128.
  if (first < 0 || first > 0xff) return undefined;
  writeHex(0, 2, first);
  for (let group = 0; group < 6; group++) {
    const bits = readDigits(text, start + 2 + 4 * group, 4);
    if (bits < 0) return undefined;
    writeHex(2 + 5 * group, 5, bits);
  }
  return uuidText.toString('latin1');
}

function isUuid(text: string): boolean {
  if (text.length !== 36) return false;
  for (let place = 8; place <= 23; place += 5) if (text.charCodeAt(place) !== hyphen) return false;
  let values = 0;
  for (let at = 0; at < 32; at++) values |= hexValues[text.charCodeAt(hexPlaces[at] ?? 0)] ?? -1;
  return values >= 0;
}

/** The 48 bits of milliseconds since 1970 that v7 and v8 begin with. */
function writeTime(time: Date): void {
  const milliseconds = time.getTime();
  assert(milliseconds >= 0 && milliseconds < 2 ** 48, 'an id needs a time from 1970 to the year 10889');
  writeHex(0, 4, Math.floor(milliseconds / 2 ** 32));
  writeHex(4, 8, milliseconds | 0);
}

/**
 * Puts the lowest bits of a word into uuid text as `count` hex digits, from the hex digit numbered `from`.
 */
function writeHex(from: number, count: number, word: number): void {
  for (let at = from + count - 1, rest = word; at >= from; at--, rest >>>= 4) {
    uuidText[hexPlaces[at] ?? 0] = hexCodes[rest & 0xf] ?? 0;
  }
}

function readHex(uuid: string, from: number, count: number): number {
  let word = 0;
  for (let at = from; at < from + count; at++) {
    word = (word << 4) | (hexValues[uuid.charCodeAt(hexPlaces[at] ?? 0)] ?? -1);
  }
  return word;
}

function writeDigit(at: number, value: number): void {
  digitText[at] = digitCodes[value & 0x1f] ?? 0;
}

/**
 * The value of up to six base-32 digits; negative if one is not a digit, since -1 fills every bit above it.
 */
function readDigits(text: string, from: number, count: number): number {
  let word = 0;
  for (let at = from; at < from + count; at++) word = (word << 5) | (lowerValues[text.charCodeAt(at)] ?? -1);
  return word;
}

function byteAt(bytes: Uint8Array, at: number, mask: number): number {
  const byte = bytes[at];
  assert(byte !== undefined, 'the random source gives as many bytes as asked for');
  return byte & mask;
}
