import { expect, test } from 'vitest';
import { parsePercent, percentText } from './percent.ts';

test.each([
  ['12.5', 125_000],
  ['100', 1_000_000],
  ['0.0001', 1],
  ['3 %', 30_000],
  ['', undefined],
  ['1.00001', undefined],
  ['-1', undefined],
  ['x', undefined],
])('%s percent is %s parts per million', (text, ppm) => {
  expect(parsePercent(text)).toBe(ppm);
});

test('a percentage is shown as it was typed, without empty digits', () => {
  for (const text of ['12.5', '100', '0.0001', '3', '1000'])
    expect(percentText(parsePercent(text) ?? 0)).toBe(text);
});
