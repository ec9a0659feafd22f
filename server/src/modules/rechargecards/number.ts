// A recharge card's number is a prefix of four digits, which is its batch's, ten random digits and two check digits
// (ISO 7064, MOD 97-10: a wrong digit or two that changed places are always noticed). Its password has sixteen digits.

import { assert } from '../../kernel/assert.ts';

const prefixLength = 4;
const randomLength = 10;
const numberLength = 16;
const passwordLength = 16;
const textLengthMax = 64;
const separator = /[\s\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d-]/gu;

/** Sixteen digits as they are hashed and compared, out of what people type; undefined if it is anything else. */
function canonical(text: string, length: number): string | undefined {
  if (text.length > textLengthMax) return undefined;
  const digits = text.normalize('NFKC').replace(separator, '');
  return digits.length === length && /^\d+$/.test(digits) ? digits : undefined;
}

/** A number as it is looked up, where its check digits fit. */
export function canonicalNumber(text: string): string | undefined {
  const digits = canonical(text, numberLength);
  return digits !== undefined && checksOut(digits) ? digits : undefined;
}

/** A password as it is hashed. */
export function canonicalPassword(text: string): string | undefined {
  return canonical(text, passwordLength);
}

/** What the cards of a batch begin with. */
export function prefixOf(number: string): string {
  return number.slice(0, prefixLength);
}

/** The number that a prefix and 10 random bytes make: 80 bits modulo 10^10, so each is as likely but for 2^-46. */
export function numberFrom(prefix: string, bytes: Uint8Array): string {
  assert(/^[1-9]\d{3}$/.test(prefix), 'a prefix has four digits and begins with none that falls away');
  const body = prefix + digitsFrom(bytes, randomLength);
  return body + checkDigits(body);
}

/** The password that 12 random bytes make: 96 bits modulo 10^16, so each is as likely but for 2^-42. */
export function passwordFrom(bytes: Uint8Array): string {
  return digitsFrom(bytes, passwordLength);
}

/** A prefix out of 4 random bytes: 1000 to 9999. */
export function prefixFrom(bytes: Uint8Array): string {
  return String(1_000 + (Buffer.from(bytes).readUInt32BE(0) % 9_000));
}

/** Digits in fours, as they are printed. */
export function inFours(digits: string): string {
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ');
}

/** A number as it is shown to whoever may not know it: the prefix, which is the batch's, and the last four. */
export function maskNumber(number: string): string {
  return `${prefixOf(number)} •••• •••• ${number.slice(-4)}`;
}

function digitsFrom(bytes: Uint8Array, length: number): string {
  const value = BigInt(`0x${Buffer.from(bytes).toString('hex')}`) % 10n ** BigInt(length);
  return String(value).padStart(length, '0');
}

function checksOut(number: string): boolean {
  return remainder(number) === 1;
}

function checkDigits(body: string): string {
  return String(98 - remainder(`${body}00`)).padStart(2, '0');
}

function remainder(digits: string): number {
  let rest = 0;
  for (let at = 0; at < digits.length; at++) rest = (rest * 10 + digits.charCodeAt(at) - 48) % 97;
  return rest;
}
