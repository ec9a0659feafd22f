import type { KeyObject } from 'node:crypto';
import type { KeyRing } from '../../platform/config/keys.ts';
import { mac } from '../../platform/crypto/mac.ts';
import { secretKey } from '../../platform/crypto/seal.ts';
import { canonicalNumber, canonicalPassword, numberFrom, passwordFrom } from './number.ts';

/** What a password is compared by: different for the same password on another card, merchant or key. */
export function passwordHash(key: KeyObject, merchantId: string, number: string, password: string): string {
  return mac(key, `recharge|${merchantId}|${number}|${password}`).toString('hex');
}

/** The number and password of one card of a batch: always the same for the same key, serial and draw. */
export function drawPair(batchKey: KeyObject, prefix: string, serial: bigint, draw: number) {
  const bytes = mac(batchKey, `recharge|${serial}|${draw}`);
  return {
    number: numberFrom(prefix, bytes.subarray(0, 10)),
    password: passwordFrom(bytes.subarray(10, 22)),
  };
}

/** A number and password as somebody presented them, already turned into what the database holds. */
export type PresentedPair = {
  /** Undefined: the check digits tell already that it is no card's. */
  readonly number: string | undefined;
  /** By version of the key. */
  readonly hashes: ReadonlyMap<number, string>;
};

export type RechargeDesk = {
  present(merchantId: string, number: string, password: string): PresentedPair;
};

/** Turns what people type into what the database can be asked for. Both are always hashed, so that nothing is answered sooner. */
export function rechargeDesk({ pin }: { readonly pin: KeyRing }): RechargeDesk {
  const keys = [...pin.keys].map(([version, key]) => [version, secretKey(key)] as const);
  return {
    present(merchantId, text, password) {
      const number = canonicalNumber(text);
      const digits = canonicalPassword(password) ?? '';
      return {
        number,
        hashes: new Map(
          keys.map(([version, key]) => [version, passwordHash(key, merchantId, number ?? '', digits)]),
        ),
      };
    },
  };
}
