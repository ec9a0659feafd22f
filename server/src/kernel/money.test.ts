import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate, amountMax, amountOf, currencyExponent, formatAmount, jsonAmount } from './money.ts';

const anyAmount = fc.bigInt({ min: -amountMax, max: amountMax });
const anyWeights = fc
  .array(fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: amountMax })), { minLength: 1, maxLength: 40 })
  .filter((weights) => weights.some((weight) => weight > 0n));

test('every amount up to the maximum passes through JSON and back unchanged', () => {
  fc.assert(
    fc.property(anyAmount, (amount) => {
      expect(amountOf(jsonAmount(amount))).toBe(amount);
    }),
  );
  for (const amount of [0n, amountMax, -amountMax, 2n ** 53n - 1n, 1n - 2n ** 53n]) {
    expect(amountOf(JSON.parse(JSON.stringify(jsonAmount(amount))))).toBe(amount);
  }
});

test('an amount that JSON would not carry exactly is a mistake', () => {
  for (const amount of [2n ** 53n, -(2n ** 53n), 2n ** 80n])
    expect(() => jsonAmount(amount)).toThrow('exactly');
  for (const n of [0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => amountOf(n)).toThrow('safe integer');
  }
});

test('the parts sum to the total, each within one unit of its exact share and of the right sign', () => {
  fc.assert(
    fc.property(anyAmount, anyWeights, (total, weights) => {
      const parts = allocate(total, weights);
      const sum = weights.reduce((whole, weight) => whole + weight, 0n);
      expect(parts.length).toBe(weights.length);
      expect(parts.reduce((whole, part) => whole + part, 0n)).toBe(total);
      for (const [place, part] of parts.entries()) {
        const error = part * sum - total * (weights[place] ?? 0n);
        expect(error < sum && error > -sum).toBe(true);
        expect(part === 0n || part > 0n === total > 0n).toBe(true);
        if (weights[place] === 0n) expect(part).toBe(0n);
      }
    }),
    { numRuns: 1000 },
  );
});

test('a split is odd: taking back what was given leaves nothing', () => {
  fc.assert(
    fc.property(anyAmount, anyWeights, (total, weights) => {
      expect(allocate(-total, weights)).toStrictEqual(allocate(total, weights).map((part) => -part));
    }),
  );
});

test('units left over go to the largest remainders, among equals to the earlier', () => {
  expect(allocate(100n, [1n, 1n, 1n])).toStrictEqual([34n, 33n, 33n]);
  expect(allocate(101n, [1n, 1n, 1n])).toStrictEqual([34n, 34n, 33n]);
  expect(allocate(10n, [1n, 2n, 4n])).toStrictEqual([1n, 3n, 6n]);
  expect(allocate(1n, [1n, 3n])).toStrictEqual([0n, 1n]);
  expect(allocate(-100n, [1n, 1n, 1n])).toStrictEqual([-34n, -33n, -33n]);
  expect(allocate(0n, [5n, 0n])).toStrictEqual([0n, 0n]);
  expect(allocate(7n, [0n, 9n, 0n])).toStrictEqual([0n, 7n, 0n]);
});

test('weights that say nothing are a mistake', () => {
  for (const weights of [[], [0n], [0n, 0n]]) expect(() => allocate(1n, weights)).toThrow('is positive');
  expect(() => allocate(1n, [2n, -1n])).toThrow('not negative');
});

test('minor units follow ISO 4217, whatever the runtime believes', () => {
  const known = {
    CNY: 2,
    USD: 2,
    EUR: 2,
    HKD: 2,
    IDR: 2,
    JPY: 0,
    KRW: 0,
    VND: 0,
    KWD: 3,
    BHD: 3,
    AFN: 2,
    ZWG: 2,
  };
  for (const [code, exponent] of Object.entries(known)) expect(currencyExponent(code)).toBe(exponent);
  for (const code of ['', 'cny', 'XXX', 'RMB', 'CN', 'CNYY', 'DEM', 'toString']) {
    expect(currencyExponent(code)).toBeUndefined();
  }
});

test('amounts are written with the decimals of their currency', () => {
  expect(formatAmount(123450n, 'CNY', 'zh-CN')).toBe('¥1,234.50');
  expect(formatAmount(123450n, 'CNY', 'en')).toBe('CN¥1,234.50');
  expect(formatAmount(-5n, 'USD', 'en')).toBe('-$0.05');
  expect(formatAmount(0n, 'USD', 'en')).toBe('$0.00');
  expect(formatAmount(1500n, 'JPY', 'en')).toBe('¥1,500');
  expect(formatAmount(1500n, 'KWD', 'en')).toBe('KWD\u00a01.500');
  expect(formatAmount(100n, 'IDR', 'en')).toBe('IDR\u00a01.00');
  expect(() => formatAmount(1n, 'RMB', 'en')).toThrow('known currency');
});

test('what is written is exact, digit by digit, far beyond the numbers JavaScript can hold', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (amount) => {
      const sign = amount < 0n ? '-' : '';
      const digits = `${amount < 0n ? -amount : amount}`.padStart(3, '0');
      const plain = formatAmount(amount, 'USD', 'en').replaceAll(/[$,]/g, '');
      expect(plain).toBe(`${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`);
    }),
  );
});
