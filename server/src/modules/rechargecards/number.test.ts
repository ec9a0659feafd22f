import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  canonicalNumber,
  canonicalPassword,
  inFours,
  maskNumber,
  numberFrom,
  passwordFrom,
  prefixFrom,
  prefixOf,
} from './number.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

test('a number is found again however it is typed, and none with a wrong digit or two changed places is', () => {
  fc.assert(
    fc.property(bytes(4), bytes(10), fc.nat(15), fc.integer({ min: 1, max: 9 }), (four, ten, at, by) => {
      const number = numberFrom(prefixFrom(four), ten);
      expect(number).toMatch(/^[1-9]\d{15}$/);
      for (const typed of [number, inFours(number), number.replace(/(\d{4})(?=\d)/g, '$1-'), ` ${number}　`])
        expect(canonicalNumber(typed)).toBe(number);
      const digit = (Number(number[at]) + by) % 10;
      expect(canonicalNumber(number.slice(0, at) + digit + number.slice(at + 1))).toBeUndefined();
      const next = number[at + 1];
      if (next !== undefined && next !== number[at]) {
        const turned = number.slice(0, at) + next + number[at] + number.slice(at + 2);
        expect(canonicalNumber(turned)).toBeUndefined();
      }
    }),
  );
});

test('a password has sixteen digits, each batch of bytes its own, and is read full-width too', () => {
  expect(passwordFrom(Buffer.alloc(12, 0))).toBe('0'.repeat(16));
  expect(passwordFrom(Buffer.from('000000000000000000000007', 'hex'))).toBe('0000000000000007');
  expect(canonicalPassword('１２３４ 5678-9012 3456')).toBe('1234567890123456');
  for (const bad of ['', '123', '12345678901234567', '12345678901234x6', '١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦', 'x'.repeat(65)])
    expect(canonicalPassword(bad)).toBeUndefined();
});

test('what is shown of a number is its prefix and the last four', () => {
  const number = numberFrom('4821', Buffer.alloc(10, 3));
  expect(prefixOf(number)).toBe('4821');
  expect(maskNumber(number)).toBe(`4821 •••• •••• ${number.slice(-4)}`);
});
