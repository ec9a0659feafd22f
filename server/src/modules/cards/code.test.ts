import fc from 'fast-check';
import { expect, test } from 'vitest';
import { upperDigits } from '../../kernel/base32.ts';
import { seededRandom } from '../../kernel/random.ts';
import { canonicalCode, checksOut, codeFrom, displayCode, maskCode, pinFrom } from './code.ts';

const anyCode = fc.uint8Array({ minLength: 10, maxLength: 10 }).map(codeFrom);
const allZero = '0'.repeat(18);

/** The code with the errors added, place by place. Addition in GF(32) is exclusive or. */
function disturb(code: string, ...errors: (readonly [place: number, error: number])[]): string {
  const values = [...code].map((digit) => upperDigits.indexOf(digit));
  for (const [place, error] of errors) values[place] = (values[place] ?? 0) ^ error;
  return values.map((value) => upperDigits.charAt(value)).join('');
}

test('the random digits of a code are its random bits in order, and its check digits fit', () => {
  expect(codeFrom(new Uint8Array(10))).toBe(allZero);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (bytes) => {
      const code = codeFrom(bytes);
      const bits = [...code.slice(0, 16)].map((digit) =>
        upperDigits.indexOf(digit).toString(2).padStart(5, '0'),
      );
      const expected = [...bytes].map((byte) => byte.toString(2).padStart(8, '0'));
      expect(bits.join('')).toBe(expected.join(''));
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{18}$/);
      expect(checksOut(code)).toBe(true);
    }),
  );
});

test('the check digits are those of every card printed so far', () => {
  expect(codeFrom(Buffer.from('0123456789abcdef1032', 'hex'))).toBe('04HMASW9NF6YY41JTP');
});

test('codes are a linear code: the sum of any two is one, so an error shows alike on every code', () => {
  fc.assert(
    fc.property(anyCode, anyCode, (one, other) => {
      const errors = [...other].map((digit, place) => [place, upperDigits.indexOf(digit)] as const);
      expect(checksOut(disturb(one, ...errors))).toBe(true);
    }),
  );
});

test('every single and every double error is caught: all 147,591 of them, by linearity on every code', () => {
  let tried = 0;
  const missed: string[] = [];
  const attempt = (code: string) => {
    tried += 1;
    if (checksOut(code)) missed.push(code);
  };
  for (let first = 0; first < 18; first++) {
    for (let error = 1; error < 32; error++) {
      attempt(disturb(allZero, [first, error]));
      for (let second = first + 1; second < 18; second++) {
        for (let other = 1; other < 32; other++) {
          attempt(disturb(allZero, [first, error], [second, other]));
        }
      }
    }
  }
  expect(tried).toBe(18 * 31 + 153 * 31 * 31);
  expect(missed).toStrictEqual([]);
});

test('any two wrong characters are caught on codes drawn at random', () => {
  const place = fc.integer({ min: 0, max: 17 });
  const error = fc.integer({ min: 1, max: 31 });
  fc.assert(
    fc.property(anyCode, place, error, place, error, (code, first, one, second, other) => {
      fc.pre(first !== second);
      expect(checksOut(disturb(code, [first, one]))).toBe(false);
      expect(checksOut(disturb(code, [first, one], [second, other]))).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test('any two different characters that change places are caught', () => {
  fc.assert(
    fc.property(
      anyCode,
      fc.integer({ min: 0, max: 17 }),
      fc.integer({ min: 0, max: 17 }),
      (code, one, other) => {
        const swapped = [...code];
        swapped[one] = code.charAt(other);
        swapped[other] = code.charAt(one);
        expect(checksOut(swapped.join(''))).toBe(swapped.join('') === code);
      },
    ),
    { numRuns: 2000 },
  );
});

test('of guesses, one in 1,024 has fitting check digits', () => {
  const random = seededRandom(11);
  let fits = 0;
  for (let guess = 0; guess < 100_000; guess++) {
    const digits = Array.from(random(18), (byte) => upperDigits.charAt(byte & 31));
    if (checksOut(digits.join(''))) fits += 1;
  }
  // 98 are expected, with a standard deviation of 10.
  expect(fits).toBeGreaterThan(48);
  expect(fits).toBeLessThan(148);
});

test('what is not 18 canonical digits never checks out', () => {
  for (const text of ['', '0', '0'.repeat(17), '0'.repeat(19), 'o'.repeat(18), `${'0'.repeat(17)}中`]) {
    expect(checksOut(text), text).toBe(false);
  }
  for (const wrong of ['I', 'L', 'O', 'U', 'a', '-', ' ', 'é', '\0', '０']) {
    for (let place = 0; place < 18; place++) {
      expect(checksOut(allZero.slice(0, place) + wrong + allZero.slice(place + 1))).toBe(false);
    }
  }
});

test('a code is read as printed, and however people type it', () => {
  const spelling = fc.array(fc.constantFrom('', ' ', '-', ' - ', '\t', '\u00a0', '\u3000', '–', '－'), {
    minLength: 19,
    maxLength: 19,
  });
  const alike = (digit: string) =>
    digit === '0' ? ['0', 'O', 'o'] : digit === '1' ? ['1', 'I', 'l', 'i', 'L'] : [];
  const wide = (digit: string) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0);
  fc.assert(
    fc.property(anyCode, spelling, fc.infiniteStream(fc.nat()), (code, gaps, choices) => {
      const typed = [...code].map((digit, at) => {
        const ways = [digit, digit.toLowerCase(), wide(digit), wide(digit.toLowerCase()), ...alike(digit)];
        return `${gaps[at]}${ways[(choices.next().value ?? 0) % ways.length]}`;
      });
      const text = typed.join('') + gaps[18];
      fc.pre(text.length <= 64);
      expect(canonicalCode(text), text).toBe(code);
      expect(canonicalCode(displayCode(code))).toBe(code);
      expect(canonicalCode(code)).toBe(code);
    }),
    { numRuns: 1000 },
  );
});

test('what does not leave 18 digits of the alphabet is no code', () => {
  const good = 'ABCDEF-GHJKMN-PQRSTV';
  expect(canonicalCode(good)).toBe('ABCDEFGHJKMNPQRSTV');
  const wrong = [
    '',
    ' ',
    '------',
    good.slice(1),
    `${good}0`,
    good.replace('A', 'U'),
    good.replace('A', 'u'),
    good.replace('A', 'ª'),
    good.replace('A', 'А'), // the Cyrillic one
    good.replace('A', '𝐀'),
    good.replace('A', 'Ａ\u0301'),
    good.replace('-', '_'),
    good.replace('-', '.'),
    good.replace('-', '\0'),
    good.replace('-', '😀'),
    good.padEnd(65, ' '),
    '-'.repeat(1_000_000),
  ];
  for (const text of wrong) expect(canonicalCode(text), text.slice(0, 80)).toBeUndefined();
});

test('no text at all makes reading throw, and what it yields is canonical', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 70 }),
    fc.string({ unit: fc.constantFrom(...'09AZazOoIiLlUu- \u3000Ａ０'), minLength: 17, maxLength: 22 }),
  );
  fc.assert(
    fc.property(text, (typed) => {
      const code = canonicalCode(typed);
      if (code === undefined) return;
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{18}$/);
      expect(canonicalCode(code)).toBe(code);
    }),
    { numRuns: 2000 },
  );
});

test('a code is printed in three groups of six', () => {
  expect(displayCode('ABCDEFGHJKMNPQRSTV')).toBe('ABCDEF-GHJKMN-PQRSTV');
  expect(() => displayCode('ABCDEF-GHJKMN-PQRSTV')).toThrow('18 digits');
});

test('a masked code shows its last four digits and cannot show more', () => {
  expect(maskCode('QRST')).toBe('••••••-••••••-••QRST');
  for (const text of ['', 'RST', 'PQRST', 'ABCDEFGHJKMNPQRSTV']) expect(() => maskCode(text)).toThrow('four');
});

test('a PIN is its 96 random bits modulo 10^8, in 8 decimal digits', () => {
  expect(pinFrom(new Uint8Array(12))).toBe('00000000');
  expect(() => pinFrom(new Uint8Array(11))).toThrow('12 random bytes');
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (bytes) => {
      const whole = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
      expect(pinFrom(bytes)).toBe(`${whole % 100_000_000n}`.padStart(8, '0'));
    }),
  );
});

test('every digit is as frequent as any other at every place of codes and PINs', () => {
  const random = seededRandom(3);
  const draws = 32_000;
  const codeCounts = new Map<string, number>();
  const pinCounts = new Map<string, number>();
  const count = (counts: Map<string, number>, text: string) => {
    for (const [place, digit] of [...text].entries()) {
      counts.set(`${place} ${digit}`, (counts.get(`${place} ${digit}`) ?? 0) + 1);
    }
  };
  for (let draw = 0; draw < draws; draw++) {
    count(codeCounts, codeFrom(random(10)));
    count(pinCounts, pinFrom(random(12)));
  }
  expect(codeCounts.size).toBe(18 * 32);
  expect(pinCounts.size).toBe(8 * 10);
  // Six standard deviations: about 31 around 1,000, and 54 around 3,200.
  for (const seen of codeCounts.values()) expect(Math.abs(seen - draws / 32)).toBeLessThan(190);
  for (const seen of pinCounts.values()) expect(Math.abs(seen - draws / 10)).toBeLessThan(325);
});
