import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import type { Random } from '../../kernel/random.ts';
import type { KeyRing } from '../config/keys.ts';

const cipher = 'aes-256-gcm';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + nonceBytes;

/** The key of 32 bytes, to be made once and kept for as long as it is used. */
export function secretKey(bytes: Uint8Array): KeyObject {
  assert(bytes.length === keyBytes, 'a key has 32 bytes');
  return createSecretKey(bytes);
}

/**
 * Encrypts and authenticates with the current key of the ring, version 1 to 255: version, nonce, ciphertext,
 * tag. The context (what it is, and whose) is not stored but must be the same to unseal, so that a sealed
 * value does not open in another's place. The nonce is random: renew a key before it has sealed 2^32 values.
 */
export function seal(ring: KeyRing, plaintext: Uint8Array, context: string, random: Random): Buffer {
  const version = ring.current;
  assert(Number.isInteger(version) && version > 0 && version < 256, 'a key version is 1 to 255');
  const nonce = random(nonceBytes);
  assert(nonce.length === nonceBytes, 'the random source gives as many bytes as asked for');
  const sealing = createCipheriv(cipher, keyOf(ring, version), nonce, {
    authTagLength: tagBytes,
  });
  sealing.setAAD(Buffer.from(context));
  const body = [sealing.update(plaintext), sealing.final()];
  return Buffer.concat([Uint8Array.of(version), nonce, ...body, sealing.getAuthTag()]);
}

/** The plaintext of a sealed value. Throws if its key is not in the ring, or anything at all differs. */
export function unseal(ring: KeyRing, sealed: Uint8Array, context: string): Buffer {
  assert(sealed.length >= headBytes + tagBytes, 'a sealed value is complete');
  const nonce = sealed.subarray(1, headBytes);
  const opening = createDecipheriv(cipher, keyOf(ring, sealed[0]), nonce, {
    authTagLength: tagBytes,
  });
  opening.setAAD(Buffer.from(context));
  opening.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  return Buffer.concat([opening.update(sealed.subarray(headBytes, -tagBytes)), opening.final()]);
}

function keyOf(ring: KeyRing, version: number | undefined): Buffer {
  const key = version === undefined ? undefined : ring.keys.get(version);
  assert(key !== undefined, `the key file has version ${version} of the key`);
  return key;
}
