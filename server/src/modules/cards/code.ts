// A card's code is 16 random base-32 digits (80 bits) and two check digits, those of an extended Reed-Solomon
// code over GF(32): any two codes differ in three places at least, so two wrong characters, such as a
// transposition, are always noticed. They are never corrected: whoever is helped to a code may be helped to
// somebody else's.

import { assert } from '../../kernel/assert.ts';
import { upperDigits, upperValues } from '../../kernel/base32.ts';

const length = 18;
const randomLength = 16;
const groupLength = 6;

/** Longer input is not a code with separators in it, and is not worth reading. */
const textLengthMax = 64;

/** What people and keyboards put between the groups: white space, hyphens and dashes, full-width ones too. */
const separator = /[\s\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d-]/u;

/** By character code below 128: the value of what people type for a digit, -1 for what is none. */
const readings = readingsOf();

/**
 * The one form of a code that is hashed and compared: 18 upper-case digits. Reads either case, full-width
 * characters, O as 0, I and L as 1, and skips white space and hyphens; undefined if that does not leave 18
 * digits.
 */
export function canonicalCode(text: string): string | undefined {
  if (text.length > textLengthMax) return undefined;
  let code = '';
  for (let at = 0; at < text.length; at++) {
    const value = readings[narrow(text.charCodeAt(at))] ?? -1;
    if (value >= 0) code += upperDigits.charAt(value);
    else if (!separator.test(text.charAt(at))) return undefined;
  }
  return code.length === length ? code : undefined;
}

/**
 * Whether a canonical code's check digits fit, which all but one in 1,024 of mistaken or guessed ones do not.
 */
export function checksOut(canonical: string): boolean {
  if (canonical.length !== length) return false;
  let every = 0;
  for (let at = 0; at < length; at++) {
    const value = upperValues[canonical.charCodeAt(at)] ?? -1;
    if (value < 0) return false;
    every ^= value;
  }
  return every === 0 && weighted(canonical) === upperValues[canonical.charCodeAt(randomLength)];
}

/** The canonical code that 10 random bytes make: each bit of them is used once. */
export function codeFrom(random80: Uint8Array): string {
  assert(random80.length === 10, 'a code takes 10 random bytes');
  let code = '';
  let every = 0;
  let bits = 0;
  let count = 0;
  for (const byte of random80) {
    bits = ((bits << 8) | byte) & 0xfff;
    for (count += 8; count >= 5; count -= 5) {
      const value = (bits >> (count - 5)) & 31;
      every ^= value;
      code += upperDigits.charAt(value);
    }
  }
  const check = weighted(code);
  return code + upperDigits.charAt(check) + upperDigits.charAt(every ^ check);
}

/** A canonical code as it is printed: `XXXXXX-XXXXXX-XXXXXX`. */
export function displayCode(canonical: string): string {
  assert(canonical.length === length, 'a canonical code has 18 digits');
  return grouped(canonical);
}

/**
 * A code as it is shown to whoever may not know it: `••••••-••••••-••1234`. Takes no more than the four last
 * digits, so that it cannot leak the others; whoever has seen those four still has 60 bits to guess.
 */
export function maskCode(last4: string): string {
  assert(last4.length === 4, 'a masked code shows four digits');
  return grouped(last4.padStart(length, '•'));
}

/**
 * A PIN of 8 decimal digits out of 12 random bytes. No rejection: 96 bits taken modulo 10^8 make every PIN
 * equally likely but for a relative difference below 2^-69.
 */
export function pinFrom(bytes: Uint8Array): string {
  assert(bytes.length === 12, 'a PIN takes 12 random bytes');
  let pin = 0;
  for (const byte of bytes) pin = (pin * 256 + byte) % 100_000_000;
  return String(pin).padStart(8, '0');
}

/**
 * The first check digit: the sum of the random digits, each times a power of x that is its own (x^16 down to
 * x). The check digits themselves weigh 1 and 0, so all 18 weights differ; that, with the plain sum, gives
 * distance three.
 */
function weighted(code: string): number {
  let sum = 0;
  for (let at = 0; at < randomLength; at++) sum = timesX(sum ^ (upperValues[code.charCodeAt(at)] ?? 0));
  return sum;
}

/** Multiplication by x in GF(32), modulo the primitive polynomial x^5 + x^2 + 1. */
function timesX(value: number): number {
  return value < 16 ? value << 1 : (value << 1) ^ 0b100101;
}

function grouped(digits: string): string {
  const groups: string[] = [];
  for (let at = 0; at < length; at += groupLength) groups.push(digits.slice(at, at + groupLength));
  return groups.join('-');
}

/** Full-width characters, which Chinese input methods write, as the ASCII ones they stand for. */
function narrow(character: number): number {
  return character >= 0xff01 && character <= 0xff5e ? character - 0xfee0 : character;
}

function readingsOf(): Int8Array {
  const values = new Int8Array(128).fill(-1);
  const meant = [...upperDigits].map((digit, value) => [digit + digit.toLowerCase(), value] as const);
  for (const [typed, value] of [...meant, ['Oo', 0] as const, ['IiLl', 1] as const]) {
    for (const character of typed) values[character.charCodeAt(0)] = value;
  }
  return values;
}
