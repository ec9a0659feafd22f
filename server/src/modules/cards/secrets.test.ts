import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../../kernel/random.ts';
import type { KeyRing } from '../../platform/config/keys.ts';
import { seal, secretKey, unseal } from '../../platform/crypto/seal.ts';
import { checksOut } from './code.ts';
import { codeHash, drawCard, pinHash, samePin } from './secrets.ts';

const keyText = 'the very secret key of this test';
const key = secretKey(Buffer.from(keyText));
const otherKey = secretKey(new Uint8Array(32));
const merchantId = '0198f0a0-1111-7000-8000-000000000001';
const cardId = '0198f0a0-2222-7000-8000-000000000002';
const code = 'ABCDEFGHJKMNPQRSTV';

const ring: KeyRing = {
  current: 2,
  keys: new Map([
    [1, Buffer.alloc(32)],
    [2, Buffer.from(keyText)],
  ]),
};
const anyBytes = fc.uint8Array({ maxLength: 100 });

test('a key has 32 bytes and does not show itself', () => {
  for (const bytes of [0, 16, 31, 33]) expect(() => secretKey(new Uint8Array(bytes))).toThrow('32 bytes');
  expect(`${String(key)} ${JSON.stringify({ key })}`).not.toContain(keyText.slice(0, 8));
});

test('a code is hashed by HMAC-SHA-256 over what it is, whose it is, and itself', () => {
  const expected = createHmac('sha256', keyText).update(`code|${merchantId}|${code}`).digest('hex');
  expect(codeHash(key, merchantId, code).toString('hex')).toBe(expected);
});

test('the hash of a code changes with the key, the merchant and the code', () => {
  const hashes = [
    codeHash(key, merchantId, code),
    codeHash(otherKey, merchantId, code),
    codeHash(key, cardId, code),
    codeHash(key, merchantId, code.replace('A', 'B')),
    pinHash(key, merchantId, code),
  ];
  expect(new Set(hashes.map((hash) => hash.toString('hex'))).size).toBe(hashes.length);
  for (const hash of hashes) expect(hash.length).toBe(32);
});

test('a PIN is hashed by HMAC-SHA-256 and its hash is of no use on another card', () => {
  const expected = createHmac('sha256', keyText).update(`pin|${cardId}|12345678`).digest('hex');
  const stored = pinHash(key, cardId, '12345678');
  expect(stored.toString('hex')).toBe(expected);
  expect(samePin(stored, pinHash(key, cardId, '12345678'))).toBe(true);
  expect(samePin(stored, pinHash(key, cardId, '12345679'))).toBe(false);
  expect(samePin(stored, pinHash(key, merchantId, '12345678'))).toBe(false);
  expect(samePin(stored, pinHash(otherKey, cardId, '12345678'))).toBe(false);
});

test('hashes of different lengths are not the same, and comparing them does not throw', () => {
  expect(samePin(new Uint8Array(32), new Uint8Array(31))).toBe(false);
  expect(samePin(new Uint8Array(0), new Uint8Array(32))).toBe(false);
});

test('a card is drawn alike every time, so a batch is resumed and released without storing codes', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.nat(9), (serial, draw) => {
      const card = drawCard(key, serial, draw);
      expect(drawCard(secretKey(Buffer.from(keyText)), serial, draw)).toStrictEqual(card);
      expect(checksOut(card.code)).toBe(true);
      expect(card.pin).toMatch(/^\d{8}$/);
    }),
  );
});

test('what a key draws is the same in every release of Scrip, so a half-made batch can be finished', () => {
  expect(drawCard(key, 1n, 0)).toStrictEqual({ code: '8CB9S19J6YAD80BSZZ', pin: '30014684' });
  expect(drawCard(key, 1n, 1)).toStrictEqual({ code: '5NY2E4MQNXHQF3DJ9H', pin: '74236502' });
  expect(drawCard(key, 1_000_000n, 0)).toStrictEqual({ code: '4XY03208BDRFE2ABEW', pin: '37248218' });
});

test('another key, serial or draw gives another card', () => {
  const codes = new Set<string>();
  for (let serial = 0n; serial < 1000n; serial++) {
    for (const draw of [0, 1]) {
      codes.add(drawCard(key, serial, draw).code);
      codes.add(drawCard(otherKey, serial, draw).code);
    }
  }
  expect(codes.size).toBe(4000);
});

test('running serials leave no trace: at every place every digit is as frequent as any other', () => {
  const cards = 32_000n;
  const counts = new Map<string, number>();
  for (let serial = 0n; serial < cards; serial++) {
    const card = drawCard(key, serial, 0);
    for (const [place, digit] of [...card.code, ...card.pin].entries()) {
      counts.set(`${place} ${digit}`, (counts.get(`${place} ${digit}`) ?? 0) + 1);
    }
  }
  expect(counts.size).toBe(18 * 32 + 8 * 10);
  for (const [place, count] of counts) {
    // Six standard deviations around 1,000 for a code's digit, around 3,200 for a PIN's.
    const [expected, tolerance] = Number.parseInt(place, 10) < 18 ? [1000, 190] : [3200, 325];
    expect(Math.abs(count - expected), place).toBeLessThan(tolerance);
  }
});

test('what was sealed is unsealed, with the key of the version that sealed it', () => {
  fc.assert(
    fc.property(
      anyBytes,
      fc.string(),
      fc.integer(),
      fc.constantFrom(1, 2),
      (bytes, context, seed, version) => {
        const sealed = seal({ ...ring, current: version }, bytes, context, seededRandom(seed));
        expect(sealed[0]).toBe(version);
        expect(sealed.length).toBe(bytes.length + 29);
        expect(unseal(ring, sealed, context)).toStrictEqual(Buffer.from(bytes));
      },
    ),
  );
});

test('a sealed value in which any one bit differs does not open', () => {
  const sealed = seal(ring, Buffer.from('data key'), 'batch 1', seededRandom(1));
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => unseal(ring, changed, 'batch 1'), `bit ${bit}`).toThrow();
  }
  for (let length = 0; length < sealed.length; length++) {
    expect(() => unseal(ring, sealed.subarray(0, length), 'batch 1'), `${length} bytes`).toThrow();
  }
  expect(() => unseal(ring, Buffer.concat([sealed, Buffer.alloc(1)]), 'batch 1')).toThrow();
});

test('a sealed value does not open in another’s place or under another key', () => {
  const sealed = seal(ring, Buffer.from('data key'), 'batch 1', seededRandom(1));
  expect(() => unseal(ring, sealed, 'batch 2')).toThrow();
  expect(() => unseal({ current: 2, keys: new Map([[2, Buffer.alloc(32)]]) }, sealed, 'batch 1')).toThrow();
});

test('a key that is missing from the key file is named', () => {
  const sealed = seal(ring, Buffer.from('data key'), 'batch 1', seededRandom(1));
  const lost: KeyRing = { current: 1, keys: new Map([[1, Buffer.alloc(32)]]) };
  expect(() => unseal(lost, sealed, 'batch 1')).toThrow('the key file has version 2 of the key');
  expect(() => seal({ ...lost, current: 3 }, sealed, 'batch 1', seededRandom(1))).toThrow('version 3');
  for (const current of [0, 256, 1.5]) {
    expect(() => seal({ ...ring, current }, sealed, 'batch 1', seededRandom(1))).toThrow('1 to 255');
  }
});

test('a random source that falls short is noticed before anything is sealed', () => {
  expect(() => seal(ring, Buffer.from('data key'), 'batch 1', () => new Uint8Array(8))).toThrow(
    'as many bytes',
  );
});

test('sealing the same twice gives two unlike values', () => {
  const random = seededRandom(1);
  const [one, other] = [seal(ring, Buffer.alloc(40), '', random), seal(ring, Buffer.alloc(40), '', random)];
  expect(one.subarray(13, 53).equals(other.subarray(13, 53))).toBe(false);
});
