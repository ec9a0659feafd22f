import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Random } from '../../kernel/random.ts';
import type { KeyRing, Keys } from '../../platform/config/keys.ts';
import { mac } from '../../platform/crypto/mac.ts';
import { seal, unseal } from '../../platform/crypto/seal.ts';

/** What of a person's is kept under a key that is outside the database. */
export type PersonKeys = {
  /** What a login may be found by, the current key first. */
  loginHashes(login: string): readonly [Buffer, ...Buffer[]];
  /** What goes into the hash of a password besides it, by the version of its key; undefined if that is gone. */
  pepper(version: number): Buffer | undefined;
  readonly pepperVersion: number;
  recoveryHash(personId: string, code: string): Buffer;
  /** Of the digits that a member of staff signs in by on devices, the current key first. */
  pinHashes(staffId: string, pin: string): readonly [Buffer, ...Buffer[]];
  /** Whose guesses are counted together. */
  guessSubject(kind: 'login' | 'person' | 'network' | 'pin', value: string): Buffer;
  seal(text: string, context: string, random: Random): Buffer;
  unseal(sealed: Buffer, context: string): string;
};

/** Keys of their own for each purpose, made of the ring of what is sealed. */
export function personKeys({ seal: ring }: Pick<Keys, 'seal'>): PersonKeys {
  const login = derived(ring, 'login');
  const pepper = new Map([...ring.keys].map(([version, key]) => [version, bytesFor(key, 'password')]));
  const [recovery] = derived(ring, 'recovery');
  const pin = derived(ring, 'devicePin');
  const [guess] = derived(ring, 'guess');
  return {
    loginHashes(text) {
      const [current, ...older] = login;
      return [mac(current, `login|${text}`), ...older.map((key) => mac(key, `login|${text}`))];
    },
    pepper: (version) => pepper.get(version),
    pepperVersion: ring.current,
    recoveryHash: (personId, code) => mac(recovery, `recovery|${personId}|${code}`),
    pinHashes(staffId, digits) {
      const [current, ...older] = pin;
      const of = (key: KeyObject) => mac(key, `pin|${staffId}|${digits}`);
      return [of(current), ...older.map(of)];
    },
    guessSubject: (kind, value) => mac(guess, `${kind}|${value}`),
    seal: (text, context, random) => seal(ring, Buffer.from(text), `signin.${context}`, random),
    unseal: (sealed, context) => unseal(ring, sealed, `signin.${context}`).toString(),
  };
}

function bytesFor(key: Buffer, purpose: string): Buffer {
  return createHmac('sha256', key).update(`signin.${purpose}`).digest();
}

function derived({ current, keys }: KeyRing, purpose: string): readonly [KeyObject, ...KeyObject[]] {
  const of = (key: Buffer) => createSecretKey(bytesFor(key, purpose));
  const older = [...keys].filter(([version]) => version !== current).map(([, key]) => of(key));
  return [of(keys.get(current) ?? Buffer.alloc(0)), ...older];
}
