import { randomBytes } from 'node:crypto';
import type { Random } from '../../kernel/random.ts';

/** Random bytes out of a pool: asking the system for ten bytes at a time costs more than the whole decision. */
export function pooledRandom(): Random {
  const poolBytes = 16_384;
  let pool = randomBytes(poolBytes);
  let used = 0;
  return (bytes) => {
    if (bytes > poolBytes) return randomBytes(bytes);
    if (used + bytes > poolBytes) {
      pool = randomBytes(poolBytes);
      used = 0;
    }
    used += bytes;
    return pool.subarray(used - bytes, used);
  };
}
