import { expect, test } from 'vitest';
import { discountText } from './discount.ts';

test('a discount is said as people say it, to its last place', () => {
  expect([120_000, 100_000, 50_000, 255_000, 1_000_000].map((ppm) => discountText(ppm, 'zh'))).toEqual([
    '8.8折',
    '9折',
    '9.5折',
    '7.45折',
    '免费',
  ]);
  expect([120_000, 100_000, 25_500].map((ppm) => discountText(ppm, 'en'))).toEqual([
    '12% off',
    '10% off',
    '2.55% off',
  ]);
  expect(discountText(0, 'zh')).toBeUndefined();
});
