import { expect, test } from 'vitest';
import { lowerDigits, lowerValues, upperDigits, upperValues } from './base32.ts';

test('the alphabet has 32 digits, in ascending order, without the letters that people misread', () => {
  expect(new Set(upperDigits).size).toBe(32);
  expect([...upperDigits].sort().join('')).toBe(upperDigits);
  expect([...lowerDigits].sort().join('')).toBe(lowerDigits);
  expect(upperDigits).not.toMatch(/[ILOUa-z]/);
});

test('every character code has its value in one case only', () => {
  for (let code = 0; code < 256; code++) {
    const character = String.fromCharCode(code);
    expect(upperValues[code]).toBe(upperDigits.indexOf(character));
    expect(lowerValues[code]).toBe(lowerDigits.indexOf(character));
  }
});
