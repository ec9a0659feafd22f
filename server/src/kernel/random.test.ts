import { expect, test } from 'vitest';
import { seededRandom } from './random.ts';

test('one seed gives one sequence', () => {
  const [first, second] = [seededRandom(7), seededRandom(7)];
  for (const bytes of [0, 1, 3, 4, 5, 10, 16, 33]) expect(first(bytes)).toStrictEqual(second(bytes));
});

test('neighbouring seeds give unrelated sequences', () => {
  const starts = new Set<string>();
  for (let seed = -500; seed < 500; seed++) starts.add(Buffer.from(seededRandom(seed)(8)).toString('hex'));
  for (const seed of [2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1]) {
    starts.add(Buffer.from(seededRandom(seed)(8)).toString('hex'));
  }
  expect(starts.size).toBe(1003);
});

test('bytes are fresh at every call and as many as asked for', () => {
  const random = seededRandom(1);
  const first = random(16);
  const copy = Uint8Array.from(first);
  expect(random(16)).not.toStrictEqual(first);
  expect(first).toStrictEqual(copy);
  expect(random(0).length).toBe(0);
});

test('every byte value is about equally frequent', () => {
  const counts = new Array<number>(256).fill(0);
  for (const byte of seededRandom(2024)(256_000)) counts[byte] = (counts[byte] ?? 0) + 1;
  // 1,000 each are expected, with a standard deviation of 32.
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(200);
});

test('a seed that is not a safe integer is a mistake', () => {
  for (const seed of [0.5, Number.NaN, 2 ** 53]) expect(() => seededRandom(seed)).toThrow('seed');
});
