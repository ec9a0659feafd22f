/** Longer input is no phone number with separators in it, and is not worth reading. */
const textLengthMax = 40;

const separators = /[\s().\u00a0\u2010-\u2015\u2212\uff08\uff09-]/gu;
const chinaMobile = /^1[3-9]\d{9}$/;
const international = /^\+[1-9]\d{6,14}$/;

/**
 * The one form of a phone number that is kept and compared: E.164, `+8613800138000`. A number without a country is a
 * Chinese mobile; full-width digits, separators and a leading 00 are understood. Undefined for anything else.
 */
export function canonicalPhone(text: string): string | undefined {
  if (text.length > textLengthMax) return undefined;
  const typed = text.normalize('NFKC').replace(separators, '').replace(/^00/, '+');
  if (chinaMobile.test(typed)) return `+86${typed}`;
  if (!international.test(typed)) return undefined;
  return !typed.startsWith('+86') || chinaMobile.test(typed.slice(3)) ? typed : undefined;
}

/** A number as staff are shown it, which tells whose it is only to who knows it: `138****5678`. */
export function maskPhone(phone: string): string {
  const shown = phone.startsWith('+86') ? phone.slice(3) : phone;
  return `${shown.slice(0, 3)}****${shown.slice(-4)}`;
}
