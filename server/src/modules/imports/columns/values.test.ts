import { expect, test } from 'vitest';
import { guessed } from './fields.ts';
import { amountIn, dayIn, textOf, wordIn, yesOrNo } from './values.ts';

test('an amount is read exactly as people write it, to the minor unit', () => {
  const good = (text: string, exponent = 2) => amountIn(text, exponent);
  expect(good('1,234.5')).toBe(123_450n);
  expect(good(' ¥ 1 234.50 ')).toBe(123_450n);
  expect(good('１２３．４５')).toBe(12_345n);
  expect(good('12元')).toBe(1_200n);
  expect(good('0.10')).toBe(10n);
  expect(good('1.500')).toBe(150n);
  expect(good('')).toBe(0n);
  expect(good('-0')).toBe(0n);
  expect(good('100', 0)).toBe(100n);
  expect(good('10000000000000.00')).toBe(10n ** 15n);
  for (const [text, bad] of [
    ['1.005', 'too_many_decimals'],
    ['-1', 'negative'],
    ['1e5', 'not_an_amount'],
    ['1,23', 'not_an_amount'],
    ['abc', 'not_an_amount'],
    ['10000000000000.01', 'too_large'],
    ['123456789012345678', 'too_large'],
  ] as const)
    expect(good(text), text).toEqual({ bad });
});

test('a day is read as it is written here and there, and is one that there is', () => {
  for (const text of [
    '2024-2-29',
    '2024/02/29',
    '2024.2.29',
    '2024年2月29日',
    '20240229',
    '2024-02-29 13:05',
  ])
    expect(dayIn(text), text).toBe('2024-02-29');
  expect(dayIn('')).toBeNull();
  for (const text of ['2023-02-29', '29/02/2024', '2024-13-01', '1899-01-01', 'soon'])
    expect(dayIn(text), text).toEqual({ bad: 'not_a_day' });
});

test('text is kept on one line and no longer than it may be; words are told by what people write', () => {
  expect(textOf('  a\n\tb ', 10)).toBe('a b');
  expect(textOf(' ', 10)).toBeNull();
  expect(textOf('abc', 2)).toEqual({ bad: 'too_long' });
  expect(wordIn('同意', yesOrNo, 'not_yes_or_no')).toBe('yes');
  expect(wordIn('N', yesOrNo, 'not_yes_or_no')).toBe('no');
  expect(wordIn(' ', yesOrNo, 'not_yes_or_no')).toBeUndefined();
});

test('columns are guessed by what stands over them, in either language, each once', () => {
  expect(
    guessed('members', ['会员 手机', 'Member Name', '积分（可用）', 'Balance', 'balance', '余额']),
  ).toEqual({
    phone: 0,
    name: 1,
    principal: 3,
    points: 2,
  });
  const old = ['会员手机号', '赠送余额', '储值卡余额', '办卡日', '备注'];
  expect(guessed('members', old)).toEqual({ phone: 0, bonus: 1, principal: 2 });
  expect(guessed('goods', ['SKU', 'name', 'Unit price'])).toEqual({ sku: 0, nameZh: 1, price: 2 });
});
