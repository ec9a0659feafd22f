// What is done with codes and PINs under a key. Keys come in as arguments; those for HMACs as KeyObjects,
// since an HMAC under a Buffer makes one each time and takes five times as long.

import { type KeyObject, timingSafeEqual } from 'node:crypto';
import { mac } from '../../platform/crypto/mac.ts';
import { codeFrom, pinFrom } from './code.ts';

/** What a code is looked up by: 32 bytes, different for the same code at another merchant. */
export function codeHash(key: KeyObject, merchantId: string, canonicalCode: string): Buffer {
  return mac(key, `code|${merchantId}|${canonicalCode}`);
}

/** What a PIN is compared by: 32 bytes, different for the same PIN on another card. */
export function pinHash(key: KeyObject, cardId: string, pin: string): Buffer {
  return mac(key, `pin|${cardId}|${pin}`);
}

/** Whether two PIN hashes are the same, in a time that does not tell where they differ. */
export function samePin(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

/**
 * The code (canonical) and PIN of one card of a batch: always the same for the same key, serial and draw, and
 * not to be told from random without the key. So no code is stored, and once the key is destroyed none can be
 * made again. `draw` counts from 0 and goes up when a code was taken already.
 */
export function drawCard(batchKey: KeyObject, serial: bigint, draw: number): { code: string; pin: string } {
  const bytes = mac(batchKey, `card|${serial}|${draw}`);
  return {
    code: codeFrom(bytes.subarray(0, 10)),
    pin: pinFrom(bytes.subarray(10, 22)),
  };
}
