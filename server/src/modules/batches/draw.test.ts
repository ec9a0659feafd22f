import { expect, test } from 'vitest';
import type { KeyRing } from '../../platform/config/keys.ts';
import { codeHash, pinHash, secretKey } from '../cards/index.ts';
import { csvLines, drawCards, issuingKeys, type Source } from './draw.ts';

const key = (byte: number) => Buffer.alloc(32, byte);
const ring = (current: number, ...versions: number[]): KeyRing => ({
  current,
  keys: new Map(versions.map((version) => [version, key(version)])),
});
const merchantId = '01900000-0000-7000-8000-000000000001';
const source: Source = { merchantId, hasPin: true, dataKey: secretKey(key(9)) };
const keys = issuingKeys({ code: ring(1, 1), pin: ring(1, 1) });
const line = /^(\d{10}),([0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{6}),(\d{8}),(\d+)$/;

test('cards are hashed with the newest code key, and the PIN key of the same number', () => {
  const chosen = issuingKeys({ code: ring(2, 1, 2), pin: ring(3, 2, 3) });
  expect(chosen.version).toBe(2);
  expect(chosen.code.equals(secretKey(key(2))) && chosen.pin.equals(secretKey(key(2)))).toBe(true);
});

test('rings that do not turn together are refused before a card is made that nothing could verify', () => {
  expect(() => issuingKeys({ code: ring(2, 1, 2), pin: ring(1, 1) })).toThrow('version 2 of both');
});

test('what is printed is what was hashed, for each serial and draw', () => {
  for (const draw of [0, 3]) {
    const serials = [1n, 2n, 10_000_000_000n];
    const cards = drawCards(source, keys, serials, draw, () => 'id');
    const lines = csvLines(
      source,
      serials.map((serial) => ({ serial, draw, faceValue: 10_000n })),
    );
    const printed = lines.trimEnd().split('\n');
    expect(printed).toHaveLength(3);
    cards.forEach((card, n) => {
      const [serial = '', code = '', pin = '', faceValue = ''] = (printed[n] ?? '').split(',');
      const canonical = code.replaceAll('-', '');
      expect([BigInt(serial), faceValue]).toStrictEqual([card.serial, '10000']);
      expect(card.codeHash).toStrictEqual(codeHash(keys.code, merchantId, canonical));
      expect(card.pinHash).toStrictEqual(pinHash(keys.pin, card.codeHash.toString('hex'), pin));
      expect(card.last4).toBe(canonical.slice(-4));
    });
  }
});

test('a line has nothing in it that a spreadsheet takes for a formula', () => {
  const cards = Array.from({ length: 200 }, (_, n) => ({ serial: BigInt(n + 1), draw: 0, faceValue: 1n }));
  for (const printed of csvLines(source, cards).trimEnd().split('\n')) expect(printed).toMatch(line);
});

test('a card without a PIN has no hash of one, and an empty place for it', () => {
  const without = { ...source, hasPin: false };
  expect(drawCards(without, keys, [1n], 0, () => 'id')[0]?.pinHash).toBeNull();
  expect(csvLines(without, [{ serial: 1n, draw: 0, faceValue: 1n }])).toMatch(/^0000000001,[^,]{20},,1\n$/);
});
