import { assert } from './assert.ts';

/** A source of randomness: fresh bytes at every call. In production it is `randomBytes` of node:crypto. */
export type Random = (bytes: number) => Uint8Array;

/**
 * The same bytes for the same seed, for the in-memory twin and tests; never for secrets.
 * The generator is sfc32 (128 bits of state, passes PractRand).
 */
export function seededRandom(seed: number): Random {
  assert(Number.isSafeInteger(seed), 'a seed is a safe integer');
  let a = seed | 0;
  let b = Math.floor(seed / 2 ** 32) | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;

  function word(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum;
  }

  // Near seeds start near each other; a dozen rounds drive them apart.
  for (let round = 0; round < 12; round++) word();

  return (bytes) => {
    const filled = new Uint8Array(bytes);
    let left = 0;
    for (let at = 0; at < bytes; at++) {
      left = at % 4 === 0 ? word() : left >>> 8;
      filled[at] = left;
    }
    return filled;
  };
}
