import { createHmac } from 'node:crypto';
import { assert } from '../../../kernel/assert.ts';

// Codes of an authenticator app, by RFC 6238 as all of them do it: SHA-1, six digits, thirty seconds.

const stepSeconds = 30;
const digits = 6;
/** Clocks may be so many steps apart. */
const driftSteps = 1;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
export const totpSecretBytes = 20;

/** The number of the time step at an instant. */
function stepOf(now: Date): number {
  return Math.floor(now.getTime() / 1000 / stepSeconds);
}

/** The code of a time step. */
function codeAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const tag = createHmac('sha1', secret).update(counter).digest();
  const offset = (tag.at(-1) ?? 0) & 0xf;
  const value = tag.readUInt32BE(offset) & 0x7fffffff;
  return String(value % 10 ** digits).padStart(digits, '0');
}

/** The code that an app shows at an instant. */
export function totpCode(secret: Uint8Array, now: Date): string {
  return codeAt(secret, stepOf(now));
}

/** The time step whose code this is, if that is near now and after the last one that was taken. */
export function totpStep(secret: Uint8Array, code: string, now: Date, after: bigint): bigint | undefined {
  const around = stepOf(now);
  for (let step = around - driftSteps; step <= around + driftSteps; step++) {
    if (BigInt(step) > after && codeAt(secret, step) === code) return BigInt(step);
  }
  return undefined;
}

/** A secret as apps take it: base 32. */
export function totpText(secret: Uint8Array): string {
  assert(secret.length === totpSecretBytes, 'a secret has 20 bytes');
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of secret) {
    bits = ((bits << 8) | byte) & 0xfff;
    for (held += 8; held >= 5; held -= 5) text += letters[(bits >> (held - 5)) & 31];
  }
  return text;
}

/** What a QR code for apps holds. */
export function totpUri(secret: Uint8Array, account: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${totpText(secret)}&issuer=${encodeURIComponent(issuer)}`;
}
