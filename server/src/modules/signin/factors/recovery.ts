import { upperDigits } from '../../../kernel/base32.ts';

export const recoveryCodesCount = 10;
const codeLength = 10;

/** A recovery code out of ten random bytes: 50 bits, in two groups. */
export function recoveryCode(random: Uint8Array): string {
  const text = Array.from(random.subarray(0, codeLength), (byte) => upperDigits[byte & 31]).join('');
  return `${text.slice(0, 5)}-${text.slice(5)}`;
}

/** A recovery code as typed, in the one form in which it is looked up; undefined if it cannot be one. */
export function typedRecoveryCode(typed: string): string | undefined {
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(text) ? `${text.slice(0, 5)}-${text.slice(5)}` : undefined;
}
