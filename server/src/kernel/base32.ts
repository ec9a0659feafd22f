// Crockford's base 32: digits and letters without I, L, O and U, which people misread.

/** The digit of each value 0 to 31, upper case, as it is printed. */
export const upperDigits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The same in lower case, as it stands in ids. */
export const lowerDigits = upperDigits.toLowerCase();

/** By character code 0 to 255: the value 0 to 31 of an upper-case digit, -1 for anything else. */
export const upperValues = valuesOf(upperDigits);

/** By character code 0 to 255: the value 0 to 31 of a lower-case digit, -1 for anything else. */
export const lowerValues = valuesOf(lowerDigits);

/** By character code 0 to 255: the place of each character in `digits`, -1 for those that are not in it. */
export function valuesOf(digits: string): Int8Array {
  const values = new Int8Array(256).fill(-1);
  for (const [value, digit] of [...digits].entries()) values[digit.charCodeAt(0)] = value;
  return values;
}
