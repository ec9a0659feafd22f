import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalText, formatMoney, parseMoney } from './money.ts';

const currencies = ['CNY', 'JPY', 'KWD'] as const;

test('what is shown as a decimal is parsed back to the same minor units, at every size and in every currency', () => {
  const amounts = fc.integer({ min: -(10 ** 15), max: 10 ** 15 });
  fc.assert(
    fc.property(amounts, fc.constantFrom(...currencies), (amount, currency) => {
      expect(parseMoney(decimalText(amount, currency), currency)).toBe(amount);
    }),
  );
});

test('amounts are shown with the decimals of their currency, exact where a float is not', () => {
  expect(formatMoney(123_450, 'CNY', 'zh-CN')).toBe('¥1,234.50');
  expect(formatMoney(1234, 'JPY', 'en')).toBe('¥1,234');
  expect(formatMoney(1234, 'KWD', 'en').replaceAll(/\s/g, ' ')).toContain('1.234');
  expect(formatMoney(999_999_999_999_999, 'CNY', 'zh-CN')).toBe('¥9,999,999,999,999.99');
  expect(formatMoney(-5, 'CNY', 'zh-CN')).toBe('-¥0.05');
});

test('what is counted and no money is shown as a number', () => {
  expect(formatMoney(1_234, 'points', 'zh-CN')).toBe('1,234');
  expect(decimalText(-40, 'piece')).toBe('-40');
});

test('what is no amount of the currency is none, and separators as people type them are', () => {
  expect(parseMoney('1,234.5', 'CNY')).toBe(123_450);
  expect(parseMoney('35。8', 'CNY')).toBe(3580);
  expect(parseMoney('7.', 'CNY')).toBe(700);
  for (const text of ['', '.', '1.234', '1e3', '--1', '1.2.3', '¥5', '99999999999999'])
    expect(parseMoney(text, 'CNY'), text).toBeUndefined();
  expect(parseMoney('10000000000001', 'CNY')).toBeUndefined();
  expect(parseMoney('1.5', 'JPY')).toBeUndefined();
});
