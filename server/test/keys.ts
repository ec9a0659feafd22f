import { randomBytes } from 'node:crypto';
import type { KeyRing, Keys } from '../src/platform/config/keys.ts';

type Ring = Exclude<keyof Keys, 'databasePassword' | 'appPassword'>;

/** The same keys with a new one in each of these rings, which is the current one from now on. */
export function renewed(keys: Keys, ...rings: readonly Ring[]): Keys {
  return { ...keys, ...Object.fromEntries(rings.map((ring) => [ring, next(keys[ring])])) };
}

function next({ current, keys }: KeyRing): KeyRing {
  return { current: current + 1, keys: new Map([...keys, [current + 1, randomBytes(32)]]) };
}
